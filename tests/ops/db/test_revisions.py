"""Revisions are new facts with person and reason; nothing measured is ever changed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import revisions
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.data import Batch, Measurement, Revision
from ops.db.models.people import Audit
from ops.db.models.plant import Characteristic
from ops.db.revisions import RevisionItem
from ops.db.types import from_micros
from ops.errors import BadData
from ops.values import Actor
from tests.plant import JANUARY, NOW, plant, rows

ADA = Actor("ada", "engineer")
FIRST = from_micros(JANUARY)


@pytest.fixture
def filled(database: Database) -> Database:
    write_chunk(database, rows(5), ingest=plant(database), now=NOW)
    return database


def revise(session: Session, *items: RevisionItem, reason: str = "gauge") -> Batch:
    row = session.get_one(Characteristic, 1)
    return revisions.revise(session, ADA, row, items, reason, NOW)


def test_a_revision_is_a_batch_of_its_own_and_is_audited(filled: Database) -> None:
    with filled.write.begin() as session:
        revise(session, RevisionItem(FIRST, 0, "correct", 41.0))
    with filled.write.begin() as session:
        batch = revise(session, RevisionItem(FIRST, 0, "void"))
    with filled.read() as session:
        stored = session.get_one(Batch, batch.id)
        assert (stored.kind, stored.person, stored.reason, stored.id) == (
            "revision", "ada", "gauge", 3,
        )  # fmt: skip
        assert session.scalars(select(Measurement.value)).first() == 40.0
        audit = session.scalars(select(Audit).order_by(Audit.id.desc())).first()
        assert audit is not None
        point = {"ts": JANUARY, "seq": 0}
        assert audit.before == {"points": [point | {"value": 41.0, "status": "corrected"}]}
        assert audit.after == {
            "points": [point | {"value": 40.0, "status": "void"}],
            "reason": "gauge",
            "batch_id": 3,
        }
        history = session.scalars(revisions.history(1).order_by(Revision.id)).all()
        assert [r.value for r in history] == [41.0, None]
        assert revisions.batches_of(session, history).keys() == {2, 3}
        assert session.scalars(revisions.history(1, end=FIRST)).all() == []


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        ([RevisionItem(FIRST, 99, "void")], "/items/0"),
        ([RevisionItem(FIRST, 0, "void"), RevisionItem(FIRST, 0, "restore")], "/items/1"),
    ],
)
def test_what_cannot_be_revised_is_named(
    filled: Database, items: list[RevisionItem], pointer: str
) -> None:
    with filled.write() as session, pytest.raises(BadData) as refused:
        revise(session, *items)
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_a_revision_needs_a_reason(filled: Database) -> None:
    with filled.write() as session, pytest.raises(BadData, match="reason"):
        revise(session, RevisionItem(FIRST, 0, "void"), reason="  ")


@pytest.mark.parametrize(("action", "value"), [("void", 1.0), ("correct", None)])
def test_a_value_is_given_to_correct_only(action: str, value: float | None) -> None:
    with pytest.raises(ValueError, match="a value is given to correct"):
        RevisionItem(FIRST, 0, action, value)  # type: ignore[arg-type]
