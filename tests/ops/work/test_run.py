"""Runs through real workers and children: ends, limits, cancel, repeat."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ops.db import runs
from ops.db.engine import Database, open_database
from ops.db.models.work import Run
from ops.errors import BadData, Conflict, NotFound
from ops.values import EVERYWHERE, Scope
from ops.work.engine import open_queue, prepare
from ops.work.submit import retry
from tests.conftest import migrated, postgres_databases
from tests.ops.work.probe import (
    ACTOR,
    ask,
    child_of,
    ended,
    install_probe,
    run_of,
    until,
    until_gone,
    worker,
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def working(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database of each kind with a worker: its start takes seconds, and runs do not meet."""
    folder = tmp_path_factory.mktemp("working")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = migrated(f"sqlite:///{folder / 'longrun.db'}")
        else:
            server, template = map(
                request.getfixturevalue, ("postgres_server", "postgres_template")
            )
            url = stack.enter_context(postgres_databases(server))(template)
        database = open_database(url)
        stack.callback(database.engine.dispose)
        prepare(database)
        stack.enter_context(worker(database, install_probe(folder / "plugins")))
        yield database


def test_a_run_goes_from_submit_to_its_page(working: Database, plugins: Path) -> None:
    run = until(working, ask(working, note="hello"), ended)
    assert (run.state, run.attempt, run.progress) == ("succeeded", 1, 1.0)
    assert run.page is not None
    assert run.page["title"] == "Probe"
    assert run.result is not None
    assert run.result["pid"] > 0
    assert "probe hello" in run.log_tail
    assert run.timings["compute_s"] >= 0


def test_limits_end_the_child_and_the_worker_lives(
    sqlite_database: Database, plugins: Path
) -> None:
    database = sqlite_database
    with worker(database, plugins, LONGRUN_MEMORY_LIMIT_MB="200") as process:
        greedy = ask(database, megabytes=900)
        shot = ask(database, kill=int(signal.SIGSEGV))
        told = _failure(database, greedy)
        assert "out of memory" in told
        assert "LONGRUN_MEMORY_LIMIT_MB" in told
        assert "SIGSEGV" in _failure(database, shot)
        assert process.poll() is None
        assert until(database, ask(database), ended).state == "succeeded"
    with worker(database, plugins, LONGRUN_TIME_LIMIT_S="1") as process:
        assert "out of time" in _failure(database, ask(database, seconds=600))
        assert process.poll() is None


def _failure(database: Database, run_id: str) -> str:
    """Why a run has failed."""
    run = until(database, run_id, ended)
    assert run.state == "failed"
    assert run.error is not None
    return str(run.error["message"])


def test_cancel_ends_the_child(working: Database, plugins: Path) -> None:
    database = working
    run_id = ask(database, seconds=600)
    child = child_of(until(database, run_id, lambda run: child_of(run) > 0))
    with database.write.begin() as session:
        runs.cancel(session, run_id, scope=EVERYWHERE, now=datetime.now(UTC))
    until_gone(child)
    assert until(database, ask(database), ended).state == "succeeded"
    assert run_of(database, run_id).state == "cancelled"
    with database.write.begin() as session, pytest.raises(Conflict, match="already cancelled"):
        runs.cancel(session, run_id, scope=EVERYWHERE, now=datetime.now(UTC))


def test_a_cancelled_queued_run_never_starts(sqlite_database: Database, plugins: Path) -> None:
    run_id = ask(sqlite_database)
    with sqlite_database.write.begin() as session:
        runs.cancel(session, run_id, scope=EVERYWHERE, now=datetime.now(UTC))
    with worker(sqlite_database, plugins):
        until(sqlite_database, ask(sqlite_database), ended)
    assert run_of(sqlite_database, run_id).attempt == 0


def test_a_retry_is_pinned_to_what_the_run_saw(working: Database, plugins: Path) -> None:
    first, second = _again(working, "same", fresh=True)
    assert second.retry_of == first.id
    pins = ("params", "window_start", "window_end", "as_of", "max_batch", "fingerprint", "result")
    for name in pins:
        assert getattr(second, name) == getattr(first, name), name


def _again(database: Database, note: str, *, fresh: bool) -> tuple[Run, Run]:
    """A run and its retry, both at their end."""
    first = until(database, ask(database, note=note), ended)
    queue = open_queue(database)
    with database.write.begin() as session:
        now = datetime.now(UTC)
        again = retry(session, queue, first.id, actor=ACTOR, now=now, fresh=fresh).id
    queue.close()
    return first, until(database, again, ended)


def test_an_equal_result_is_taken_over_unless_fresh(working: Database, plugins: Path) -> None:
    first, second = _again(working, "x", fresh=False)
    assert second.reused_from == first.id
    assert second.result == first.result


def test_wrong_parameters_are_named_before_anything_is_stored(
    sqlite_database: Database, plugins: Path
) -> None:
    with pytest.raises(BadData) as caught:
        ask(sqlite_database, seconds="soon", window={"last": "24 parsecs"}, more=1)
    pointers = {p.pointer for p in caught.value.problems}
    assert {"/seconds", "/more"} <= pointers
    assert any(p.startswith("/window") for p in pointers)
    with pytest.raises(BadData, match="no site"):
        ask(sqlite_database, site="NOWHERE")


def test_a_character_that_postgresql_cannot_store_is_refused(
    sqlite_database: Database, plugins: Path
) -> None:
    with pytest.raises(BadData, match="U\\+0000") as caught:
        ask(sqlite_database, note="a\0b")
    assert [p.pointer for p in caught.value.problems] == ["/note"]


def test_runs_of_other_sites_are_not_there(sqlite_database: Database, plugins: Path) -> None:
    run_id = ask(sqlite_database)
    with sqlite_database.read() as session, pytest.raises(NotFound):
        runs.find(session, run_id, Scope(frozenset({1})))
