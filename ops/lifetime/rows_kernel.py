"""Rows of one population laid out for the climb, and the existence test, in machine code.

The rows are sorted by kind into `rows` (position on the line, width, signed weight), `ends[kind]`
to ``ends[kind + 1]``. A truncated row adds the probability of its window with negative weight.
"""

from math import inf, log, log1p

import numpy as np

from ops.compiled import compiled
from ops.lifetime.kernel import EXACT, INTERVAL, LEFT, RIGHT
from ops.values import FloatArray, IntArray

NOTHING = -1
Columns = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]
# what is known of a population: weights, then sums on the line, then times as they stand
UNITS, W_EXACT, W_LEFT, W_RIGHT, W_CELL, WINDOWS = range(6)
X_FAILED, XX_FAILED, X_LEFT, X_RIGHT, X_LEAST, X_MOST = range(6, 12)
FIRST, LAST, FLOOR, CEILING, ORIGIN, X_EXACT, DEAD = range(12, 19)
FACTS = 19


@compiled
def _kind(low: float, high: float) -> int:
    if low == high:
        return EXACT
    if high == inf:
        return RIGHT if low > 0.0 else NOTHING
    return LEFT if low <= 0.0 else INTERVAL


@compiled
def row_of(columns: Columns, i: int) -> tuple[float, float, float, int]:
    """Read ends, weight and kind of a row; one still at work within a window fails inside it."""
    low, high = columns[0][i], columns[1][i]
    weight = columns[2][i] if columns[2].size > 0 else 1.0
    if columns[4].size > 0 and columns[4][i] < high:
        high = columns[4][i]
    return low, high, weight, _kind(low, high) if weight > 0.0 else NOTHING


@compiled
def window_of(columns: Columns, i: int) -> int:
    """Kind of the row's truncation."""
    return _kind(columns[3][i], columns[4][i]) if columns[3].size > 0 else NOTHING


@compiled
def _note_time(facts: FloatArray, kind: int, low: float, high: float) -> None:
    """Keep what the existence test asks of the times as they stand."""
    if kind == EXACT:
        facts[FIRST] = min(facts[FIRST], low)
        facts[LAST] = max(facts[LAST], low)
    if kind in (RIGHT, INTERVAL):
        facts[FLOOR] = max(facts[FLOOR], low)
    if kind in (LEFT, INTERVAL):
        facts[CEILING] = min(facts[CEILING], high)


@compiled
def survey(columns: Columns, start: int, stop: int, ends: IntArray, facts: FloatArray) -> None:
    """Count the rows of each kind and note the times that decide existence.

    Parameters
    ----------
    columns
        lower, upper, weight, entry, exit; empty where absent.
    ends : shape (5,)
        Filled: where each kind begins.
    facts : shape (FACTS,)
        Filled.
    """
    facts[:] = 0.0
    facts[FIRST], facts[CEILING] = inf, inf
    facts[X_LEAST], facts[X_MOST] = inf, -inf
    ends[:] = 0
    for i in range(start, stop):
        low, high, _, kind = row_of(columns, i)
        if kind == NOTHING:
            continue
        ends[kind + 1] += 1
        _note_time(facts, kind, low, high)
        if facts[ORIGIN] == 0.0:
            facts[ORIGIN] = low if low > 0.0 else high
        window = window_of(columns, i)
        if window != NOTHING:
            ends[window + 1] += 1
            facts[WINDOWS] += 1.0
    for kind in range(4):
        ends[kind + 1] += ends[kind]


@compiled
def place(log_line: bool, origin: float, kind: int, low: float, high: float) -> tuple[float, float]:
    """Position on the line, and width of an interval."""
    t = high if kind == LEFT else low
    x = log(t / origin) if log_line else t - origin
    if kind != INTERVAL:
        return x, 0.0
    return x, log1p((high - low) / low) if log_line else high - low


@compiled
def _note_place(facts: FloatArray, kind: int, x: float, d: float, w: float) -> None:
    middle = x + 0.5 * d
    facts[UNITS] += w
    facts[W_EXACT + (0, 2, 1, 3)[kind]] += w
    if kind == RIGHT:
        facts[X_RIGHT] += w * x
    else:
        facts[X_FAILED] += w * middle
        facts[XX_FAILED] += w * middle * middle
    if kind == EXACT:
        facts[X_EXACT] += w * x
    if kind == LEFT:
        facts[X_LEFT] += w * x
    facts[X_LEAST] = min(facts[X_LEAST], x)
    facts[X_MOST] = max(facts[X_MOST], x + d)


@compiled
def lay(
    columns: Columns,
    start: int,
    stop: int,
    log_line: bool,
    rows: FloatArray,
    ends: IntArray,
    facts: FloatArray,
) -> None:
    """Place the rows that `survey` has counted.

    Parameters
    ----------
    rows : shape (3, at least ends[4])
        Filled: position less that of the origin, width, weight (negative: a window).
    """
    free = ends[:4].copy()
    for i in range(start, stop):
        low, high, weight, kind = row_of(columns, i)
        if kind == NOTHING:
            continue
        x, d = place(log_line, facts[ORIGIN], kind, low, high)
        _note_place(facts, kind, x, d, weight)
        if columns[1][i] < inf:  # one that lives counts as an interval within its window
            facts[DEAD] += weight
        rows[0, free[kind]], rows[1, free[kind]], rows[2, free[kind]] = x, d, weight
        free[kind] += 1
        window = window_of(columns, i)
        if window != NOTHING:
            at = free[window]
            low, high = columns[3][i], columns[4][i]
            rows[0, at], rows[1, at] = place(log_line, facts[ORIGIN], window, low, high)
            rows[2, at] = -weight
            free[window] += 1


@compiled
def lay_all(
    columns: Columns, start: int, stop: int, log_line: bool
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Rows, ends and facts of one population, in arrays of their own."""
    ends, facts = np.empty(5, dtype=np.int64), np.empty(FACTS)
    survey(columns, start, stop, ends, facts)
    rows = np.empty((3, max(ends[4], 1)))
    lay(columns, start, stop, log_line, rows, ends, facts)
    return rows, ends, facts


@compiled
def _one_instant(facts: FloatArray) -> bool:
    """Whether one time lies in every interval, at every exact time and after every censoring."""
    low, high = facts[FLOOR], facts[CEILING]
    if facts[W_EXACT] > 0.0:
        low, high = max(low, facts[LAST]), min(high, facts[FIRST])
    return bool(low <= high)


@compiled
def _reverse_order(facts: FloatArray) -> bool:
    """Whether, of looks at failed and living units only, those at failed ones were no later."""
    if facts[W_EXACT] + facts[W_CELL] + facts[WINDOWS] > 0.0:
        return False
    lead = facts[X_LEFT] / facts[W_LEFT] - facts[X_RIGHT] / facts[W_RIGHT]
    return bool(lead <= 1e-12 * (facts[X_MOST] - facts[X_LEAST]))


@compiled
def verdict(facts: FloatArray, sigma_known: bool) -> int:
    """Code of `Reason`; EXISTS of truncated rows is provisional: the climb has the last word."""
    if facts[UNITS] == 0.0:
        return 1
    if facts[W_RIGHT] == facts[UNITS]:
        return 2
    if facts[W_LEFT] == facts[UNITS]:
        return 3
    if sigma_known:
        return 0
    if _one_instant(facts):
        return 4
    return 5 if _reverse_order(facts) else 0
