"""Points come page by page, or as one stream, with their values and statuses in force."""

import pyarrow as pa
import pytest

from ops.db import revisions
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.measurements import Position, last_position, page, source_of, stream
from ops.db.models.plant import Characteristic
from ops.db.revisions import RevisionItem
from ops.db.types import from_micros
from ops.query import MeasurementQuery
from ops.values import Actor
from tests.plant import DAY, JANUARY, NOW, plant, rows

EVERYTHING = MeasurementQuery()


def fill(database: Database) -> None:
    ref = plant(database)
    half = rows(30, step=3 * DAY)
    other = rows(30, characteristic_id=[2] * 30, context_id=[2] * 30)
    for chunk in (half, other):
        write_chunk(database, chunk, ingest=ref, now=NOW)
    with database.write.begin() as session:
        row = session.get_one(Characteristic, 1)
        items = [
            RevisionItem(from_micros(JANUARY), 0, "void"),
            RevisionItem(from_micros(JANUARY + 3 * DAY), 1, "correct", 7.5),
        ]
        revisions.revise(session, Actor("ada", "engineer"), row, items, "gauge", NOW)


@pytest.mark.parametrize("size", [1, 7, 30, 100])
def test_pages_hold_every_row_once_in_order(database: Database, size: int) -> None:
    fill(database)
    source = source_of(database, EVERYTHING)
    keys: list[tuple[int, int, int]] = []
    after: Position | None = None
    while tables := page(database, source, after=after, limit=size):
        for (characteristic, _), table in tables:
            columns = (table.column(c).to_pylist() for c in ("ts", "seq"))
            keys += [(characteristic.id, ts, seq) for ts, seq in zip(*columns, strict=True)]
        after = last_position(tables)
    assert keys == sorted(set(keys))
    assert len(keys) == 60


def test_a_page_shows_values_and_statuses_in_force(database: Database) -> None:
    fill(database)
    (_, table), *_ = page(database, source_of(database, EVERYTHING), after=None, limit=3)
    assert table.column("status").to_pylist() == [1, 2, 0]
    assert table.column("value").to_pylist()[:2] == [40.0, 7.5]


def test_a_source_does_not_see_what_comes_later(database: Database) -> None:
    ref = plant(database)
    write_chunk(database, rows(5), ingest=ref, now=NOW)
    source = source_of(database, EVERYTHING)
    write_chunk(database, rows(5, first=5), ingest=ref, now=NOW)
    assert sum(t.num_rows for _, t in page(database, source, after=None, limit=100)) == 5


@pytest.mark.parametrize("size", [7, 1000])
def test_a_stream_is_one_table_with_encoded_factors(database: Database, size: int) -> None:
    fill(database)
    schema, batches = stream(database, source_of(database, EVERYTHING), rows=size)
    table = pa.Table.from_batches(list(batches), schema)
    assert table.num_rows == 60
    assert table.column("characteristic").to_pylist() == ["LOOP"] * 30 + ["SHEAR"] * 30
    assert table.column("tool").to_pylist() == ["A"] * 30 + ["B"] * 30
    assert table.column("lot").to_pylist() == ["1"] * 30 + [None] * 30
    assert table.column("status").to_pylist()[:3] == ["void", "corrected", "valid"]
    assert table.schema.field("ts").type == pa.timestamp("us", tz="UTC")
    assert pa.types.is_dictionary(table.schema.field("tool").type)


def test_an_empty_stream_has_its_schema(database: Database) -> None:
    plant(database)
    schema, batches = stream(database, source_of(database, EVERYTHING))
    assert list(batches) == []
    assert schema.names[:4] == ["site", "characteristic", "ts", "seq"]
