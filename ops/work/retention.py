"""The nightly clean-up: what is older than the settings allow is deleted, a few rows at a time.

Runs (with their artifacts and files), artifacts, audit, answers kept for `Idempotency-Key`,
rejected rows of old ingests, workers long gone, predictions long checked, answers of the advisor,
memories that ended long ago, and the finished rows of the job engine, which collects no garbage of
its own; and the folders that killed workers have left among the temporary files. Measurements are
never deleted. A memory keeps the id of the advice that it came from.
"""

import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import fsspec
import structlog

from ops.db import aged, sweeps
from ops.db.aged import Kind
from ops.db.engine import Database
from ops.settings import Settings
from ops.timing.cron import fires_between, parse
from ops.work.embed import make_vectors
from ops.work.engine import DbosQueue
from ops.work.run_folder import sweep_run_folders

ROWS = 500
PAUSE_S = 0.01  # between two batches: whoever waits to write comes first
_DAY = timedelta(days=1)
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
    predictions: int
    advice: int
    memories: int
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

    def swept(kind: Kind, days: int) -> int:
        before = now - days * _DAY
        return _count(database, kind, before) if dry_run else _delete(database, kind, before)

    artifacts = swept("artifacts", min(settings.keep_artifacts_days, settings.keep_runs_days))
    return SweepReport(  # artifacts went first: no file outlives the row that knows it
        artifacts=artifacts,
        runs=swept("runs", settings.keep_runs_days),
        audit=swept("audit", settings.keep_audit_days),
        idempotency_keys=swept("idempotency_keys", settings.keep_idempotency_days),
        rejections=swept("rejections", settings.keep_runs_days),
        workers=swept("workers", 1),
        predictions=swept("predictions", settings.keep_audit_days),
        advice=swept("advice", settings.keep_advice_days),
        memories=swept("memories", settings.keep_advice_days),
        engine_rows=_delete_workflows(queue, now - settings.keep_engine_days * _DAY, dry_run),
    )


class Sweeper:
    """Starts the clean-up of a worker when it is due or asked for; in a thread of its own.

    Folders of killed workers are swept at once and whenever it is due, by each worker: they are of
    its host.
    """

    def __init__(self, database: Database, settings: Settings, queue: DbosQueue) -> None:
        self._database, self._settings, self._queue = database, settings, queue
        self._cron = parse(settings.retention_cron, "UTC")
        self._seen = ""
        self._thread: threading.Thread | None = None
        sweep_run_folders()

    def tick(self, now: datetime) -> None:
        """Start the clean-up if it is due or asked for; one worker of all does it."""
        if self._thread is not None and self._thread.is_alive():
            return
        sweep_id = self._due(now)
        if sweep_id is not None:
            self._thread = threading.Thread(target=self._run, args=(sweep_id, now), daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait for the clean-up that is under way."""
        if self._thread is not None:
            self._thread.join()

    def _due(self, now: datetime) -> str | None:
        fires = fires_between(self._cron, now - _DAY, now, 1)
        if fires and fires[0].key != self._seen:
            self._seen = fires[0].key
            return self._seen
        with self._database.read() as session:
            return next(iter(sweeps.asked(session, now)), None)

    def _run(self, sweep_id: str, now: datetime) -> None:
        try:
            sweep_run_folders()
            with self._database.write.begin() as session:
                if not sweeps.begin(session, sweep_id, now):
                    return
            report = asdict(sweep(self._database, self._settings, self._queue, now=now))
            with self._database.write.begin() as session:
                sweeps.finish(session, sweep_id, report, sweeps.RETENTION, now)
            _log.info("clean-up done", **report)
            make_vectors(self._database, self._settings.embed_model)  # of what runs have taught
        except Exception as error:  # noqa: BLE001  (a thread's last door; the next night goes on)
            self._seen = ""  # if nobody has begun it, this worker tries again
            _log.warning("clean-up failed", reason=str(getattr(error, "orig", error)))


def _count(database: Database, kind: Kind, before: datetime) -> int:
    with database.read() as session:
        return aged.count(session, kind, before)


def _delete(database: Database, kind: Kind, before: datetime) -> int:
    total = 0
    while True:
        with database.write.begin() as session:
            gone, urls = aged.delete_some(session, kind, before, at_most=ROWS)
        for url in urls:  # first the row, then the file: a crash leaves a file, never a lie
            _remove_file(url)
        total += gone
        if gone < ROWS:
            return total
        threading.Event().wait(PAUSE_S)


def _remove_file(url: str) -> None:
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
        filesystem.rm(path)
    except FileNotFoundError:
        return
    except (OSError, ValueError, ImportError) as error:
        _log.warning("a file stays behind", url=url, reason=str(error))


def _delete_workflows(queue: DbosQueue, old: datetime, dry_run: bool) -> int:
    if dry_run:
        return len(queue.finished_before(old, None))
    total = 0
    while ids := queue.finished_before(old, ROWS):
        queue.forget(ids)
        total += len(ids)
        threading.Event().wait(PAUSE_S)
    return total
