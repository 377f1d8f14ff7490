"""The clean-up deletes what is old, nothing else, and one worker does it."""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ops.db import artifacts, sweeps
from ops.db.artifacts import Content
from ops.db.engine import Database
from ops.db.models.advise import Advice, Memory
from ops.db.models.data import Ingest, Rejection
from ops.db.models.people import Audit, IdempotencyKey
from ops.db.models.plant import Site
from ops.db.models.work import Artifact, PredictionRow, Run, Worker
from ops.settings import Settings
from ops.work import retention
from ops.work.engine import DbosQueue, open_queue, prepare
from ops.work.retention import Sweeper, sweep
from tests.ops.work.probe import ACTOR, ask, ended, until, worker

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
KEPT = (Run, Artifact, Audit, IdempotencyKey, Rejection, Worker, PredictionRow, Advice, Memory)
SETTINGS = Settings(
    keep_runs_days=30, keep_artifacts_days=10, keep_audit_days=100, keep_idempotency_days=2
)


class NoEngine(DbosQueue):
    """An engine without rows of its own."""

    def __init__(self) -> None:
        """Open nothing."""

    def finished_before(self, instant: datetime, limit: int | None) -> list[str]:
        return []


def _run(name: str, days: float, state: str = "succeeded") -> Run:
    ended_at = None if state in ("queued", "running") else NOW - days * DAY
    return Run(
        id=name,
        analysis="probe",
        version=1,
        params={},
        as_of=NOW,
        max_batch=0,
        state=state,
        submitted_by="ada",
        submitted_at=NOW - (days + 0.5) * DAY,
        finished_at=ended_at,
    )


def _advice(name: str, at: datetime) -> Advice:
    return Advice(
        id=name, asked_by="ada", asked_at=at, question={}, intent={}, state="answered",
        source="rules", level="info", answer={}, trail={},
    )  # fmt: skip


def _memory(
    number: int, days: int, *, ended: int | None = None, supersedes: int | None = None
) -> Memory:
    at = NOW - days * DAY
    return Memory(
        id=number, kind="knowledge", title="t", text="x", tags={}, provenance="person",
        origin="401", valid_from=at, valid_to=None if ended is None else NOW - ended * DAY,
        supersedes=supersedes, written_by="ada", written_at=at, updated_at=at,
    )  # fmt: skip


