"""Writing chunks, against SQLAlchemy Core's INSERT ... ON CONFLICT with the same key."""

from statistics import median
from time import perf_counter

import pyarrow as pa
import pytest
from sqlalchemy import column, func, select, table
from sqlalchemy.dialects import postgresql, sqlite

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.data import Measurement
from tests.plant import NOW, plant, rows

CHUNK_ROWS, CHUNKS = 20_000, 5
RIVAL = table("measurement", *(column(c.name) for c in Measurement.__table__.columns))
BAR = {"sqlite": 3.0, "postgresql": 4.0}


def chunks(characteristic: int) -> list[pa.Table]:
    return [
        rows(
            CHUNK_ROWS,
            first=k * CHUNK_ROWS,
            step=50_000,
            characteristic_id=[characteristic] * CHUNK_ROWS,
            position=[f"W{i % 20:02}" for i in range(CHUNK_ROWS)],
        )
        for k in range(CHUNKS)
    ]


def rival_write(database: Database, chunk: pa.Table) -> float:
    plain = [row | {"batch_id": 1} for row in chunk.drop_columns("row").to_pylist()]
    insert = sqlite.insert if database.engine.dialect.name == "sqlite" else postgresql.insert
    start = perf_counter()
    with database.engine.begin() as connection:
        connection.execute(insert(RIVAL).on_conflict_do_nothing(), plain)
    return perf_counter() - start


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_writing_is_a_multiple_of_core(database: Database) -> None:
    """100,000 wire heights with unit, position and subgroup in chunks of 20,000."""
    ref = plant(database)
    write_chunk(database, rows(10, first=-100), ingest=ref, now=NOW)  # connections, partitions
    write_chunk(database, rows(10, first=-(10**6)), ingest=ref, now=NOW)
    ours: dict[str, list[float]] = {"fresh": [], "again": []}
    theirs: dict[str, list[float]] = {"fresh": [], "again": []}
    for kind in ("fresh", "again"):
        for mine, other in zip(chunks(1), chunks(2), strict=True):
            start = perf_counter()
            found = write_chunk(database, mine, ingest=ref, now=NOW)
            ours[kind].append(perf_counter() - start)
            assert (found.accepted if kind == "fresh" else found.duplicate) == CHUNK_ROWS
            theirs[kind].append(rival_write(database, other))
    assert stored(database) == {1: CHUNKS * CHUNK_ROWS + 20, 2: CHUNKS * CHUNK_ROWS}
    name = database.engine.dialect.name
    ratios = {kind: median(theirs[kind]) / median(ours[kind]) for kind in ours}
    for kind, ratio in ratios.items():
        mine_ms = [1e3 * s for s in ours[kind]]
        print(
            f"\n{name} {kind}: {CHUNK_ROWS / median(mine_ms):.0f} krows/s"
            f" ({min(mine_ms):.0f}-{max(mine_ms):.0f} ms),"
            f" Core {CHUNK_ROWS / median(theirs[kind]) / 1e3:.0f} krows/s, ratio {ratio:.1f}"
        )
    assert ratios["fresh"] >= BAR[name]
    assert ratios["again"] >= 2


def stored(database: Database) -> dict[int, int]:
    key = Measurement.characteristic_id
    with database.read() as session:
        return dict(list(session.execute(select(key, func.count()).group_by(key))))
