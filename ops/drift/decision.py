"""What to do about drift, and when: candidates by rule, the cheapest of them by expected cost.

A rule of the policy makes an action a candidate and may take others out of the running. Where the
future of the level and the cost of going on are known, the candidate and the day of the least
expected cost are taken, and nothing is done where to keep costs no more. Where they are not known,
the first rule decides, and that is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ops.drift.cost_curve import WEEK, CostCurve, cost_curve
from ops.drift.effect_learnt import learnt
from ops.drift.futures import Futures
from ops.drift.policy import ActionKind, ActionPolicy, PolicyAction
from ops.drift.reason import ReasonId
from ops.drift.rule_match import Fired, Situation, fired
from ops.drift.stop_gap import StopGap, stop_gap
from ops.drift.tipping import Tipping, tippings


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence by name, the rule that says it, and the evidence that it fired on."""

    id: ReasonId
    rule: str = ""
    evidence: tuple[int, ...] = ()
    values: Mapping[str, float | str] = field(default_factory=dict[str, float | str])


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action that a rule or a memory proposes, with its costs where they are known."""

    action: PolicyAction
    reasons: tuple[Reason, ...]
    curve: CostCurve | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do and when.

    Parameters
    ----------
    action
        What is decided; "keep" is to do nothing.
    day, day_lower, day_upper
        Days from today on which it costs least, with the interval over the futures; without
        costs the day is its lead time and has no interval; None to keep.
    saving, saving_lower, saving_upper
        Expected saving against to keep within the horizon; None without costs.
    week
        What it costs to wait a week beyond that day; None without costs or past the horizon.
    unavoidable
        Expected cost until the lead time is over; None without costs.
    reasons
        Why, the heaviest first.
    runners_up
        The other candidates, the cheapest first.
    tippings
        What would change it: by how much each thing must change until another choice wins.
    costed
        Whether costs decided; else the order of the rules did.
    first
        What is done until then, where that is cheaper than to wait for `action`; None otherwise.
        Costs and saving are then those of both.
    """

    action: ActionKind
    title: str
    day: int | None
    reasons: tuple[Reason, ...]
    costed: bool
    currency: str
    curve: CostCurve | None = None
    runners_up: tuple[Candidate, ...] = ()
    tippings: tuple[Tipping, ...] = ()
    day_lower: int | None = None
    day_upper: int | None = None
    saving: float | None = None
    saving_lower: float | None = None
    saving_upper: float | None = None
    week: float | None = None
    unavoidable: float | None = None
    first: StopGap | None = None


def decide(
    situation: Situation,
    futures: Futures | None,
    policy: ActionPolicy,
    *,
    confidence: float = 0.95,
) -> Decision:
    """Decide what to do about what was seen.

    Parameters
    ----------
    futures
        Sampled futures of the level (`futures.sampled_futures`); None if there is no forecast.
    """
    if situation.shows_none:
        shown = tuple(i for i, one in enumerate(situation.evidence) if one.absent)
        return _keep(policy, (Reason("no-drift-shown", evidence=shown),))
    proposed = _candidates(policy, situation)
    if not proposed:
        return _keep(policy, (Reason("nothing-present"),))
    missing = _missing(futures, policy)
    if futures is None or missing is not None:
        return _by_rule(policy, proposed, missing or "no-forecast")
    costed = [
        Candidate(one.action, one.reasons, cost_curve(futures, one.action, policy,
                                                     confidence=confidence))
        for one in proposed
    ]  # fmt: skip
    return _by_cost(policy, costed, futures, _quick(policy, situation), confidence)


def _candidates(policy: ActionPolicy, situation: Situation) -> list[Candidate]:
    """Actions that are proposed and still in the running, with what is learnt of their effects."""
    rules = fired(policy, situation)
    barred = {kind for one in rules for kind in one.rule.instead_of}
    barred |= {one.action for one in situation.remembered if not one.held}
    reasons: dict[ActionKind, list[Reason]] = {}
    for one in rules:
        reasons.setdefault(one.rule.action, []).append(_reason(one))
    listed = {action.kind for action in policy.actions}
    for past in situation.remembered:
        if past.held and past.action in listed:
            reasons.setdefault(past.action, []).append(Reason("held-before"))
    effects = {effect.kind: effect for effect in situation.effects}
    return [
        Candidate(learnt(policy.action(kind), effects.get(kind)), _explained(said))
        for kind, said in reasons.items()
        if kind != "keep" and kind not in barred
    ]


def _explained(said: list[Reason]) -> tuple[Reason, ...]:
    """Leave out that no event explains a step, where one does."""
    explained = any(one.id.startswith("stepped-after-") for one in said)
    return tuple(one for one in said if not (explained and one.id == "stepped"))


