"""What was done to a tool before: events that count as actions by the policy."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.policy import ActionKind, ActionPolicy
from ops.values import PlantEvent


@dataclass(frozen=True, slots=True)
class PastAction:
    """Something that was done: on which day of the record, and what it counts as."""

    t: float
    kind: ActionKind
    event: str = ""


def past_actions(
    events: Iterable[PlantEvent], policy: ActionPolicy, *, tool: str, origin: int
) -> tuple[tuple[PastAction, ...], tuple[float, ...]]:
    """Find what was done to a tool, and when anything happened to it.

    Parameters
    ----------
    origin
        t = 0, microseconds since 1970 UTC.

    Returns
    -------
    Its actions by the policy's event kinds, by time (an action is over at the end of its event),
    and the days of all its events, which bound the windows of their effects.
    """
    own = [(_day(event, origin), event.kind) for event in events if event.tool == tool]
    own.sort()
    kinds = policy.event_kinds
    actions = tuple(PastAction(t, kinds[kind], kind) for t, kind in own if kind in kinds)
    return actions, tuple(t for t, _ in own)


def _day(event: PlantEvent, origin: int) -> float:
    over = event.ts if event.ended_at is None else event.ended_at
    return (over - origin) / MICROS_PER_DAY
