"""Working calendars of sites: versions by the date they take effect."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import audit, edits
from ops.db.models.plant import Calendar, Holiday, Shift, Site
from ops.db.sites import within
from ops.db.types import to_micros
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.timing.shift import ShiftCalendar, ShiftPattern
from ops.values import Actor, Scope

KEY = (Calendar.effective_from, Calendar.id)


def versions(site_id: int, scope: Scope) -> Select[Calendar]:
    """Select the versions of a site's calendar."""
    return select(Calendar).where(Calendar.site_id == site_id, within(Calendar.site_id, scope))


def in_force(session: Session, site_id: int, at: datetime, scope: Scope) -> Calendar:
    """Return the version in force at `at`.

    Raises
    ------
    NotFound
        If the site has none by then.
    """
    query = versions(site_id, scope).where(Calendar.effective_from <= at)
    found = session.scalar(query.order_by(Calendar.effective_from.desc()).limit(1))
    if found is None:
        raise NotFound(f"site {site_id} has no calendar at {at.isoformat()}; add one")
    return found


def calendar_of(session: Session, site_id: int, at: datetime) -> ShiftCalendar | None:
    """Return the shifts of a site as a value; None where it has no calendar at `at`."""
    query = (
        select(Calendar)
        .where(Calendar.site_id == site_id, Calendar.effective_from <= at)
        .order_by(Calendar.effective_from.desc())
        .limit(1)
    )
    found = session.scalar(query)
    return None if found is None else as_value(session, found)


def calendars_until(
    session: Session, site_id: int, end: datetime, *, known_at: datetime
) -> tuple[tuple[int, ShiftCalendar], ...]:
    """Versions that take effect before `end`, each with its first instant, as known at `known_at`.

    So an old run that is repeated sees the calendar that it saw.
    """
    query = (
        select(Calendar)
        .where(Calendar.site_id == site_id, Calendar.effective_from < end)
        .where(Calendar.created_at <= known_at)
        .order_by(*KEY)
    )
    return tuple(
        (to_micros(found.effective_from), as_value(session, found))
        for found in session.scalars(query)
    )


def as_value(session: Session, calendar: Calendar) -> ShiftCalendar:
    """Return the shifts and holidays of one version."""
    shifts = session.scalars(
        select(Shift).where(Shift.calendar_id == calendar.id).order_by(Shift.start_minute, Shift.id)
    )
    days = session.scalars(select(Holiday.day).where(Holiday.calendar_id == calendar.id))
    patterns = tuple(
        ShiftPattern(s.name, s.start_minute, s.end_minute, frozenset(s.weekdays)) for s in shifts
    )
    return ShiftCalendar(calendar.zone, patterns, frozenset(days))


def holidays(session: Session, calendar: Calendar) -> list[Holiday]:
    """List the holidays of one version by day."""
    query = select(Holiday).where(Holiday.calendar_id == calendar.id).order_by(Holiday.day)
    return list(session.scalars(query))


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Calendar:
    """Add a version: zone, effective_from, shifts and holidays (lists of their fields).

    Raises
    ------
    BadData
        If two shifts bear one name, or a day is a holiday twice.
    Conflict
        If the site has a version that takes effect at the same instant.
    """
    _refuse_twice("shifts", "name", fields["shifts"])
    _refuse_twice("holidays", "day", fields["holidays"])
    since: datetime = fields["effective_from"]
    taken = versions(site.id, actor.scope).where(Calendar.effective_from == since)
    if session.scalar(taken) is not None:
        raise Conflict(
            f"site {site.code} has a calendar from {since.isoformat()}; choose another instant"
        )
    calendar = Calendar(site_id=site.id, zone=fields["zone"], effective_from=since, created_at=now)
    session.add(calendar)
    session.flush()
    session.add_all(Shift(calendar_id=calendar.id, **shift) for shift in fields["shifts"])
    session.add_all(Holiday(calendar_id=calendar.id, **day) for day in fields["holidays"])
    session.flush()
    after = {
        "zone": calendar.zone,
        "effective_from": since.isoformat(),
        "shifts": [dict(shift) for shift in fields["shifts"]],
        "holidays": [{"day": d["day"].isoformat(), "name": d["name"]} for d in fields["holidays"]],
    }
    audit.record(
        session, actor, "create", ("calendar", calendar.id), now=now, after=after, site_id=site.id
    )
    return calendar


def remove(session: Session, site: Site, calendar_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a version that does not hold yet.

    Raises
    ------
    NotFound
        If the site has no such version.
    Conflict
        If it holds already: what was measured since has its shifts.
    """
    row = session.scalar(versions(site.id, actor.scope).where(Calendar.id == calendar_id))
    if row is None:
        raise NotFound(f"site {site.code} has no calendar {calendar_id}")
    if row.effective_from <= now:
        raise Conflict(
            f"the calendar {calendar_id} holds since {row.effective_from.isoformat()} and stays;"
            " add a version that replaces it from an instant on"
        )
    edits.remove(session, row, actor=actor, now=now, site_id=site.id, used="")


def _refuse_twice(part: str, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    seen = [row[name] for row in rows]
    problems = tuple(
        Problem(f"/{part}/{i}/{name}", f"{value} is there already; leave one of the two out")
        for i, value in enumerate(seen)
        if value in seen[:i]
    )
    if problems:
        raise BadData(f"the {part} of a calendar differ in their {name}", problems)
