"""Marks are append-only, audited, and take effect from their batch on."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ops.db import marks, reasons
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.marks import Remark
from ops.db.models.control import PointMarkRow, Reason
from ops.db.models.data import Batch, Revision
from ops.db.models.people import Audit
from ops.db.models.plant import Characteristic
from ops.db.types import from_micros
from ops.errors import BadData
from ops.values import Actor, Status
from tests.plant import JANUARY, NOW, plant, rows

ADA = Actor("ada", "engineer")
POINT = (from_micros(JANUARY), 0)


@pytest.fixture
def filled(database: Database) -> Database:
    write_chunk(database, rows(5), ingest=plant(database), now=NOW)
    with database.write.begin() as session:
        for kind, code, is_active in (
            ("cause", "GAUGE", True), ("cause", "PILOT", True), ("cause", "OLD", False),
            ("action", "CLEANED", True),
        ):  # fmt: skip
            session.add(Reason(site_id=1, kind=kind, code=code, title=code, is_active=is_active,
                               created_by="ada", created_at=NOW))  # fmt: skip
    return database


def mark(database: Database, keys: list[tuple[datetime, int]], remark: Remark) -> Batch:
    with database.write.begin() as session:
        row = session.get_one(Characteristic, 1)
        return marks.mark(session, ADA, row, keys, remark, NOW)


def test_a_mark_has_a_batch_a_person_and_an_audit(filled: Database) -> None:
    mark(filled, [POINT], Remark("exclude", "PILOT", "CLEANED", "lot 7"))
    with filled.read() as session:
        (row,) = session.scalars(select(PointMarkRow))
        assert (row.kind, row.cause, row.action, row.note, row.person, row.at) == (
            "exclude", "PILOT", "CLEANED", "lot 7", "ada", NOW,
        )  # fmt: skip
        batch = session.get_one(Batch, row.batch_id)
        assert (batch.kind, batch.reason) == ("revision", "exclude: PILOT · CLEANED · lot 7")
        assert session.scalars(select(Revision)).all() == []
        audit = session.scalars(select(Audit).order_by(Audit.id.desc())).first()
        assert audit is not None
        assert audit.action == "mark"
        assert audit.after is not None
        assert audit.after["points"] == [{"ts": JANUARY, "seq": 0}]


@pytest.mark.parametrize(("kind", "status"), [("void", Status.VOID), ("restore", Status.VALID)])
def test_void_and_restore_write_their_revision_in_the_same_batch(
    filled: Database, kind: Any, status: Status
) -> None:
    batch = mark(filled, [POINT], Remark(kind, note="hair on the lens"))
    with filled.read() as session:
        (revision,) = session.scalars(select(Revision))
        (row,) = session.scalars(select(PointMarkRow))
        assert (revision.batch_id, revision.status) == (batch.id, status)
        assert row.batch_id == batch.id


@pytest.mark.parametrize(
    ("remark", "pointer", "said"),
    [
        (Remark("void"), "/note", "needs a reason"),
        (Remark("void", note="  "), "/note", "needs a reason"),
        (Remark("void", "GAUGES"), "/cause", "take one of GAUGE"),
        (Remark("void", "OLD"), "/cause", "is put away"),
        (Remark("void", "XYZ"), "/cause", "take one of GAUGE, PILOT"),
        (Remark("void", "", "GAUGE"), "/action", "take one of CLEANED"),
    ],
)
def test_a_mark_needs_a_reason_that_the_site_knows(
    filled: Database, remark: Remark, pointer: str, said: str
) -> None:
    with pytest.raises(BadData, match=said) as refused:
        mark(filled, [POINT], remark)
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_a_catalogue_without_codes_says_so(filled: Database) -> None:
    with filled.read() as session, pytest.raises(BadData, match="add it to the site's catalogue"):
        reasons.require(session, 2, "cause", "X")


@pytest.mark.parametrize("kind", ["annotate", "void"])
@pytest.mark.parametrize(
    ("keys", "pointer"), [([(POINT[0], 9)], "/items/0"), ([POINT, POINT], "/items/1")]
)
def test_a_point_that_is_not_there_or_named_twice_is_refused(
    filled: Database, kind: Any, keys: list[tuple[datetime, int]], pointer: str
) -> None:
    with pytest.raises(BadData) as refused:
        mark(filled, keys, Remark(kind, note="x"))
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_the_newest_mark_of_a_point_outweighs_the_ones_before(filled: Database) -> None:
    other = (from_micros(JANUARY + 1_000_000), 1)
    for kind, keys in (("exclude", [POINT, other]), ("include", [other]), ("annotate", [POINT])):
        mark(filled, keys, Remark(kind, note=kind))  # type: ignore[arg-type]
    with filled.read() as session:
        said = [
            marks.value_of(r) for r in session.scalars(marks.history([1]).order_by(*marks.SAID))
        ]
    newest = marks.newest_of(said)
    assert {key[1]: m.kind for key, m in newest.items()} == {0: "annotate", 1: "include"}
    assert list(marks.left_out(said)) == [(JANUARY, 0)], "an annotation does not let it in again"


@pytest.mark.parametrize(
    "statement", ["UPDATE point_mark SET note = 'x'", "DELETE FROM point_mark"]
)
def test_a_mark_can_neither_be_changed_nor_deleted(filled: Database, statement: str) -> None:
    mark(filled, [POINT], Remark("annotate", note="look"))
    refused = pytest.raises(DBAPIError, match="a mark of a point is fixed")
    with refused, filled.engine.begin() as connection:
        connection.execute(text(statement))


def test_marks_are_found_by_window(filled: Database) -> None:
    mark(filled, [POINT], Remark("annotate", note="look"))
    with filled.read() as session:
        assert len(session.scalars(marks.history([1], start=POINT[0])).all()) == 1
        assert session.scalars(marks.history([1], end=POINT[0])).all() == []
        assert session.scalars(marks.history([2])).all() == []
        assert session.scalars(marks.history([1], end=datetime(2027, 1, 1, tzinfo=UTC))).all()
