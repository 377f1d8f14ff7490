"""One process speaks to SQLite through one library, whatever is loaded beside it."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from ops.db.engine import Database

ROOT = Path(__file__).parents[3]


def test_no_second_sqlite_library_is_loaded() -> None:
    code = (
        "import sys, api.app, ops.db.load, ops.work.worker, ops.work.ingest;"
        "import adbc_driver_postgresql.dbapi;"
        "print([m for m in sys.modules if m.startswith('adbc_driver_sqlite')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert done.stdout.strip() == "[]"


def test_the_two_doors_exclude_each_other(sqlite_database: Database) -> None:
    """A write session and a columnar transaction never hold the write lock at once."""
    database, inside, most = sqlite_database, [0], [0]
    guard = threading.Lock()

    def enter(step: int) -> None:
        with guard:
            inside[0] += step
            most[0] = max(most[0], inside[0])

    def sessions() -> None:
        for _ in range(60):
            with database.write.begin() as session:
                session.execute(text("UPDATE site SET title = title"))
                enter(1)
                enter(-1)

    def columnar() -> None:
        for number in range(60):
            with database.columnar.cursor() as cur, cur.transaction():
                enter(1)
                now = int(datetime.now(UTC).timestamp() * 1e6)
                cur.run(
                    "INSERT INTO site (code, title, zone, created_at, row_version)"
                    f" VALUES ('S{number}', 't', 'UTC', {now}, 1)"
                )
                enter(-1)

    threads = [threading.Thread(target=work) for work in (sessions, columnar)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM site")) == 60
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert most[0] == 1
