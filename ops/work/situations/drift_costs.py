"""Policies of action that differ: what acting and not acting cost at the plant of a situation."""

import numpy as np

from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.policy import (
    ActionKind,
    ActionPolicy,
    EvidencePattern,
    ExpectedShare,
    NotActing,
    PolicyAction,
    PolicyRule,
)

HORIZON = 60  # days
# Kind, title, cost, hours, days it lasts, shares of offset and slope that it takes off: what these
# actions are at wire bonders; a draw scales the costs.
_KINDS: tuple[tuple[ActionKind, str, float, float, float, float, float], ...] = (
    ("recalibrate", "Recalibrate the bond head", 40.0, 1.0, 30.0, 0.95, 0.0),
    ("clean", "Clean the transducer", 25.0, 0.5, 21.0, 0.5, 0.4),
    ("replace-component", "Replace the clamp", 200.0, 2.0, 90.0, 0.85, 0.9),
)


def drawn_policy(rng: np.random.Generator) -> ActionPolicy:
    """Draw a policy: three actions whose costs scatter by factors, each proposed for a trend."""
    actions = tuple(
        PolicyAction(
            kind=kind,
            title=title,
            cost=round(cost * float(np.exp(rng.normal(0.0, 0.8))), 0),
            downtime_hours=hours,
            downtime_cost_per_hour=40.0,
            lasts_days=lasts,
            level=ExpectedShare(share=level),
            slope=ExpectedShare(share=slope),
        )
        for kind, title, cost, hours, lasts, level, slope in _KINDS
    )
    rules = tuple(
        PolicyRule(
            id=f"creep-{kind}",
            when=EvidencePattern(mechanisms=("trend", "corrections")),
            action=kind,
            reason="creeps",
        )
        for kind, *_ in _KINDS
    )
    return ActionPolicy(
        horizon_days=HORIZON,
        actions=actions,
        not_acting=NotActing(
            units_per_day=float(rng.integers(2_000, 8_000)),
            cost_per_unit=round(float(rng.uniform(0.1, 0.6)), 2),
            cpk_least=1.0,
            cost_per_day_below=float(rng.integers(40, 120)),
        ),
        rules=rules,
        event_kinds=DEFAULT_POLICY.event_kinds,
        routine=(*DEFAULT_POLICY.routine, "maintenance"),
    )
