"""The resolution of recorded times, and the times as the readings that they are."""

from dataclasses import replace

import numpy as np

from ops.lifetime.data import LifeData

_FINEST = 1e-4  # of the median time: finer than any test is read


def resolution_of(data: LifeData) -> float:
    """Find the largest step of 1, 2 or 5 at a decimal that all exact times are multiples of.

    Times that are written to more digits than any test is read count as read to 1e-4 of their
    median. 0 if no time is exact.

    Examples
    --------
    >>> from ops.lifetime.data import life_data
    >>> resolution_of(life_data([120.0, 250.0, 1730.0]))
    10.0
    """
    times = np.unique(data.lower[data.exact])
    if not times.size:
        return 0.0
    coarsest = int(np.floor(np.log10(times[0])))
    least = _FINEST * float(np.median(times))
    for step in (base * 10.0 ** (coarsest - k) for k in range(8) for base in (5.0, 2.0, 1.0)):
        if step <= least:
            break
        if np.all(np.abs(times / step - np.round(times / step)) < 1e-6):
            return step
    return least


def grouped(data: LifeData, resolution: float) -> LifeData:
    """Each exact time t as the interval (t - h, t + h], h half the resolution."""
    half = 0.5 * resolution
    return replace(
        data,
        lower=np.where(data.exact, np.maximum(data.lower - half, data.entry), data.lower),
        upper=np.where(data.exact, np.minimum(data.upper + half, data.exit), data.upper),
    )


def read_to(data: LifeData, resolution: float) -> LifeData:
    """Round exact times to a resolution, as who reads them does; none becomes 0."""
    if resolution <= 0.0:
        return data
    steps = np.maximum(np.round(data.lower / resolution), 1.0)
    read = np.where(data.exact, steps * resolution, data.lower)
    return replace(data, lower=read, upper=np.where(data.exact, read, data.upper))
