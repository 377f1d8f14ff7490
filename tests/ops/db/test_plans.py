"""What workers ask every second or night reads few rows: no scan of the runs, however many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import pytest
from sqlalchemy import Select, event, select

from ops.db import aged, runs, schedules, sweeps
from ops.db.engine import Database
from ops.db.models.control import Finding
from ops.db.models.plant import Event
from ops.db.models.work import Run
from ops.values import EVERYWHERE
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


@pytest.mark.parametrize(
    "newest_first",
    [
        runs.matching(EVERYWHERE).order_by(Run.submitted_at.desc(), Run.id.desc()).limit(50),
        select(Finding).order_by(Finding.last_ts.desc(), Finding.id.desc()).limit(50),
        select(Event).order_by(Event.ts.desc(), Event.id.desc()).limit(50),
    ],
    ids=["runs", "findings", "events"],
)
def test_what_is_newest_over_all_sites_is_read_in_its_order(
    sqlite_database: Database, newest_first: Select[Any]
) -> None:
    with _statements(sqlite_database) as seen, sqlite_database.read() as session:
        session.execute(newest_first).all()
    lines = [
        line for s, p in seen if s.startswith("SELECT") for line in _plan(sqlite_database, s, p)
    ]
    assert any("USING INDEX" in line for line in lines)
    assert "USE TEMP B-TREE FOR ORDER BY" not in lines  # of ties alone is another line
