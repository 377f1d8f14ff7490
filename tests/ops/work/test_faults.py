"""What happens to runs when processes really die."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import func, select, text

from ops.db.engine import Database, open_database
from ops.db.models.work import Run, Worker
from ops.work.engine import prepare
from tests.forked import talking
from tests.ops.work.probe import (
    ROOT,
    ask,
    child_of,
    ended,
    install_probe,
    is_alive,
    run_of,
    until,
    until_gone,
    worker,
)


@pytest.fixture
def postgres(migrated_postgres: str) -> Database:
    """A migrated PostgreSQL database."""
    opened = open_database(migrated_postgres)
    yield opened
    opened.engine.dispose()


def _computing(run: Run) -> bool:
    return child_of(run) > 0


def test_a_killed_worker_resumes_after_restart_on_sqlite(
    sqlite_database: Database, plugins: Path, tmp_path: Path
) -> None:
    database, end = sqlite_database, tmp_path / "end"
    run_id = ask(database, awaits=str(end))
    with worker(database, plugins) as first:
        until(database, run_id, _computing)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert run_of(database, run_id).state == "running"
    end.touch()
    with worker(database, plugins):
        run = until(database, run_id, ended)
    assert (run.state, run.attempt) == ("succeeded", 2)


def test_another_worker_takes_over_on_postgresql(
    postgres: Database, plugins: Path, tmp_path: Path
) -> None:
    takeover_s(postgres, plugins, tmp_path / "end")


def takeover_s(postgres: Database, plugins: Path, end: Path) -> float:
    """Seconds from a worker's death until another computes its run anew."""
    prepare(postgres)
    with worker(postgres, plugins), worker(postgres, plugins):
        until_all_work(postgres, 2)
        run_id = ask(postgres, awaits=str(end))
        first = until(postgres, run_id, _computing)
        victim, attempt = first.worker_id, first.attempt
        with postgres.read() as session:
            pid = session.scalar(select(Worker.pid).where(Worker.id == victim))
        assert pid is not None
        died = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        run = until(postgres, run_id, lambda r: r.attempt > attempt and _computing(r))
        took = time.monotonic() - died
        end.touch()
        done = until(postgres, run_id, ended)
    assert done.state == "succeeded"
    assert run.worker_id != victim
    return took


def until_all_work(database: Database, count: int) -> None:
    """Wait until so many workers have carried out a run: they are warm."""
    seen: set[str | None] = set()
    deadline = time.monotonic() + 120
    while len(seen) < count:
        assert time.monotonic() < deadline, seen
        seen.add(until(database, ask(database), ended).worker_id)


