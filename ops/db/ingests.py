"""Ingests: one request or file, its state, its counts and the rows it did not store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from ops.db.models.data import Ingest, Rejection
from ops.errors import NotFound
from ops.values import Scope


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not stored; `row` 1 is the first data row of the input."""

    kind: Literal["rejected", "conflicting"]
    row: int
    column: str
    value: str | None
    reason: str


def start(
    session: Session,
    site_id: int,
    source: str | None,
    file_name: str | None,
    format: str,
    person: str,
    now: datetime,
) -> Ingest:
    """Begin an ingest."""
    ingest = Ingest(
        site_id=site_id,
        source=source,
        file_name=file_name,
        format=format,
        person=person,
        started_at=now,
    )
    session.add(ingest)
    session.flush()
    return ingest


def add_counts(
    session: Session,
    ingest_id: int,
    *,
    rows: int = 0,
    accepted: int = 0,
    duplicate: int = 0,
    conflicting: int = 0,
    rejected: int = 0,
) -> None:
    """Add the counts of one chunk."""
    session.execute(
        update(Ingest)
        .where(Ingest.id == ingest_id)
        .values(
            rows=Ingest.rows + rows,
            accepted=Ingest.accepted + accepted,
            duplicate=Ingest.duplicate + duplicate,
            conflicting=Ingest.conflicting + conflicting,
            rejected=Ingest.rejected + rejected,
        )
    )


def finish(
    session: Session,
    ingest_id: int,
    *,
    state: Literal["succeeded", "failed"],
    now: datetime,
    warnings: Sequence[Any] = (),
    error: str | None = None,
) -> None:
    """End an ingest; what it stored stays, also when it failed."""
    session.execute(
        update(Ingest)
        .where(Ingest.id == ingest_id)
        .values(state=state, finished_at=now, warnings=list(warnings), error=error)
    )


def reject(session: Session, ingest_id: int, rows: Sequence[RejectedRow]) -> None:
    """Keep rows that were not stored."""
    if rows:
        session.execute(
            insert(Rejection),
            [
                {
                    "ingest_id": ingest_id,
                    "kind": r.kind,
                    "row": r.row,
                    "column": r.column,
                    "value": r.value,
                    "reason": r.reason,
                }
                for r in rows
            ],
        )


def find(session: Session, scope: Scope, ingest_id: int) -> Ingest:
    """One ingest.

    Raises
    ------
    NotFound
        If there is none, or its site is outside the scope.
    """
    ingest = session.get(Ingest, ingest_id, populate_existing=True)
    if ingest is None or not scope.allows(ingest.site_id):
        raise NotFound(f"ingest {ingest_id} does not exist")
    return ingest


def listed(scope: Scope) -> Select[Ingest]:
    """Query of the ingests of a scope; page it by (started_at, id)."""
    query = select(Ingest)
    return query if scope.sites is None else query.where(Ingest.site_id.in_(scope.sites))


def rejections(ingest_id: int) -> Select[Rejection]:
    """Query of the rows an ingest did not store; page it by (row, id)."""
    return select(Rejection).where(Rejection.ingest_id == ingest_id)
