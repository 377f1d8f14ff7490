"""Short-run charts: many parts on one chart, each value freed of what is its part's own.

References
----------
Bothe (1989), A powerful new control chart for job shops, ASQC Quality Congress Transactions,
265-270 (nominal); Farnum (1992), J. Quality Technology 24(3), 138-144 (standardized);
Montgomery, Introduction to Statistical Quality Control, 10.1.
"""

from dataclasses import replace
from math import sqrt

import numpy as np

from ops.capability.sigma import within_sigma
from ops.errors import NotEnoughData
from ops.spc.design import ChartSettings, PartTarget
from ops.spc.points import PlottedPoints
from ops.values import BoolArray, FloatArray, IntArray


def short_run(points: PlottedPoints, settings: ChartSettings) -> PlottedPoints:
    """Points whose value is the deviation from the part's target, or that over the part's sigma.

    A point of a part without a target (standardized: without a sigma) has the value NaN: it is not
    judged. The sizes stay: a mean of n values has the standard error sigma over root n.

    Parameters
    ----------
    points
        With `part` by the factor ``settings.part``.
    settings
        ``short-run-nominal`` or ``short-run-standardized``, with `parts`.
    """
    known = {part.level: part for part in settings.parts}
    names = (*points.part.levels, "")  # the last one is the part of code -1
    found = [known.get(name) for name in names]
    target = np.array([np.nan if part is None else part.target for part in found])
    value = points.value - target[points.part.codes]
    if settings.kind == "short-run-standardized":
        sigma = np.array(
            [np.nan if part is None or part.sigma is None else part.sigma for part in found]
        )
        value = value / sigma[points.part.codes]
    return replace(points, value=value)


def part_targets(
    points: PlottedPoints, settings: ChartSettings, alive: BoolArray
) -> tuple[PartTarget, ...]:
    """Targets of the parts that `settings` has none for: mean, and sigma from moving ranges.

    Parameters
    ----------
    points
        As they stand, not yet freed of the part.
    alive : shape (n,)
        Points that count.

    Returns
    -------
    tuple of PartTarget
        Those of `settings`, then of each part with two points whose values differ.
    """
    given = {part.level for part in settings.parts}
    found = list(settings.parts)
    codes = np.where(alive, points.part.codes, -1)
    for code, level in enumerate(points.part.levels):
        of = np.flatnonzero(codes == code)
        if level in given or of.size < 2:
            continue
        sigma = _sigma(points.value[of], points.size[of], points.stream.codes[of] + 1)
        mean = float(np.average(points.value[of], weights=points.size[of]))
        found.append(PartTarget(level=level, target=mean, sigma=sigma or None))
    return tuple(found)


def _sigma(value: FloatArray, size: FloatArray, stream: IntArray) -> float | None:
    """From moving ranges within each stream, at size 1; None where no stream has two points."""
    try:
        found = within_sigma(value, stream, "moving-range").value
    except NotEnoughData:
        return None
    return found * sqrt(float(np.median(size)))
