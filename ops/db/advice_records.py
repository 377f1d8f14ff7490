"""Alerts and events as the advisor reads them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, join

from ops.advise.sources import AlertRecord, EventRecord, Wanted
from ops.db import sites
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.db.types import from_micros, to_micros
from ops.values import Scope

MAX_ID = 2**63 - 1
MOST_ALERTS = 200
MOST_EVENTS = 200
_OPEN = Finding.state != "closed"
_EVENTS = (
    join(Event, Site, Site.id == Event.site_id)
    .outerjoin(Tool, Tool.id == Event.tool_id)
    .outerjoin(Characteristic, Characteristic.id == Event.characteristic_id)
)


def alerts(session: Session, scope: Scope, wanted: Wanted) -> tuple[tuple[AlertRecord, ...], int]:
    """Alerts that are named, and open ones about what is wanted; and how many more are open.

    An open alert is about what is wanted if its characteristic is, or a level of its stratum is a
    tool that is; with neither wanted, every one is. Of very many the newest are looked at.
    """
    if not wanted.alerts and not wanted.alert_ids:
        return (), 0
    inside = [sites.within(Finding.site_id, scope), *_alert_site(wanted)]
    query = (
        select(Finding, Site.code, Characteristic.code)
        .join(Site, Site.id == Finding.site_id)
        .outerjoin(Characteristic, Characteristic.id == Finding.characteristic_id)
    )
    ids = [one for one in wanted.alert_ids if one <= MAX_ID]  # a question may hold any number
    named = query.where(sites.within(Finding.site_id, scope), Finding.id.in_(ids))
    rows = list(session.execute(named.order_by(Finding.id))) if ids else []
    more = 0
    if wanted.alerts:
        is_open = and_(*inside, _was_open(wanted.known_by))
        newest = query.where(is_open).order_by(Finding.last_ts.desc(), Finding.id.desc())
        rows += session.execute(newest.limit(MOST_ALERTS))
        more = _beyond(session, select(func.count(Finding.id)).where(is_open), MOST_ALERTS)
    records = {row[0].id: _alert(*row) for row in rows}
    kept = (r for r in records.values() if r.id in wanted.alert_ids or _concerns(r, wanted))
    return tuple(kept), more


def events(
    session: Session, scope: Scope, wanted: Wanted, *, now: datetime
) -> tuple[tuple[EventRecord, ...], int]:
    """Events since an instant, the newest first; and how many more there are.

    Those of no tool or of no characteristic concern every one of their site.
    """
    if wanted.events_since is None:
        return (), 0
    until = now if wanted.known_by is None else from_micros(wanted.known_by)
    about = [
        sites.within(Event.site_id, scope), Event.ts >= from_micros(wanted.events_since),
        Event.ts <= until,
    ]  # fmt: skip
    if wanted.site is not None:
        about.append(Site.code == wanted.site)
    if wanted.tools:
        about.append(or_(Event.tool_id.is_(None), Tool.code.in_(wanted.tools)))
    if wanted.characteristics:
        of = Characteristic.code.in_(wanted.characteristics)
        about.append(or_(Event.characteristic_id.is_(None), of))
    query = select(Event, Site.code, Tool.code, Characteristic.code).select_from(_EVENTS)
    newest = query.where(*about).order_by(Event.ts.desc(), Event.id.desc()).limit(MOST_EVENTS)
    counted = select(func.count(Event.id)).select_from(_EVENTS).where(*about)
    found = tuple(_event(*row) for row in session.execute(newest))
    full = len(found) == MOST_EVENTS
    return found, _beyond(session, counted, MOST_EVENTS) if full else 0


def _alert_site(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.site is None:
        return []
    return [Finding.site_id.in_(select(Site.id).where(Site.code == wanted.site))]


def _was_open(known_by: int | None) -> ColumnElement[bool]:
    """Whether it is open, or was at an instant."""
    if known_by is None:
        return _OPEN
    at = from_micros(known_by)
    return and_(Finding.opened_at <= at, or_(_OPEN, Finding.closed_at > at))


def _beyond(session: Session, count: Select[int], most: int) -> int:
    return max(0, (session.scalar(count) or 0) - most)


def _concerns(record: AlertRecord, wanted: Wanted) -> bool:
    if not wanted.tools and not wanted.characteristics:
        return True
    stratum: Any = record.evidence.get("stratum")
    levels: list[Any] = [*stratum.values()] if isinstance(stratum, dict) else []
    return record.characteristic in wanted.characteristics or any(
        level in wanted.tools for level in (*levels, record.stream)
    )


def _alert(row: Finding, site: str, characteristic: str | None) -> AlertRecord:
    return AlertRecord(
        id=row.id, site=site, title=row.title, cause=row.cause, state=row.state,
        disposition=row.disposition, stream=row.stream, characteristic=characteristic,
        evidence=row.evidence, points=row.points, first=to_micros(row.first_ts),
        last=to_micros(row.last_ts), opened=to_micros(row.opened_at),
        due=None if row.due_at is None else to_micros(row.due_at),
        closed=None if row.closed_at is None else to_micros(row.closed_at),
        note=row.closing_note or "", run_id=row.run_id,
    )  # fmt: skip


def _event(row: Event, site: str, tool: str | None, characteristic: str | None) -> EventRecord:
    said = (f"{name}: {value}" for name, value in sorted(row.detail.items()) if value)
    return EventRecord(
        id=row.id, site=site, kind=row.kind, at=to_micros(row.ts), title=row.title, tool=tool,
        characteristic=characteristic, note="; ".join(said), by=row.created_by,
    )  # fmt: skip
