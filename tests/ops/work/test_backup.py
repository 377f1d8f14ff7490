"""Backups of both databases, made while others write, go back whole or not at all."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dbos import run_dbos_database_migrations
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ops.db import model_versions, workers
from ops.db.base import Base
from ops.db.engine import Database, open_database
from ops.db.migrate import current, downgrade, head
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.db.models.advise import Advice, AdviceVisit, LlmProbe, Memory
from ops.db.models.classify import ModelVersion
from ops.db.models.data import Batch
from ops.db.models.people import Audit
from ops.db.models.plant import Site
from ops.db.models.work import Artifact, Run, Worker
from ops.errors import BadData, Conflict
from ops.values import Actor
from ops.work.backup import backup
from ops.work.restore import restore

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
TS = 1_772_323_200_000_000
ROWS = 50
LEASE = timedelta(hours=1)  # longer than any test waits for a processor
ACTOR = Actor("a", "engineer")
_ROW = text(
    "INSERT INTO measurement (characteristic_id, ts, seq, value, n, status, context_id, batch_id)"
    " VALUES (1, :ts, :seq, 0.1, 1, 0, 1, :batch)"
)


@pytest.fixture
def target(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """An empty database of the same kind, not migrated."""
    if database.engine.dialect.name == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'new' / 'longrun.db'}")
    else:
        opened = open_database(request.getfixturevalue("new_postgres")())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def source(database: Database, tmp_path: Path) -> Database:
    """A database with a site, an audit row, an engine's row and an artifact file."""
    with database.write.begin() as session:
        session.add(Site(code="PG1", title="Penang", created_at=NOW))
        session.flush()
        session.add(
            Audit(at=NOW, actor="a", action="create", resource="site", resource_id="1", after={})
        )
        session.add(
            Run(
                id="r1", analysis="capability", version=1, params={"k": "\\.\n\t"}, as_of=NOW,
                max_batch=0, submitted_by="a", submitted_at=NOW,
            )
        )  # fmt: skip
        session.add_all(_advice())
        session.flush()
        folder = tmp_path / "artifacts"
        (folder / "r1").mkdir(parents=True)
        (folder / "r1" / "big.parquet").write_bytes(b"PAR1" * 1000)
        session.add(
            Artifact(
                run_id="r1", name="big.parquet", media_type="x", size=4000, sha256="0",
                url=f"{folder.as_uri()}/r1/big.parquet", created_at=NOW,
            )
        )  # fmt: skip
        _add_large_model(session, folder)
        if database.engine.dialect.name == "postgresql":
            session.execute(
                text(
                    "CREATE TABLE measurement_2026_03 PARTITION OF measurement"
                    " FOR VALUES FROM (1772323200000000) TO (1775001600000000)"
                )
            )
    url = database.engine.url.render_as_string(hide_password=False)
    run_dbos_database_migrations(url)
    with database.engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO {_engine(database)}workflow_status"
                " (workflow_uuid, status, created_at, updated_at) VALUES ('r1', 'ENQUEUED', 1, 1)"
            )
        )
    return database


def _advice() -> tuple[Base, ...]:
    """A row of each table of the advisor."""
    answer = {"state": "answered", "claims": []}
    return (
        Advice(
            id="a1", asked_by="a", asked_at=NOW, question={"text": "µ?"}, intent={"topics": []},
            state="answered", source="rules", level="info", answer=answer, trail={"raw": "\\n"},
        ),
        Memory(
            id=7, kind="knowledge", title="WB-07", text="It warms up.", tags={"tool": "WB-07"},
            provenance="person", origin="a", valid_from=NOW, written_by="a", written_at=NOW,
            updated_at=NOW,
        ),
        AdviceVisit(name="a", seen_at=NOW),
        LlmProbe(server="http://127.0.0.1/v1", model="", probed_at=NOW, found={"models": ["m"]}),
    )  # fmt: skip


def _add_large_model(session: Session, folder: Path) -> None:
    fields = {"code": "M", "title": "M", "task": "classify"}
    row = SHELF.create(session, fields, actor=ACTOR, now=NOW)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(model_versions, "IN_DATABASE_BYTES", 1)
        new = NewVersion(origin="own", artefact=b"model" * 1000)
        model_versions.add(session, row, new, url=_root(folder), actor=ACTOR, now=NOW)


def _engine(database: Database) -> str:
    return "dbos." if database.engine.dialect.name == "postgresql" else ""


def _write_batch(database: Database, start: int) -> None:
    with database.engine.begin() as connection:
        values = {"site_id": 1, "kind": "rows", "rows": ROWS, "person": "a", "committed_at": NOW}
        batch = connection.scalar(insert(Batch).values(**values).returning(Batch.id))
        rows = [{"ts": TS + start + i, "seq": i, "batch": batch} for i in range(ROWS)]
        connection.execute(_ROW, rows)


def _keep_writing(database: Database) -> Callable[[], None]:
    """Write whole batches in a thread until the answer is called."""
    stop, begun = threading.Event(), threading.Event()

    def write() -> None:
        start = 0
        while not stop.is_set():
            _write_batch(database, start)
            start += ROWS
            if start >= 5 * ROWS:
                begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(60)

    def end() -> None:
        stop.set()
        thread.join(60)

    return end


def _counts(database: Database) -> tuple[int, int]:
    with database.read() as session:
        promised = session.scalar(text("SELECT coalesce(sum(rows), 0) FROM batch"))
        return int(promised or 0), int(
            session.scalar(text("SELECT count(*) FROM measurement")) or 0
        )


def _root(folder: Path) -> str:
    return folder.as_uri()


