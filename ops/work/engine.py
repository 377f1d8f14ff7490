"""DBOS Transact behind `JobQueue`: the queue lives in our own database.

A run is one workflow whose id is the run's id. Nothing but that id is handed to the engine, as
portable JSON; all state that matters is in the `run` row. The application version is pinned, so
that a new release carries on with what an older one queued.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from ops.db.engine import Database, is_sqlite
from ops.work.queue import QueueName

SCHEMA = "dbos"
VERSION = "longrun-1"
WORKFLOW = "longrun_run"
QUEUES: tuple[QueueName, ...] = ("interactive", "nightly")
POLL_S: dict[QueueName, float] = {"interactive": 0.25, "nightly": 0.5}  # a poll costs 4 ms of CPU
APPLICATION = "longrun"


def prepare(database: Database) -> None:
    """Create or upgrade the engine's tables in the database."""
    _quiet()
    url = make_url(database.url)
    if not is_sqlite(database.engine):
        url = url.set(drivername="postgresql")
    DBOS.migrate(url.render_as_string(hide_password=False), schema=SCHEMA)


class DbosQueue:
    """`JobQueue` on DBOS; one for each process that submits."""

    def __init__(self, database: Database) -> None:
        _quiet()
        self._client = DBOSClient(
            system_database_engine=database.engine,
            dbos_system_schema=SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
        )

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        """Write the queue entry within the transaction of `session`."""
        self._client.enqueue_in_transaction(
            session,
            {
                "workflow_name": WORKFLOW,
                "queue_name": queue,
                "workflow_id": run_id,
                "app_version": VERSION,
            },
            run_id,
        )

    def resume(self, run_ids: Sequence[str], queue: QueueName) -> None:
        """Put workflows that a dead worker left behind back into a queue."""
        self._client.resume_workflows(list(run_ids), queue_name=queue)

    def pending(self, executor: str) -> list[tuple[str, str | None]]:
        """Workflows that `executor` had started: id and queue."""
        found = self._client.list_workflows(
            status="PENDING", executor_id=executor, load_input=False, load_output=False
        )
        return [(w.workflow_id, w.queue_name) for w in found]

    def finished_before(self, instant: datetime, limit: int | None) -> list[str]:
        """List workflows that ended before `instant`."""
        found = self._client.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=instant.isoformat(),
            load_input=False,
            load_output=False,
            limit=limit,
        )
        return [w.workflow_id for w in found]

    def forget(self, run_ids: Sequence[str]) -> None:
        """Delete what the engine knows of finished workflows."""
        self._client.delete_workflows(list(run_ids))

    def close(self) -> None:
        """Let go of the client's threads; the database stays open."""
        self._client.destroy()


def open_queue(database: Database) -> DbosQueue:
    """Open the queue of a database whose engine tables exist (see `prepare`)."""
    return DbosQueue(database)


def launch(
    database: Database, executor: str, execute: Callable[[str], None], *, concurrency: int
) -> None:
    """Start taking runs from the queues in this process.

    Parameters
    ----------
    executor
        Name of this worker: whose pending runs are looked for after its death.
    execute
        Called in a thread with the id of each run.
    concurrency
        Runs that may be under way at once in this process.
    """
    _quiet()
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_engine": database.engine,
        "system_database_url": database.url,
        "dbos_system_schema": SCHEMA,
        "application_version": VERSION,
        "executor_id": executor,
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
        "log_level": "WARNING",
    }
    _register_queues(database, concurrency)  # before the launch: a queue that comes later waits
    DBOS(config=config)
    DBOS.workflow(name=WORKFLOW)(execute)
    DBOS.listen_queues(list(QUEUES))
    DBOS.launch()


def _register_queues(database: Database, concurrency: int) -> None:
    client = DBOSClient(
        system_database_engine=database.engine,
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
    )
    for queue in QUEUES:
        client.register_queue(
            queue,
            worker_concurrency=concurrency,
            polling_interval_sec=POLL_S[queue],
            on_conflict="always_update",
            application_name=APPLICATION,
        )
    client.destroy()


def halt(wait_s: int) -> None:
    """Stop taking runs; wait at most `wait_s` for those under way."""
    DBOS.destroy(workflow_completion_timeout_sec=wait_s)


def _quiet() -> None:
    logging.getLogger("dbos").setLevel(logging.WARNING)
