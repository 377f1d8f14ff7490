"""A regression as it is served (virtual metrology): a number, its interval, how far to rely on it.

The reliance index tells when to measure instead. It is the product of shares: how near the row is
to what training has seen, how far two different models agree, and how narrow the interval is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from ops.classify.evaluation.conformal_number import NumberConformal
from ops.classify.fast.number import NumberScorer, asked, number_path
from ops.classify.features.fitted import FittedFeatures
from ops.classify.metrology.reliance import agreement, sharpness
from ops.classify.metrology.similarity import Similarity
from ops.classify.model import NumberModel
from ops.classify.profile import Profile
from ops.classify.table import DataTable
from ops.values import BoolArray, FloatArray


class QuantileModel(NumberModel, Protocol):
    """A `NumberModel` that may predict quantiles."""

    @property
    def levels(self) -> tuple[float, ...]:
        """Probabilities of its quantiles; empty for a model of the mean."""
        ...

    def quantiles(self, x: FloatArray) -> FloatArray:
        """Quantiles of each row, shape (n, levels)."""
        ...


@dataclass(frozen=True, slots=True)
class NumberPredictions:
    """Answers for some rows, in the unit of the label.

    Parameters
    ----------
    value, lower, upper : shape (n,)
        NaN at `lower` and `upper` where there is no finite interval.
    reliance : shape (n,)
        0 (measure instead) to 1.
    unusual : shape (n,)
        Whether the row lies outside of what training has seen.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    reliance: FloatArray
    unusual: BoolArray


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """Answer for one row, in the unit of the label; no ends where there is no finite interval."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Reliance:
    """What the reliance of rows is told by.

    Parameters
    ----------
    spread
        Standard deviation of residuals out of fold, above 0; None: agreement is not looked at.
    """

    profile: Profile
    similarity: Similarity | None = None
    spread: float | None = None

    def of(
        self,
        x: FloatArray,
        value: FloatArray,
        reference: FloatArray | None,
        lower: FloatArray,
        upper: FloatArray,
        allowed: float | None,
    ) -> FloatArray:
        """Reliance index of each row, shape (n,), 0 to 1: a product of shares.

        Nearness is 1 less the excess beyond the range of each feature, times the nearness of all
        features together; agreement that of `value` and `reference`; sharpness that of the
        interval to the half-width that is allowed.

        References
        ----------
        Cheng, Chen, Su and Zeng (2008), Evaluating reliance level of a virtual metrology system,
        IEEE Transactions on Semiconductor Manufacturing 21(1), 92-103.
        """
        index = np.clip(1.0 - self.profile.excess(x), 0.0, 1.0)
        if self.similarity is not None:
            index = index * self.similarity.nearness(x)
        if reference is not None and self.spread:
            index = index * agreement(value, reference, self.spread)
        if allowed is not None:
            index = index * sharpness(lower, upper, allowed)
        return np.asarray(index)


@dataclass(frozen=True, slots=True)
class Regressor:
    """All that is needed to answer for a row with a number.

    Parameters
    ----------
    label, unit
        What is predicted, and its unit.
    interval
        Conformal margin; None: there is no interval.
    reference, spread
        A second model of another kind, and the standard deviation of residuals out of fold (label's
        unit, above 0): agreement is the overlap 2 Phi(-|a - b| / (2 spread)) of two normal
        distributions around their answers (Cheng et al. 2008). None: it is not looked at.
    least
        Reliance below which to measure instead.
    similarity
        Distance from training in all features together; None: it is not looked at.
    allowed
        Half-width of an interval that does no harm; None: widths are not looked at.
    scorer, reference_scorer
        Fast paths of `model` and `reference`, whose parity was seen; None: there is none.
    path
        Which path answers, in words.
    """

    features: FittedFeatures
    model: QuantileModel
    profile: Profile
    label: str
    unit: str = ""
    interval: NumberConformal | None = None
    reference: QuantileModel | None = None
    spread: float | None = None
    least: float = 0.5
    notes: tuple[str, ...] = ()
    similarity: Similarity | None = None
    allowed: float | None = None
    scorer: NumberScorer | None = None
    reference_scorer: NumberScorer | None = None
    path: str = ""

    def with_fast_path(self, x: FloatArray) -> "Regressor":
        """Return the same regressor with its fast paths, if they agree on training rows.

        Parameters
        ----------
        x : shape (n, k)
            Standardised features of training rows; a few thousand are enough.
        """
        own = number_path(self.model, x)
        other = None if self.reference is None else number_path(self.reference, x).scorer
        return replace(self, scorer=own.scorer, reference_scorer=other, path=own.note)

    def predict(self, table: DataTable) -> NumberPredictions:
        """Answers for the rows of a table.

        Raises
        ------
        BadData
            If a column is missing, or a value is one that the features refuse.
        """
        x = self.features.matrix(table)
        numbers = _numbers(self.model, self.scorer, x)
        value = numbers[:, numbers.shape[1] // 2]
        second = self._second(x)
        lower, upper = self._interval(numbers, value, second)
        unusual = self.profile.unusual(x) | self.features.unusual(table)
        index = Reliance(self.profile, self.similarity, self.spread)
        reliance = index.of(x, value, second, lower, upper, self.allowed)
        return NumberPredictions(value, lower, upper, reliance, unusual)

    def one(self, values: Mapping[str, float | str | None]) -> NumberAnswer:
        """Answer for one row of raw values by column: the shortest way, in microseconds.

        How far to rely on it, `predict` tells.

        Raises
        ------
        BadData
            If a column is missing, or a value is one that the features refuse.
        """
        x = self.features.row(values)
        if self.scorer is None:
            numbers: list[float] = asked(self.model, x[None, :])[0].tolist()
        else:
            numbers = self.scorer.one(x)
        value, interval = numbers[len(numbers) // 2], self.interval
        if interval is None or interval.margin is None:
            return NumberAnswer(value, None, None)
        if interval.kind == "absolute":
            return NumberAnswer(value, value - interval.margin, value + interval.margin)
        row = np.array([numbers])
        second = None if interval.kind == "quantile" else self._second(x[None, :])
        lower, upper = self._interval(row, np.array([value]), second)
        return NumberAnswer(value, float(lower[0]), float(upper[0]))

    def _second(self, x: FloatArray) -> FloatArray | None:
        """Value of the reference, shape (n,)."""
        if self.reference is None:
            return None
        numbers = _numbers(self.reference, self.reference_scorer, x)
        return numbers[:, numbers.shape[1] // 2]

    def _interval(
        self, numbers: FloatArray, value: FloatArray, second: FloatArray | None
    ) -> tuple[FloatArray, FloatArray]:
        gaps = np.full(value.shape, np.nan)
        if self.interval is None or self.interval.margin is None:
            return gaps, gaps
        if self.interval.kind == "quantile":
            return self.interval.interval(numbers[:, [0, -1]])
        spread = None if self.interval.kind == "absolute" else np.full(value.shape, self.spread)
        if spread is not None and second is not None:
            spread = spread + np.abs(value - second)
        return self.interval.interval(value, spread=spread)


def _numbers(model: QuantileModel, scorer: NumberScorer | None, x: FloatArray) -> FloatArray:
    """Numbers of a model, shape (n, 1), or its quantiles in order, (n, levels)."""
    return asked(model, x) if scorer is None else scorer.numbers(x)
