"""The nightly clean-up: what is older than the settings allow is deleted, a few rows at a time.

Runs (with their artifacts and files), artifacts, audit, answers kept for `Idempotency-Key`,
rejected rows of old ingests, workers long gone, and the finished rows of the job engine, which
collects no garbage of its own. Measurements are never deleted.
"""

import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import fsspec
import structlog
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute

from ops.db import audit
from ops.db.engine import Database
from ops.db.models.data import Ingest, Rejection
from ops.db.models.people import Audit, IdempotencyKey
from ops.db.models.work import Artifact, Run, Worker
from ops.db.runs import LIVE
from ops.settings import Settings
from ops.timing.cron import fires_between, parse
from ops.values import Actor
from ops.work.engine import DbosQueue

ROWS = 500
_ACTOR = Actor("retention", "admin")
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.retention")


@dataclass(frozen=True, slots=True)
class SweepReport:
    """How many of each were deleted, or would be."""

    runs: int
    artifacts: int
    audit: int
    idempotency_keys: int
    rejections: int
    workers: int
    engine_rows: int


def sweep(
    database: Database,
    settings: Settings,
    queue: DbosQueue,
    *,
    now: datetime,
    dry_run: bool = False,
) -> SweepReport:
    """Delete what is too old; doing it again deletes nothing more.

    Parameters
    ----------
    dry_run
        Only count.
    """

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    def swept(
        key: InstrumentedAttribute[int] | InstrumentedAttribute[str], *old: ColumnElement[bool]
    ) -> int:
        return _delete(database, key, old, dry_run)

    ended = Run.finished_at < before(settings.keep_runs_days)
    runs_files = [ended, Artifact.run_id == Run.id]
    artifacts = _delete_artifacts(database, runs_files, dry_run)
    artifacts += _delete_artifacts(
        database, [Artifact.created_at < before(settings.keep_artifacts_days)], dry_run
    )
    old_ingests = select(Ingest.id).where(Ingest.started_at < before(settings.keep_runs_days))
    return SweepReport(
        runs=swept(Run.id, ended, Run.state.not_in(LIVE)),
        artifacts=artifacts,
        audit=swept(Audit.id, Audit.at < before(settings.keep_audit_days)),
        idempotency_keys=_delete_answers(database, before(settings.keep_idempotency_days), dry_run),
        rejections=swept(Rejection.id, Rejection.ingest_id.in_(old_ingests)),
        workers=swept(Worker.id, Worker.seen_at < before(1)),
        engine_rows=_delete_workflows(queue, before(settings.keep_engine_days), dry_run),
    )


class Sweeper:
    """Starts the clean-up of a worker when its time has come; in a thread of its own."""

    def __init__(self, database: Database, settings: Settings, queue: DbosQueue) -> None:
        self._database, self._settings, self._queue = database, settings, queue
        self._cron = parse(settings.retention_cron, "UTC")
        self._seen = ""
        self._thread: threading.Thread | None = None

    def tick(self, now: datetime) -> None:
        """Start the clean-up if it is due and nobody has done it."""
        fires = fires_between(self._cron, now - timedelta(days=1), now, 1)
        if not fires or fires[0].key == self._seen or self._is_busy():
            return
        self._seen = fires[0].key
        self._thread = threading.Thread(target=self._run, args=(fires[0].key, now), daemon=True)
        self._thread.start()

    def _is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _run(self, key: str, now: datetime) -> None:
        try:
            with self._database.write.begin() as session:
                done = select(Audit.id).where(
                    Audit.resource == "retention", Audit.resource_id == key
                )
                if session.scalar(done) is not None:
                    return
                audit.record(session, _ACTOR, "sweep", ("retention", key), now=now)
            report = sweep(self._database, self._settings, self._queue, now=now)
            _log.info("clean-up done", **asdict(report))
        except SQLAlchemyError as error:
            self._seen = ""
            _log.warning("clean-up failed", reason=str(getattr(error, "orig", error)))


def _delete(
    database: Database,
    key: InstrumentedAttribute[int] | InstrumentedAttribute[str],
    old: tuple[ColumnElement[bool], ...],
    dry_run: bool,
) -> int:
    if dry_run:
        with database.read() as session:
            return session.scalars(select(func.count()).select_from(key.class_).where(*old)).one()
    total = 0
    while True:
        with database.write.begin() as session:
            ids = list(session.scalars(select(key).where(*old).limit(ROWS)))
            session.execute(delete(key.class_).where(key.in_(ids)))
        total += len(ids)
        if len(ids) < ROWS:
            return total


def _delete_artifacts(database: Database, old: list[ColumnElement[bool]], dry_run: bool) -> int:
    with database.read() as session:
        found = session.execute(select(Artifact.id, Artifact.url).where(*old)).all()
    if dry_run:
        return len(found)
    for part in range(0, len(found), ROWS):
        rows = found[part : part + ROWS]
        with database.write.begin() as session:
            session.execute(delete(Artifact).where(Artifact.id.in_([row.id for row in rows])))
        for row in rows:  # first the row, then the file: a crash leaves a file, never a lie
            if row.url is not None:
                _remove_file(row.url)
    return len(found)


def _remove_file(url: str) -> None:
    filesystem, path = fsspec.core.url_to_fs(url)
    if filesystem.exists(path):
        filesystem.rm(path)


def _delete_answers(database: Database, old: datetime, dry_run: bool) -> int:
    condition = IdempotencyKey.created_at < old
    if dry_run:
        with database.read() as session:
            return len(session.scalars(select(IdempotencyKey.key).where(condition)).all())
    with database.write.begin() as session:
        gone = session.execute(
            delete(IdempotencyKey).where(condition).returning(IdempotencyKey.key)
        )
        return len(gone.all())


def _delete_workflows(queue: DbosQueue, old: datetime, dry_run: bool) -> int:
    total = 0
    while True:
        ids = queue.finished_before(old, ROWS)
        total += len(ids)
        if dry_run or not ids:
            return total
        queue.forget(ids)
