"""Schedules: what is submitted by itself, and when it is due next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from ops.db import edits
from ops.db.models.work import Run, Schedule
from ops.db.runs import LIVE
from ops.db.sites import within
from ops.errors import NotFound
from ops.timing.cron import next_fires, parse
from ops.values import Actor, Scope

KEY = (Schedule.id,)
DUE_AT_ONCE = 200  # schedules that one tick looks at


def listed(scope: Scope, *, analysis: str | None = None) -> Select[Schedule]:
    """Select the schedules of a scope; one over all sites is seen only by who sees all."""
    query = select(Schedule)
    if scope.sites is not None:
        query = query.where(Schedule.site_id.is_not(None), within(Schedule.site_id, scope))
    return query if analysis is None else query.where(Schedule.analysis == analysis)


def find(session: Session, schedule_id: int, scope: Scope) -> Schedule:
    """Return one schedule.

    Raises
    ------
    NotFound
        If there is none of this id within `scope`.
    """
    found = session.scalar(listed(scope).where(Schedule.id == schedule_id))
    if found is None:
        raise NotFound(f"there is no schedule {schedule_id} among yours")
    return found


def create(session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime) -> Schedule:
    """Add a schedule; its first fire is the next one after `now`."""
    schedule = Schedule(
        **fields, sites=_seen_by(actor), created_by=actor.name, created_at=now, updated_at=now
    )
    _aim(schedule, now)
    edits.add(
        session, schedule, actor=actor, now=now, site_id=schedule.site_id, taken="cannot be stored"
    )
    return schedule


def change(
    session: Session,
    schedule: Schedule,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Edit a schedule; a new time, or being enabled again, counts from `now`: nothing is missed.

    Whoever sets its parameters lends it the sites that they see.
    """
    moved = any(
        name in changes and changes[name] != getattr(schedule, name)
        for name in ("cron", "zone", "enabled")
    )
    fields = dict(changes)
    if "params" in fields:
        fields["sites"] = _seen_by(actor)
    if moved:
        probe = Schedule(
            cron=fields.get("cron", schedule.cron),
            zone=fields.get("zone", schedule.zone),
            enabled=fields.get("enabled", schedule.enabled),
        )
        _aim(probe, now)
        fields |= {"next_at": probe.next_at, "last_at": now}
    edits.change(
        session,
        schedule,
        fields | {"updated_at": now},
        actor=actor,
        now=now,
        site_id=schedule.site_id,
    )


def remove(session: Session, schedule: Schedule, *, actor: Actor, now: datetime) -> None:
    """Delete a schedule; its runs stay."""
    edits.remove(
        session, schedule, actor=actor, now=now, site_id=schedule.site_id, used="is in use"
    )


def due(session: Session, now: datetime) -> list[int]:
    """List the ids of what is due and has room for a run, longest overdue first."""
    query = (
        select(Schedule.id)
        .where(
            Schedule.enabled.is_(True),
            Schedule.next_at <= now,
            _live(Schedule.id).scalar_subquery() < Schedule.max_parallel,
        )
        .order_by(Schedule.next_at)
        .limit(DUE_AT_ONCE)
    )
    return list(session.scalars(query))


def take(session: Session, schedule_id: int, now: datetime) -> Schedule | None:
    """Lock one due schedule; None if somebody else has it or had it."""
    query = (
        select(Schedule)
        .where(Schedule.id == schedule_id, Schedule.enabled.is_(True), Schedule.next_at <= now)
        .with_for_update(skip_locked=True)
    )
    return session.scalar(query)


def move_on(
    session: Session, schedule_id: int, last_at: datetime, next_at: datetime | None
) -> None:
    """Store what was handled and what comes next; not an edit, so its version stays."""
    session.execute(
        update(Schedule)
        .where(Schedule.id == schedule_id)
        .values(last_at=last_at, next_at=next_at)
        .execution_options(synchronize_session=False)
    )


def live_runs(session: Session, schedule_id: int) -> int:
    """Count the runs of a schedule that are queued or running."""
    return session.scalars(_live(schedule_id)).one()


def last_success(session: Session, schedule_id: int) -> datetime | None:
    """Return the end of the window of the last succeeded run."""
    query = select(func.max(Run.window_end)).where(
        Run.schedule_id == schedule_id, Run.state == "succeeded"
    )
    return session.scalar(query)


def _live(schedule_id: int | InstrumentedAttribute[int]) -> Select[int]:
    return (
        select(func.count())
        .select_from(Run)
        .where(Run.schedule_id == schedule_id, Run.state.in_(LIVE))
    )


def _seen_by(actor: Actor) -> list[int] | None:
    return None if actor.scope.sites is None else sorted(actor.scope.sites)


def _aim(schedule: Schedule, now: datetime) -> None:
    coming = next_fires(parse(schedule.cron, schedule.zone), now, 1)
    schedule.next_at = coming[0].at if coming else None
