"""Conformal intervals of predicted numbers: absolute, normalised, or from quantiles (CQR)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from ops.classify.evaluation.conformal import conformal_quantile
from ops.errors import BadData, Problem
from ops.values import FloatArray

IntervalKind = Literal["absolute", "normalised", "quantile"]


@dataclass(frozen=True, slots=True)
class NumberConformal:
    """Margin that makes intervals cover a share `level` of later rows.

    Parameters
    ----------
    kind
        absolute: value ± margin; normalised: value ± margin x spread; quantile: from lower -
        margin to upper + margin.
    margin
        None where there are too few rows for the level: there is no finite interval. Below 0 for
        quantiles that were too wide.
    count
        Rows that it is from.
    """

    kind: IntervalKind
    level: float
    margin: float | None
    count: int

    def interval(
        self, value: FloatArray, *, spread: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray]:
        """Lower and upper end, shape (n,) each; infinite without a margin.

        Parameters
        ----------
        value : shape (n,)
            Predicted values; shape (n, 2), lower and upper quantile, for kind quantile. Ends that
            would cross meet in their middle.
        spread : shape (n,)
            For kind normalised.

        Raises
        ------
        BadData
            If the kind is normalised and there is no spread.
        """
        margin = np.inf if self.margin is None else self.margin
        if self.kind == "quantile":
            lower, upper = value[:, 0] - margin, value[:, 1] + margin
            middle = (value[:, 0] + value[:, 1]) / 2.0
            return np.minimum(lower, middle), np.maximum(upper, middle)
        if self.kind == "absolute":
            return value - margin, value + margin
        if spread is None:
            detail = "normalised intervals need a spread for each row"
            raise BadData(detail, (Problem("/spread", detail),))
        return value - margin * spread, value + margin * spread

    def to_document(self) -> dict[str, Any]:
        """Write the margin as JSON; exact."""
        return asdict(self)


def number_conformal_from(document: Mapping[str, Any]) -> NumberConformal:
    """NumberConformal of what `NumberConformal.to_document` gave, through JSON or not."""
    return NumberConformal(**document)


def fit_absolute(y: FloatArray, value: FloatArray, level: float = 0.9) -> NumberConformal:
    """Margin from absolute residuals of rows that the model has not learned from.

    Parameters
    ----------
    y, value : shape (n,)
        Measured and predicted, in the label's unit.
    level
        Above 0 and below 1.

    References
    ----------
    Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), JASA 113, 1094-1111 (split conformal).
    """
    margin = conformal_quantile(np.abs(y - value), level)
    return NumberConformal("absolute", level, margin, y.size)


def fit_normalised(
    y: FloatArray, value: FloatArray, spread: FloatArray, level: float = 0.9
) -> NumberConformal:
    """Margin from residuals in units of a predicted spread: wide where the model is unsure.

    Parameters
    ----------
    spread : shape (n,)
        Predicted size of the residual, above 0.

    Raises
    ------
    BadData
        If a spread is not above 0.

    References
    ----------
    Papadopoulos, Gammerman and Vovk (2008), IASTED AIA, 64-69.
    """
    if not (spread > 0).all():
        detail = f"spreads are above 0, the smallest here is {spread.min()}"
        raise BadData(detail, (Problem("/spread", detail),))
    margin = conformal_quantile(np.abs(y - value) / spread, level)
    return NumberConformal("normalised", level, margin, y.size)


def fit_quantile(
    y: FloatArray, lower: FloatArray, upper: FloatArray, level: float = 0.9
) -> NumberConformal:
    """Margin of predicted quantiles: how far y lies outside of them, below 0 inside.

    Romano, Patterson and Candes (2019), NeurIPS 32 (CQR).
    """
    margin = conformal_quantile(np.maximum(lower - y, y - upper), level)
    return NumberConformal("quantile", level, margin, y.size)
