"""Run rules of control charts: which points of a standardized series break which rule.

A rule is data: an id to switch it by, a sentence to say it by, and a pattern. Every comparison is
strict. A point is flagged where it completes a pattern and takes part in it: of "two of three
beyond 2 sigma" only a point that is itself beyond.

References
----------
Nelson (1984), J. Quality Technology 16(4), 237-239 (the eight tests);
Western Electric (1956), Statistical Quality Control Handbook, 25-28 (the four zone tests);
AIAG (2005), Statistical Process Control, 2nd ed., Table II.1 (its list of criteria);
Champ and Woodall (1987), Technometrics 29(4), 393-399 (their run lengths).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ops.errors import BadData
from ops.values import BoolArray, FloatArray, IntArray

Pattern = Literal["beyond", "same-side", "trend", "alternating", "within", "hugging"]
RuleSet = Literal["nelson", "western-electric", "aiag", "limits", "none"]
Flags = NDArray[np.uint16]

AT_ONCE = 16  # rules: one bit of the flags each
LONGEST = 100  # points that a pattern may span
_SHORTEST = {"trend": 2, "alternating": 3}


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
        in turn; ``within``: `n` in a row closer than `zone` sigma (they hug the centre);
        ``hugging``: `k` of `n` points further than `zone` but not beyond `limit` sigma, on one
        side unless `either_side` (they hug the limits).
    id
        What switches it: ``nelson-5``; absent: ``custom-`` and the name.

    Raises
    ------
    ValueError
        If the pattern can never, or would always, be complete.
    """

    name: Annotated[str, Field(max_length=40, description="Short name, as engineers say it.")]
    sentence: Annotated[str, Field(max_length=200, description="What it looks for, in words.")]
    pattern: Annotated[Pattern, Field(description="Kind of pattern.")]
    n: Annotated[int, Field(description="Points that the pattern spans, 1 to 100.")]
    k: Annotated[int, Field(description="How many of them, for beyond and hugging; else 0.")] = 0
    zone: Annotated[float, Field(description="Distance from the centre, in sigmas.")] = 0.0
    either_side: Annotated[
        bool, Field(description="Whether points of both sides count together.")
    ] = False
    id: Annotated[
        str, Field(max_length=60, description="What switches it; empty: made of the name.")
    ] = ""
    limit: Annotated[
        float, Field(description="Hugging: the limit that is not exceeded, in sigmas.")
    ] = 3.0

    def __post_init__(self) -> None:
        if not self.id:
            slug = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")
            object.__setattr__(self, "id", f"custom-{slug}")
        shortest = _SHORTEST.get(self.pattern, 1)
        if not shortest <= self.n <= LONGEST:
            raise ValueError(
                f"rule {self.id}: n is {self.n}; {self.pattern} spans {shortest} to {LONGEST}"
            )
        if not (isfinite(self.zone) and self.zone >= 0):
            raise ValueError(f"rule {self.id}: zone is {self.zone}; it is 0 sigma or more")
        if self.pattern in ("beyond", "hugging") and not 1 <= self.k <= self.n:
            raise ValueError(f"rule {self.id}: k is {self.k}; it is 1 to n = {self.n}")
        if self.pattern == "within" and self.zone == 0:
            raise ValueError(f"rule {self.id}: zone is 0; nothing lies within 0 sigma")
        if self.pattern == "hugging" and not self.zone < self.limit < np.inf:
            raise ValueError(f"rule {self.id}: limit {self.limit} is not above zone {self.zone}")


