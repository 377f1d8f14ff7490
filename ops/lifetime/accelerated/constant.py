"""A constant of an acceleration model: its value, its range, where both come from."""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray

Spread = Literal["uniform", "normal"]

TWO_SIDED_95 = 1.959963984540054  # normal quantile of 0.975


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant that is taken from elsewhere, not from the data at hand.

    Parameters
    ----------
    value
        What is computed with.
    lower, upper
        Range in which it lies; it enters every bound.
    source
        Publication of the value.
    range_source
        Publication of the range; "ours" where none gives one.

    Raises
    ------
    BadData
        If the value lies outside of its range, or an end is no number.
    """

    value: float
    lower: float
    upper: float
    source: str
    range_source: str = ""

    def __post_init__(self) -> None:
        """Refuse a range that does not hold the value."""
        if not all(isfinite(x) for x in (self.value, self.lower, self.upper)):
            raise BadData(f"a constant and its range must be numbers, got {self.value:g}")
        if not self.lower <= self.value <= self.upper:
            raise BadData(
                f"the constant {self.value:g} lies outside of its range"
                f" [{self.lower:g}, {self.upper:g}]"
            )

    @property
    def known(self) -> bool:
        """Whether nothing is left open: the range is the value."""
        return self.lower == self.upper

    def draw(self, share: FloatArray, spread: Spread = "uniform") -> FloatArray:
        """Quantiles of the constant at `share`, shape as `share`.

        ``uniform`` takes every value of the range for equally likely; ``normal`` takes the range
        for a central 95 % interval on each side of the value.
        """
        if spread == "uniform":
            return self.lower + share * (self.upper - self.lower)
        from scipy.special import ndtri  # noqa: PLC0415  (only this branch needs it)

        z: FloatArray = np.asarray(ndtri(share), dtype=np.float64)
        side = np.where(z < 0, self.value - self.lower, self.upper - self.value)
        return self.value + z / TWO_SIDED_95 * side


def exactly(value: float, source: str) -> Constant:
    """Constant without a range: a definition, or one that is not to be doubted."""
    return Constant(value, value, value, source, source)
