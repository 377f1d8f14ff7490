"""Order statistics of the slopes of all pairs of points, without holding the pairs.

Points i before j have a slope below s where their residuals ``y - s t`` are inverted: counting
takes n log n. Residuals carry twice the digits of a double, so that their order is that of the
true slopes. A bracket around the wanted rank shrinks by the square root of n in each round,
between two quantiles of slopes drawn from inside it; what remains is listed. The draws are fixed
numbers: they decide how long it takes, never what comes.

References
----------
Dillencourt, Mount and Netanyahu (1992), Int. J. Computational Geometry & Applications 2(1), 1-27;
Matousek (1991), Information Processing Letters 39(4), 183-187 (randomized slope selection);
Dekker (1971), Numerische Mathematik 18, 224-242 (doubled precision).
"""

from dataclasses import dataclass, replace
from math import inf, nan, sqrt

import numpy as np

from ops.compiled import compiled
from ops.drift.inversion_kernel import Permutation, count_inversions, list_inversions
from ops.values import FloatArray, IntArray

LISTED = 8  # pairs for each point that are listed at the end
FEW = 20_000  # pairs that are listed at once
SAMPLE = 2_000  # at least so many slopes are drawn in a round
WIDTH = 2.5  # standard deviations of the sample's rank to each side
CLOSE = 1e-15  # slopes closer than this share of their size are the same
TINY = 1e-290  # stands beside a slope of zero
FIRST = 8  # times as many in the first round
GOLDEN = 0.6180339887498949
SPLIT = 134217729.0  # 2^27 + 1


@dataclass(frozen=True, slots=True)
class Bracket:
    """Pairs with slopes in a half-open stretch.

    Parameters
    ----------
    order : shape (n,)
        Points by residual at its lower end.
    lower, upper
        Its ends.
    below, above
        Pairs below its lower and its upper end.
    """

    order: IntArray
    lower: float
    upper: float
    below: int
    above: int

    @property
    def is_one_slope(self) -> bool:
        """Whether no two slopes in it differ by more than rounding."""
        size = max(abs(self.lower), abs(self.upper))
        return size < inf and self.upper - self.lower <= max(4.0 * CLOSE * size, 4.0 * TINY)


@compiled
def _residuals(t: FloatArray, y: FloatArray, slope: float) -> tuple[FloatArray, FloatArray]:
    """Compute ``y - slope t`` as a sum of two doubles, the smaller one second."""
    high, low = np.empty(t.size), np.empty(t.size)
    big = SPLIT * slope
    s1 = big - (big - slope)
    s2 = slope - s1
    for i in range(t.size):
        big = SPLIT * t[i]
        t1 = big - (big - t[i])
        t2 = t[i] - t1
        p = slope * t[i]
        error = ((s1 * t1 - p) + s1 * t2 + s2 * t1) + s2 * t2
        h = y[i] - p
        v = h - y[i]
        rest = (y[i] - (h - v)) + (-p - v) - error
        high[i] = h + rest
        low[i] = rest - (high[i] - h)
    return high, low


@compiled
def _slopes(t: FloatArray, y: FloatArray, order: IntArray, pairs: IntArray) -> FloatArray:
    found = np.empty(pairs.shape[0])
    for k in range(found.size):
        i, j = order[pairs[k, 0]], order[pairs[k, 1]]
        found[k] = (y[j] - y[i]) / (t[j] - t[i])
    return found