_LIMITS = Rule("1", "one point beyond 3 sigma", "beyond", n=1, k=1, zone=3.0, id="nelson-1")
NELSON: tuple[Rule, ...] = (
    _LIMITS,
    Rule("2", "nine points in a row on one side of the centre", "same-side", n=9, id="nelson-2"),
    Rule("3", "six points in a row, all rising or all falling", "trend", n=6, id="nelson-3"),
    Rule("4", "fourteen points in a row, up and down in turn", "alternating", n=14, id="nelson-4"),
    Rule("5", "two of three points beyond 2 sigma on one side", "beyond", n=3, k=2, zone=2.0,
         id="nelson-5"),
    Rule("6", "four of five points beyond 1 sigma on one side", "beyond", n=5, k=4, zone=1.0,
         id="nelson-6"),
    Rule("7", "fifteen points in a row within 1 sigma", "within", n=15, zone=1.0, id="nelson-7"),
    Rule("8", "eight points in a row beyond 1 sigma, on either side", "beyond",
         n=8, k=8, zone=1.0, either_side=True, id="nelson-8"),
)  # fmt: skip
LIMITS_ONLY: tuple[Rule, ...] = (replace(_LIMITS, id="limits-1"),)
WESTERN_ELECTRIC: tuple[Rule, ...] = (
    replace(_LIMITS, id="we-1"),
    replace(NELSON[4], name="2", id="we-2"),
    replace(NELSON[5], name="3", id="we-3"),
    Rule("4", "eight points in a row on one side of the centre", "same-side", n=8, id="we-4"),
)
AIAG: tuple[Rule, ...] = (
    replace(_LIMITS, id="aiag-1"),
    Rule("2", "seven points in a row on one side of the centre", "same-side", n=7, id="aiag-2"),
    *(replace(rule, id=f"aiag-{rule.name}") for rule in NELSON[2:]),
)
RULES = {
    "nelson": NELSON,
    "western-electric": WESTERN_ELECTRIC,
    "aiag": AIAG,
    "limits": LIMITS_ONLY,
}


def chosen(
    set_name: RuleSet, switched_off: Sequence[str] = (), custom: Sequence[Rule] = ()
) -> tuple[Rule, ...]:
    """Rules of a set without those switched off by id, and custom ones after them.

    Raises
    ------
    BadData
        If an id is not of the set, an id comes twice, or there are more than 16 rules.

    Examples
    --------
    >>> [rule.id for rule in chosen("western-electric", ("we-2", "we-3"))]
    ['we-1', 'we-4']
    """
    known = RULES.get(set_name, ())
    ids = [rule.id for rule in known]
    for one in switched_off:
        if one not in ids:
            raise BadData(f"switched off: no rule {one!r} in {set_name}; it has {', '.join(ids)}")
    rules = (*(rule for rule in known if rule.id not in switched_off), *custom)
    names = [rule.id for rule in rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadData(f"rule {twice[0]!r} comes twice; give each custom rule an id of its own")
    if len(rules) > AT_ONCE:
        raise BadData(f"at most {AT_ONCE} rules at once, got {len(rules)}; switch some off")
    return rules


class RuleChoice(BaseModel):
    """Which rules judge: a published set, less those switched off, and custom ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    set: RuleSet = Field(default="nelson", description="Published set that is begun with.")
    off: tuple[str, ...] = Field(
        default=(), max_length=16, description="Ids of its rules that are switched off: nelson-7."
    )
    custom: tuple[Rule, ...] = Field(
        default=(), max_length=16, description="Rules of your own, after those of the set."
    )

    @model_validator(mode="after")
    def _can_be_chosen(self) -> "RuleChoice":
        try:
            self.rules()
        except BadData as error:
            raise ValueError(str(error)) from error
        return self

    def rules(self) -> tuple[Rule, ...]:
        """Rules in the order of their bits."""
        return chosen(self.set, self.off, self.custom)


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
    if len(rules) > AT_ONCE:
        raise ValueError(f"at most {AT_ONCE} rules at once, got {len(rules)}")
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
    if rule.pattern in ("beyond", "hugging"):
        far = np.abs(z) > rule.zone
        if rule.pattern == "hugging":
            far &= np.abs(z) <= rule.limit
        if rule.either_side:
            return _k_of_n(far, room, rule)
        return _k_of_n(far & (z > 0), room, rule) | _k_of_n(far & (z < 0), room, rule)
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
