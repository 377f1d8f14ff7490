"""Events: maintenance, capillary changes, calibrations and the like, at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.errors import BadData, NotFound, Problem
from ops.values import EVERYWHERE, Actor, Scope

KEY = (Event.ts, Event.id)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; `since` is included, `until` is not."""

    site_id: int | None = None
    tool: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def listed(scope: Scope, wanted: EventFilter) -> Select[Event]:
    """Events of the scope that pass the filter."""
    query = select(Event).where(sites.within(Event.site_id, scope))
    if wanted.tool is not None:
        query = query.where(Event.tool_id.in_(select(Tool.id).where(Tool.code == wanted.tool)))
    compared = (
        (wanted.site_id, Event.site_id.__eq__),
        (wanted.kind, Event.kind.__eq__),
        (wanted.since, Event.ts.__ge__),
        (wanted.until, Event.ts.__lt__),
    )
    return query.where(*(compare(value) for value, compare in compared if value is not None))


def concerning(
    characteristic: Characteristic, tools: Sequence[str], wanted: EventFilter
) -> Select[Event]:
    """Events that may show in a characteristic: of its site, not about another one.

    Parameters
    ----------
    tools
        Codes: only events of these, or of no tool; empty for those of every tool.
    """
    query = listed(EVERYWHERE, replace(wanted, site_id=characteristic.site_id)).where(
        or_(Event.characteristic_id.is_(None), Event.characteristic_id == characteristic.id)
    )
    if not tools:
        return query
    of_tools = select(Tool.id).where(Tool.site_id == characteristic.site_id, Tool.code.in_(tools))
    return query.where(or_(Event.tool_id.is_(None), Event.tool_id.in_(of_tools)))


def kinds(session: Session, site_id: int) -> list[str]:
    """Kinds of the events that a site has."""
    query = select(Event.kind).where(Event.site_id == site_id).distinct().order_by(Event.kind)
    return list(session.scalars(query))


def get(session: Session, scope: Scope, event_id: int) -> Event:
    """One event of the scope."""
    event = session.scalar(listed(scope, EventFilter()).where(Event.id == event_id))
    if event is None:
        raise NotFound(f"there is no event {event_id}")
    return event


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Event:
    """Add an event at a site."""
    event = Event(**fields, site_id=site.id, created_by=actor.name, created_at=now)
    _check(event.ts, event.ended_at)
    edits.add(session, event, actor=actor, now=now, site_id=site.id, taken="")
    return event


def change(
    session: Session, event: Event, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit an event."""
    _check(changes.get("ts", event.ts), changes.get("ended_at", event.ended_at))
    edits.change(session, event, changes, actor=actor, now=now, site_id=event.site_id)


def remove(session: Session, event: Event, *, actor: Actor, now: datetime) -> None:
    """Delete an event that was entered by mistake; the audit keeps it."""
    edits.remove(session, event, actor=actor, now=now, site_id=event.site_id, used="it is used")


def _check(ts: datetime, ended_at: datetime | None) -> None:
    if ended_at is not None and ended_at < ts:
        problem = Problem("/ended_at", f"must not be before ts {ts.isoformat()}")
        raise BadData(f"ended_at {ended_at.isoformat()} is before ts", (problem,))
