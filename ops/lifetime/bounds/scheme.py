"""How the units of a life test were watched, so that the same test can be drawn anew.

A unit that has failed would have been watched longer: until when is drawn from the times at which
units were withdrawn, given that it lies beyond its failure (Kaplan-Meier of the withdrawals, whose
jumps are all at one time where the test ended then). In a test that ended at a failure no time
is fixed, but the number of failures.

References
----------
Efron (1981), JASA 76, 312-319 (bootstrap of censored data);
Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.5
(lives and withdrawals drawn apart, withdrawals given those that were seen).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.lifetime.data import LifeData
from ops.values import FloatArray, IntArray

Kind = Literal["complete", "failure-ended", "time-ended", "withdrawn", "readouts", "mixed"]
CERTAIN = 1e-12
EXACT, READOUTS, OWN = 0, 1, 2  # how the failure of a unit is seen


@dataclass(frozen=True)
class Scheme:
    """A life test without its outcome: groups of like units.

    Parameters
    ----------
    kind
        ``complete``: every unit failed at an exact time; ``failure-ended``: all others were taken
        off at the last failure (Type II); ``time-ended``: all at one later time (Type I);
        ``withdrawn``: at several times; ``readouts``: failures are seen at readouts; ``mixed``:
        some exactly, some between times of their own.
    count : shape (g,)
        Units of each group.
    seen : shape (g,)
        ``EXACT``, ``READOUTS`` (all units at the same times) or ``OWN`` (between `first` and
        `second` or not).
    first, second : shape (g,)
        Times of an ``OWN`` look; an ``EXACT`` unit that has failed by `first` is only seen then.
    end : shape (g,)
        Until when a unit is watched, infinite for until it fails; NaN where that is drawn.
    beyond : shape (g,)
        Probability of the withdrawals before the unit's failure: the drawn one comes after.
    entry, exit : shape (g,)
        As in `LifeData`.
    readouts : shape (m,)
        Common readouts, rising.
    ends, shares : shape (k,)
        Times of withdrawal, rising, and the probability at or below each; the last share is 1.
    units, failures
        How many units, and how many of them have failed.
    """

    kind: Kind
    count: IntArray
    seen: IntArray
    first: FloatArray
    second: FloatArray
    end: FloatArray
    beyond: FloatArray
    entry: FloatArray
    exit: FloatArray
    readouts: FloatArray
    ends: FloatArray
    shares: FloatArray
    units: int
    failures: int


def scheme_of(data: LifeData) -> Scheme:
    """Tell how the units of a test were watched from how its rows look.

    Raises
    ------
    BadData
        If a row stands for a part of a unit, which cannot be drawn.
    """
    count = np.rint(data.weight).astype(np.int64)
    if not np.allclose(count, data.weight, rtol=0.0, atol=1e-9):
        raise BadData("rows that stand for parts of units cannot be drawn; give whole weights")
    ends, shares = _withdrawals(data)
    readouts = _common_readouts(data)
    seen = _how_seen(data, readouts)
    alike, units = _groups(data, seen, ends, shares)
    return Scheme(
        kind=_kind(data, seen, ends),
        count=units,
        seen=alike[:, 0].astype(np.int64),
        first=alike[:, 1],
        second=alike[:, 2],
        end=np.where(alike[:, 4] > 0.0, np.nan, alike[:, 3]),
        beyond=alike[:, 4] - (alike[:, 4] > 0.0),
        entry=alike[:, 5],
        exit=alike[:, 6],
        readouts=readouts,
        ends=ends,
        shares=shares,
        units=int(count.sum()),
        failures=int(count[data.failed].sum()),
    )


def _groups(
    data: LifeData, seen: IntArray, ends: FloatArray, shares: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Group like units: seen, first, second, end, 1 + beyond where the end is drawn, truncation."""
    known = np.where(data.failed, data.upper, data.lower)
    place = np.searchsorted(ends, known, side="left")  # the withdrawals that can be its own
    beyond = np.concatenate([[0.0], shares])[place]
    own = seen == OWN
    at_once = data.failed & ~data.exact & ~own & (seen == EXACT)
    left = data.failed & ~own & (beyond < 1.0 - CERTAIN)
    drawn = left & (place < ends.size - 1)
    end = np.where(left, ends[-1], known)
    columns = (
        seen.astype(np.float64),
        np.where(own & data.failed, data.lower, np.where(at_once, data.upper, 0.0)),
        np.where(own, known, 0.0),
        np.where(drawn, 0.0, end),
        np.where(drawn, 1.0 + beyond, 0.0),
        data.entry,
        data.exit,
    )
    alike, member = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    units = np.zeros(alike.shape[0])
    np.add.at(units, member.ravel(), data.weight)
    return alike, np.rint(units).astype(np.int64)


def _kind(data: LifeData, seen: IntArray, ends: FloatArray) -> Kind:
    if (seen == READOUTS).all():
        return "readouts"
    if not (data.exact | data.right).all():
        return "mixed"
    if data.truncated or not data.exact.any():
        return "withdrawn"
    if data.exact.all():
        return "complete"
    last = float(data.lower[data.exact].max())
    if (data.lower[data.right] == last).all():
        return "failure-ended"
    return "time-ended" if np.isfinite(ends).sum() == 1 and ends[0] > last else "withdrawn"


def _how_seen(data: LifeData, readouts: FloatArray) -> IntArray:
    between = data.failed & ~data.exact
    if not between.any():
        return np.full(data.lower.size, EXACT)
    if readouts.size:
        return np.full(data.lower.size, READOUTS)
    if not data.exact.any():
        return np.full(data.lower.size, OWN)
    return np.where(between & (data.lower > 0), OWN, EXACT)


def _common_readouts(data: LifeData) -> FloatArray:
    """Return the times at which all units were looked at; none if they cannot be the same."""
    between = data.failed & ~data.exact
    if not between.any() or data.exact.any():
        return np.empty(0)
    low, high = data.lower[between], data.upper[between]
    times = np.unique(np.concatenate([low[low > 0], high]))
    passed = np.searchsorted(times, high) - np.searchsorted(times, low, side="right")
    return times if (passed == 0).all() else np.empty(0)


def _withdrawals(data: LifeData) -> tuple[FloatArray, FloatArray]:
    """Kaplan-Meier of the time of withdrawal: times, rising, and the probability up to each."""
    right = data.right
    ends = np.unique(data.lower[right])
    taken = np.zeros(ends.size)
    np.add.at(taken, np.searchsorted(ends, data.lower[right]), data.weight[right])
    side = np.searchsorted(ends, data.lower, side="right")  # withdrawals that a row outlived
    alive = np.where(data.exact, np.searchsorted(ends, data.lower, side="left"), side)
    at_risk = np.array([float(data.weight[alive > j].sum()) for j in range(ends.size)])
    shares = 1.0 - np.cumprod(1.0 - taken / at_risk)
    if not ends.size or shares[-1] < 1.0 - CERTAIN:
        return np.append(ends, np.inf), np.append(shares, 1.0)
    return ends, np.append(shares[:-1], 1.0)
