"""Expected cost of acting on each day to come, over sampled futures of the level.

Acting on day d costs what goes wrong until d, the action, and what still goes wrong after it. An
action that lasts L days is done again after as many; it is charged by its days of service within
the horizon H, ``(H - d) / L`` times itself. So acting on the last day is the same as to keep, and
an early action has to earn what it wears off.

The futures are those of a level that nobody touches; the action shifts each of them. Units are
normal about the level. Corrections to come cost what recalibrating costs, and end with the slope.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from ops.drift.futures import Futures
from ops.drift.policy import ActionPolicy, ExpectedShare, PolicyAction
from ops.errors import BadData
from ops.values import FloatArray, IntArray

MOST_DAYS = 92
WEEK = 7
FLAT = 0.02  # of the saving: days that are worth as much are alike


@dataclass(frozen=True, slots=True)
class CostCurve:
    """Cost of one action by the day on which it is done, against to keep.

    Parameters
    ----------
    days : shape (k,)
        Days that were tried, from the lead time on; the last is the horizon: never.
    cost, lower, upper : shape (k,)
        Expected cost and its interval over the futures.
    going, charged : shape (k,)
        Its two parts: what is expected to go wrong, and what is charged of the action.
    keep
        Expected cost of going on.
    best
        First day of the least expected cost, up to a fiftieth of the saving, with the interval over
        futures of their own best day.
    saving
        Expected saving on the best day against to keep, with its interval over the futures.
    week
        What it costs to act a week after the best day; None where that is beyond the horizon.
    unavoidable
        Expected cost until the lead time is over, whatever is decided.
    units_kept, units_best
        Units expected out of specification, to keep and to act on the best day.
    """

    action: PolicyAction
    days: IntArray
    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    going: FloatArray
    charged: FloatArray
    keep: float
    best: int
    best_lower: int
    best_upper: int
    saving: float
    saving_lower: float
    saving_upper: float
    week: float | None
    unavoidable: float
    units_kept: float
    units_best: float

    @property
    def never(self) -> bool:
        """Whether going on is no dearer than any day of acting."""
        return self.best >= int(self.days[-1])


def cost_curve(
    futures: Futures,
    action: PolicyAction,
    policy: ActionPolicy,
    *,
    confidence: float = 0.95,
    most_days: int = MOST_DAYS,
) -> CostCurve:
    """Cost of an action on each day from its lead time on; of `most_days` days where more.

    Raises
    ------
    BadData
        If the specification has no limit: nothing is ever out.
    """
    if not (np.isfinite(futures.spec.lower) or np.isfinite(futures.spec.upper)):
        raise BadData("costs of going on need a specification limit, got none")
    horizon = futures.horizon
    days = _days(horizon, action.lead_time_days, most_days)
    removed = np.column_stack(
        [
            drawn_shares(action.level, futures.chance[:, 0]),
            drawn_shares(action.slope, futures.chance[:, 1]),
        ]
    )
    gone, first = _by_day(futures, removed, days, policy, action.lasts_days)
    corrected, before = _corrections(futures, removed[:, 1], days, policy)
    charged: FloatArray = action.acting / action.lasts_days * (horizon - days).astype(np.float64)
    going = policy.not_acting
    prices = np.array([going.units_per_day * going.cost_of_a_unit, going.cost_per_day_below])
    cost = gone @ prices + corrected + charged[:, None]
    mean = cost.mean(axis=1)
    at = earliest_best(mean)
    own = days[np.argmin(cost, axis=0)]
    saved = cost[-1] - cost[at]
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    low, high = np.quantile(cost, tails, axis=1)
    own_low, own_high = np.quantile(own, tails)
    saved_low, saved_high = np.quantile(saved, tails)
    later = days[at] + WEEK
    units = going.units_per_day * gone[:, :, 0].mean(axis=1)
    return CostCurve(
        action=action,
        days=days,
        cost=mean,
        lower=low,
        upper=high,
        going=mean - charged,
        charged=charged,
        keep=float(mean[-1]),
        best=int(days[at]),
        best_lower=min(int(own_low), int(days[at])),
        best_upper=max(int(np.ceil(own_high)), int(days[at])),
        saving=float(saved.mean()),
        saving_lower=min(float(saved_low), float(saved.mean())),  # rare futures may carry it
        saving_upper=max(float(saved_high), float(saved.mean())),
        week=float(np.interp(later, days, mean) - mean[at]) if later <= horizon else None,
        unavoidable=float(first @ prices) + before,
        units_kept=float(units[-1]),
        units_best=float(units[at]),
    )


def earliest_best(cost: FloatArray) -> int:
    """Place of the first day that costs hardly more than the best one; the last is to keep."""
    least, keep = float(cost.min()), float(cost[-1])
    if int(np.argmin(cost)) == cost.size - 1:
        return cost.size - 1
    return int(np.flatnonzero(cost <= least + FLAT * (keep - least))[0])


def _days(horizon: int, lead: float, most: int) -> IntArray:
    """Days that are tried: from the lead time to the horizon, and always the horizon."""
    first = min(int(np.ceil(lead)), horizon)
    step = max(1, -(-(horizon - first) // most))
    return np.unique(np.append(np.arange(first, horizon, step, dtype=np.int64), horizon))


def _by_day(
    futures: Futures, removed: FloatArray, days: IntArray, policy: ActionPolicy, lasts: float
) -> tuple[FloatArray, FloatArray]:
    """Days' shares out and days below Cpk, by acting day and path; and those before the first."""
    from ops.drift import cost_kernel  # noqa: PLC0415  (numba loads in half a second)

    spec, least = futures.spec, policy.not_acting.cpk_least
    limits = (spec.lower, spec.upper, futures.sigma, float(least))
    lasts = max(float(lasts), 1.0)
    gone = cost_kernel.futures(futures.level, futures.home, removed, days, limits, lasts)
    before = np.ascontiguousarray(futures.level[:, : int(days[0])])
    if before.shape[1] == 0:
        return gone, np.zeros(2)
    whole = np.array([before.shape[1]], dtype=np.int64)
    first = cost_kernel.futures(before, futures.home, removed, whole, limits, lasts)
    return gone, first[0].mean(axis=0)


def _corrections(
    futures: Futures, removed: FloatArray, days: IntArray, policy: ActionPolicy
) -> tuple[FloatArray, float]:
    """Cost of the corrections to come, by acting day and path; and of those before the first."""
    so_far = np.append(0.0, np.cumsum(futures.corrections)) * policy.action("recalibrate").acting
    later = (so_far[-1] - so_far[days])[:, None] * (1.0 - removed)[None, :]
    return so_far[days][:, None] + later, float(so_far[days[0]])


def drawn_shares(expected: ExpectedShare, chance: FloatArray) -> FloatArray:
    """Draw shares removed, one a path: beta of the mean and standard deviation expected."""
    mean, variance = expected.share, expected.sd**2
    room = mean * (1.0 - mean)
    if variance <= 0 or room <= 0:
        return np.full(chance.size, mean)
    size = room / min(variance, 0.9 * room) - 1.0
    return np.asarray(betaincinv(mean * size, (1.0 - mean) * size, chance), dtype=np.float64)
