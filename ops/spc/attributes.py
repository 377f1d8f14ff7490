"""Charts of counts: p, np, c, u, and Laney's P' and U' for samples too large for their theory.

References
----------
Montgomery, Introduction to Statistical Quality Control, 7.2 and 7.3 (p, np, c, u; varying sizes);
Laney (2002), Quality Engineering 14(4), 531-537 (P' and U');
Nelson (1989), J. Quality Technology 21(3), 220-222 (standardized values for the rules).
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.special import bdtrik, betainc, gammaincc, ndtr, ndtri, pdtrik

from ops.spc.design import ChartSettings
from ops.spc.line import Frozen, Line, agreed, around
from ops.spc.points import COUNTS, PlottedPoints
from ops.values import FloatArray

BINOMIAL = frozenset({"p", "np", "laney-p"})
LEAST_TAIL = 1e-300  # a normal score stays finite

Tail = Callable[[FloatArray], FloatArray]


def attribute_line(points: PlottedPoints, frozen: Frozen, settings: ChartSettings) -> Line:
    """Draw counts or shares around the centre, with limits that step with the size.

    ``center`` is the share (or the mean count per unit of area) and ``sigma`` the standard
    deviation at size 1; np charts plot ``n`` times the share around ``n center``. A c chart is of
    one area: its centre is the mean count.
    """
    size = np.where(points.size > 0, points.size, np.nan)
    shown = size if settings.kind in COUNTS else np.ones(size.size)
    if settings.probability and settings.kind in ("p", "np", "c", "u"):
        return _by_probability(points, size, frozen, settings)
    error = frozen.scale * frozen.sigma / np.sqrt(size) * shown
    line = around(points.value, frozen.center * shown, error, settings.width, floor=0.0)
    if settings.kind in BINOMIAL:
        line = replace(line, upper=np.minimum(line.upper, shown))  # a share is at most 1
    return line


def _by_probability(
    points: PlottedPoints, size: FloatArray, frozen: Frozen, settings: ChartSettings
) -> Line:
    """Limits that a count of the distribution passes with at most the tail of `width` a side."""
    share = settings.kind in BINOMIAL
    n = np.round(size) if share else size
    counts = settings.kind in COUNTS
    count = points.value if counts else np.round(points.value * size)
    tail = float(ndtr(-settings.width))
    expected = frozen.center * n
    below = _binomial(n, frozen.center) if share else _poisson(expected)
    start = bdtrik if share else pdtrik
    arguments = (n, frozen.center) if share else (expected,)
    lower, upper = (
        _quantile(reached, below, np.asarray(start(reached, *arguments), dtype=np.float64))
        for reached in (tail, 1.0 - tail)
    )
    z = np.where(np.isnan(expected), np.nan, normal_score(below(count - 1.0), below(count)))
    if not counts:
        lower, upper = lower / size, upper / size
    center = expected if counts else frozen.center
    return agreed(Line(points.value, center, lower, upper, z), settings.width)


def _binomial(n: FloatArray, p: FloatArray) -> Tail:
    def below(k: FloatArray) -> FloatArray:
        held = np.clip(k, 0.0, np.maximum(n - 1.0, 0.0))
        inside = betainc(np.maximum(n - held, 1.0), held + 1.0, 1.0 - p)
        return np.where(k < 0, 0.0, np.where(k >= n, 1.0, inside))

    return below


def _poisson(mean: FloatArray) -> Tail:
    def below(k: FloatArray) -> FloatArray:
        return np.where(k < 0, 0.0, gammaincc(np.maximum(k, 0.0) + 1.0, mean))

    return below


def _quantile(probability: float, below: Tail, start: FloatArray) -> FloatArray:
    """Least count whose distribution function reaches `probability`, from a guess beside it."""
    k = np.maximum(np.floor(np.where(np.isfinite(start), start, 0.0)) - 1.0, 0.0)
    for _ in range(4):
        k = np.where(below(k) < probability, k + 1.0, k)
    return k


def normal_score(below: FloatArray, up_to: FloatArray) -> FloatArray:
    """Find the normal quantile of the middle of a step of a distribution function (mid-p).

    Parameters
    ----------
    below, up_to : shape (n,)
        Probability of less than the value, and of at most the value.
    """
    left = 0.5 * (below + up_to)
    right = 0.5 * ((1.0 - below) + (1.0 - up_to))
    score = np.where(
        left <= right,
        ndtri(np.maximum(left, LEAST_TAIL)),
        -ndtri(np.maximum(right, LEAST_TAIL)),
    )
    return np.where(np.isnan(left), np.nan, score)
