"""Drift of a group, e.g. all wires of a device: whether it moved, and which of them did.

What the group has in common (the median of the shifts) is told apart from what single members do
beyond it: all wires together point to the tool, one wire alone to itself. Members are named by
studentized block permutation that allows for their number; the whole by Hotelling's T-squared of
the block sums, whose p-value is that of the same permutation.

References
----------
Hotelling (1931), Annals of Mathematical Statistics 2(3), 360-378;
Mason, Young and Tracy (1995), J. Quality Technology 27(2), 99-108 (terms given all others);
Westfall and Young (1993), Resampling-Based Multiple Testing, Wiley, 2.6 (step-down).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from ops.drift.block_permutation import DRAWS, Blocks, lot_blocks, serial_blocks
from ops.drift.dependence import Dependence, dependence
from ops.drift.evidence import Evidence, Measure
from ops.drift.group_relation import CovarianceChange, covariance_change
from ops.drift.group_shift import Shifts, group_shifts
from ops.errors import BadData, NotEnoughData
from ops.values import BoolArray, FloatArray, IntArray

LEAST = 20  # values of a member in each window

Pattern = Literal["none", "common", "own", "both", "unresolved"]


@dataclass(frozen=True, slots=True)
class Member:
    """One characteristic of the group; differences are current minus reference, in its unit.

    Parameters
    ----------
    shift, lower, upper
        Of its mean, with an interval for this member alone.
    p_value
        That it moved by more than the margin, adjusted for all members.
    own, own_p
        What is left after the group's common shift, and the same test of it.
    given_others
        Part of T-squared that no other member explains.
    spread_ratio, spread_p
        Current variance over reference variance, adjusted for all members.
    n
        Values in the current window.
    """

    name: str
    shift: float
    lower: float | None
    upper: float | None
    p_value: float | None
    own: float
    own_p: float | None
    given_others: float
    spread_ratio: float
    spread_p: float | None
    n: int


@dataclass(frozen=True, slots=True)
class GroupDrift:
    """What a group did.

    Parameters
    ----------
    pattern
        ``common``: all moved together; ``own``: single members moved; ``both``; ``none`` is shown;
        ``unresolved``: blocks too few, or too few members to tell.
    common, lower, upper, common_p
        Median of the members' shifts, with interval and p-value beyond the margin.
    responsible
        Names of the members that moved beyond what is common; of all that moved if fewer than 3.
    t_squared, p_value
        Of the shift of the whole group against none.
    covariance
        Change of spreads and relations; indices are those of `members`.
    left_out
        Names with too few values in a window, or with none that differ.
    effective
        Independent units that the current window is worth.
    """

    pattern: Pattern
    common: float
    lower: float | None
    upper: float | None
    common_p: float | None
    responsible: tuple[str, ...]
    t_squared: float
    p_value: float | None
    members: tuple[Member, ...]
    covariance: CovarianceChange
    left_out: tuple[str, ...]
    dependence: Dependence
    blocks: Blocks
    margin: float
    n: int
    effective: float
    confidence: float

    def evidence(
        self, *, since: int | None = None, measure: Measure = "value"
    ) -> tuple[Evidence, ...]:
        """Shift and relations of the group as evidence.

        The shift is the common one; where only single members moved, that of the one that moved
        most. `since` is the begin of the current window, microseconds since 1970 UTC; `measure` is
        ``distance`` where members of different units were compared `in_sigmas`.
        """
        first = max(
            (m for m in self.members if m.name in self.responsible),
            key=lambda m: abs(m.shift),
            default=None,
        )
        present = None if self.pattern == "unresolved" else self.pattern != "none"
        if self.pattern == "own" and first is not None:
            size = first.shift, first.lower, first.upper
            method, p = "group-single-members", first.own_p
        else:
            size = self.common, self.lower, self.upper
            method, p = "group-common-shift", self.common_p
        shift = Evidence(
            "group", method, size[0], measure, self.n, lower=size[1], upper=size[2], p_value=p,
            margin=self.margin, since=since, effective=self.effective, present=present,
            absent=self._is_absent, confidence=self.confidence,
        )  # fmt: skip
        return (shift, *self._of_relations(since))

    def _of_relations(self, since: int | None) -> tuple[Evidence, ...]:
        told = self.covariance.relations
        if not told:
            return ()
        p = self.covariance.p_value if self.blocks.are_enough else None
        return (
            Evidence(
                "group", "group-correlation", told[0].current - told[0].reference, "distance",
                self.n, p_value=p, since=since, effective=self.effective,
                present=None if p is None else p <= 1.0 - self.confidence,
                confidence=self.confidence,
            ),
        )  # fmt: skip

    @property
    def _is_absent(self) -> bool:
        """Whether each member's interval lies within the margin."""
        inside = [
            m.lower is not None
            and m.upper is not None
            and -self.margin < m.lower
            and m.upper < self.margin
            for m in self.members
        ]
        return self.margin > 0 and all(inside)


