"""Clean-ups as the audit tells them: asked for, begun by one worker, done with their counts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.models.people import Audit
from ops.values import Actor

RESOURCE = "retention"
RETENTION = Actor("retention", "admin")
_ASKED = "asked "
_ASK_HOLDS = timedelta(hours=6)
_LOCK = 7_263_005


def ask(session: Session, actor: Actor, now: datetime) -> str:
    """Ask the workers for a clean-up; the id under which the audit tells of it."""
    sweep_id = f"{_ASKED}{now.isoformat(timespec='microseconds')}"
    audit.record(session, actor, "ask", (RESOURCE, sweep_id), now=now)
    return sweep_id


def asked(session: Session, now: datetime) -> list[str]:
    """Clean-ups that somebody asked for lately and no worker has begun."""
    since = f"{_ASKED}{(now - _ASK_HOLDS).isoformat(timespec='microseconds')}"
    begun = (
        select(Audit.resource_id)
        .where(Audit.resource == RESOURCE, Audit.resource_id >= since, Audit.action == "sweep")
        .scalar_subquery()
    )
    query = select(Audit.resource_id).where(
        Audit.resource == RESOURCE,
        Audit.resource_id >= since,
        Audit.action == "ask",
        Audit.resource_id.not_in(begun),
    )
    return list(session.scalars(query))


def begin(session: Session, sweep_id: str, now: datetime) -> bool:
    """Take a clean-up; False if somebody has taken it."""
    if session.get_bind().dialect.name != "sqlite":  # there the transaction itself excludes others
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    taken = select(Audit.id).where(Audit.resource == RESOURCE, Audit.resource_id == sweep_id)
    if session.scalar(taken.where(Audit.action == "sweep").limit(1)) is not None:
        return False
    audit.record(session, RETENTION, "sweep", (RESOURCE, sweep_id), now=now)
    return True


def finish(
    session: Session, sweep_id: str, counts: dict[str, Any], actor: Actor, now: datetime
) -> None:
    """Tell what was deleted."""
    audit.record(session, actor, "swept", (RESOURCE, sweep_id), now=now, after=counts)


def last(session: Session) -> Audit | None:
    """Return the record of the last clean-up that was done."""
    query = select(Audit).where(Audit.resource == RESOURCE, Audit.action == "swept")
    return session.scalar(query.order_by(Audit.id.desc()).limit(1))
