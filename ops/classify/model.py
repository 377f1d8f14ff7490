"""What every fitted model can do, ours or a stranger's, and what a prediction is."""

from dataclasses import dataclass
from typing import Protocol

from ops.values import BoolArray, FloatArray, IntArray


class ProbabilityModel(Protocol):
    """A fitted classifier on a matrix of features."""

    @property
    def kind(self) -> str:
        """Its kind: logistic, decision-tree, random-forest, ... or onnx, endpoint."""
        ...

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels, in the order of the columns of `probability`."""
        ...

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class.

        Parameters
        ----------
        x : shape (n, features)

        Returns
        -------
        shape (n, classes), rows sum to 1.
        """
        ...


class NumberModel(Protocol):
    """A fitted regression on a matrix of features (virtual metrology)."""

    @property
    def kind(self) -> str:
        """Its kind: ridge, elastic-net, gradient-boosting, quantile-boosting."""
        ...

    def value(self, x: FloatArray) -> FloatArray:
        """Predicted number of each row, shape (n,)."""
        ...


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the score of one row (log-odds, or the label's unit)."""

    feature: str  # name of the feature, as in `FittedFeatures.names`
    column: str  # column of the dataset (or derived feature) that it comes from
    value: float | str | None  # as given, in its own unit
    amount: float


@dataclass(frozen=True, slots=True)
class Predictions:
    """Answers for some rows.

    Parameters
    ----------
    probability : shape (n, classes)
        Calibrated.
    decided : shape (n,)
        Index of the class at the cost threshold.
    possible : shape (n, classes)
        Class-conditional conformal set: classes that cannot be ruled out at its level.
    unusual : shape (n,)
        Whether the row lies outside of what training has seen, by the model's own measure.
    """

    probability: FloatArray
    decided: IntArray
    possible: BoolArray
    unusual: BoolArray
