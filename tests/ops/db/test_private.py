"""Nobody but the user of the service reads what it writes, whatever the umask."""

import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from ops.db.engine import open_database
from ops.db.migrate import migrate
from ops.db.private import keep, make_file
from ops.work.backup import backup

LOCK = """import fcntl, sys
fcntl.lockf(open(sys.argv[1], "r+"), fcntl.LOCK_EX | fcntl.LOCK_NB)"""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
    }


def test_a_database_and_what_sqlite_writes_beside_it_is_private(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/a/b/longrun.db")
    with database.write.begin() as session:
        session.execute(text("CREATE TABLE t (x)"))
        found = _modes(tmp_path)
    database.engine.dispose()
    assert found.pop("a") == found.pop("a/b") == 0o700
    assert found == dict.fromkeys(found, 0o600)
    assert {"a/b/longrun.db", "a/b/longrun.db-wal"} <= set(found)


def test_a_database_that_was_opened_up_on_purpose_stays_so(tmp_path: Path) -> None:
    file = tmp_path / "longrun.db"
    file.touch(0o640)
    database = open_database(f"sqlite:///{file}")
    with database.read() as session:
        session.execute(text("SELECT 1"))
    database.engine.dispose()
    assert _modes(tmp_path)["longrun.db"] == 0o640


def test_a_file_that_is_there_keeps_the_locks_of_its_process(tmp_path: Path) -> None:
    file = tmp_path / "longrun.db"
    with file.open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # as SQLite holds it
        make_file(file)
        tried = subprocess.run([sys.executable, "-c", LOCK, file], capture_output=True, text=True)
    assert "BlockingIOError" in tried.stderr


def test_artifacts_are_private(tmp_path: Path) -> None:
    keep((tmp_path / "artifacts" / "run" / "result.json").as_uri(), b"{}")
    assert _modes(tmp_path) == {
        "artifacts": 0o700,
        "artifacts/run": 0o700,
        "artifacts/run/result.json": 0o600,
    }


def test_a_backup_is_private(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/longrun.db")
    migrate(database.engine)
    backup(database, tmp_path / "a.backup", artifact_root="memory://", now=NOW)
    database.engine.dispose()
    assert _modes(tmp_path)["a.backup"] == 0o600
