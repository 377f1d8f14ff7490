"""An ingest that is killed, and one that is long: real processes, real files."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from ops.db.engine import Database
from ops.db.models.data import Batch, Ingest, Measurement
from ops.db.models.plant import Characteristic, Site
from tests.forked import longrun, talking
from tests.plant import NOW

ROOT = Path(__file__).parents[3]
HEADER = b"time,characteristic,value,unit_id,position,tool,lot\n"
LINE = b"2025-06-%02dT%02d:%02d:%02dZ,LOOP,%d.%03d,U%d,W%d,WB-%d,L%d\n"

# Takes in as many bytes as it is told to, made on the way, and says what memory that took.
TAKER = """
import io, os, resource, sys
from datetime import UTC, datetime
from ops.db.engine import open_database
from ops.settings import Settings
from ops.values import Actor
from ops.work.ingest import IngestRequest, ingest
from tests.ops.work.test_ingest_faults import HEADER, line

class Made(io.RawIOBase):
    def __init__(self, size):
        self.left, self.at, self.held = size, 0, HEADER
    def readable(self):
        return True
    def read(self, size=-1):
        while len(self.held) < size and self.left > 0:
            more = b"".join(map(line, range(self.at, self.at + 2000)))
            self.at, self.left, self.held = self.at + 2000, self.left - len(more), self.held + more
        found, self.held = self.held[:size], self.held[size:]
        return found

database = open_database(os.environ["LONGRUN_DATABASE_URL"])
request = IngestRequest(1, "csv", Actor("ada", "engineer"))
stream = Made(int(sys.argv[1]))
report = ingest(database, stream, request, settings=Settings(), now=datetime.now(UTC))
assert (report.counts.accepted, report.error) == (stream.at, None), report
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, stream.at)
"""


def line(i: int) -> bytes:
    """Line i of a file of wire heights: a device of 20 wires each second, a lot an hour."""
    device, wire = divmod(i, 20)
    second = device % 86_400
    clock = (second // 3600, second // 60 % 60, second % 60)
    value = (150 + i % 7, i * 7919 % 1000)
    lot = device // 3600 % 500
    return LINE % (1 + device // 86_400 % 28, *clock, *value, device, wire, device % 24, lot)


@pytest.fixture
def plant(database: Database) -> Database:
    return _planted(database)


def _planted(database: Database) -> Database:
    with database.write.begin() as session:
        session.add(Site(id=1, code="PEN1", title="Penang", created_at=NOW))
        session.flush()
        session.add(Characteristic(site_id=1, code="LOOP", title="Loop", unit="um", created_at=NOW))
    return database


def _environment(database: Database) -> dict[str, str]:
    url = database.engine.url.render_as_string(hide_password=False)
    return dict(os.environ) | {"PYTHONPATH": str(ROOT), "LONGRUN_DATABASE_URL": url}


def _stored(database: Database) -> tuple[int, int, int]:
    """Rows, batches, and rows as the batches say."""
    with database.read() as session:
        rows = session.scalar(select(func.count()).select_from(Measurement))
        batches = session.scalar(select(func.count()).select_from(Batch))
        said = session.scalar(select(func.coalesce(func.sum(Batch.rows), 0)))
        return rows or 0, batches or 0, said or 0


def _wait_for_batches(database: Database, most: int) -> None:
    until = time.monotonic() + 120
    while _stored(database)[1] < most:
        assert time.monotonic() < until, "the ingest stores nothing"
        time.sleep(0.01)


def test_an_ingest_killed_midway_is_completed_by_sending_the_file_again(
    plant: Database, tmp_path: Path
) -> None:
    total = 180_000
    file = tmp_path / "heights.csv"
    text = (HEADER + b"".join(map(line, range(total)))).decode()
    file.write_text(text)
    piped = ["ingest", "-", "--format", "csv", "--site", "PEN1"]
    with talking(piped, env=_environment(plant)) as (victim, sends, _):
        sends.write(text[: text.rindex("\n", 0, -1)])  # the end never comes
        sends.flush()
        _wait_for_batches(plant, 1)
        victim.kill()
        assert victim.wait() == -signal.SIGKILL
    known, _, said = _stored(plant)
    assert 0 < known == said < total, "whole chunks, and not all of them"

    again = longrun("ingest", str(file), "--site", "PEN1", env=_environment(plant))
    assert again.returncode == 0, again.stderr
    assert _stored(plant)[0] == _stored(plant)[2] == total
    with plant.read() as session:
        last = session.scalars(select(Ingest).order_by(Ingest.id.desc()).limit(1)).one()
    assert (last.accepted, last.duplicate, last.rejected) == (total - known, known, 0)
    assert re.search(rf"{total - known:,}|{total - known}", again.stdout)


def _memory_mib(database: Database, size: int) -> int:
    taker = subprocess.run(
        [sys.executable, "-c", TAKER, str(size)],
        env=_environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=3000,
    )
    assert taker.returncode == 0, taker.stdout
    return int(taker.stdout.split()[-2])


def test_memory_does_not_grow_with_the_file(sqlite_database: Database) -> None:
    small = _memory_mib(_planted(sqlite_database), 3_000_000)  # two chunks and more
    with sqlite_database.write.begin() as session:
        session.execute(delete(Measurement))
    large = _memory_mib(sqlite_database, 15_000_000)
    assert large - small < 16, "MiB for five times the file"


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_gigabytes_are_taken_in_with_the_memory_of_a_few_megabytes(plant: Database) -> None:
    small = _memory_mib(plant, 16_000_000)
    with plant.write.begin() as session:
        session.execute(delete(Measurement))
    large = _memory_mib(plant, 2_000_000_000)
    print(f"\n{plant.engine.dialect.name}: 16 MB {small} MiB, 2 GB {large} MiB")  # noqa: T201  (the figure is what it is run for)
    assert large - small < 64
