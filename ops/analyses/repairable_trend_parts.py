"""Parts of a trend of repairable systems: curves, groups, systems, modes."""

from itertools import pairwise

import numpy as np
from scipy.special import gammaincinv, pdtr, pdtrc

from ops.analyses.repairable_trend_result import (
    RepairCurve,
    RepairedSystem,
    RepairGroupPair,
    RepairMode,
)
from ops.lifetime.repairable.data import RecurrentData
from ops.lifetime.repairable.mcf import Variance, mean_cumulative, mean_difference
from ops.lifetime.repairable.power_law import PowerLaw
from ops.spc.false_findings import adjusted
from ops.values import FloatArray, IntArray

MOST_GROUPS = 8  # that have a curve of their own
MOST_AGES = 200  # of a curve
MOST_SYSTEMS = 60  # in the table
FALSE = 0.05  # share of false discoveries among systems that stand out


def poisson_bounds(n: int, confidence: float) -> tuple[float, float]:
    """Exact bounds of the mean of a Poisson count."""
    tail = (1.0 - confidence) / 2.0
    low = float(gammaincinv(n, tail)) if n else 0.0
    return low, float(gammaincinv(n + 1, 1.0 - tail))


def curves(events: RecurrentData, confidence: float, method: Variance) -> tuple[RepairCurve, ...]:
    """Cumulative function of all systems, then of each group that had an event."""
    found = [_curve("", events, confidence, method)]
    if len(events.groups) > 1:
        parts = [(name, _of_group(events, at)) for at, name in enumerate(events.groups)]
        found += [
            _curve(name, part, confidence, method)
            for name, part in parts[:MOST_GROUPS]
            if part.time.size
        ]
    return tuple(found)


def pairs(events: RecurrentData, confidence: float) -> tuple[RepairGroupPair, ...]:
    """Each group compared with the one before it, by name."""
    parts = [(name, _of_group(events, at)) for at, name in enumerate(events.groups)]
    found: list[RepairGroupPair] = []
    for (one, first), (other, second) in pairwise(parts[:MOST_GROUPS]):
        if not (first.time.size and second.time.size):
            continue
        told = mean_difference(second, first, confidence=confidence)
        if told.time.size:
            found.append(
                RepairGroupPair(
                    one=other,
                    other=one,
                    age=float(told.time[-1]),
                    difference=float(told.difference[-1]),
                    lower=float(told.lower[-1]),
                    upper=float(told.upper[-1]),
                    p_value=told.p_value,
                )
            )
    return tuple(found)


def members(events: RecurrentData, law: PowerLaw | None) -> tuple[RepairedSystem, ...]:
    """Systems beside the rate of the fleet at their ages, those with most beyond it first."""
    counts = np.bincount(events.system, minlength=len(events.systems))
    watched = events.end - events.start
    expected = counts.sum() * watched / watched.sum()
    if law is not None:
        expected = law.expected(events.start, events.end)
    stands = adjusted(_two_sided(counts, expected)) <= FALSE
    order = np.argsort(expected - counts, kind="stable")[:MOST_SYSTEMS]
    return tuple(
        _member(events, int(at), int(counts[at]), float(expected[at]), bool(stands[at]))
        for at in order
    )


def modes(events: RecurrentData) -> tuple[RepairMode, ...]:
    """Count events by what failed."""
    names = [events.modes[at] if at >= 0 else "" for at in events.mode.tolist()]
    count = {name: names.count(name) for name in sorted(set(names))}
    if list(count) == [""]:
        return ()
    found = [RepairMode(mode=m, events=n, share=n / len(names)) for m, n in count.items()]
    return tuple(sorted(found, key=lambda mode: -mode.events))


def _of_group(events: RecurrentData, at: int) -> RecurrentData:
    return events.of_systems(events.group == at)


def _curve(name: str, events: RecurrentData, confidence: float, method: Variance) -> RepairCurve:
    found = mean_cumulative(events, confidence=confidence, method=method)
    shown = np.unique(np.linspace(0, found.time.size - 1, MOST_AGES).astype(int))
    return RepairCurve(
        group=name,
        systems=len(events.systems),
        events=int(events.time.size),
        age=tuple(found.time[shown].tolist()),
        mean=tuple(found.mean[shown].tolist()),
        lower=tuple(found.lower[shown].tolist()),
        upper=tuple(found.upper[shown].tolist()),
    )


def _member(
    events: RecurrentData, at: int, seen: int, expected: float, stands_out: bool
) -> RepairedSystem:
    watched = float(events.end[at] - events.start[at])
    low, high = poisson_bounds(seen, 0.95)
    return RepairedSystem(
        system=events.systems[at],
        events=seen,
        watched=watched,
        rate=seen / watched,
        lower=low / watched,
        upper=high / watched,
        expected=expected,
        stands_out=stands_out,
    )


def _two_sided(counts: IntArray, expected: FloatArray) -> FloatArray:
    """Exact two-sided p-values of Poisson counts, the smaller tail doubled."""
    above = np.where(counts > 0, pdtrc(np.maximum(counts - 1, 0), expected), 1.0)
    found: FloatArray = np.minimum(1.0, 2.0 * np.minimum(pdtr(counts, expected), above))
    return found
