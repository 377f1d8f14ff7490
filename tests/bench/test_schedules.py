"""What schedules cost: 2,000 that wait, with a long history of runs, and 300 due at once."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from ops.db.engine import Database
from ops.db.models.work import Run, Schedule
from ops.work.engine import open_queue, prepare
from ops.work.schedule import fire_due

pytestmark = pytest.mark.benchmark
NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHARE = 0.05  # of a core, at one tick a second


def _add(database: Database, schedules: int, runs_each: int) -> None:
    plain = {"version": 1, "params": {}, "cron": "0 * * * *", "zone": "Europe/Berlin"}
    stamps = {"created_by": "b", "created_at": NOW, "updated_at": NOW, "row_version": 1}
    rows = [
        {"id": i, "name": f"s{i}", "analysis": "capability", "next_at": NOW + HOUR}
        | {"enabled": True, "catch_up": "once", "max_parallel": 1, "last_at": NOW}
        | plain
        | stamps
        for i in range(1, schedules + 1)
    ]
    old = [
        {"id": f"{i}-{k}", "schedule_id": i, "fire_key": str(k), "analysis": "capability"}
        | {"version": 1, "params": {}, "as_of": NOW, "max_batch": 0, "state": "succeeded"}
        | {"submitted_by": "b", "submitted_at": NOW - k * HOUR, "window_end": NOW - k * HOUR}
        | {"page": {"filler": "x" * 2000}}
        for i in range(1, schedules + 1)
        for k in range(runs_each)
    ]
    with database.write.begin() as session:
        session.execute(insert(Schedule), rows)
        for part in range(0, len(old), 5000):
            session.execute(insert(Run), old[part : part + 5000])


def _tick_cost(database: Database, ticks: int) -> float:
    """CPU seconds of one tick at which nothing is due."""
    queue = open_queue(database)
    fire_due(database, queue, now=NOW)
    begin = time.process_time()
    for _ in range(ticks):
        assert fire_due(database, queue, now=NOW) == 0
    spent = (time.process_time() - begin) / ticks
    queue.close()
    return spent


def test_2000_waiting_schedules_cost_less_than_a_twentieth_of_a_core(database: Database) -> None:
    prepare(database)
    _add(database, 2000, 10)
    many = _tick_cost(database, 200)
    with database.write.begin() as session:
        session.execute(update(Schedule).where(Schedule.id > 20).values(enabled=False))
    few = _tick_cost(database, 200)
    kind = database.engine.dialect.name
    print(f"\n{kind}: idle, 2,000 schedules {many:.2%} of a core, 20 schedules {few:.2%}")
    assert many < SHARE
    assert many < 3 * few


def test_300_due_at_once_are_submitted(database: Database) -> None:
    prepare(database)
    _add(database, 300, 100)
    queue = open_queue(database)
    begin, cpu, fired = time.perf_counter(), time.process_time(), 0
    while some := fire_due(database, queue, now=NOW + HOUR):
        fired += some
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    queue.close()
    kind = database.engine.dialect.name
    print(f"\n{kind}: {fired / wall:.0f} fires a second, {1000 * cpu / fired:.1f} ms CPU each")
    assert fired == 300
    with database.read() as session:
        live = select(func.count()).select_from(Run).where(Run.state == "queued")
        assert session.scalars(live).one() == 300
