"""One worker process: takes runs from the queues, keeps its lease, looks after dead colleagues.

The lease is renewed by the clock of the database. Whoever finds an expired lease takes over what
that worker had begun, under one lock. A paused worker that comes back may then compute beside its
successor; the fence on the `run` row keeps it from writing anything.
"""

import os
import signal
import socket
import threading
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import structlog
from sqlalchemy.exc import SQLAlchemyError

from ops.db import workers
from ops.db.engine import Database, open_database
from ops.db.models.work import Worker
from ops.settings import Settings
from ops.work import child, engine
from ops.work.engine import DbosQueue, open_queue
from ops.work.logs import configure
from ops.work.retention import Sweeper
from ops.work.run import Bench, execute
from ops.work.schedule import fire_due

TICK_S = 1.0
GRACE_S = 15
RETRY_S = 2.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.worker")


def work(settings: Settings, *, stop: threading.Event | None = None) -> None:
    """Work until told to end by SIGTERM, SIGINT or `stop`.

    Parameters
    ----------
    stop
        Given by tests that work in a thread; a process of its own listens to signals.
    """
    configure(settings)
    stopping = stop or _on_signal()
    child.warm()
    database = open_database(settings.database, pool_size=4 * settings.slots + 8)
    me = _identity(settings)
    queue = open_queue(database)
    _beat(database, me)
    bench = Bench(database, settings, me.id, threading.BoundedSemaphore(settings.slots))
    engine.launch(
        database, me.id, lambda run_id: _patiently(bench, run_id), concurrency=4 * settings.slots
    )
    _log.info("worker ready", worker=me.id, slots=settings.slots)
    try:
        sweeper = Sweeper(database, settings, queue)
        while not stopping.wait(TICK_S):
            _tick(bench, queue, me, sweeper)
    finally:
        engine.halt(GRACE_S)
        with suppress(SQLAlchemyError), database.write.begin() as session:
            workers.leave(session, me.id)
        database.engine.dispose()


def _tick(bench: Bench, queue: DbosQueue, me: Worker, sweeper: Sweeper) -> None:
    """Do what is due each second; a database that is away is no reason to die."""
    try:
        _beat(bench.database, me)
        take_over(bench.database, queue, timedelta(seconds=bench.settings.lease_s))
        fire_due(bench.database, queue, now=datetime.now(UTC))
        sweeper.tick(datetime.now(UTC))
    except SQLAlchemyError as error:
        _log.warning("database away", reason=str(getattr(error, "orig", error)))


def take_over(database: Database, queue: DbosQueue, lease: timedelta) -> int:
    """Queue again what dead workers had begun; the number of runs.

    Parameters
    ----------
    lease
        A worker unseen for so long, by the clock of the database, is dead.
    """
    with database.read() as session:
        if not workers.expired(session, lease):
            return 0
    with database.read() as holder:  # on PostgreSQL its transaction holds the lock
        if not workers.lock_takeover(holder):
            return 0
        dead = [worker.id for worker in workers.expired(holder, lease)]
        taken = 0
        for name in dead:  # first queue again, then forget: dying in between repeats, never loses
            taken += _resume(queue, name)
            with database.write.begin() as session:
                workers.leave(session, name)
            _log.warning("took over from a dead worker", dead=name)
    return taken


def _resume(queue: DbosQueue, dead: str) -> int:
    pending = queue.pending(dead)
    for name in engine.QUEUES:
        run_ids = [run_id for run_id, of in pending if of == name]
        if run_ids:
            queue.resume(run_ids, name)
    return len(pending)


def _patiently(bench: Bench, run_id: str) -> None:
    """Execute; when the database goes away meanwhile, try again: the claims count the starts."""
    for _ in range(bench.settings.max_attempts + 1):
        try:
            execute(bench, run_id)
        except SQLAlchemyError as error:
            _log.warning("database away", run_id=run_id, reason=str(getattr(error, "orig", error)))
            threading.Event().wait(RETRY_S)
        else:
            return


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
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
