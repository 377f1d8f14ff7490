"""The policy that stands where a site has none: wire bonders, with costs of the right order.

The costs are placeholders of their order of magnitude, from no plant: a site replaces them. A day
on which all units are out costs 1,250 EUR: about what it costs to stop the bonder for that day,
which is what a plant would then do.
"""

from ops.drift.policy import ActionKind, ActionPolicy, ExpectedShare, NotActing, PolicyAction
from ops.drift.policy import EvidencePattern as Pattern
from ops.drift.policy import PolicyRule as Rule

HOUR = 40.0  # of a bonder that stands, EUR


def _action(
    kind: ActionKind,
    title: str,
    cost: float,
    hours: float,
    lead: float,
    *,
    lasts: float,
    level: tuple[float, float],
    slope: tuple[float, float],
) -> PolicyAction:
    return PolicyAction(
        kind=kind,
        title=title,
        cost=cost,
        downtime_hours=hours,
        downtime_cost_per_hour=HOUR,
        lead_time_days=lead,
        lasts_days=lasts,
        level=ExpectedShare(share=level[0], sd=level[1]),
        slope=ExpectedShare(share=slope[0], sd=slope[1]),
    )


_CLEAN = _action(
    "clean",
    "Clean",
    20,
    0.5,
    0,
    lasts=21,
    level=(0.5, 0.2),
    slope=(0.3, 0.2),
)
_RECALIBRATE = _action(
    "recalibrate",
    "Recalibrate",
    30,
    1,
    0,
    lasts=30,
    level=(0.95, 0.05),
    slope=(0.0, 0.0),
)
_COMPONENT = _action(
    "replace-component",
    "Replace the worn component",
    150,
    2,
    1,
    lasts=60,
    level=(0.8, 0.15),
    slope=(0.7, 0.2),
)
_REFURBISH = _action(
    "refurbish",
    "Refurbish",
    4_000,
    24,
    10,
    lasts=365,
    level=(0.95, 0.05),
    slope=(0.9, 0.08),
)
_TOOL = _action(
    "replace-tool",
    "Move the product to another tool",
    80_000,
    48,
    60,
    lasts=2_555,
    level=(0.98, 0.02),
    slope=(0.98, 0.02),
)

RULES = (
    Rule(
        id="wears-out",
        when=Pattern(shown=None, after_actions=3, shrinking=True),
        action="refurbish",
        instead_of=("clean", "recalibrate"),
        reason="intervals-shrink",
    ),
    Rule(
        id="worn-after-refurbishing",
        when=Pattern(after_actions=1, of_actions=("refurbish",), shrinking=True),
        action="replace-tool",
        instead_of=("clean", "recalibrate", "refurbish"),
        reason="intervals-shrink",
    ),
    Rule(
        id="comes-back",
        when=Pattern(mechanisms=("trend", "corrections"), after_actions=3),
        action="refurbish",
        reason="came-back",
    ),
    Rule(
        id="step-at-component",
        when=Pattern(
            mechanisms=("step",),
            after_events=("capillary-change", "component-change", "material-change"),
        ),
        action="replace-component",
        reason="stepped-after-component",
    ),
    Rule(
        id="step-at-maintenance",
        when=Pattern(
            mechanisms=("step",),
            after_events=(
                "maintenance",
                "calibration",
                "correction",
                "cleaning",
                "refurbishment",
                "tool-change",
            ),
        ),
        action="recalibrate",
        reason="stepped-after-maintenance",
    ),
    Rule(
        id="creep",
        when=Pattern(mechanisms=("trend",), least_share=0.05),
        action="replace-component",
        reason="creeps",
    ),
    Rule(
        id="slow-creep", when=Pattern(mechanisms=("trend",)), action="recalibrate", reason="creeps"
    ),
    Rule(
        id="creep-by-dirt",
        when=Pattern(mechanisms=("trend",)),
        action="clean",
        reason="creeps",
    ),
    Rule(
        id="step",
        when=Pattern(mechanisms=("step",), unexplained=True),
        action="recalibrate",
        reason="stepped",
    ),
    Rule(
        id="away-from-baseline",
        when=Pattern(mechanisms=("level", "shape")),
        action="recalibrate",
        reason="differs-from-baseline",
    ),
    Rule(
        id="spread",
        when=Pattern(mechanisms=("spread",)),
        action="replace-component",
        reason="spreads",
    ),
    Rule(
        id="near-limit",
        when=Pattern(mechanisms=("near-limit",)),
        action="recalibrate",
        reason="near-limit",
    ),
    Rule(
        id="corrections",
        when=Pattern(mechanisms=("corrections",)),
        action="replace-component",
        reason="corrections-grow",
    ),
    Rule(
        id="group",
        when=Pattern(mechanisms=("group",)),
        action="replace-component",
        reason="group-moved",
    ),
)
EVENT_KINDS: dict[str, ActionKind] = {
    "calibration": "recalibrate",
    "correction": "recalibrate",
    "cleaning": "clean",
    "capillary-change": "replace-component",
    "component-change": "replace-component",
    "maintenance": "clean",
    "refurbishment": "refurbish",
    "tool-change": "replace-tool",
}
ROUTINE = ("capillary-change", "material-change")
DEFAULT_POLICY = ActionPolicy(
    currency="EUR",
    horizon_days=90,
    actions=(_CLEAN, _RECALIBRATE, _COMPONENT, _REFURBISH, _TOOL),
    not_acting=NotActing(
        units_per_day=5_000,
        cost_per_unit=0.2,
        escape_share=0.001,
        cost_per_escape=50.0,
        cpk_least=1.33,
        cost_per_day_below=60.0,
    ),
    rules=RULES,
    event_kinds=EVENT_KINDS,
    routine=ROUTINE,
)
