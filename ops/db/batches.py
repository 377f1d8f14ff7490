"""Batches: committed chunks, numbered in the order of their commits."""

from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ops.db.models.data import Batch

LOCK = 7_263_002  # who numbers a batch holds it until the commit, so numbers follow the commits


def high_batch(session: Session) -> int:
    """Highest batch that is committed; 0 when there is none. No lower one can still appear."""
    return session.scalar(select(func.max(Batch.id))) or 0


def open_batch(
    session: Session,
    *,
    site_id: int,
    kind: Literal["rows", "revision"],
    rows: int,
    person: str,
    reason: str | None,
    now: datetime,
) -> Batch:
    """Begin a batch in the caller's transaction; no other is numbered before it commits."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    batch = Batch(
        site_id=site_id, kind=kind, rows=rows, person=person, reason=reason, committed_at=now
    )
    session.add(batch)
    session.flush()
    return batch
