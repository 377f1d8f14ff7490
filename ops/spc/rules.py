"""Run rules of control charts: which points of a standardized series break which rule.

Every comparison is strict. A point is flagged where it completes a pattern and takes part in it: of
"two of three beyond 2 sigma" only a point that is itself beyond.

References
----------
Nelson (1984), J. Quality Technology 16(4), 237-239 (the eight tests);
Western Electric (1956), Statistical Quality Control Handbook, 25-28 (the four zone tests);
Champ and Woodall (1987), Technometrics 29(4), 393-399 (their run lengths).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ops.values import BoolArray, FloatArray, IntArray

Pattern = Literal["beyond", "same-side", "trend", "alternating", "within"]
Flags = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern that chance alone seldom makes.

    Parameters
    ----------
    name
        Short name, as engineers say it.
    sentence
        What it looks for.
    pattern
        ``beyond``: `k` of `n` points further than `zone` sigma from the centre, on one side unless
        `either_side`; ``same-side``: `n` in a row on one side of the centre; ``trend``: `n` in a
        row, each above (or each below) the one before; ``alternating``: `n` in a row, up and down
        in turn; ``within``: `n` in a row closer than `zone` sigma.
    """

    name: str
    sentence: str
    pattern: Pattern
    n: int
    k: int = 0
    zone: float = 0.0
    either_side: bool = False


_LIMITS = Rule("1", "one point beyond 3 sigma", "beyond", n=1, k=1, zone=3.0)
_TWO = Rule("5", "two of three points beyond 2 sigma on one side", "beyond", n=3, k=2, zone=2.0)
_FOUR = Rule("6", "four of five points beyond 1 sigma on one side", "beyond", n=5, k=4, zone=1.0)

LIMITS_ONLY: tuple[Rule, ...] = (_LIMITS,)
NELSON: tuple[Rule, ...] = (
    _LIMITS,
    Rule("2", "nine points in a row on one side of the centre", "same-side", n=9),
    Rule("3", "six points in a row, all rising or all falling", "trend", n=6),
    Rule("4", "fourteen points in a row, up and down in turn", "alternating", n=14),
    _TWO,
    _FOUR,
    Rule("7", "fifteen points in a row within 1 sigma", "within", n=15, zone=1.0),
    Rule("8", "eight points in a row beyond 1 sigma, on either side", "beyond",
         n=8, k=8, zone=1.0, either_side=True),
)  # fmt: skip
WESTERN_ELECTRIC: tuple[Rule, ...] = (
    _LIMITS,
    Rule("2", _TWO.sentence, "beyond", n=3, k=2, zone=2.0),
    Rule("3", _FOUR.sentence, "beyond", n=5, k=4, zone=1.0),
    Rule("4", "eight points in a row on one side of the centre", "same-side", n=8),
)
RULES = {"nelson": NELSON, "western-electric": WESTERN_ELECTRIC, "limits": LIMITS_ONLY}

Counts = NDArray[np.int32]


def signals(z: FloatArray, begins: BoolArray, rules: tuple[Rule, ...] = NELSON) -> Flags:
    """Rules that each point breaks, as bits: bit i stands for ``rules[i]``.

    Parameters
    ----------
    z : shape (n,)
        Distance from the centre in sigmas, in time order within each segment; NaN breaks nothing
        and ends every pattern.
    begins : shape (n,)
        Whether a segment (a stream, a stage) begins: no pattern reaches across.

    Examples
    --------
    >>> z = np.array([0.0, 3.1, 0.0])
    >>> signals(z, np.array([True, False, False])).tolist()
    [0, 1, 0]
    """
    if len(rules) > 16:
        raise ValueError(f"at most 16 rules at once, got {len(rules)}")
    flags = np.zeros(z.size, dtype=np.uint16)
    if z.size == 0:
        return flags
    place = np.arange(z.size)
    begin = np.maximum.accumulate(np.where(begins, place, 0))
    room = place - begin  # points of its segment before each point
    for bit, rule in enumerate(rules):
        flags[_broken(z, room, rule)] |= np.uint16(1 << bit)
    return flags


def _broken(z: FloatArray, room: IntArray, rule: Rule) -> BoolArray:
    if rule.pattern == "beyond":
        if rule.either_side:
            return _k_of_n(np.abs(z) > rule.zone, room, rule)
        above = _k_of_n(z > rule.zone, room, rule)
        return above | _k_of_n(z < -rule.zone, room, rule)
    if rule.pattern == "same-side":
        return _all_of(z > 0, room, rule.n) | _all_of(z < 0, room, rule.n)
    if rule.pattern == "within":
        return _all_of(np.abs(z) < rule.zone, room, rule.n)
    change = np.zeros(z.size)
    change[1:] = np.diff(z)
    if rule.pattern == "trend":  # one step fewer than points, the first of a segment is none
        rises = _all_of(change > 0, room - 1, rule.n - 1)
        return rises | _all_of(change < 0, room - 1, rule.n - 1)
    turns = np.zeros(z.size, dtype=np.bool_)
    turns[2:] = change[2:] * change[1:-1] < 0
    return _all_of(turns, room - 2, rule.n - 2)


def _of_last(flag: BoolArray, n: int) -> tuple[Counts, Counts]:
    """Count the flags among the last `n` of all points, and up to each point."""
    total = np.cumsum(flag, dtype=np.int32)
    count = total.copy()
    count[n:] -= total[:-n]
    return count, total


def _all_of(flag: BoolArray, room: IntArray, n: int) -> BoolArray:
    """Find the points that end `n` flagged ones in a row of their segment."""
    count, _ = _of_last(flag, n)
    whole: BoolArray = (count == n) & (room >= n - 1)
    return whole


def _k_of_n(flag: BoolArray, room: IntArray, rule: Rule) -> BoolArray:
    """Find the flagged points with `k` flagged ones among the last `n` of their segment."""
    if rule.n == 1:
        return flag
    count, total = _of_last(flag, rule.n)
    early = np.flatnonzero(room < rule.n - 1)  # their last `n` reach into the segment before
    before = early - room[early] - 1
    count[early] = total[early] - np.where(before >= 0, total[before], 0)
    return flag & (count >= rule.k)
