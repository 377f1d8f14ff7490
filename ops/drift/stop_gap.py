"""A stop-gap: a cheap action at once that bridges the time until a better one can be done.

The futures on which the better action is judged are those after the stop-gap; the stop-gap is
charged for the days that it serves until then. Its draws are independent of those of the action
that follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.drift.cost_curve import CostCurve, cost_curve, drawn_shares, earliest_best
from ops.drift.futures import Futures
from ops.drift.policy import ActionPolicy, PolicyAction

TRIED = 6  # days of a stop-gap


@dataclass(frozen=True, slots=True)
class StopGap:
    """What is done first.

    Parameters
    ----------
    action, day
        What, and on which day from now on.
    saving
        Expected saving against the better action alone on its best day.
    after
        Cost curve of the better action after it, the stop-gap's cost included.
    """

    action: PolicyAction
    day: int
    saving: float
    after: CostCurve


def stop_gap(
    futures: Futures,
    curve: CostCurve,
    quick: Sequence[PolicyAction],
    policy: ActionPolicy,
    *,
    confidence: float = 0.95,
) -> StopGap | None:
    """Find the stop-gap that saves most before an action; None where none saves its own cost.

    Parameters
    ----------
    curve
        Of the action that is to follow, done alone.
    quick
        Actions that may come first; those that cannot be done before it are passed over.
    """
    alone = float(curve.cost.min())
    found = [
        _bridged(futures, (curve.action, one), day, policy, alone, confidence)
        for one in quick
        if one.kind != curve.action.kind
        for day in _days(one, curve.best)
    ]
    saving = [one for one in found if one is not None and one.saving > one.action.acting]
    return max(saving, key=lambda one: one.saving, default=None)


def _days(action: PolicyAction, until: int) -> list[int]:
    """Days on which it is tried: from its lead time to the better action, a few evenly."""
    first = int(np.ceil(action.lead_time_days))
    if first >= until:
        return []
    days = np.unique(np.linspace(first, until - 1, TRIED).astype(np.int64))
    return [int(day) for day in days]


def _bridged(
    futures: Futures,
    actions: tuple[PolicyAction, PolicyAction],
    day: int,
    policy: ActionPolicy,
    alone: float,
    confidence: float,
) -> StopGap | None:
    action, first = actions
    if day >= futures.horizon - 1:
        return None
    plain = cost_curve(bridged(futures, first, day), action, policy, confidence=confidence)
    serves = np.minimum(1.0, np.maximum(plain.days - day, 0) / first.lasts_days)
    extra = first.acting * serves
    cost = plain.cost + extra
    at = earliest_best(cost)
    best, never = int(plain.days[at]), float(plain.keep)
    if best <= day or at == cost.size - 1:
        return None
    after = replace(
        plain,
        cost=cost,
        lower=plain.lower + extra,
        upper=plain.upper + extra,
        charged=plain.charged + extra,
        best=best,
        best_lower=min(plain.best_lower, best),
        best_upper=max(plain.best_upper, best),
        keep=never + float(extra[-1]),
    )
    return StopGap(first, day, alone - float(cost[at]), after)


def bridged(futures: Futures, action: PolicyAction, day: int) -> Futures:
    """Futures after an action on a day: it takes back offset; its share of the slope is left out.

    That share would go on after the better action, which has its own.
    """
    offset = drawn_shares(action.level, futures.chance[::-1, 0])[:, None]
    level = futures.level.copy()
    level[:, day:] -= offset * (futures.level[:, day : day + 1] - futures.home)
    return replace(futures, level=level)
