"""Tabular CUSUM: when a mean left its target, which way, and since when.

Design: `k` is half the shift that is to be found, in standard deviations; `h` follows from the
distance of false alarms that is wanted (`cusum_h`). ``k = 0.5, h = 4.77`` gives one in 370 values
and finds a shift of one sigma after ten (Hawkins 1993).
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.run_length.cusum import cusum_arl as cusum_arl  # beside the chart it designs
from ops.spc.run_length.cusum import cusum_h as cusum_h
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class CusumChart:
    """A two-sided tabular CUSUM, in standard deviations.

    Parameters
    ----------
    upper, lower : shape (n,)
        One-sided sums C+ and C-, both at least 0.
    since_upper, since_lower : shape (n,)
        Number of values since the sum was last 0: the shift began so many values ago.
    h
        Decision interval.
    """

    upper: FloatArray
    lower: FloatArray
    since_upper: IntArray
    since_lower: IntArray
    h: float

    @property
    def outside(self) -> tuple[int, ...]:
        """Indices of values at which one of the sums exceeds `h`."""
        return tuple(int(i) for i in np.flatnonzero((self.upper > self.h) | (self.lower > self.h)))

    @property
    def began(self) -> int | None:
        """Index of the first value of the shift that the last value signals; None if it is calm."""
        if self.upper[-1] > self.h:
            return int(self.upper.size - self.since_upper[-1])
        return self.began_below

    @property
    def began_below(self) -> int | None:
        """The same for a shift below the target alone."""
        if self.lower[-1] > self.h:
            return int(self.lower.size - self.since_lower[-1])
        return None


def cusum_chart(
    x: FloatArray,
    *,
    target: float,
    sigma: float,
    k: float = 0.5,
    h: float = 4.77,
    headstart: float = 0.0,
    restart: bool = False,
    size: FloatArray | None = None,
) -> CusumChart:
    """Two-sided tabular CUSUM of values or means.

    Parameters
    ----------
    x : shape (n,)
        Measurements in time order, in the characteristic's unit.
    target, sigma
        In-control mean and standard deviation, same unit as `x`; `sigma` > 0.
    k, h
        Reference value and decision interval, in standard deviations.
    headstart
        Value at which both sums start (fast initial response); half of `h` is usual.
    restart
        Whether both sums start anew, at the headstart, after a value that signals; else they run
        on, and a value signals for as long as a sum is beyond.
    size : shape (n,)
        Values behind each mean; absent: individual values.

    Raises
    ------
    NotEnoughData
        If `x` is empty.

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 9.1.2, equations (9.2) and (9.3);
    Lucas and Crosier (1982), Technometrics 24(3), 199-205 (headstart, restart after a signal).

    Examples
    --------
    >>> cusum_chart(np.array([0.0, 2.0, 2.0, 2.0, 2.0]), target=0.0, sigma=1.0).outside
    (4,)
    """
    if x.size == 0:
        raise NotEnoughData("a CUSUM needs 1 value, got 0")
    from ops.spc.run_kernel import cusum_runs  # noqa: PLC0415  (numba loads in half a second)

    z = (x - target) / sigma * (1.0 if size is None else np.sqrt(size))
    upper, lower, since_upper, since_lower = cusum_runs(
        z, np.arange(x.size) == 0, k, headstart, h if restart else inf, headstart, headstart
    )
    return CusumChart(upper, lower, since_upper, since_lower, h)