def _add_files(session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for run_id, days in (("old", 40), ("middle", 20), ("new", 5)):
        at = NOW - days * DAY
        small = Content("small.json", "application/json", b"{}")
        artifacts.store(session, run_id, small, url=folder.as_uri(), now=at)
        monkeypatch.setattr(artifacts, "IN_DATABASE_BYTES", 1)
        large = Content("large.bin", "application/octet-stream", b"many")
        artifacts.store(session, run_id, large, url=folder.as_uri(), now=at)
        monkeypatch.undo()


def _fill(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write.begin() as session:
        session.add_all([_run("old", 40), _run("middle", 20), _run("new", 5)])
        session.add_all(
            [_run("live", 90, "running"), _run("long", 1), _run("failed", 31, "failed")]
        )
        session.add(Site(id=1, code="S", title="S", created_at=NOW))
        session.flush()
        # a run that was submitted long ago and ended yesterday stays
        session.execute(update(Run).where(Run.id == "long").values(submitted_at=NOW - 60 * DAY))
        _add_files(session, folder, monkeypatch)
        for days in (101, 99):
            at = NOW - days * DAY
            session.add(Audit(at=at, actor="a", action="x", resource="r", resource_id=str(days)))
            session.add(
                PredictionRow(
                    run_id=str(days),
                    analysis="drift",
                    site_id=1,
                    issued_at=at,
                    due_at=at,
                    document={},
                )
            )
        for days in (401, 399):
            session.add(_advice(str(days), NOW - days * DAY))
        session.add_all([_memory(1, 500, ended=450), _memory(2, 450, ended=401, supersedes=1)])
        session.flush()
        session.add_all([_memory(3, 401, supersedes=2), _memory(4, 450, ended=399)])
        for days in (3, 1):
            at = NOW - days * DAY
            key = f"{days} days"
            session.add(
                IdempotencyKey(actor="a", key=key, request_sha256="", headers={}, created_at=at)
            )
            session.add(
                Worker(id=key, host="h", pid=1, version="1", started_at=at, seen_at=at + DAY / 2)
            )
        for number, days in ((1, 40), (2, 20)):
            session.add(
                Ingest(
                    id=number,
                    site_id=1,
                    format="csv",
                    state="succeeded",
                    person="a",
                    started_at=NOW - days * DAY,
                )
            )
            session.flush()
            session.add(Rejection(ingest_id=number, kind="rejected", row=1, column="v", reason="r"))


def _ids(database: Database) -> dict[str, list[str]]:
    names = {Artifact: "run_id", IdempotencyKey: "key", Rejection: "ingest_id"}
    names |= {Audit: "resource_id", PredictionRow: "run_id"}
    with database.read() as session:
        return {
            table.__tablename__: sorted(
                str(v) for v in session.scalars(select(getattr(table, names.get(table, "id"))))
            )
            for table in KEPT
        }


def test_the_old_goes_and_the_rest_stays(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(database, tmp_path / "files", monkeypatch)
    whole = _ids(database)
    counted = sweep(database, SETTINGS, NoEngine(), now=NOW, dry_run=True)
    assert _ids(database) == whole
    done = sweep(database, SETTINGS, NoEngine(), now=NOW)
    assert done == counted
    assert asdict(done) == {
        "runs": 2,
        "artifacts": 4,
        "audit": 1,
        "idempotency_keys": 1,
        "rejections": 1,
        "workers": 1,
        "engine_rows": 0,
        "predictions": 1,
        "advice": 1,
        "memories": 2,
    }
    assert _ids(database) == {
        "run": ["live", "long", "middle", "new"],
        "artifact": ["new", "new"],
        "audit": ["99"],
        "idempotency_key": ["1 days"],
        "rejection": ["2"],
        "worker": ["1 days"],
        "prediction": ["99"],
        "advice": ["399"],
        "memory": ["3", "4"],
    }
    files = sorted(p.relative_to(tmp_path / "files") for p in tmp_path.glob("files/*/*"))
    assert files == [Path("new/large.bin")]
    assert set(asdict(sweep(database, SETTINGS, NoEngine(), now=NOW)).values()) == {0}


def test_batches_are_small_and_go_to_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "ROWS", 7)
    with database.write.begin() as session:
        session.add_all(_run(f"run {i}", 31 + i) for i in range(30))
    assert sweep(database, SETTINGS, NoEngine(), now=NOW).runs == 30


def test_a_file_that_cannot_be_deleted_stops_nothing(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.write.begin() as session:
        session.add(_run("old", 40))
        session.flush()
        for name, url in (("a", (tmp_path / "gone").as_uri()), ("b", "nowhere://bucket/file")):
            session.add(
                Artifact(
                    run_id="old",
                    name=name,
                    media_type="x",
                    size=1,
                    sha256="",
                    url=url,
                    created_at=NOW - 40 * DAY,
                )
            )
    assert sweep(sqlite_database, SETTINGS, NoEngine(), now=NOW).artifacts == 2


def test_two_workers_clean_up_once(database: Database) -> None:
    sweepers = [Sweeper(database, SETTINGS, NoEngine()) for _ in range(2)]
    at_three = NOW.replace(hour=3, minute=18)
    _together([lambda s=s: s.tick(at_three) for s in sweepers])
    for sweeper in sweepers:
        sweeper.wait()
        sweeper.tick(at_three + timedelta(minutes=1))
        sweeper.wait()
    assert _told(database) == {"sweep": 1, "swept": 1}
    sweepers[0].tick(at_three + DAY)
    sweepers[0].wait()
    assert _told(database) == {"sweep": 2, "swept": 2}


def test_a_clean_up_asked_for_is_done_soon_and_once(database: Database) -> None:
    sweepers = [Sweeper(database, SETTINGS, NoEngine()) for _ in range(2)]
    for sweeper in sweepers:
        sweeper.tick(NOW)
        sweeper.wait()
    with database.write.begin() as session:
        sweep_id = sweeps.ask(session, ACTOR, NOW)
    for sweeper in sweepers * 2:
        sweeper.tick(NOW + timedelta(seconds=1))
        sweeper.wait()
    assert _told(database) == {"ask": 1, "sweep": 2, "swept": 2}
    with database.read() as session:
        done = sweeps.last(session)
    assert done is not None
    assert (done.resource_id, done.actor, (done.after or {})["runs"]) == (sweep_id, "retention", 0)


def test_finished_rows_of_the_engine_go(database: Database, plugins: Path) -> None:
    with worker(database, plugins):
        done = ask(database)
        until(database, done, ended, 90)
        waiting = ask(database, seconds=600)
        later = datetime.now(UTC) + 8 * DAY
        queue = open_queue(database)
        deadline = time.monotonic() + 120
        while not queue.finished_before(later, 10) and time.monotonic() < deadline:
            time.sleep(0.05)  # the engine writes its row after ours
        assert queue.finished_before(datetime.now(UTC) - DAY, 10) == []
        assert sweep(database, SETTINGS, queue, now=later, dry_run=True).engine_rows == 1
        assert sweep(database, SETTINGS, queue, now=later).engine_rows == 1
        assert sweep(database, SETTINGS, queue, now=later).engine_rows == 0
        queue.close()
        with database.read() as session:
            assert set(session.scalars(select(Run.id))) == {done, waiting}


def test_an_engine_that_was_never_used_has_nothing(database: Database) -> None:
    prepare(database)
    queue = open_queue(database)
    assert sweep(database, SETTINGS, queue, now=NOW).engine_rows == 0
    queue.close()


def _together(calls: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _told(database: Database) -> dict[str, int]:
    with database.read() as session:
        query = select(Audit.action, func.count()).where(Audit.resource == sweeps.RESOURCE)
        return {row[0]: row[1] for row in session.execute(query.group_by(Audit.action))}