def group_drift(
    reference: FloatArray,
    current: FloatArray,
    names: Sequence[str],
    *,
    margin: float,
    rng: np.random.Generator,
    lots: tuple[IntArray, IntArray] | None = None,
    draws: int = DRAWS,
    confidence: float = 0.95,
) -> GroupDrift:
    """Compare two windows of a group in one unit.

    Parameters
    ----------
    reference, current : shape (n0, p), (n1, p)
        One row a unit (device) in time order, one column a member; NaN where one is missing.
    names
        Of the p members.
    margin
        Shift that counts as nothing, in the unit.
    lots
        Lot of each row of each window.

    Raises
    ------
    NotEnoughData
        If fewer than 2 members have 20 values that differ in each window.
    BadData
        If `margin` is negative.
    """
    if not margin >= 0:
        raise BadData(f"margin is {margin}; it is a width of at least 0 in the unit of the values")
    used = _usable(reference, current)
    if np.count_nonzero(used) < 2:
        raise NotEnoughData(
            f"a group needs 2 members with {LEAST} values in each window, got"
            f" {np.count_nonzero(used)} of {len(names)}"
        )
    sides = [reference[:, used], current[:, used]]
    there = [np.isfinite(side).any(axis=1) for side in sides]
    x = np.concatenate([side[rows] for side, rows in zip(sides, there, strict=True)])
    sizes = int(there[0].sum()), int(there[1].sum())
    is_current = np.arange(x.shape[0]) >= sizes[0]
    memory = _memory(x, is_current)
    if lots is None:
        blocks = serial_blocks(*sizes, memory)
    else:
        blocks = lot_blocks(lots[0][there[0]], lots[1][there[1]])
    block = np.concatenate([blocks.of_reference, blocks.of_current])
    labels = blocks.labels(draws if blocks.are_enough else 0, rng)
    kept = tuple(name for name, here in zip(names, used, strict=True) if here)
    shifts = group_shifts(x, block, labels, margin=margin)
    change = covariance_change(x, is_current, block, labels)
    half = float(stdtrit(max(min(blocks.k0, blocks.k1) - 1, 1), 0.5 + confidence / 2))
    enough = blocks.are_enough
    members = _members(
        kept, shifts, change, half, np.isfinite(x[is_current]).sum(axis=0), enough=enough
    )
    pattern, responsible = _pattern(members, shifts.common_p, 1.0 - confidence, enough=enough)
    width = half * shifts.common_error
    return GroupDrift(
        pattern, shifts.common, shifts.common - width if enough else None,
        shifts.common + width if enough else None, shifts.common_p if enough else None, responsible,
        shifts.t_squared, shifts.t_p if enough else None, members, change,
        tuple(name for name, here in zip(names, used, strict=True) if not here),
        memory, blocks, margin, sizes[1], sizes[1] / memory.growth, confidence,
    )  # fmt: skip


def _pattern(
    members: tuple[Member, ...], common_p: float, alpha: float, *, enough: bool
) -> tuple[Pattern, tuple[str, ...]]:
    if not enough:
        return "unresolved", ()
    if len(members) < 3:  # the median of two is their mean: nobody stands apart from it
        moved = tuple(m.name for m in members if m.p_value is not None and m.p_value <= alpha)
        return ("own" if len(moved) == 1 else "unresolved" if moved else "none"), moved
    apart = tuple(m.name for m in members if m.own_p is not None and m.own_p <= alpha)
    together = common_p <= alpha
    if together:
        return ("both" if apart else "common"), apart
    return ("own" if apart else "none"), apart


def _members(
    names: tuple[str, ...],
    of: Shifts,
    change: CovarianceChange,
    half: float,
    n: IntArray,
    *,
    enough: bool,
) -> tuple[Member, ...]:
    return tuple(
        Member(
            name, float(of.shift[j]),
            float(of.shift[j] - half * of.error[j]) if enough else None,
            float(of.shift[j] + half * of.error[j]) if enough else None,
            float(of.p[j]) if enough else None,
            float(of.own[j]), float(of.own_p[j]) if enough else None,
            float(of.given_others[j]), float(change.ratio[j]),
            float(change.ratio_p[j]) if enough else None, int(n[j]),
        )
        for j, name in enumerate(names)
    )  # fmt: skip


def _usable(reference: FloatArray, current: FloatArray) -> BoolArray:
    """Members with enough values in each window that are not all equal."""
    enough = np.ones(reference.shape[1], dtype=np.bool_)
    for side in (reference, current):
        there = np.isfinite(side)
        high = np.where(there, side, -np.inf).max(axis=0, initial=-np.inf)
        low = np.where(there, side, np.inf).min(axis=0, initial=np.inf)
        enough &= (there.sum(axis=0) >= LEAST) & (high > low)
    return enough


def _memory(x: FloatArray, current: BoolArray) -> Dependence:
    """Take the serial correlation of the members, or of their mean if that remembers longer."""
    scaled = x / np.nanstd(x, axis=0)
    columns = [scaled[side, j] for side in (~current, current) for j in range(x.shape[1])]
    row = np.nanmean(scaled - np.nanmean(scaled, axis=0), axis=1)
    rows = dependence([row[~current], row[current]])
    return max(dependence(columns), rows, key=lambda one: one.block_length(0.1))
