"""Charts of rare events: G of the units between two events, T of the time between them.

References
----------
Benneyan (2001), Int. J. Quality and Reliability Management 18(3), 305-329 (G charts);
Nelson (1994), A control chart for parts-per-million nonconforming items, J. Quality Technology
26(3), 239-240 (the power 1/3.6 of an exponential time is nearly normal).
"""

import numpy as np
from scipy.special import ndtr

from ops.spc.attributes import normal_score
from ops.spc.design import ChartSettings
from ops.spc.line import Frozen, Line, agreed, around
from ops.spc.points import PlottedPoints
from ops.values import FloatArray

POWER = 1.0 / 3.6  # of an exponential variable: skewness near 0


def g_line(points: PlottedPoints, frozen: Frozen, settings: ChartSettings) -> Line:
    """Units without an event between two events; geometric with the mean ``center``.

    Limits are at `width` standard deviations ``sqrt(center (center + 1))``, or of equal tail
    probability. There is no lower 3-sigma limit: 0 is possible.
    """
    if not settings.probability:
        return around(points.value, frozen.center, frozen.sigma, settings.width, floor=0.0)
    stay = frozen.center / (frozen.center + 1.0)  # of no event at a unit
    tail = float(ndtr(-settings.width))
    lower = np.maximum(np.ceil(np.log1p(-tail) / np.log(stay) - 1.0), 0.0)
    upper = np.ceil(np.log(tail) / np.log(stay) - 1.0)
    count = np.maximum(points.value, 0.0)
    z = normal_score(-np.expm1(count * np.log(stay)), -np.expm1((count + 1.0) * np.log(stay)))
    return agreed(Line(points.value, frozen.center, lower, upper, z), settings.width)


def t_line(points: PlottedPoints, frozen: Frozen, settings: ChartSettings) -> Line:
    """Time between events, judged where it is nearly normal, drawn in its own unit.

    ``center`` and ``sigma`` are those of the time to the power 1/3.6; with probability limits
    ``center`` is the mean time of an exponential distribution.
    """
    if settings.probability:
        return _exponential(points.value, frozen, settings.width)
    root = around(powered(points.value), frozen.center, frozen.sigma, settings.width, floor=0.0)
    center, lower, upper = (
        np.maximum(part, 0.0) ** (1.0 / POWER) for part in (root.center, root.lower, root.upper)
    )
    return agreed(Line(points.value, center, lower, upper, root.z), settings.width)


def powered(time: FloatArray) -> FloatArray:
    """Raise times to the power 1/3.6; NaN for a negative one."""
    return np.where(time >= 0, np.abs(time) ** POWER, np.nan)


def _exponential(time: FloatArray, frozen: Frozen, width: float) -> Line:
    tail = float(ndtr(-width))
    lower, upper = -frozen.center * np.log1p(-tail), -frozen.center * np.log(tail)
    below = -np.expm1(-np.maximum(time, 0.0) / frozen.center)
    return agreed(Line(time, frozen.center, lower, upper, normal_score(below, below)), width)