@compiled
def _slopes_of_all(t: FloatArray, y: FloatArray, order: IntArray, numbers: IntArray) -> FloatArray:
    """Slopes of some of all pairs, numbered by the later point, then by the earlier one."""
    found = np.empty(numbers.size)
    for k in range(found.size):
        later = int((1.0 + sqrt(1.0 + 8.0 * numbers[k])) / 2.0)
        earlier = min(max(numbers[k] - later * (later - 1) // 2, 0), later - 1)
        i, j = order[earlier], order[later]
        found[k] = (y[j] - y[i]) / (t[j] - t[i])
    return found


def _sorted(t: FloatArray, y: FloatArray, slope: float) -> Permutation:
    """Places of points by their residual, ties as they stand."""
    high, low = (-t, np.zeros(t.size)) if slope == inf else _residuals(t, y, slope)
    order = np.argsort(high)
    ranked = high[order]
    if np.any(ranked[1:] == ranked[:-1]):
        order = np.lexsort((low, high))
    return order.astype(np.int32)


def _inside(t: FloatArray, y: FloatArray, bracket: Bracket, numbers: IntArray) -> FloatArray:
    """Slopes of some of the pairs of a bracket, counted from 0 in an order of no meaning."""
    order = bracket.order
    sequence = _sorted(t[order], y[order], bracket.upper)
    total = bracket.above - bracket.below
    return _slopes(t, y, order, list_inversions(sequence, numbers, total))


def _spread(size: int, count: int, turn: int) -> IntArray:
    """Draw `size` of the numbers 0 to `count` - 1, one in each stretch of equal length."""
    i = np.arange(size)
    place = i * GOLDEN + turn * sqrt(2.0)
    drawn = ((i + place - np.floor(place)) * (count / size)).astype(np.int64)
    found: IntArray = np.minimum(drawn, count - 1)
    return found


def _near(slope: float, side: int) -> float:
    """Slope just below (-1) or above (1) all that are the same as this one."""
    return slope + side * (CLOSE * abs(slope) if slope else TINY)


def _cut(t: FloatArray, y: FloatArray, bracket: Bracket, slope: float, rank: int) -> Bracket:
    """Cut a bracket at a slope and keep the part with the rank."""
    if not bracket.lower < slope < bracket.upper:
        return bracket
    order = _sorted(t, y, slope)
    count = int(count_inversions(order))
    if count > rank:
        return replace(bracket, upper=slope, above=count)
    return replace(bracket, order=order.astype(np.int64), lower=slope, below=count)


def _drawn(t: FloatArray, y: FloatArray, bracket: Bracket, turn: int) -> FloatArray:
    """Draw slopes from a bracket, ascending; all pairs need no sort where no times are equal."""
    count, size = bracket.above - bracket.below, max(t.size, SAMPLE)
    if count < t.size * (t.size - 1) // 2:
        return np.sort(_inside(t, y, bracket, _spread(size, count, turn)))
    number = _spread(FIRST * size, count, turn)
    return np.sort(_slopes_of_all(t, y, bracket.order, number))


def opening_draw(t: FloatArray, y: FloatArray, pairs: int) -> FloatArray:
    """Draw slopes from all pairs, ascending, for the first round of each rank."""
    if pairs <= max(LISTED * t.size, FEW):
        return np.empty(0)
    return _drawn(t, y, Bracket(np.arange(t.size), -inf, inf, 0, pairs), 0)


def _narrowed(
    t: FloatArray, y: FloatArray, bracket: Bracket, rank: int, drawn: FloatArray
) -> Bracket:
    """Cut a bracket at two quantiles of slopes from inside it, around the rank.

    Many pairs may share a quantile, and the rank be among them: it is cut on both of its sides.
    """
    size = drawn.size
    place = (rank - bracket.below) / (bracket.above - bracket.below) * size
    reach = WIDTH * sqrt(max(place * (1.0 - place / size), 1.0)) + 1.0
    ends = max(int(place - reach), 0), min(int(place + reach), size - 1)
    first, last = float(drawn[ends[0]]), float(drawn[ends[1]])
    bracket = _cut(t, y, bracket, _near(first, 1), rank)
    if bracket.upper <= _near(first, 1):
        return _cut(t, y, bracket, _near(first, -1), rank)
    bracket = _cut(t, y, bracket, _near(last, -1), rank)
    if bracket.lower >= _near(last, -1):
        return _cut(t, y, bracket, _near(last, 1), rank)
    return bracket


def select_slope(
    t: FloatArray, y: FloatArray, rank: int, pairs: int, opening: FloatArray
) -> tuple[float, float]:
    """Slope of a rank, from 0, among those of all pairs with different times, and the next one.

    Parameters
    ----------
    t, y : shape (n,)
        Points by time, and by value where times are equal.
    rank
        In [0, pairs).
    pairs
        Pairs with different times.
    opening
        What `opening_draw` gives for these points.

    Returns
    -------
    The slope, and that of the next rank; NaN where that one did not come along.
    """
    bracket, turn = Bracket(np.arange(t.size), -inf, inf, 0, pairs), 0
    while bracket.above - bracket.below > max(LISTED * t.size, FEW):
        if bracket.is_one_slope:
            one = float(_inside(t, y, bracket, np.zeros(1, dtype=np.int64))[0])
            return one, one if rank + 1 < bracket.above else nan
        drawn = _drawn(t, y, bracket, turn) if turn else opening
        bracket, turn = _narrowed(t, y, bracket, rank, drawn), turn + 1
    slopes = _inside(t, y, bracket, np.arange(bracket.above - bracket.below))
    places = [p for p in (rank - bracket.below, rank - bracket.below + 1) if p < slopes.size]
    slopes.sort()
    found = [float(slopes[p]) for p in places]
    return found[0], found[1] if len(found) > 1 else nan
