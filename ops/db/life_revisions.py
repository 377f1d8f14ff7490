"""Revisions of a life test, its rows and document at one time: added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import life_tests
from ops.db.life_rows import PackedRows, rows_of
from ops.db.models.life import LifeTest, LifeTestRevision
from ops.errors import BadData, NotFound, Problem
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import LifeRows
from ops.values import Actor

KEY = (LifeTestRevision.number,)
How = Literal["replace", "merge", "document"]


@dataclass(frozen=True, slots=True)
class LifeOrigin:
    """Where a revision came from: how it was made, why, and what else there is to know."""

    kind: How
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


def listed(row: LifeTest) -> Select[LifeTestRevision]:
    """Select the revisions of a life test, without their rows."""
    return select(LifeTestRevision).where(LifeTestRevision.life_test_id == row.id)


def find(
    session: Session, row: LifeTest, number: int | None = None, *, as_of: datetime | None = None
) -> LifeTestRevision:
    """One revision: that of a number, or the newest, or the newest at an instant.

    Raises
    ------
    NotFound
        If there is none.
    """
    query = listed(row)
    if number is not None:
        query = query.where(LifeTestRevision.number == number)
    elif as_of is not None:
        query = query.where(LifeTestRevision.created_at <= as_of)
    found = session.scalar(query.order_by(LifeTestRevision.number.desc()).limit(1))
    if found is not None:
        return found
    if row.newest == 0:
        raise NotFound(
            f"the life test {row.code!r} has no rows yet; send a file to"
            f" /v1/life-tests/{row.code}/rows"
        )
    wanted = f"revision {number}" if number is not None else f"revision at {as_of}"
    raise NotFound(f"the life test {row.code!r} has no {wanted}; its newest is {row.newest}")


def rows(session: Session, revision: LifeTestRevision) -> LifeRows:
    """Rows of a revision."""
    return rows_of(stored(session, revision))


def stored(session: Session, revision: LifeTestRevision) -> bytes:
    """Bytes of a revision's rows, for who wants to read them outside of the transaction."""
    query = select(LifeTestRevision.rows).where(
        LifeTestRevision.life_test_id == revision.life_test_id,
        LifeTestRevision.number == revision.number,
    )
    return session.scalars(query).one()


def add(
    session: Session,
    row: LifeTest,
    packet: PackedRows,
    origin: LifeOrigin,
    *,
    actor: Actor,
    now: datetime,
) -> LifeTestRevision:
    """Store the next revision with the document that the life test has.

    Raises
    ------
    Conflict
        If the life test is archived.
    StaleDataError
        If another revision came between; the API answers it as stale.
    """
    life_tests.refuse_archived(row)
    number = row.newest + 1
    # first the row: two who add at once meet here, and the second one is told that it is stale
    life_tests.change(session, row, {"newest": number}, actor=actor, now=now, action="revise")
    revision = LifeTestRevision(
        life_test_id=row.id,
        number=number,
        note=origin.note,
        origin={"kind": origin.kind, **origin.detail},
        document=row.document,
        rows=packet.data,
        size=len(packet.data),
        sha256=packet.sha256,
        summary=packet.summary,
        created_by=actor.name,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    session.expire(revision, ["rows"])  # nobody needs them twice in memory
    return revision


def redocument(
    session: Session, row: LifeTest, document: LifeTestDocument, *, actor: Actor, now: datetime
) -> None:
    """Say other facts of a test; with rows this is a revision, so that older runs stay as they are.

    Raises
    ------
    BadData
        If a unit would change that rows are stored in.
    """
    told = document.model_dump(mode="json")
    if told == row.document:
        return
    life_tests.refuse_archived(row)
    if row.newest == 0:
        life_tests.change(session, row, {"document": told}, actor=actor, now=now)
        return
    newest = find(session, row)
    data = stored(session, newest)
    _refuse_units(rows_of(data), document)
    life_tests.change(session, row, {"document": told}, actor=actor, now=now)
    same = PackedRows(data, newest.sha256, newest.summary)
    add(session, row, same, LifeOrigin("document"), actor=actor, now=now)


def _refuse_units(kept: LifeRows, document: LifeTestDocument) -> None:
    told = {"time_unit": (kept.unit, document.time_unit)}
    told |= {
        f"stresses/{i}/unit": (kept.stress_units.get(s.name, s.unit), s.unit)
        for i, s in enumerate(document.stresses)
    }
    problems = tuple(
        Problem(f"/document/{place}", f"the rows are in {old}; make a new life test for {new}")
        for place, (old, new) in told.items()
        if old != new
    )
    if problems:
        raise BadData(problems[0].detail, problems)
