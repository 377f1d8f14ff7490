"""One line of a control chart: a statistic with centre and limits, and its distance in sigmas."""

from dataclasses import dataclass
from math import inf

import numpy as np

from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Frozen:
    """Frozen parameters of each point, from the limits of its stream; NaN: none, not judged.

    Parameters
    ----------
    center, sigma, scale, within : shape (n,)
        As in `ops.spc.design.StreamLimits`.
    """

    center: FloatArray
    sigma: FloatArray
    scale: FloatArray
    within: FloatArray


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn and judged.

    Parameters
    ----------
    statistic, center, lower, upper : shape (n,)
        Plotted statistic, centre and limits of each point, in the unit that is plotted; NaN where
        there are none. An absent limit is infinite.
    z : shape (n,)
        Nelson-standardized distance from the centre: the limits are at plus and minus `width`.
    """

    statistic: FloatArray
    center: FloatArray
    lower: FloatArray
    upper: FloatArray
    z: FloatArray


def around(
    statistic: FloatArray,
    center: FloatArray,
    error: FloatArray,
    width: float,
    *,
    floor: float = -inf,
) -> Line:
    """Line with limits `width` standard errors around the centre.

    Parameters
    ----------
    statistic, center, error : shape (n,)
        Statistic, its expectation and standard error; an error of 0 is none.
    floor
        Least possible value of the statistic: no limit lies below.
    """
    error = np.where(error > 0, error, np.nan)
    lower = np.maximum(center - width * error, floor)
    upper = center + width * error
    center = np.where(np.isnan(error), np.nan, center)
    return agreed(Line(statistic, center, lower, upper, (statistic - center) / error), width)


def agreed(line: Line, width: float) -> Line:
    """Let `z` say the same as the drawn limits: beyond `width` only where strictly beyond one."""
    z = line.z
    above, below = line.statistic > line.upper, line.statistic < line.lower
    z = np.where(above, np.maximum(z, np.nextafter(width, inf)), z)
    z = np.where(below, np.minimum(z, -np.nextafter(width, inf)), z)
    z = np.where(above | below, z, np.clip(z, -width, width))
    return Line(line.statistic, line.center, line.lower, line.upper, z)
