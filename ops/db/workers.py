"""Worker processes and their leases, by the clock of the database."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ops.db.clock import database_now
from ops.db.models.work import Worker

_TAKEOVER_LOCK = 7_263_004


def beat(session: Session, worker: Worker) -> None:
    """Register the worker, or renew its lease."""
    now = database_now(session)
    known = session.get(Worker, worker.id)
    if known is None:
        worker.started_at = worker.seen_at = now
        session.add(worker)
    else:
        known.seen_at = now
        known.pid, known.host, known.version = worker.pid, worker.host, worker.version


def leave(session: Session, worker_id: str) -> None:
    """Take a worker off the list: it ended in order."""
    session.execute(delete(Worker).where(Worker.id == worker_id))


def expire(session: Session, worker_id: str) -> None:
    """End the lease of a worker now: whoever looks next takes over what it had begun."""
    long_ago = database_now(session) - timedelta(days=1)
    session.execute(update(Worker).where(Worker.id == worker_id).values(seen_at=long_ago))


def alive(session: Session, lease: timedelta) -> list[Worker]:
    """Workers whose lease is good."""
    since = database_now(session) - lease
    return list(session.scalars(select(Worker).where(Worker.seen_at >= since)))


def expired(session: Session, lease: timedelta) -> list[Worker]:
    """Workers whose lease has run out."""
    since = database_now(session) - lease
    return list(session.scalars(select(Worker).where(Worker.seen_at < since)))


def lock_takeover(session: Session) -> bool:
    """Be the only one who takes over, until the transaction ends; False if somebody else is.

    On SQLite nobody is excluded: to queue a run twice is harmless, since starts are counted and
    writes are fenced.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_TAKEOVER_LOCK))))
