"""Writers that are killed or run side by side leave whole chunks, numbered in commit order."""

import os
import signal
import time
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select

from ops.db.batches import high_batch
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.data import Batch, Measurement
from tests.forked import talking
from tests.plant import DAY, NOW, plant, rows

ROOT = Path(__file__).parents[3]
CHUNK_ROWS = 4_000
WRITER = f"""
import sys
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import open_database
from tests.plant import NOW, rows
database = open_database(sys.argv[1])
for first in range(0, 10**9, {CHUNK_ROWS}):
    chunk = rows({CHUNK_ROWS}, first=first)
    write_chunk(database, chunk, ingest=IngestRef(1, 1, "ada"), now=NOW)
    print(first, flush=True)
"""


def sizes(database: Database) -> tuple[dict[int, int], dict[int, int]]:
    """Rows of each batch: as it says, and as they are."""
    with database.read() as session:
        said = dict(list(session.execute(select(Batch.id, Batch.rows))))
        counted = select(Measurement.batch_id, func.count()).group_by(Measurement.batch_id)
        return said, dict(list(session.execute(counted)))


@pytest.mark.parametrize("wait_ms", [0, 37])
def test_a_killed_writer_leaves_whole_chunks_and_sending_again_completes_them(
    database: Database, wait_ms: int
) -> None:
    ref = plant(database)
    url = database.engine.url.render_as_string(hide_password=False)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with talking([url], env=env, code=WRITER) as (writer, _, told):
        for _ in range(3):
            assert told.readline()
        time.sleep(wait_ms / 1000)
        writer.kill()
        done = [int(line) for line in told]
        assert writer.wait() == -signal.SIGKILL
    said, counted = sizes(database)
    assert said == counted
    assert set(said.values()) == {CHUNK_ROWS}
    known = sum(counted.values())
    everything = rows(max([2 * CHUNK_ROWS, *done]) + 3 * CHUNK_ROWS)
    again = write_chunk(database, everything, ingest=ref, now=NOW)
    assert (again.accepted, again.duplicate) == (everything.num_rows - known, known)


def test_writers_side_by_side_number_their_batches_in_commit_order(database: Database) -> None:
    ref = plant(database)
    state: dict[int, int] = {}
    done = False

    def write(lane: int) -> None:
        for k in range(12):
            part = rows(300, first=300 * k, seq=[lane] * 300)
            write_chunk(database, part, ingest=ref, now=NOW)

    def watch() -> None:  # a state that was seen once must never change afterwards
        while not done:
            with database.read() as session:
                high = high_batch(session)
                state.setdefault(high, _rows_up_to(session, high))

    writers = [Thread(target=write, args=(lane,)) for lane in range(3)]
    watcher = Thread(target=watch)
    for thread in (watcher, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done = True
    watcher.join()
    said, counted = sizes(database)
    assert said == counted
    assert sorted(said.values()) == [300] * 36
    with database.read() as session:
        assert {high: _rows_up_to(session, high) for high in state} == state


def test_writers_of_the_same_rows_store_them_once(database: Database) -> None:
    ref = plant(database)
    outcome: list[tuple[int, int, int]] = []

    def write() -> None:
        found = write_chunk(database, rows(3_000, step=DAY // 8), ingest=ref, now=NOW)
        outcome.append((found.accepted, found.duplicate, found.conflicting))

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == [(0, 3_000, 0)] * 3 + [(3_000, 0, 0)]


def test_a_failed_batch_leaves_nothing(database: Database) -> None:
    ref = plant(database)
    wrong = type(ref)(ingest_id=99, site_id=ref.site_id, person="ada")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        write_chunk(database, rows(10), ingest=wrong, now=NOW)
    assert sizes(database) == ({}, {})
    assert write_chunk(database, rows(10), ingest=ref, now=NOW).accepted == 10


def _rows_up_to(session, high: int) -> int:
    return session.scalar(
        select(func.count()).select_from(Measurement).where(Measurement.batch_id <= high)
    )
