"""The queue: trivial runs a second through one embedded worker, and what a submit waits.

The bar of the house: 10,000 trivial runs in less than 10 minutes, that is 16.7 runs a second, and
a submit in less than 30 ms (p95), also while runs compute. LONGRUN_BENCH_RUNS sets the size.
"""

import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from ops.db.engine import Database
from ops.db.models.work import Run
from ops.work.engine import DbosQueue, open_queue, prepare
from ops.work.submit import Submission, submit
from tests.ops.work.conftest import plugins  # noqa: F401  (a fixture)
from tests.ops.work.probe import ACTOR, ask, child_of, ended, until, worker

RUNS = int(os.environ.get("LONGRUN_BENCH_RUNS", "500"))
SUBMITS = 200


def _submit(database: Database, queue: DbosQueue, **params: object) -> float:
    """Submit one run; seconds until it was committed."""
    began = time.perf_counter()
    with database.write.begin() as session:
        submit(session, queue, Submission("probe", params, ACTOR, datetime.now(UTC), fresh=True))
    return time.perf_counter() - began


def _count(database: Database, state: str) -> int:
    with database.read() as session:
        return session.scalars(
            select(func.count()).select_from(Run).where(Run.state == state)
        ).one()


@pytest.mark.benchmark
@pytest.mark.timeout(1500)
def test_trivial_runs_through_one_embedded_worker(
    sqlite_database: Database,
    plugins: Path,  # noqa: F811
) -> None:
    database = sqlite_database
    prepare(database)
    queue = open_queue(database)
    with worker(database, plugins, LONGRUN_SLOTS=str(os.cpu_count() or 2)):
        until(database, ask(database), ended)
        began = time.perf_counter()
        for _ in range(RUNS):
            _submit(database, queue)
        while _count(database, "succeeded") < RUNS + 1:
            assert _count(database, "failed") == 0
            threading.Event().wait(0.2)
        took = time.perf_counter() - began
    queue.close()
    rate = RUNS / took
    print(f"\n{RUNS} trivial runs: {rate:.1f} runs/s; 10,000 in {10_000 / rate / 60:.1f} min")


@pytest.mark.benchmark
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "computing"])
def test_a_submit_waits_for_nobody(
    sqlite_database: Database,
    plugins: Path,  # noqa: F811
    busy: bool,
) -> None:
    database = sqlite_database
    prepare(database)
    queue = open_queue(database)
    with worker(database, plugins, LONGRUN_SLOTS="1"):
        until(database, ask(database), ended)
        if busy:
            run_id = ask(database, seconds=60, note="spin")
            until(database, run_id, lambda run: child_of(run) > 0)
        took = []
        for _ in range(SUBMITS):
            took.append(_submit(database, queue))
            time.sleep(0.02)
    queue.close()
    p50, p95 = np.quantile(took, [0.5, 0.95]) * 1000
    print(f"\nsubmit while {'computing' if busy else 'idle'}: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(Run)).one() >= SUBMITS
