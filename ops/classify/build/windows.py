"""Facts sorted by key and time, and the windows of them that rows look into."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray

PORTION = 2_000_000  # pairs of a row and a fact that are held at once
MOST_PAIRS = 400_000_000
_WIDEST = 2**62


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in the order of key, time, known time and value: whatever order they came in.

    Parameters
    ----------
    key, ts, known, until : shape (n,)
        What they are of, when they happened, and from when to when they were known so.
    order : shape (n,)
        Where each stands in the columns that they were made of.
    """

    key: IntArray
    ts: IntArray
    known: IntArray
    until: IntArray
    order: IntArray
    line: "Line"
    place: IntArray  # of each on the line, sorted


@dataclass(frozen=True, slots=True)
class Windows:
    """What each row may see: facts of `key` in ``(after, until]`` as they were known at `seen`."""

    key: IntArray
    after: IntArray
    until: IntArray
    seen: IntArray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows and the facts in their windows, by row and time; `row` counts from 0 in all rows."""

    row: IntArray
    fact: IntArray

    def those(self, which: BoolArray) -> "Pairs":
        """Only some of the pairs."""
        return Pairs(self.row[which], self.fact[which])

    def starts(self) -> IntArray:
        """Where the pairs of each row that has any begin."""
        if self.row.size == 0:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(np.concatenate([[True], self.row[1:] != self.row[:-1]]))


@dataclass(frozen=True, slots=True)
class Line:
    """Key and time as one number: every key has a stretch of its own, as long as all time.

    Parameters
    ----------
    times : shape (k,)
        Distinct times, sorted: a time stands at its rank. Empty where a stretch holds every
        microsecond from `first` to `last`, which needs no ranks.
    """

    first: int
    last: int
    times: IntArray

    @property
    def width(self) -> int:
        """Length of a stretch: a place before all times, and one for each."""
        return (self.times.size or self.last - self.first + 1) + 1

    def at(self, key: IntArray, ts: IntArray) -> IntArray:
        """Place of the last time at or before `ts` on the stretch of a key."""
        if self.times.size:
            place = np.searchsorted(self.times, ts, side="right")
        else:
            place = np.clip(ts, self.first - 1, self.last) - (self.first - 1)
        found: IntArray = key * self.width + place
        return found


def line_of(key: IntArray, ts: IntArray) -> Line:
    """Line on which all keys and times have a place."""
    if ts.size == 0:
        return Line(0, 0, np.empty(0, dtype=np.int64))
    first, last, keys = int(ts.min()), int(ts.max()), int(key.max()) + 2
    if keys * (last - first + 2) < _WIDEST:
        return Line(first, last, np.empty(0, dtype=np.int64))
    return Line(first, last, np.unique(ts))


def order_of(place: IntArray, *ties: IntArray | FloatArray) -> IntArray:
    """Order by place, those of one place by the first tie, then the next ...

    Only what shares a place is sorted by the ties: most often that is little.
    """
    order = np.argsort(place, kind="stable")
    sorted_ = place[order]
    same = np.flatnonzero(sorted_[1:] == sorted_[:-1])
    if same.size == 0:
        return order
    tied = np.unique(np.concatenate([same, same + 1]))
    those = order[tied]
    order[tied] = those[np.lexsort((*(tie[those] for tie in reversed(ties)), place[those]))]
    return order


def facts_of(
    key: IntArray, ts: IntArray, known: IntArray, until: IntArray, value: FloatArray | None = None
) -> Facts:
    """Sort facts; those without a key (-1) are left out."""
    kept = np.flatnonzero(key >= 0)
    key, ts, known, until = key[kept], ts[kept], known[kept], until[kept]
    line = line_of(key, ts)
    place = line.at(key, ts)
    order = order_of(place, known, *(() if value is None else (value[kept],)))
    return Facts(key[order], ts[order], known[order], until[order], kept[order], line, place[order])


def ranges(facts: Facts, windows: Windows) -> tuple[IntArray, IntArray]:
    """First fact of each window by time alone, and the one behind its last."""
    key = np.maximum(windows.key, 0)
    low, high = (
        np.searchsorted(facts.place, facts.line.at(key, bound), side="right")
        for bound in (windows.after, windows.until)
    )
    none = (windows.key < 0) | (high < low)
    return np.where(none, 0, low), np.where(none, 0, high)


def pairs(facts: Facts, windows: Windows) -> Iterator[Pairs]:
    """Rows and all facts in their windows by time, portion by portion; no row is cut in two.

    Raises
    ------
    BadData
        If there are more than can be looked at.
    """
    low, high = ranges(facts, windows)
    total = np.concatenate([[0], np.cumsum(high - low)])
    if total[-1] > MOST_PAIRS:
        detail = f"its windows hold {total[-1]} values, at most {MOST_PAIRS}; shorten `hours`"
        raise BadData(detail, (Problem("/features", detail),))
    begin = 0
    while begin < low.size:
        room = int(np.searchsorted(total, total[begin] + PORTION, side="right")) - 1
        end = max(begin + 1, room)
        yield _portion(low[begin:end], high[begin:end], begin)
        begin = end


def _portion(low: IntArray, high: IntArray, begin: int) -> Pairs:
    counts = high - low
    ends = np.cumsum(counts)
    row = np.repeat(np.arange(counts.size), counts)
    fact = np.arange(row.size) + np.repeat(low - ends + counts, counts)
    return Pairs(row + begin, fact)


def was_known(facts: Facts, windows: Windows, found: Pairs) -> BoolArray:
    """Whether each pair's fact was known, in this version, when its row looked."""
    seen = windows.seen[found.row]
    known: BoolArray = (facts.known[found.fact] <= seen) & (seen < facts.until[found.fact])
    return known


def last_known(facts: Facts, windows: Windows) -> IntArray:
    """Index of the last fact in each window that was known; -1 where there is none."""
    low, high = ranges(facts, windows)
    at = high - 1
    while True:
        open_ = np.flatnonzero(at >= low)
        fact = at[open_]
        seen = windows.seen[open_]
        late = (facts.known[fact] > seen) | (seen >= facts.until[fact])
        if not late.any():
            break
        at[open_[late]] -= 1
    return np.where(at >= low, at, -1)
