"""Runs that are cut short and have an answer all the same: cancelled, out of time, killed."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from ops.db import runs
from ops.db.engine import Database
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work import child
from ops.work.climb import MOST, Climb
from ops.work.run import Bench, execute
from ops.work.slots import Slots
from solvers.watch import Incumbent
from tests.ops.work.probe import ask, child_of, run_of, until, until_gone


@pytest.fixture
def bench(database: Database, tmp_path: Path, plugins: Path) -> Bench:
    """What a worker computes with."""
    settings = Settings(data_dir=tmp_path, database_url=database.url)
    return Bench(database, settings, "here", Slots(1))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is asked to finish has as long as it takes, whatever else the machine does."""
    monkeypatch.setattr(child, "FINISH_S", 100.0)


def _cancelled(bench: Bench, note: str) -> runs.Run:
    """A run cancelled after its first incumbents; its child is gone."""
    run_id = ask(bench.database, note=note, seconds=600)
    thread = threading.Thread(target=execute, args=(bench, run_id))
    thread.start()
    run = until(bench.database, run_id, lambda run: len(run.incumbents) > 1)
    with bench.database.write.begin() as session:
        runs.cancel(session, run_id, scope=EVERYWHERE, now=datetime.now(UTC))
    until_gone(child_of(run))
    thread.join()
    return run_of(bench.database, run_id)


@pytest.mark.usefixtures("patient")
def test_a_cancelled_solve_keeps_its_best_answer(bench: Bench) -> None:
    _has_kept(_cancelled(bench, "polite"), "polite")


def test_a_cancelled_solve_that_does_not_end_keeps_its_last_checkpoint(bench: Bench) -> None:
    _has_kept(_cancelled(bench, "stubborn"), "salvaged ")


def _has_kept(run: runs.Run, answer: str) -> None:
    assert run.state == "cancelled"
    assert run.result is not None
    assert run.result["filler"].startswith(answer)
    assert run.page is not None
    assert run.incumbents[-1]["bound"] == 1.0


@pytest.mark.usefixtures("patient")
def test_a_solve_out_of_time_succeeds_with_what_it_has(bench: Bench) -> None:
    for limit in (2.0, 10.0, 50.0):  # until it had something within it
        settings = bench.settings.model_copy(update={"time_limit_s": limit})
        run_id = ask(bench.database, note="polite", seconds=600)
        execute(replace(bench, settings=settings), run_id)
        run = run_of(bench.database, run_id)
        if run.incumbents:
            break
    assert (run.state, run.error) == ("succeeded", None)
    assert run.result is not None
    assert run.result["filler"] == "polite"


def test_a_killed_solve_fails_and_keeps_what_it_had(bench: Bench) -> None:
    run_id = ask(bench.database, note="stubborn", seconds=600, kill=9)
    execute(bench, run_id)
    run = run_of(bench.database, run_id)
    assert run.state == "failed"
    assert run.error is not None
    assert "SIGKILL" in run.error["message"]
    assert run.result is not None
    assert run.result["filler"] == "salvaged 3"


def test_many_incumbents_are_thinned_evenly_and_the_newest_stays() -> None:
    climb = Climb()
    assert climb.stored() == []
    for step in range(10 * MOST):
        climb.add(Incumbent(time_s=float(step), value=1.0 / (1 + step)))
        assert climb.stored()[-1]["time_s"] == step
    times = [one["time_s"] for one in climb.stored()]
    assert len(times) <= MOST + 1
    assert times[0] == 0.0
    assert max(b - a for a, b in pairwise(times)) <= 2 * 10
