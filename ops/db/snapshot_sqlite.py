"""A snapshot of an embedded database is a copy of its file."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from ops.db.engine import Database, open_engine
from ops.db.migrate import migrate
from ops.db.snapshot import (
    DatabaseFacts,
    Moved,
    Put,
    Source,
    file_of,
    move_artifacts,
    revision_of,
    stored_artifacts,
)
from ops.errors import BadData

MEMBER = "database.sqlite"
_PIECE = 1 << 20


def save(database: Database, put: Put, *, beside: Path) -> DatabaseFacts:
    """Write the database to the member ``database.sqlite``; others may write meanwhile.

    Parameters
    ----------
    beside
        Folder with room for one more copy of the database.
    """
    with tempfile.TemporaryDirectory(dir=beside, prefix=".longrun-backup-") as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(file_of(database), timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        put(MEMBER, _pieces(copy))
        engine = open_engine(f"sqlite:///{copy}")
        try:
            with engine.connect() as connection:
                return DatabaseFacts(
                    kind="sqlite",
                    revision=revision_of(connection),
                    artifacts=stored_artifacts(connection),
                )
        finally:
            engine.dispose()


def load(database: Database, source: Source, move: Callable[[], Moved]) -> None:
    """Replace the whole database by the saved one, in one transaction, and bring it up to date.

    Parameters
    ----------
    move
        Puts the artifacts in their place and answers with each and its new URL; called when the
        saved database has proved to be sound.
    """
    target = file_of(database)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".longrun-restore-") as folder:
        copy = Path(folder) / "copy.db"
        with copy.open("wb") as file:
            file.writelines(source.chunks(MEMBER))
        _check(copy)
        engine = open_engine(f"sqlite:///{copy}")
        try:
            with engine.begin() as connection:
                move_artifacts(connection, move())
            migrate(engine)
        finally:
            engine.dispose()
        with (
            closing(sqlite3.connect(copy)) as saved,
            closing(sqlite3.connect(target, timeout=30)) as live,
        ):
            live.execute("PRAGMA journal_mode = WAL")
            saved.backup(live)


def _check(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            verdict = str(error)
    if verdict != "ok":
        raise BadData(f"the saved database is damaged: {verdict}; use another backup")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
