"""What a process engineer would say of a planted movement; costs decide by brute force.

Nothing here knows a rule of the advisor, nor the cost kernel of the drift analysis: the future of
the planted line is walked through day by day, for every action and every day of acting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erf, sqrt

from ops.advise.catalogue import ActionId, CauseId
from ops.drift.policy import ActionPolicy, PolicyAction

ALIKE = 0.2  # of the saving: actions that are worth as much are both right
TOOL: tuple[ActionId, ...] = ("recalibrate", "clean", "replace-component", "refurbish")
ACCEPTED: Mapping[str, tuple[tuple[CauseId, ...], tuple[ActionId, ...]]] = {
    # A jump right after somebody worked at the tool: what was set there is checked first.
    "step after maintenance": (("maintenance",), ("verify-setup",)),
    # A jump with the first devices of a new spool: the spool is held, not the tool bent to it.
    "step after material": (("material-change",), ("contain-lot",)),
    # A jump with a new capillary: the lot is held, or the capillary replaced once more.
    "step after capillary": (("capillary-change",), ("contain-lot", "replace-component")),
    # A jump that nothing recorded explains: one looks for what was not recorded.
    "step alone": (("unknown",), ("find-special-cause", "measure-more", "recalibrate")),
    # Corrections that grow hold a creep down: the tool is mended, not corrected for ever.
    "growing corrections": (("hidden-creep",), (*TOOL, "replace-tool")),
    # The master does not change: the gauge does.
    "gauge reads off": (("gauge",), ("requalify-gauge",)),
    # Several tools at once: something that they share.
    "shared jump": (("common-cause",), ("find-special-cause", "contain-lot")),
    "nothing": (("none",), ("keep",)),
}


@dataclass(frozen=True, slots=True)
class PlantedLine:
    """A level that moves along a line: home, offset from it today, pace a day, sigma of units."""

    home: float
    offset: float
    pace: float
    sigma: float
    limits: tuple[float, float]


def accepted_actions(line: PlantedLine, policy: ActionPolicy) -> tuple[ActionId, ...]:
    """Actions that cost least on the planted line, those that are nearly as good included."""
    keep = _cost(line, policy, None, policy.horizon_days)
    least: dict[ActionId, float] = {
        action.kind: _least(line, policy, action) for action in policy.actions
    }
    best = min(keep, *least.values())
    bar = best + ALIKE * (keep - best)
    right: list[ActionId] = [kind for kind, cost in least.items() if cost <= bar]
    return (*right, "keep") if keep <= bar or best >= keep else tuple(right)


def _least(line: PlantedLine, policy: ActionPolicy, action: PolicyAction) -> float:
    first = int(action.lead_time_days)
    return min(_cost(line, policy, action, day) for day in range(first, policy.horizon_days, 2))


def _cost(line: PlantedLine, policy: ActionPolicy, action: PolicyAction | None, day: int) -> float:
    """Cost until the horizon if an action is done on a day, and again whenever it is used up."""
    going, offset, pace = policy.not_acting, line.offset, line.pace
    total, next_day = 0.0, float(day)
    for today in range(policy.horizon_days):
        if action is not None and today >= next_day:
            offset *= 1.0 - action.level.share
            pace *= 1.0 - action.slope.share
            next_day += action.lasts_days
        total += _day(
            line,
            line.home + offset,
            going.cpk_least,
            (
                going.units_per_day
                * (going.cost_per_unit + going.escape_share * going.cost_per_escape)
            ),
            going.cost_per_day_below,
        )
        offset += pace
    if action is None:
        return total
    worn = action.cost + action.downtime_hours * action.downtime_cost_per_hour
    return total + worn * (policy.horizon_days - day) / action.lasts_days


def _day(line: PlantedLine, level: float, least: float, all_out: float, below: float) -> float:
    lower, upper = line.limits
    out = 1.0 - _phi((upper - level) / line.sigma) + _phi((lower - level) / line.sigma)
    cpk = min(upper - level, level - lower) / (3.0 * line.sigma)
    return all_out * out + (below if cpk < least else 0.0)


def _phi(z: float) -> float:
    return 0.5 * (1.0 + erf(z / sqrt(2.0)))
