"""What is due is submitted once, by policy, whatever else goes wrong."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text, update

from ops.analyses import registry
from ops.db import schedules
from ops.db.engine import Database
from ops.db.models.people import Audit
from ops.db.models.work import Run, Schedule
from ops.values import Actor, Scope
from ops.work.engine import prepare
from ops.work.schedule import GRACE, fire_due, run_id_of, trigger
from tests.ops.work.firing import HOUR, START, Recorder, add, end_runs, fired_by, row, runs_of
from tests.ops.work.probe import ACTOR, ended, until, worker

pytestmark = pytest.mark.usefixtures("plugins")


def test_a_fire_is_one_run_with_its_own_window(database: Database) -> None:
    late, queue = START + HOUR + timedelta(seconds=40), Recorder()
    schedule_id = add(database)
    assert fire_due(database, queue, now=START + HOUR - timedelta(seconds=1)) == 0
    assert fire_due(database, queue, now=late) == 1
    assert fire_due(database, queue, now=late) == 0
    (run,) = runs_of(database, schedule_id)
    assert run.fire_key == "2026-06-10T13:00+00:00"
    assert run.id == run_id_of(schedule_id, run.fire_key)
    assert (run.window_start, run.window_end) == (START + HOUR - 24 * HOUR, START + HOUR)
    assert (run.submitted_at, run.submitted_by) == (late, f"schedule {schedule_id}")
    assert queue.enqueued == [(run.id, "nightly")]
    after = row(database, schedule_id)
    assert (after.next_at, after.row_version) == (START + 2 * HOUR, 1)


@pytest.mark.parametrize(
    ("catch_up", "hours"), [("skip", []), ("once", [17]), ("all", [13, 14, 15, 16, 17])]
)
def test_missed_fires_follow_the_policy(
    database: Database, catch_up: str, hours: list[int]
) -> None:
    schedule_id = add(database, catch_up=catch_up, max_parallel=9)
    now = START + 5 * HOUR + GRACE + timedelta(seconds=1)
    assert fire_due(database, Recorder(), now=now) == len(hours)
    ends = [run.window_end for run in runs_of(database, schedule_id)]
    assert [end.hour for end in ends if end] == hours
    assert row(database, schedule_id).next_at == START + 6 * HOUR


def test_a_fire_within_the_grace_is_not_missed(sqlite_database: Database) -> None:
    schedule_id = add(sqlite_database, catch_up="skip")
    assert fire_due(sqlite_database, Recorder(), now=START + 3 * HOUR + GRACE) == 1
    (run,) = runs_of(sqlite_database, schedule_id)
    assert run.window_end == START + 3 * HOUR


def test_all_catches_up_one_after_the_other(database: Database) -> None:
    schedule_id, now = add(database, catch_up="all"), START + 3 * HOUR
    fired = []
    for _ in range(5):
        fired.append(fire_due(database, Recorder(), now=now))
        assert fire_due(database, Recorder(), now=now) == 0  # it waits for the one that is live
        end_runs(database)
    assert fired == [1, 1, 1, 0, 0]
    ends = [run.window_end for run in runs_of(database, schedule_id)]
    assert ends == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR]


def test_schedules_that_wait_hold_up_no_other(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedules, "DUE_AT_ONCE", 2)
    for _ in range(3):
        add(sqlite_database)
    for _ in range(2):
        fire_due(sqlite_database, Recorder(), now=START + HOUR)
    other = add(sqlite_database, at=START + HOUR, cron="5 * * * *")
    assert fire_due(sqlite_database, Recorder(), now=START + 3 * HOUR) == 1
    assert len(runs_of(sqlite_database, other)) == 1


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"params": {"seconds": "long"}}, "BadData", "/seconds"),
        ({"params": {"site": "NOWHERE"}}, "BadData", "NOWHERE"),
        ({"analysis": "gone"}, "NotFound", "there is no analysis 'gone'"),
    ],
    ids=["params", "site", "analysis"],
)
def test_what_cannot_run_fails_with_its_reason(
    database: Database, fields: dict[str, Any], kind: str, reason: str
) -> None:
    broken, sound, queue = add(database, **fields), add(database), Recorder()
    assert fire_due(database, queue, now=START + HOUR) == 2
    (run,) = runs_of(database, broken)
    assert run.error is not None
    assert (run.state, run.error["kind"]) == ("failed", kind)
    assert reason in run.message
    assert [run_id for run_id, _ in queue.enqueued] == [r.id for r in runs_of(database, sound)]
    assert row(database, broken).next_at == START + 2 * HOUR  # it goes on, and heals by itself


def test_an_upgrade_that_breaks_fails_its_run_only(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade(params: dict[str, Any], _version: int) -> dict[str, Any]:
        return {"note": params["old name"]}

    moody = replace(registry.find("probe"), name="moody", version=2, upgrade=upgrade)
    monkeypatch.setattr(registry, "ANALYSES", (moody,))
    registry.all_analyses.cache_clear()
    broken = add(database, analysis="moody")
    sound = add(database, analysis="moody", params={"old name": "x"})
    assert fire_due(database, Recorder(), now=START + HOUR) == 2
    assert [r.state for r in runs_of(database, broken)] == ["failed"]
    (run,) = runs_of(database, sound)
    assert (run.state, run.version, run.params["note"]) == ("queued", 2, "x")


def test_a_zone_that_is_gone_stops_its_schedule_only(database: Database) -> None:
    lost, sound = add(database), add(database)
    with database.write.begin() as session:
        session.execute(update(Schedule).where(Schedule.id == lost).values(zone="Mars/Base"))
    assert fire_due(database, Recorder(), now=START + HOUR) == 1
    assert len(runs_of(database, sound)) == 1
    assert row(database, lost).next_at is None


def test_since_success_starts_where_the_last_success_ended(database: Database) -> None:
    window = {"since": "last-success", "at_most": "7d"}
    schedule_id = add(database, params={"window": window})
    for hours, state in ((1, "succeeded"), (2, "failed"), (3, "succeeded")):
        fire_due(database, Recorder(), now=START + hours * HOUR)
        end_runs(database, state)
    spans = [(r.window_start, r.window_end) for r in runs_of(database, schedule_id)]
    assert spans == [
        (START + HOUR - timedelta(days=7), START + HOUR),
        (START + HOUR, START + 2 * HOUR),
        (START + HOUR, START + 3 * HOUR),
    ]


def test_a_pause_misses_nothing_and_an_edit_counts_from_now(database: Database) -> None:
    schedule_id = add(database, catch_up="all", max_parallel=9)
    _edit(database, schedule_id, START, enabled=False)
    assert fire_due(database, Recorder(), now=START + 5 * HOUR) == 0
    _edit(database, schedule_id, START + 5 * HOUR, enabled=True)
    assert fire_due(database, Recorder(), now=START + 5 * HOUR) == 0
    _edit(database, schedule_id, START + 5 * HOUR, cron="30 * * * *")
    assert fire_due(database, Recorder(), now=START + 6 * HOUR) == 1
    (run,) = runs_of(database, schedule_id)
    assert run.window_end == START + 5.5 * HOUR


def test_who_sets_the_parameters_lends_their_sites(sqlite_database: Database) -> None:
    schedule_id = add(sqlite_database)
    narrow = Actor("here", "planner", Scope(frozenset({3})))
    _edit(sqlite_database, schedule_id, START, actor=narrow, name="Renamed")
    assert row(sqlite_database, schedule_id).sites is None
    _edit(sqlite_database, schedule_id, START, actor=narrow, params={"note": "mine"})
    assert row(sqlite_database, schedule_id).sites == [3]


def test_a_trigger_submits_now_and_is_audited(database: Database) -> None:
    schedule_id, queue = add(database), Recorder()
    with database.write.begin() as session:
        schedule = session.get(Schedule, schedule_id)
        assert schedule is not None
        run = trigger(session, queue, schedule, actor=ACTOR, now=START + timedelta(minutes=7))
    assert (run.schedule_id, run.fire_key) == (schedule_id, None)
    assert run.window_end == START + timedelta(minutes=7)
    assert queue.enqueued == [(run.id, "interactive")]
    assert row(database, schedule_id).next_at == START + HOUR
    with database.read() as session:
        told = session.scalars(select(Audit.actor).where(Audit.action == "trigger")).all()
    assert told == [ACTOR.name]


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("America/New_York", ("2026-03-08", "2026-11-01")),
        ("Europe/Berlin", ("2026-03-29", "2026-10-25")),
        ("Asia/Kolkata", ("2026-03-29", "2026-10-25")),
        ("Australia/Lord_Howe", ("2026-04-05", "2026-10-04")),
    ],
)
def test_nights_and_quarters_through_the_clock_changes(
    sqlite_database: Database, zone: str, days: tuple[str, str]
) -> None:
    for day in days:
        start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        night = add(sqlite_database, at=start, cron="15 2 * * *", zone=zone, max_parallel=9)
        quarter = add(sqlite_database, at=start, cron="*/15 * * * *", zone=zone, max_parallel=100)
        for tick in range(1, 6 * 4 + 1):
            fire_due(sqlite_database, Recorder(), now=start + tick * timedelta(minutes=15))
        nights, quarters = (runs_of(sqlite_database, i) for i in (night, quarter))
        assert len(nights) == 1
        assert len(quarters) == 6 * 4


def test_two_processes_fire_each_schedule_once(database: Database, plugins: Path) -> None:
    prepare(database)
    ids = [add(database) for _ in range(100)]
    assert sum(fired_by(database, plugins, START + HOUR, processes=2)) == 100
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(Run)).one() == 100
        named = set(session.scalars(select(Run.schedule_id)))
        prefix = "" if database.url.startswith("sqlite") else "dbos."
        queued = session.scalar(text(f"SELECT count(*) FROM {prefix}workflow_status"))
    assert named == set(ids)
    assert queued == 100


def test_a_worker_fires_computes_and_goes_on(database: Database, plugins: Path) -> None:
    prepare(database)
    schedule_id = add(database, at=datetime.now(UTC) - 3 * HOUR)
    with worker(database, plugins):
        deadline = time.monotonic() + 120
        while not (runs := runs_of(database, schedule_id)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        run = until(database, runs[0].id, ended)
    assert (run.state, run.queue, run.submitted_by) == (
        "succeeded",
        "nightly",
        f"schedule {schedule_id}",
    )
    next_at = row(database, schedule_id).next_at
    assert next_at is not None
    assert next_at > datetime.now(UTC) - timedelta(minutes=2)


def _edit(
    database: Database, schedule_id: int, now: datetime, *, actor: Actor = ACTOR, **changes: Any
) -> None:
    with database.write.begin() as session:
        schedule = session.get(Schedule, schedule_id)
        assert schedule is not None
        schedules.change(session, schedule, changes, actor=actor, now=now)