def _reason(one: Fired) -> Reason:
    return Reason(one.rule.reason, one.rule.id, one.evidence, one.values)


def _missing(futures: Futures | None, policy: ActionPolicy) -> ReasonId | None:
    """Why there are no costs; None where there are."""
    going = policy.not_acting
    if futures is None:
        return "no-forecast"
    if not (np.isfinite(futures.spec.lower) or np.isfinite(futures.spec.upper)):
        return "no-limits"
    if going.units_per_day * going.cost_of_a_unit + going.cost_per_day_below <= 0:
        return "no-costs"
    return None


def _keep(policy: ActionPolicy, reasons: tuple[Reason, ...], costed: bool = False) -> Decision:
    return Decision("keep", "Keep", None, reasons, costed, policy.currency)


def _by_rule(policy: ActionPolicy, proposed: list[Candidate], missing: ReasonId) -> Decision:
    first = proposed[0]
    return Decision(
        first.action.kind,
        first.action.title,
        int(np.ceil(first.action.lead_time_days)),
        (*first.reasons, Reason(missing)),
        costed=False,
        currency=policy.currency,
        runners_up=tuple(proposed[1:]),
    )


def _quick(policy: ActionPolicy, situation: Situation) -> list[PolicyAction]:
    """Actions that may bridge a lead time: all that are listed but those that did not hold."""
    failed = {one.action for one in situation.remembered if not one.held}
    effects = {effect.kind: effect for effect in situation.effects}
    return [
        learnt(one, effects.get(one.kind))
        for one in policy.actions
        if one.kind != "keep" and one.kind not in failed
    ]


def _by_cost(
    policy: ActionPolicy,
    costed: list[Candidate],
    futures: Futures,
    quick: list[PolicyAction],
    confidence: float,
) -> Decision:
    curves = {one.action.kind: one.curve for one in costed if one.curve is not None}
    changes = tippings(futures, list(curves.values()), policy)
    gaps = {
        kind: None if curve.never else stop_gap(futures, curve, quick, policy,
                                                confidence=confidence)
        for kind, curve in curves.items()
        if curve.action.lead_time_days > 0
    }  # fmt: skip
    least = {
        kind: float(curve.cost.min()) - (gap.saving if (gap := gaps.get(kind)) else 0.0)
        for kind, curve in curves.items()
    }
    order = sorted(costed, key=lambda one: least[one.action.kind])
    best = order[0]
    curve, gap = curves[best.action.kind], gaps.get(best.action.kind)
    if curve.never:
        return Decision(
            "keep",
            "Keep",
            None,
            (Reason("acting-costs-more"), *best.reasons),
            costed=True,
            currency=policy.currency,
            curve=curve,
            runners_up=tuple(order),
            tippings=changes,
        )
    alone = curve
    curve = alone if gap is None else gap.after
    more = 0.0 if gap is None else gap.saving
    at = int(np.searchsorted(curve.days, curve.best))
    return Decision(
        best.action.kind,
        best.action.title,
        curve.best,
        (*best.reasons, *_late(best.action, curve), *_first(gap, policy)),
        costed=True,
        currency=policy.currency,
        curve=curve,
        runners_up=tuple(order[1:]),
        tippings=tuple(one for one in changes if gap is None or one.action != best.action.kind),
        day_lower=curve.best_lower,
        day_upper=curve.best_upper,
        saving=alone.saving + more,
        saving_lower=alone.saving_lower + more,
        saving_upper=alone.saving_upper + more,
        week=_week(curve, at),
        unavoidable=alone.unavoidable if gap is None else curve.unavoidable,
        first=gap,
    )


def _week(curve: CostCurve, at: int) -> float | None:
    """Cost of waiting a week longer than the best day; None beyond the horizon."""
    later = int(curve.days[at]) + WEEK
    if later > int(curve.days[-1]):
        return None
    return float(np.interp(later, curve.days, curve.cost) - curve.cost[at])


def _late(action: PolicyAction, curve: CostCurve) -> tuple[Reason, ...]:
    lead = action.lead_time_days
    if lead <= 0 or curve.best != int(curve.days[0]):
        return ()
    return (Reason("not-before-lead-time", values={"days": lead}),)


def _first(gap: StopGap | None, policy: ActionPolicy) -> tuple[Reason, ...]:
    if gap is None:
        return ()
    values: dict[str, float | str] = {
        "first": gap.action.title,
        "saving": gap.saving,
        "currency": policy.currency,
    }
    return (Reason("bridged", values=values),)
