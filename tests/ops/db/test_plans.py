"""What workers ask every second or night reads few rows: no scan of the runs, however many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import pytest
from sqlalchemy import event

from ops.db import aged, schedules, sweeps
from ops.db.engine import Database
from tests.plant import NOW


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def keep(_c: Any, _k: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", keep)
    yield seen
    event.remove(database.engine, "before_cursor_execute", keep)


def _plan(database: Database, statement: str, parameters: Any) -> list[str]:
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in rows]


def _scans(database: Database, seen: list[tuple[str, Any]]) -> list[str]:
    asked = [(s, p) for s, p in seen if s.lstrip().startswith(("SELECT", "DELETE"))]
    assert asked
    return [line for s, p in asked for line in _plan(database, s, p) if line.startswith("SCAN")]


def test_the_tick_of_the_schedules_scans_nothing(sqlite_database: Database) -> None:
    with _statements(sqlite_database) as seen, sqlite_database.read() as session:
        schedules.due(session, NOW)
        schedules.live_runs(session, 1)
        schedules.last_success(session, 1)
        sweeps.asked(session, NOW)
    assert _scans(sqlite_database, seen) == []


@pytest.mark.parametrize(
    "kind", [k for k in get_args(aged.Kind) if k not in ("workers", "rejections")]
)
def test_the_clean_up_scans_nothing_large(sqlite_database: Database, kind: aged.Kind) -> None:
    with _statements(sqlite_database) as seen, sqlite_database.write.begin() as session:
        aged.count(session, kind, NOW)
        aged.delete_some(session, kind, NOW, at_most=10)
    assert _scans(sqlite_database, seen) == []
