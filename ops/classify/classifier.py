"""A classifier as it is served: features, model, calibration, decision, conformal sets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ops.classify.evaluation.calibration import Calibration
from ops.classify.evaluation.conformal import Conformal
from ops.classify.evaluation.decision import Decision
from ops.classify.explain import explained
from ops.classify.fast.build import fast_path
from ops.classify.fast.scorer import Scorer
from ops.classify.model import Contribution, Predictions, ProbabilityModel
from ops.classify.profile import Profile
from ops.classify.seen import Seen
from ops.classify.table import DataTable
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer for one row: calibrated probability of each class, index of the decided one."""

    probability: FloatArray
    decided: int


@dataclass(frozen=True, slots=True)
class Classifier:
    """All that is needed to answer for a row.

    Parameters
    ----------
    model
        Probabilities of features, before calibration.
    classes
        Labels, in the order of all probabilities.
    positive
        Label that counts as the event; None: there is none.
    decision
        None: the likeliest class.
    calibration
        None: the model's probabilities as they are.
    conformal
        None: the set is the decided class alone.
    scorer
        Fast path of `model`, whose parity was seen; None: there is none.
    path
        Which path answers, in words.
    notes
        What a reader of answers must know.
    """

    features: Seen
    model: ProbabilityModel
    classes: tuple[str, ...]
    profile: Profile
    positive: str | None = None
    decision: Decision | None = None
    calibration: Calibration | None = None
    conformal: Conformal | None = None
    scorer: Scorer | None = None
    path: str = ""
    notes: tuple[str, ...] = ()

    def with_fast_path(self, x: FloatArray) -> "Classifier":
        """Return the same classifier with its fast path, if it agrees on training rows.

        Parameters
        ----------
        x : shape (n, k)
            Standardised features of training rows; a few thousand are enough.
        """
        parity = fast_path(self.model, getattr(self.model, "estimator", None), x)
        return replace(self, scorer=parity.scorer, path=parity.note)

    def predict(self, table: DataTable) -> Predictions:
        """Answers for the rows of a table.

        Raises
        ------
        BadData
            If a column is missing, or a value is one that the features refuse.
        """
        x = self.features.matrix(table)
        found = self._answered(x, self._calibrated(self.raw_of_rows(table, x)))
        return replace(found, unusual=found.unusual | self.features.unusual(table))

    def of_features(self, x: FloatArray) -> Predictions:
        """Answers for standardised features, shape (n, k)."""
        return self._answered(x, self.probability(x))

    def _answered(self, x: FloatArray, probability: FloatArray) -> Predictions:
        decided = self.decide(probability)
        if self.conformal is None:
            possible = np.zeros(probability.shape, dtype=np.bool_)
            possible[np.arange(decided.size), decided] = True
        else:
            possible = self.conformal.sets(probability)
        return Predictions(probability, decided, possible, self.profile.unusual(x))

    def raw_probability(self, x: FloatArray) -> FloatArray:
        """Probabilities before calibration, of standardised features, shape (n, classes)."""
        return self.model.probability(x) if self.scorer is None else self.scorer.probability(x)

    def probability(self, x: FloatArray) -> FloatArray:
        """Calibrated probabilities of standardised features, shape (n, classes)."""
        return self._calibrated(self.raw_probability(x))

    def raw_of_rows(self, table: DataTable, x: FloatArray) -> FloatArray:
        """Probabilities before calibration, of the rows of a table and their features.

        A model behind an address may be asked by the columns of the rows (`of_rows`).
        """
        of_rows: Any = getattr(self.model, "of_rows", None)
        return self.raw_probability(x) if of_rows is None else of_rows(table, x)

    def _calibrated(self, raw: FloatArray) -> FloatArray:
        return raw if self.calibration is None else self.calibration.apply(raw)

    def decide(self, probability: FloatArray) -> IntArray:
        """Index of the class that each row of probabilities leads to, shape (n,)."""
        if self.decision is None:
            return np.asarray(probability.argmax(axis=1), dtype=np.int64)
        return self.decision.decide(probability)

    def one(self, values: Mapping[str, float | str | None]) -> Answer:
        """Answer for one row of raw values by column: the shortest way, in microseconds.

        Raises
        ------
        BadData
            If a column is missing, or a value is one that the features refuse.
        """
        x = self.features.row(values)
        raw = self.model.probability(x[None, :])[0] if self.scorer is None else self.scorer.one(x)
        if self.calibration is not None:
            raw = self.calibration.apply_row(raw)
        return Answer(raw, self._decided(raw))

    def _decided(self, probability: FloatArray) -> int:
        if self.decision is None:
            return int(probability.argmax())
        at, threshold = self.decision.positive, self.decision.threshold
        if at is None or threshold is None or probability.size > 2:
            return int(self.decision.decide(probability[None, :])[0])
        return at if probability[at] >= threshold else 1 - at

    def contributions(self, table: DataTable, top: int = 5) -> tuple[tuple[Contribution, ...], ...]:
        """Columns that move the score of each row most, the largest first.

        For two classes the score is the log-odds of the event (`positive`, or else the second
        class); for more, that of the class decided for the row. It is taken before calibration.
        Linear models: exact, measured from the mean of training. Others: Shapley values against
        the mean of training (`ops.classify.evaluation.contributions.shapley`).

        Parameters
        ----------
        top
            How many of each row.
        """
        x = self.features.matrix(table)
        wanted = self._explained_class(x)
        return explained(self, table, x, wanted, top)

    def _explained_class(self, x: FloatArray) -> IntArray:
        if len(self.classes) > 2:
            return self.decide(self.probability(x))
        at = 1 if self.positive is None else self.classes.index(self.positive)
        return np.full(x.shape[0], at, dtype=np.int64)

    def explained_weights(self) -> FloatArray | None:
        """Linear weights, shape (1, k) or (classes, k); None: the model is not linear."""
        found: Any = getattr(self.scorer, "weight", None)
        return None if found is None else np.asarray(found, dtype=np.float64)