def test_a_worker_told_to_end_lets_its_run_finish(
    sqlite_database: Database, plugins: Path, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    run_id = ask(sqlite_database, awaits=str(end))
    with worker(sqlite_database, plugins) as process:
        until(sqlite_database, run_id, _computing)
        process.send_signal(signal.SIGTERM)
        end.touch()
        assert process.wait(120) == 0
    run = run_of(sqlite_database, run_id)
    assert (run.state, run.attempt) == ("succeeded", 1)
    with sqlite_database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM worker")) == 0


# `longrun work`, but a worker that is told to end waits 4 s for its runs, not 15
HASTY = """
from ops.work import worker
worker.GRACE_S = 4
from api.cli import main
main()
"""


def test_a_run_too_long_for_a_worker_told_to_end_goes_to_another(
    postgres: Database, plugins: Path
) -> None:
    run_id = ask(postgres, seconds=600)
    with worker(postgres, plugins, code=HASTY) as first:
        child = child_of(until(postgres, run_id, _computing))
        first.send_signal(signal.SIGTERM)
        assert first.wait(120) == 0
        until_gone(child)
    assert run_of(postgres, run_id).state == "running"
    with worker(postgres, plugins):
        until(postgres, run_id, lambda r: r.attempt == 2 and _computing(r))


def test_a_paused_worker_that_wakes_up_writes_nothing(
    postgres: Database, plugins: Path, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    run_id = ask(postgres, awaits=str(end))
    with worker(postgres, plugins) as first:
        run = until(postgres, run_id, _computing)
        old_child = child_of(run)
        os.kill(first.pid, signal.SIGSTOP)
        with worker(postgres, plugins):
            until(postgres, run_id, lambda r: r.attempt == 2 and _computing(r))
            os.kill(first.pid, signal.SIGCONT)
            until_gone(old_child)
            end.touch()
            done = until(postgres, run_id, ended)
    assert done.state == "succeeded"
    assert done.attempt >= 2
    assert done.result is not None
    assert done.result["pid"] != old_child


def test_children_end_with_their_worker(sqlite_database: Database, plugins: Path) -> None:
    run_id = ask(sqlite_database, seconds=600)
    with worker(sqlite_database, plugins) as process:
        child = child_of(until(sqlite_database, run_id, _computing))
        assert is_alive(child)
        os.kill(process.pid, signal.SIGKILL)
        until_gone(child)


def test_a_run_that_always_kills_its_worker_is_given_up(
    sqlite_database: Database, plugins: Path
) -> None:
    database = sqlite_database
    run_id = ask(database, seconds=600)
    for start in range(1, 3):
        with worker(database, plugins, LONGRUN_MAX_ATTEMPTS="2") as process:
            until(database, run_id, lambda r, n=start: r.attempt == n and _computing(r))
            os.kill(process.pid, signal.SIGKILL)
    with worker(database, plugins, LONGRUN_MAX_ATTEMPTS="2"):
        run = until(database, run_id, ended)
    assert run.state == "failed"
    assert run.error is not None
    assert "given up after 2 starts" in run.error["message"]


SUBMITTER = """
import os, signal, sys
from datetime import UTC, datetime
from ops.db.engine import open_database
from ops.values import Actor
from ops.work.engine import open_queue
from ops.work import submit as module

die = lambda: os.kill(os.getpid(), signal.SIGKILL)

def submit(url, point):
    database = open_database(url)
    queue = open_queue(database)
    enqueue = queue.enqueue
    def dying(session, run_id, name):
        if point == "before the entry":
            die()
        enqueue(session, run_id, name)
        if point == "after the entry":
            die()
    queue.enqueue = dying
    with database.write() as session:
        session.begin()
        module.submit(
            session, queue,
            module.Submission("probe", {}, Actor("t", "admin"), datetime.now(UTC)),
        )
        if point == "before commit":
            die()
        session.commit()
        die()

for line in sys.stdin:
    if (pid := os.fork()) == 0:  # nothing is open yet: it is a process like any other
        submit(*line.strip().split("|"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def submitter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[IO[str], IO[str]]]:
    """Process that forks another for each submit asked of it: what to write to, what it says."""
    plugins = install_probe(tmp_path_factory.mktemp("plugins"))
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(plugins)])}
    with talking([], env=env, code=SUBMITTER) as (_, writes, reads):
        yield writes, reads


@pytest.mark.parametrize(
    ("point", "there"),
    [("before the entry", 0), ("after the entry", 0), ("before commit", 0), ("after commit", 1)],
)
def test_a_killed_submit_leaves_both_or_neither(
    database: Database, submitter: tuple[IO[str], IO[str]], point: str, there: int
) -> None:
    prepare(database)
    writes, reads = submitter
    writes.write(f"{database.url}|{point}\n")
    writes.flush()
    assert int(reads.readline()) == -signal.SIGKILL
    schema = "" if database.engine.dialect.name == "sqlite" else "dbos."
    with database.read() as session:
        rows = session.scalar(select(func.count()).select_from(Run))
        entries = session.scalar(text(f"SELECT count(*) FROM {schema}workflow_status"))
    assert rows == entries == there
