"""Which rules of a policy fire on what was seen, and on which pieces of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ops.drift.crow_amsaa import CrowAmsaa
from ops.drift.effect_pool import PooledEffect
from ops.drift.evidence import Evidence
from ops.drift.policy import ActionKind, ActionPolicy, EvidencePattern, PolicyRule
from ops.values import SpecLimits


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was done in an earlier episode that this one is a verified revisit of.

    Parameters
    ----------
    action
        What was done then.
    held
        Whether the drift was over after it.
    """

    action: ActionKind
    held: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a decision rests on but the future and the costs.

    Parameters
    ----------
    evidence
        Every method's.
    sigma
        Standard deviation of the process, in the unit of the characteristic; None if unknown.
    step_events
        Kinds of the events that steps were matched to.
    actions
        What was done to the tool before, oldest first; routine is left out.
    attempts
        Those of them that were against what is seen: taken since it began, or that moved the level
        home, from where it drifted again. None: all of them.
    crow
        Trend of its corrections, where there are enough.
    effects
        Measured effects of those actions.
    remembered
        Verified revisits, the most alike first.
    """

    evidence: tuple[Evidence, ...]
    spec: SpecLimits = field(default_factory=SpecLimits)
    sigma: float | None = None
    step_events: tuple[str, ...] = ()
    actions: tuple[ActionKind, ...] = ()
    attempts: tuple[ActionKind, ...] | None = None
    crow: CrowAmsaa | None = None
    effects: tuple[PooledEffect, ...] = ()
    remembered: tuple[Remembered, ...] = ()

    @property
    def tolerance(self) -> float | None:
        """Width of the specification; None where a side is absent."""
        width = self.spec.upper - self.spec.lower
        return width if np.isfinite(width) else None

    @property
    def shows_none(self) -> bool:
        """Whether it is shown that nothing drifts, and nothing says that something does."""
        some = any(one.present for one in self.evidence)
        some |= self.crow is not None and self.crow.shrinks  # corrections may hide it
        return not some and any(one.absent for one in self.evidence)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired.

    Parameters
    ----------
    evidence
        Places in the situation's evidence that it fired on.
    values
        What stands at the places of its sentence.
    """

    rule: PolicyRule
    evidence: tuple[int, ...]
    values: Mapping[str, float | str] = field(default_factory=dict[str, float | str])


def fired(policy: ActionPolicy, situation: Situation) -> tuple[Fired, ...]:
    """Return the rules that fire, in the order of the policy."""
    found = (_fires(rule, situation) for rule in policy.rules)
    return tuple(one for one in found if one is not None)


def _fires(rule: PolicyRule, situation: Situation) -> Fired | None:
    when = rule.when
    seen = tuple(i for i, one in enumerate(situation.evidence) if _fits(when, one, situation))
    if when.shown is not None and len({situation.evidence[i].method for i in seen}) < when.agreeing:
        return None
    if when.unexplained and situation.step_events:
        return None
    if when.after_events and not set(when.after_events) & set(situation.step_events):
        return None
    all_of_them = when.shown != "drift" or situation.attempts is None
    counted = situation.actions if all_of_them else situation.attempts or ()
    times = sum(not when.of_actions or one in when.of_actions for one in counted)
    if times < when.after_actions:
        return None
    if when.shrinking and (situation.crow is None or not situation.crow.shrinks):
        return None
    return Fired(rule, seen if when.shown else (), _values(when, seen, times, situation))


def _fits(when: EvidencePattern, one: Evidence, situation: Situation) -> bool:
    """Whether a piece of evidence is of the kind and size that a pattern asks for."""
    shown: dict[Literal["drift", "no-drift"] | None, bool] = {
        "drift": one.present is True,
        "no-drift": one.absent,
        None: False,
    }
    return (
        shown[when.shown]
        and (not when.mechanisms or one.mechanism in when.mechanisms)
        and (not when.methods or one.method in when.methods)
        and (when.direction is None or one.direction == (1 if when.direction == "up" else -1))
        and _large(when.least_share, situation.tolerance, when, one)
        and _large(when.least_sigma, situation.sigma, when, one)
    )


def _large(least: float, of: float | None, when: EvidencePattern, one: Evidence) -> bool:
    """Whether its size is at least a multiple of something; what has no size never is."""
    if least <= 0:
        return True
    if of is None or one.estimate is None or one.measure not in ("value", "value/day"):
        return False
    days = when.slope_days if one.measure == "value/day" else 1.0
    return abs(one.estimate) * days >= least * of


def _values(
    when: EvidencePattern, seen: tuple[int, ...], times: int, situation: Situation
) -> dict[str, float | str]:
    found: dict[str, float | str] = {"times": float(times)}
    sizes = [situation.evidence[i].estimate for i in seen]
    known = [size for size in sizes if size is not None]
    if known:
        found["size"] = known[0]
    events = [one for one in situation.step_events if one in when.after_events]
    if events:
        found["event"] = events[0]
    if situation.crow is not None:
        found |= {"beta": situation.crow.beta, "lower": situation.crow.lower}
    return found
