"""One worker process: takes runs from the queues, keeps its lease, looks after dead colleagues.

The lease is renewed by the clock of the database. Whoever finds an expired lease takes over what
that worker had begun, under one lock. A paused worker that comes back may then compute beside its
successor; the fence on the `run` row keeps it from writing anything.
"""

import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ops.db import workers
from ops.db.away import AWAY
from ops.db.engine import Database, open_database
from ops.db.models.work import Worker
from ops.settings import Settings
from ops.work import child, engine
from ops.work.engine import DbosQueue, open_queue
from ops.work.judge import Judge
from ops.work.logs import configure
from ops.work.preloaded import refuse_strangers
from ops.work.retention import Sweeper
from ops.work.run import Bench, execute
from ops.work.schedule import fire_due
from ops.work.slots import Slots

TICK_S = 1.0
GRACE_S = 15
RETRY_S = 1.0
LONGEST_PAUSE_S = 30.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.worker")


def work(settings: Settings, *, stop: threading.Event | None = None) -> None:
    """Work until told to end by SIGTERM, SIGINT or `stop`.

    Runs under way may finish within `GRACE_S`. What has not by then is left to another worker, or
    to the next start: the process ends at once, its children with it.

    Parameters
    ----------
    stop
        Given by tests that work in a thread; a process of its own listens to signals.
    """
    configure(settings)
    refuse_strangers(settings)
    stopping = stop or _on_signal()
    child.warm()
    database = open_database(settings.database, pool_size=4 * settings.slots + 8)
    me = _identity(settings)
    queue = open_queue(database)
    bench = Bench(database, settings, me.id, Slots(settings.slots))
    try:
        with _lease(database, me), Judge(database):
            _take_runs(bench, queue, stopping)
    finally:
        left = _leave(database, queue, me)
    database.engine.dispose()
    if left and stop is None:
        os._exit(0)  # the interpreter would wait for the threads of the runs that were left


def _take_runs(bench: Bench, queue: DbosQueue, stopping: threading.Event) -> None:
    name, slots = bench.worker_id, bench.settings.slots
    engine.launch(
        bench.database, name, lambda run_id: _patiently(bench, run_id), concurrency=4 * slots
    )
    _log.info("worker ready", worker=name, slots=slots)
    try:
        sweeper = Sweeper(bench.database, bench.settings, queue)
        while not stopping.wait(TICK_S):
            _tick(bench, queue, sweeper)
    finally:
        engine.halt(GRACE_S)


def _tick(bench: Bench, queue: DbosQueue, sweeper: Sweeper) -> None:
    """Do what is due each second; a database that is away is no reason to die."""
    try:
        lease = timedelta(seconds=bench.settings.lease_s)
        take_over(bench.database, queue, lease, me=bench.worker_id)
        fire_due(bench.database, queue, now=datetime.now(UTC))
        sweeper.tick(datetime.now(UTC))
    except (SQLAlchemyError, *AWAY) as error:
        _log.warning("database away", reason=str(getattr(error, "orig", error)))


@contextmanager
def _lease(database: Database, me: Worker) -> Generator[None]:
    """Keep the lease, in a thread of its own: nothing slow may make us look dead."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(TICK_S):
            try:
                _beat(database, me)
            except AWAY as error:
                _log.warning("lease not renewed", reason=str(getattr(error, "orig", error)))

    _beat(database, me)
    thread = threading.Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _leave(database: Database, queue: DbosQueue, me: Worker) -> int:
    """Take this worker off the list; with runs under way, let its lease expire at once instead."""
    try:
        left = len(queue.pending(me.id))
        with database.write.begin() as session:
            if left:
                workers.expire(session, me.id)
            else:
                workers.leave(session, me.id)
    except AWAY:  # the lease runs out by itself
        return 1
    if left:
        _log.warning("runs left to another worker", count=left)
    return left


def take_over(database: Database, queue: DbosQueue, lease: timedelta, *, me: str) -> int:
    """Queue again what dead workers had begun; the number of runs.

    Parameters
    ----------
    lease
        A worker unseen for so long, by the clock of the database, is dead.
    me
        Who asks: it lives, though the machine may have slept longer than its lease.
    """
    with database.read() as session:
        if not _dead(session, lease, me):
            return 0
    with database.read() as holder:  # on PostgreSQL its transaction holds the lock
        if not workers.lock_takeover(holder):
            return 0
        taken = 0
        # first queue again, then forget: dying in between repeats, never loses
        for name in _dead(holder, lease, me):
            taken += _resume(queue, name)
            with database.write.begin() as session:
                workers.leave(session, name)
            _log.warning("took over from a dead worker", dead=name)
    return taken


def _dead(session: Session, lease: timedelta, me: str) -> list[str]:
    return [worker.id for worker in workers.expired(session, lease) if worker.id != me]


def _resume(queue: DbosQueue, dead: str) -> int:
    pending = queue.pending(dead)
    for name in engine.QUEUES:
        run_ids = [run_id for run_id, of in pending if of == name]
        if run_ids:
            queue.resume(run_ids, name)
    return len(pending)


def _patiently(bench: Bench, run_id: str) -> None:
    """Execute; while the database is away try again, for ever: the claims count the starts."""
    pause = RETRY_S
    while True:
        try:
            return execute(bench, run_id)
        except AWAY as error:
            _log.warning("database away", run_id=run_id, reason=str(getattr(error, "orig", error)))
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)


def _identity(settings: Settings) -> Worker:
    host = socket.gethostname()
    # the embedded worker has a stable name: after a crash the next one finds its own runs at once
    name = f"embedded-{os.environ.get('LONGRUN_WORKER_SLOT', '1')}"
    if not settings.database.startswith("sqlite"):
        name = f"{host}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    return Worker(id=name, host=host, pid=os.getpid(), version=version("longrun-ops"))


def _beat(database: Database, me: Worker) -> None:
    with database.write.begin() as session:
        fresh = Worker(id=me.id, host=me.host, pid=me.pid, version=me.version)
        workers.beat(session, fresh)


def _on_signal() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping
