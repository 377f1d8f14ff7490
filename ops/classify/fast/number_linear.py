"""A linear regression as coefficients: one product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class LinearNumbers:
    """Numbers of a linear model.

    Parameters
    ----------
    weight : shape (k,)
        Label's unit for each unit of a standardised feature.
    offset : shape (1,)
        Number at features of 0.
    """

    weight: FloatArray
    offset: FloatArray
    kind: str = "linear"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.weight.size)

    @property
    def outputs(self) -> int:
        """Numbers of a row."""
        return int(self.offset.size)

    def numbers(self, x: FloatArray) -> FloatArray:
        """Multiply: number of each row, (n, k) to (n, 1)."""
        return (x @ self.weight + self.offset)[:, None]

    def one(self, x: FloatArray) -> list[float]:
        """Multiply: number of one row, (k,)."""
        return [float(self.weight.dot(x)) + float(self.offset[0])]

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        return {"weight": self.weight, "offset": self.offset}


def linear_numbers(estimators: Sequence[Any]) -> LinearNumbers:
    """Scorer of a fitted Ridge or ElasticNet, the only one of `estimators`."""
    (estimator,) = estimators
    weight = np.ascontiguousarray(estimator.coef_, dtype=np.float64).ravel()
    return LinearNumbers(weight, np.atleast_1d(np.asarray(estimator.intercept_, dtype=np.float64)))
