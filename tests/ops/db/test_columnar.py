"""Chunks are stored whole, once, in the order of their batches, and nothing is lost silently."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from sqlalchemy import func, select

from ops.db.batches import high_batch
from ops.db.columnar import SQLITE_ROWS, ChunkCounts, write_chunk
from ops.db.engine import Database
from ops.db.models.data import Batch, Measurement
from tests.plant import DAY, JANUARY, NOW, plant, rows

Write = Callable[[pa.Table], ChunkCounts]


@pytest.fixture
def write(database: Database) -> Write:
    ref = plant(database)
    return lambda chunk: write_chunk(database, chunk, ingest=ref, now=NOW)


def counts(found: ChunkCounts) -> tuple[int, int, int]:
    return found.accepted, found.duplicate, found.conflicting


def stored(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Measurement)) or 0


def test_a_fresh_chunk_is_stored_with_its_batch(database: Database, write: Write) -> None:
    found = write(rows(100))
    assert counts(found) == (100, 0, 0)
    with database.read() as session:
        batch = session.get_one(Batch, found.batch_id)
        assert (batch.rows, batch.kind, batch.person) == (100, "rows", "ada")
        assert high_batch(session) == found.batch_id
        kept = session.scalars(select(Measurement).order_by(Measurement.ts)).all()
    assert [m.unit_id for m in kept] == [f"U{k}" for k in range(100)]
    assert kept[1].subgroup == "0"
    assert kept[1].value == 40 + np.sin(1)


def test_sending_again_changes_nothing(database: Database, write: Write) -> None:
    first = write(rows(50))
    again = write(rows(50))
    assert counts(again) == (0, 50, 0)
    assert again.batch_id is None
    with database.read() as session:
        assert high_batch(session) == first.batch_id


def test_an_overlap_stores_only_what_is_new(database: Database, write: Write) -> None:
    write(rows(50))
    assert counts(write(rows(50, first=30))) == (30, 20, 0)
    assert stored(database) == 80


def test_a_known_key_behind_a_new_one_is_found(database: Database, write: Write) -> None:
    write(rows(50, first=30))
    values = 40 + np.sin(np.arange(50))
    values[40] = 7.0
    found = write(rows(50, value=values))
    assert counts(found) == (30, 19, 1)
    assert found.conflicts.column("row").to_pylist() == [41]
    assert stored(database) == 80


def test_what_is_sent_again_may_have_got_neighbours(database: Database, write: Write) -> None:
    write(rows(50))
    write(rows(50, seq=[9] * 50))
    assert counts(write(rows(50))) == (0, 50, 0)
    assert stored(database) == 100


@pytest.mark.parametrize(
    ("column", "sent", "kept"),
    [
        ("value", 7.0, 40.0),
        ("subgroup", "x", None),
        ("unit_id", None, "U0"),
        ("position", "9", None),
        ("n", 5.0, 1.0),
        ("status", 3, 0),
        ("context_id", 2, 1),
    ],
)
def test_other_content_under_a_known_key_is_a_conflict(
    write: Write, column: str, sent: object, kept: object
) -> None:
    write(rows(1))
    found = write(rows(1, **{column: [sent]}))
    assert counts(found) == (0, 0, 1)
    conflict = found.conflicts.to_pylist()[0]
    assert conflict["row"] == 1
    assert conflict["stored"] == f"{column}={kept}"
    assert conflict["sent"] == f"{column}={sent}"


def test_rows_of_one_chunk_may_repeat_a_key_and_the_first_counts(
    database: Database, write: Write
) -> None:
    found = write(
        rows(
            4,
            ts=[JANUARY] * 4,
            seq=[0] * 4,
            value=[1.0, 1.0, 2.0, 1.0],
            subgroup=[None] * 4,
            unit_id=["U"] * 4,
        )
    )
    assert counts(found) == (1, 2, 1)
    assert found.conflicts.column("row").to_pylist() == [3]
    assert stored(database) == 1


def test_a_chunk_may_be_empty(write: Write) -> None:
    found = write(rows(0))
    assert counts(found) == (0, 0, 0)
    assert found.batch_id is None


def test_a_chunk_may_come_in_any_order(database: Database, write: Write) -> None:
    shuffled = rows(200).take(np.random.default_rng(1).permutation(200))
    assert counts(write(shuffled)) == (200, 0, 0)
    assert counts(write(rows(200))) == (0, 200, 0)


def test_a_chunk_may_span_months_and_years(database: Database, write: Write) -> None:
    assert counts(write(rows(60, step=20 * DAY))) == (60, 0, 0)
    assert counts(write(rows(60, first=-30, step=20 * DAY))) == (30, 30, 0)


def test_sqlite_commits_a_large_chunk_in_pieces(database: Database, write: Write) -> None:
    found = write(rows(SQLITE_ROWS + 10))
    with database.read() as session:
        sizes = session.scalars(select(Batch.rows).order_by(Batch.id)).all()
    split = database.engine.dialect.name == "sqlite"
    assert list(sizes) == ([SQLITE_ROWS, 10] if split else [SQLITE_ROWS + 10])
    assert found.batch_id == len(sizes)


def test_a_refused_chunk_leaves_nothing(database: Database, write: Write) -> None:
    with pytest.raises(pa.ArrowInvalid):
        write(rows(3).set_column(4, "value", pa.array(["a", "b", "c"])))
    assert stored(database) == 0