def test_round_trip_while_another_writes(
    source: Database, target: Database, tmp_path: Path
) -> None:
    end = _keep_writing(source)
    try:
        file = tmp_path / "b.zip"
        backup(source, file, artifact_root=_root(tmp_path / "artifacts"), now=NOW)
    finally:
        end()
    restore(target, file, artifact_root=_root(tmp_path / "there"))
    promised, stored = _counts(target)
    assert promised == stored > 0
    assert current(target.engine) == head()
    with target.read() as session:
        assert session.scalars(select(Site.code)).all() == ["PG1"]
        assert session.scalars(select(Run.params)).all() == [{"k": "\\.\n\t"}]
        assert session.scalar(text(f"SELECT status FROM {_engine(target)}workflow_status")) == (
            "ENQUEUED"
        )
        assert session.scalars(select(Artifact.url)).one() == (
            f"{_root(tmp_path / 'there')}/r1/big.parquet"
        )
    assert (tmp_path / "there/r1/big.parquet").read_bytes() == b"PAR1" * 1000
    with target.write() as session:
        version = session.scalars(select(ModelVersion)).one()
        assert (version.url or "").startswith(_root(tmp_path / "there"))
        assert model_versions.artefact(session, version) == b"model" * 1000
        with pytest.raises(DBAPIError, match="fixed"):  # its guard is back
            session.execute(text("UPDATE model_version SET note = 'x'"))
    _write_batch(target, 10**9)  # sequences and partitions went with it
    assert _counts(target)[0] == promised + ROWS


def test_a_target_with_rows_needs_replace(source: Database, tmp_path: Path) -> None:
    file, root = tmp_path / "b.zip", _root(tmp_path / "artifacts")
    backup(source, file, artifact_root=root, now=NOW)
    _write_batch(source, 0)
    with pytest.raises(Conflict, match=r"not empty .*--replace"):
        restore(source, file, artifact_root=root)
    restore(source, file, artifact_root=root, replace=True)
    assert _counts(source) == (0, 0)


def test_a_live_worker_forbids_a_restore(source: Database, tmp_path: Path) -> None:
    file, root = tmp_path / "b.zip", _root(tmp_path / "artifacts")
    backup(source, file, artifact_root=root, now=NOW)
    now = datetime.now(UTC)
    with source.write.begin() as session:
        late = now + LEASE
        session.add(Worker(id="w", host="h", pid=1, version="0", started_at=now, seen_at=late))
    with pytest.raises(Conflict, match="stop the service"):
        restore(source, file, artifact_root=root, replace=True)


def test_workers_of_a_backup_do_not_live_where_it_was_restored(
    source: Database, target: Database, tmp_path: Path
) -> None:
    with source.write.begin() as session:
        now = datetime.now(UTC)
        late = now + LEASE
        session.add(Worker(id="w", host="h", pid=1, version="0", started_at=now, seen_at=late))
    backup(source, tmp_path / "b", artifact_root=_root(tmp_path / "artifacts"), now=NOW)
    for _ in range(2):
        restore(target, tmp_path / "b", artifact_root=_root(tmp_path / "there"), replace=True)
    with target.read() as session:
        assert [one.id for one in workers.expired(session, timedelta(seconds=30))] == ["w"]


def test_a_damaged_member_is_found_before_anything_is_touched(
    source: Database, target: Database, tmp_path: Path
) -> None:
    file, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    backup(source, file, artifact_root=_root(tmp_path / "artifacts"), now=NOW)
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(bad, "w") as damaged:
        for name in whole.namelist():
            content = whole.read(name)
            damaged.writestr(name, b"x" + content if name.startswith("artifacts/") else content)
    with pytest.raises(BadData, match="checksum of artifacts/1 is wrong"):
        restore(target, bad, artifact_root=_root(tmp_path / "there"))
    assert current(target.engine) is None
    assert not (tmp_path / "there").exists()


def test_a_failed_load_changes_nothing(source: Database, target: Database, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    backup(source, file, artifact_root=_root(tmp_path / "artifacts"), now=NOW)
    blocker = tmp_path / "blocker"
    blocker.write_text("a file where a folder should be")
    _write_batch(source, 0)
    with pytest.raises(OSError, match="blocker"):
        restore(source, file, artifact_root=_root(blocker), replace=True)
    assert _counts(source) == (ROWS, ROWS)


def test_a_restore_brings_an_older_backup_up_to_date(
    database: Database, target: Database, tmp_path: Path
) -> None:
    downgrade(database.engine, "0001")
    file = tmp_path / "old.zip"
    backup(database, file, artifact_root=_root(tmp_path), now=NOW)
    restore(target, file, artifact_root=_root(tmp_path))
    assert current(target.engine) == head()


def test_a_backup_of_the_other_kind_is_refused(
    sqlite_database: Database, new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    backup(sqlite_database, file, artifact_root=_root(tmp_path), now=NOW)
    other = open_database(new_postgres())
    with pytest.raises(BadData, match="a backup of sqlite, the target is postgresql"):
        restore(other, file, artifact_root=_root(tmp_path))
    other.engine.dispose()


def test_a_backup_never_overwrites(sqlite_database: Database, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_text("precious")
    with pytest.raises(Conflict, match="never overwrites"):
        backup(sqlite_database, file, artifact_root=_root(tmp_path), now=NOW)
    assert file.read_text() == "precious"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04cut off"])
def test_what_is_no_backup_is_said_so(
    sqlite_database: Database, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(content)
    with pytest.raises(BadData, match="is not a Longrun backup"):
        restore(sqlite_database, file, artifact_root=_root(tmp_path))
