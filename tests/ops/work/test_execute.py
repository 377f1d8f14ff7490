"""A run carried to its end in this process, with real children: whatever happens, it has an end."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from ops.db import artifacts, runs
from ops.db.engine import Database
from ops.settings import Settings
from ops.work.run import RESULT_BYTES, Bench, execute
from ops.work.slots import Slots
from tests.ops.work.probe import ask, child_of, run_of, until


@pytest.fixture
def bench(database: Database, tmp_path: Path, plugins: Path) -> Bench:
    """What a worker computes with."""
    settings = Settings(data_dir=tmp_path, database_url=database.url)
    return Bench(database, settings, "here", Slots(1))


def _ended(bench: Bench, **params: object) -> runs.Run:
    run_id = ask(bench.database, **params)
    execute(bench, run_id)
    return run_of(bench.database, run_id)


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"note": "needs raises"}, "unforeseen KeyError"),
        ({"note": "raise ZeroDivisionError"}, "unforeseen ZeroDivisionError: so it is"),
        ({"note": "raise SystemExit"}, "ended without a result, exit code 1"),
        ({"kill": 9}, "killed by signal SIGKILL"),
        ({"kill": 6}, "killed by signal SIGABRT"),
    ],
    ids=["declaration", "exception", "exit", "SIGKILL", "SIGABRT"],
)
def test_whatever_goes_wrong_is_the_reason_of_a_failed_run(
    bench: Bench, params: dict[str, object], reason: str
) -> None:
    run = _ended(bench, **params)
    assert (run.state, run.attempt) == ("failed", 1)
    assert run.error is not None
    assert reason in run.error["message"]
    assert run.finished_at is not None


def test_the_traceback_is_in_the_log_of_the_run(bench: Bench) -> None:
    run = _ended(bench, note="raise ZeroDivisionError")
    assert "Traceback" in run.log_tail
    assert "longrun_probe.py" in run.log_tail


def test_zero_bytes_in_what_a_child_prints_cost_nothing(bench: Bench) -> None:
    run = _ended(bench, note="a|b")
    assert run.state == "succeeded", run.error
    assert "probe a�b" in run.log_tail


def test_ctrl_c_is_not_for_the_child(bench: Bench) -> None:
    assert _ended(bench, kill=2).state == "succeeded"


def test_a_large_result_is_an_artifact_and_is_reused_whole(bench: Bench) -> None:
    first = _ended(bench, note="same", filler=2 * RESULT_BYTES)
    run_id = ask(bench.database, fresh=False, note="same", filler=2 * RESULT_BYTES)
    execute(bench, run_id)
    second = run_of(bench.database, run_id)
    assert second.reused_from == first.id
    assert first.result is None
    with bench.database.read() as session:
        one, two = (artifacts.read(session, i, artifacts.RESULT) for i in (first.id, second.id))
    assert one == two
    assert len(one.data) > 2 * RESULT_BYTES


def test_the_newest_of_two_quick_reports_is_shown(sqlite_database: Database, tmp_path, plugins):
    settings = Settings(data_dir=tmp_path, database_url=sqlite_database.url)
    bench = Bench(sqlite_database, settings, "here", Slots(1))
    end = tmp_path / "end"
    run_id = ask(sqlite_database, note="two reports", awaits=str(end))
    thread = threading.Thread(target=execute, args=(bench, run_id))
    thread.start()
    until(sqlite_database, run_id, lambda run: run.message == "second")
    end.touch()
    thread.join()


def test_a_run_survives_connections_that_break(bench: Bench, tmp_path: Path) -> None:
    if bench.database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no connections to break")
    end = tmp_path / "end"
    run_id = ask(bench.database, awaits=str(end))
    thread = threading.Thread(target=execute, args=(bench, run_id))
    thread.start()
    until(bench.database, run_id, lambda run: child_of(run) > 0)
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with bench.database.read() as session:
        session.execute(text(f"{kill} AND datname = current_database()"))
    end.touch()
    thread.join()
    run = run_of(bench.database, run_id)
    assert (run.state, run.attempt) == ("succeeded", 1)


def test_who_was_taken_over_writes_nothing(bench: Bench) -> None:
    run_id = ask(bench.database)
    now = datetime.now(UTC)
    claims = []
    for worker in ("first", "second"):
        with bench.database.write.begin() as session:
            run = runs.claim(session, run_id, worker_id=worker, now=now)
            assert run is not None
            claims.append(runs.Claim(run.id, run.attempt))
    old, new = claims
    with bench.database.write.begin() as session:
        assert not runs.holds(session, old)
        assert not runs.report(session, old, 0.5, "old")
        assert not runs.succeed(session, old, {"result": {"of": "old"}}, now=now)
        assert not runs.fail(session, old, ("ComputeFailed", "old"), now=now)
        assert runs.succeed(session, new, {"result": {"of": "new"}}, now=now)
    with bench.database.write.begin() as session:
        assert not runs.fail(session, new, ("ComputeFailed", "late"), now=now)
    run = run_of(bench.database, run_id)
    assert (run.state, run.result, run.worker_id) == ("succeeded", {"of": "new"}, "second")


def test_a_run_out_of_starts_fails_with_the_reason(bench: Bench) -> None:
    run_id = ask(bench.database)
    for _ in range(bench.settings.max_attempts):
        with bench.database.write.begin() as session:
            runs.claim(session, run_id, worker_id="dead", now=datetime.now(UTC))
    execute(bench, run_id)
    run = run_of(bench.database, run_id)
    assert run.state == "failed"
    assert run.error is not None
    assert "given up after 3 starts" in run.error["message"]
