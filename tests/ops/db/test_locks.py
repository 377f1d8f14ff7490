"""Locks: advisory ones of PostgreSQL, the write lock of SQLite."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from ops.db import engine
from ops.db.engine import Database

ROOM = Path(__file__).parents[3] / "ops"


def test_every_advisory_lock_has_a_number_of_its_own() -> None:
    found = [
        number
        for path in ROOM.rglob("*.py")
        for number in re.findall(r"7_263_\d+", path.read_text())
    ]
    assert len(found) >= 5
    assert len(found) == len(set(found))


def test_a_writer_waits_for_the_lock_and_gets_it(sqlite_database: Database) -> None:
    held, let_go = Event(), Event()

    def hold() -> None:
        with sqlite_database.write.begin() as session:
            session.connection()
            held.set()
            time.sleep(0.3)
            let_go.set()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        held.wait()
        with sqlite_database.write.begin() as session:
            patience = session.execute(text("PRAGMA busy_timeout")).scalar_one()
            assert let_go.is_set()
        holding.result()
    assert patience == engine.BUSY_TIMEOUT_MS, "only the lock is asked for so often"


def test_a_lock_that_never_comes_is_told(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 60)
    with sqlite_database.write.begin() as session:
        session.connection()
        with pytest.raises(OperationalError, match="locked"), sqlite_database.write() as other:
            other.connection()
