"""EWMA control chart: small, lasting shifts of the mean."""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.run_length.ewma import ewma_arl as ewma_arl  # beside the chart it designs
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class EwmaChart:
    """An EWMA chart.

    Parameters
    ----------
    statistic, lower, upper : shape (n,)
        Weighted average and its limits, in the unit of the data.
    outside
        Indices of points beyond a limit.
    """

    statistic: FloatArray
    lower: FloatArray
    upper: FloatArray
    outside: tuple[int, ...]


def ewma_chart(
    x: FloatArray,
    *,
    target: float,
    sigma: float,
    lambda_: float = 0.2,
    width: float = 2.859,
    size: FloatArray | None = None,
) -> EwmaChart:
    """EWMA control chart of values or means, with exact limits that widen at the start.

    Parameters
    ----------
    x : shape (n,)
        Measurements in time order, in the characteristic's unit.
    target, sigma
        In-control mean and standard deviation, same unit as `x`; `sigma` > 0.
    lambda_
        Weight of the newest value, in (0, 1]. 0.05-0.25 finds shifts of 0.5-1.5 sigma.
    width
        Half-width of the limits in standard deviations of the statistic; at a weight of 0.2,
        2.859 gives a false alarm in 370 values once the limits are wide.
    size : shape (n,)
        Values behind each mean; absent: individual values.

    Raises
    ------
    NotEnoughData
        If `x` is empty.

    References
    ----------
    Lucas and Saccucci (1990), Technometrics 32(1), 1-12 (exact, time-varying limits).

    Examples
    --------
    >>> ewma_chart(np.array([10.0, 10.2, 13.0]), target=10.0, sigma=0.5).outside
    (2,)
    """
    if x.size == 0:
        raise NotEnoughData("an EWMA chart needs 1 value, got 0")
    from ops.spc.run_kernel import ewma_runs  # noqa: PLC0415  (numba loads in half a second)

    begins = np.arange(x.size) == 0
    variance = np.full(x.size, sigma**2) / (1.0 if size is None else size)
    statistic, spread = ewma_runs(
        x, np.full(x.size, target), variance, begins, lambda_, target, 0.0
    )
    half = width * np.sqrt(spread)
    outside = np.flatnonzero(np.abs(statistic - target) > half)
    return EwmaChart(statistic, target - half, target + half, tuple(int(i) for i in outside))
