"""Logistic regression as coefficients: one product, one exponential."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.link import pair, probabilities, probability
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class LinearScorer:
    """Probabilities of linear scores.

    Parameters
    ----------
    weight : shape (1, k) for two classes, (classes, k) for more
        Log-odds for each unit of a standardised feature.
    offset : shape (1,) or (classes,)
        Log-odds at features of 0.
    """

    weight: FloatArray
    offset: FloatArray
    kind: str = "linear"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.weight.shape[1])

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, (n, k) to (n, classes)."""
        return probabilities(x @ self.weight.T + self.offset)

    def one(self, x: FloatArray) -> FloatArray:
        """Probability of each class of one row, (k,) to (classes,)."""
        if self.offset.size == 1:
            return pair(float(self.weight[0].dot(x)) + float(self.offset[0]))
        return probability(self.weight.dot(x) + self.offset)

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        return {"weight": self.weight, "offset": self.offset}


def linear_scorer(estimator: Any) -> LinearScorer:
    """Scorer of a fitted scikit-learn LogisticRegression."""
    weight = np.ascontiguousarray(estimator.coef_, dtype=np.float64)
    return LinearScorer(weight, np.asarray(estimator.intercept_, dtype=np.float64).ravel())
