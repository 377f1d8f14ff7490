"""Three-way chart: variation between subgroups and within them, each judged by its own sigma.

Means are charted as individuals: where subgroups differ by more than their values explain (wafers
of a lot, wires of a unit), limits from the variation within would flag nearly every mean.

References
----------
Wheeler (1995), Advanced Topics in Statistical Process Control, chapter 9 (three-way chart).
"""

from ops.spc.design import ChartSettings
from ops.spc.line import Frozen, Line, around
from ops.spc.points import PlottedPoints
from ops.spc.variables import moving_range_line, range_line, sd_line
from ops.values import BoolArray, FloatArray

LARGEST_OF_RANGES = 10  # values; the range of more says little of them


def between_line(points: PlottedPoints, frozen: Frozen, width: float) -> Line:
    """Means around the centre with the sigma of means from their moving ranges, of any size."""
    return around(points.value, frozen.center, frozen.sigma, width)


def moving_range_of_means(
    points: PlottedPoints,
    frozen: Frozen,
    begins: BoolArray,
    width: float,
    before: FloatArray | None = None,
) -> Line:
    """Draw moving ranges of the means: does the variation between subgroups stay the same."""
    return moving_range_line(points.value, frozen.sigma, begins, width, before)


def within_line(points: PlottedPoints, frozen: Frozen, settings: ChartSettings) -> tuple[str, Line]:
    """Ranges of subgroups of a set count up to 10, deviations of all others, by sigma within.

    The design alone decides which: no later subgroup changes how an earlier one was judged.
    """
    how, _, count = settings.subgroup.partition(":")
    if how == "count" and int(count) <= LARGEST_OF_RANGES:
        return "range", range_line(points, frozen.within, settings.width)
    return "standard deviation", sd_line(points, frozen.within, settings.width)
