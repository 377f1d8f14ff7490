"""A small seeded example: findings of bonders with a long tail of remedies, one to be answered."""

from datetime import UTC, datetime, timedelta

from ops.action_query import ActionCase, ActionData
from ops.simulate.action_cases import ActionPlan, SimulatedAction, simulate_actions

_START = datetime(2025, 1, 1, tzinfo=UTC)
_PLAN = ("Stop the bonder and hold the lot", "Check the capillary", "Call maintenance")


def sample_actions(cases: int = 160, seed: int = 23) -> ActionData:
    """Cases of a year; the newest one asks what to do, its outcome is not known yet."""
    plan = ActionPlan(cases=cases, items=30, tools=6)
    drawn = [_case(one) for one in simulate_actions(plan, seed=seed)]
    last = drawn[-1]
    asked = ActionCase(last.finding, last.opened_at, None, last.context)
    return ActionData(
        cases=tuple(drawn[:-1]),
        finding=asked,
        reaction_plan=_PLAN,
        safety=frozenset({"align clamp"}),
    )


def _case(drawn: SimulatedAction) -> ActionCase:
    return ActionCase(
        finding=str(int(drawn.id)),
        opened_at=_START + timedelta(hours=drawn.opened_h),
        closed_at=_START + timedelta(hours=drawn.closed_h),
        context=drawn.context,
        actions=drawn.actions,
        parts=drawn.parts,
        helped=drawn.helped,
    )
