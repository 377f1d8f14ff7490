"""Innermost intervals of censored data: the only places where the estimate can put mass."""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.data import LifeData
from ops.values import BoolArray, FloatArray, IntArray

_INCLUSIVE_LEFT, _INCLUSIVE_RIGHT, _EXCLUSIVE_LEFT = 0, 1, 2  # order of ends at one time


@dataclass(frozen=True, slots=True)
class Innermost:
    """Innermost intervals, and which of them lie within each distinct row.

    Parameters
    ----------
    lower, upper : shape (m,)
        Ends of the intervals (lower, upper], or one time where both are equal.
    weight : shape (r,)
        Units of each distinct row.
    first, last : shape (r,)
        The row failed in one of the intervals `first` up to, not including, `last`.
    seen_first, seen_last : shape (r,)
        The same for where it would have been seen at all (truncation).
    """

    lower: FloatArray
    upper: FloatArray
    weight: FloatArray
    first: IntArray
    last: IntArray
    seen_first: IntArray
    seen_last: IntArray

    @property
    def truncated(self) -> bool:
        """Whether some row would not have been seen in some interval."""
        return bool((self.seen_first > 0).any() or (self.seen_last < self.lower.size).any())


def innermost(data: LifeData) -> Innermost:
    """Find the innermost intervals of life data.

    Ends of truncation count as ends too, the other way round: mass that is seen by few is
    placed just outside of them (Frydman 1994).

    References
    ----------
    Turnbull (1976), JRSS B 38, 290-295; Frydman (1994), JRSS B 56, 71-74.
    """
    kind = np.where(data.exact, _INCLUSIVE_LEFT, _EXCLUSIVE_LEFT)
    exits, entries = np.unique(data.exit[np.isfinite(data.exit)]), np.unique(data.entry)
    value = np.concatenate([data.lower, exits, data.upper, entries[entries > 0.0]])
    side = np.full(value.size, _INCLUSIVE_RIGHT)
    side[: kind.size] = kind
    side[kind.size : kind.size + exits.size] = _EXCLUSIVE_LEFT
    order = np.lexsort((side, value))
    value, side = value[order], side[order]
    begins = (side[:-1] != _INCLUSIVE_RIGHT) & (side[1:] == _INCLUSIVE_RIGHT)
    at = np.flatnonzero(begins)
    lower, upper = value[at], value[at + 1]
    ranges = np.stack(
        [
            _from(upper, data.lower, sharp=data.exact),
            np.searchsorted(upper, data.upper, side="right"),
            _from(upper, data.entry, sharp=np.zeros(data.entry.size, dtype=np.bool_)),
            np.searchsorted(upper, data.exit, side="right"),
        ]
    )
    return _distinct(lower, upper, data.weight, ranges)


def _from(upper: FloatArray, start: FloatArray, *, sharp: BoolArray) -> IntArray:
    """First interval that lies after each start, or at it where the row is one sharp time.

    No end of a row lies within an innermost interval, so the upper ends alone decide.
    """
    at, after = (np.searchsorted(upper, start, side=side) for side in ("left", "right"))
    return np.where(sharp, at, after)


def _distinct(
    lower: FloatArray, upper: FloatArray, weight: FloatArray, ranges: IntArray
) -> Innermost:
    """Merge equal rows; drop intervals that lie within no row."""
    unique, place = np.unique(ranges, axis=1, return_inverse=True)
    units = np.bincount(place.ravel(), weight, unique.shape[1]).astype(np.float64)
    inside = np.zeros(lower.size + 1, dtype=np.int64)
    np.add.at(inside, unique[0], 1)
    np.add.at(inside, unique[1], -1)
    kept = np.cumsum(inside)[:-1] > 0
    moved = np.concatenate([[0], np.cumsum(kept)])[unique]
    return Innermost(lower[kept], upper[kept], units, *moved)
