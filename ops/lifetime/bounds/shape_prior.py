"""What is known of the shape of a Weibull life before the data: three kinds of prior."""

from dataclasses import dataclass
from math import inf, log
from typing import Literal

import numpy as np
from scipy.special import gammainc, ndtri, xlogy

from ops.errors import BadData
from ops.values import FloatArray

Kind = Literal["lognormal", "gamma", "uniform"]
TAIL = 1e-9  # of the prior that a grid over the shape leaves out at either end


@dataclass(frozen=True, slots=True)
class ShapePrior:
    """What is known of the shape before the data.

    Parameters
    ----------
    kind
        ``lognormal``: `a` the median and `b` the standard deviation of the log; ``gamma``: `a` its
        exponent and `b` its rate, mean a / b; ``uniform``: between `a` and `b`.
    a, b
        As `kind` says, all > 0.

    Raises
    ------
    BadData
        If a number is not above 0, or a range is none.
    """

    kind: Kind
    a: float
    b: float

    def __post_init__(self) -> None:
        if not (0.0 < self.a < inf and 0.0 < self.b < inf):
            raise BadData(
                f"the prior of the shape has {self.a:g} and {self.b:g}; give both above 0"
            )
        if self.kind == "uniform" and not self.a < self.b:
            raise BadData(f"the range of the shape, {self.a:g} to {self.b:g}, is empty")

    @classmethod
    def between(cls, low: float, high: float, share: float = 0.9) -> "ShapePrior":
        """Lognormal prior that holds `share` between two shapes, as much below as above."""
        if not 0.0 < low < high < inf:
            raise BadData(f"the shape lies between {low:g} and {high:g}; give 0 < low < high")
        z = float(ndtri(0.5 + share / 2.0))
        return cls("lognormal", (low * high) ** 0.5, log(high / low) / (2.0 * z))

    def log_density(self, shape: FloatArray) -> FloatArray:
        """Log of the density of the shape, up to a constant."""
        if self.kind == "lognormal":
            return -0.5 * (np.log(shape / self.a) / self.b) ** 2 - np.log(shape)
        if self.kind == "gamma":
            return xlogy(self.a - 1.0, shape) - self.b * shape
        return np.zeros_like(shape)

    def ends(self) -> tuple[float, float]:
        """Log of the shapes between which all but `TAIL` at either end lies."""
        if self.kind == "uniform":
            return log(self.a), log(self.b)
        if self.kind == "lognormal":
            reach = float(-ndtri(TAIL)) * self.b
            return log(self.a) - reach, log(self.a) + reach
        return _gamma_ends(self.a, self.b)


def _gamma_ends(exponent: float, rate: float) -> tuple[float, float]:
    low, high = -60.0, 60.0
    logs = np.linspace(low, high, 24001)
    share = gammainc(exponent, rate * np.exp(logs))
    first = int(np.searchsorted(share, TAIL))
    last = int(np.searchsorted(share, 1.0 - TAIL))
    return float(logs[max(first - 1, 0)]), float(logs[min(last, logs.size - 1)])
