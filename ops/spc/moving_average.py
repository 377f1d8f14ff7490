"""Charts with memory as lines: moving average, EWMA and tabular CUSUM of points of any size.

References
----------
Montgomery, Introduction to Statistical Quality Control, 9.1 (CUSUM), 9.2 (EWMA), 9.3 (moving
average); Lucas and Saccucci (1990), Technometrics 32(1), 1-12 (exact limits of the EWMA);
Lucas and Crosier (1982), Technometrics 24(3), 199-205 (headstart).
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from ops.spc.design import ChartSettings
from ops.spc.line import Frozen, Line, around
from ops.spc.points import PlottedPoints
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Start:
    """Where charts with memory go on, in sigmas of a point.

    Parameters
    ----------
    level, grown
        EWMA and its variance.
    upper, lower
        Sums of a CUSUM.
    """

    level: float = 0.0
    grown: float = 0.0
    upper: float = 0.0
    lower: float = 0.0


_AT_CENTER = Start()
_NONE: FloatArray = np.empty(0)


def moving_average_line(
    points: PlottedPoints,
    frozen: Frozen,
    begins: BoolArray,
    settings: ChartSettings,
    before: FloatArray = _NONE,
) -> Line:
    """Mean of the last `span` standardized points, with limits that narrow while the span fills.

    Parameters
    ----------
    begins : shape (n,)
        Whether a segment begins: no mean reaches across.
    before : shape (m,)
        Standardized points of the same segment that came before, if the first point begins none.
    """
    from ops.spc.run_kernel import moving_means  # noqa: PLC0415  (numba loads in half a second)

    error = frozen.sigma / np.sqrt(points.size)
    z = np.concatenate([before, standardized(points, frozen)])
    begins = np.concatenate([np.zeros(before.size, dtype=np.bool_), begins])
    mean, spread = moving_means(z, np.ones(z.size), begins, settings.span)
    mean, spread = mean[before.size :], spread[before.size :]
    statistic = frozen.center + mean * error
    return around(statistic, frozen.center, np.sqrt(spread) * error, settings.width)


def standardized(points: PlottedPoints, frozen: Frozen) -> FloatArray:
    """Distance of each point from its centre in its own standard error (Nelson 1989)."""
    return (points.value - frozen.center) / (frozen.sigma / np.sqrt(points.size))


def ewma_line(
    points: PlottedPoints,
    frozen: Frozen,
    begins: BoolArray,
    settings: ChartSettings,
    start: Start = _AT_CENTER,
) -> tuple[Line, FloatArray, FloatArray]:
    """EWMA that starts at the centre, with exact limits that widen at the start.

    It is of standardized points (Nelson), drawn in the standard error of each point's own size:
    for equal sizes that is the published chart. Then the average and its variance, in sigmas.

    Parameters
    ----------
    start
        Where it goes on if the first point begins no segment.
    """
    from ops.spc.run_kernel import ewma_runs  # noqa: PLC0415  (numba loads in half a second)

    error = frozen.sigma / np.sqrt(points.size)
    z = standardized(points, frozen)
    level, spread = ewma_runs(
        z, np.zeros(z.size), np.ones(z.size), begins, settings.lambda_, start.level, start.grown
    )
    statistic = frozen.center + level * error
    line = around(statistic, frozen.center, np.sqrt(spread) * error, settings.width)
    return line, level, spread


def cusum_line(
    points: PlottedPoints,
    frozen: Frozen,
    begins: BoolArray,
    settings: ChartSettings,
    start: Start = _AT_CENTER,
) -> tuple[Line, FloatArray, FloatArray]:
    """Greater of the two sums, the lower one with a minus sign, in sigmas; then both sums.

    The sums run on after a signal. Both start at the headstart where a segment begins. `z` is
    the statistic over ``h``, times `width`: the decision interval stands where limits would.

    Parameters
    ----------
    start
        Where they go on if the first point begins no segment.
    """
    from ops.spc.run_kernel import cusum_runs  # noqa: PLC0415  (numba loads in half a second)

    z = (points.value - frozen.center) * np.sqrt(points.size) / frozen.sigma
    upper, lower, _, _ = cusum_runs(
        z, begins, settings.k, settings.headstart, inf, start.upper, start.lower
    )
    signed = np.where(upper >= lower, upper, -lower)
    center = np.where(np.isnan(z), np.nan, 0.0)
    error = np.where(np.isnan(z), np.nan, settings.h / settings.width)
    return around(signed, center, error, settings.width), upper, lower
