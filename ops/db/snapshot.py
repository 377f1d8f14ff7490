"""One consistent state of a whole database, out to named members and back in.

SQLite: the file itself, made by ``VACUUM INTO`` while others write. PostgreSQL: every table of
ours and of the job engine through ``COPY`` under one ``REPEATABLE READ`` snapshot. Going in is one
transaction on both.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, inspect, text

from ops.db.engine import Database, is_sqlite
from ops.db.models.registry import METADATA
from ops.errors import NotReady

ENGINE_SCHEMA = "dbos"
_OUTSIDE = {  # tables whose files may lie outside: their key, and the number within it
    "artifact": ("id", "0"),
    "dataset_revision": ("dataset_id", "number"),
    "model_version": ("model_id", "number"),
}
Moved = list[tuple["StoredArtifact", str]]
Put = Callable[[str, Iterable[bytes]], None]


class StoredArtifact(BaseModel):
    """A file of a row that lies outside the database."""

    model_config = ConfigDict(frozen=True)

    id: int
    url: str
    size: int
    sha256: str
    table: str = "artifact"
    number: int = 0  # of the revision or version; an artifact of a run has none

    @property
    def member(self) -> str:
        """Name of the member that holds it."""
        own = self.table == "artifact"
        return f"artifacts/{self.id}" if own else f"artifacts/{self.table}-{self.id}-{self.number}"


class SavedTable(BaseModel):
    """One table of a PostgreSQL backup: where its rows lie and the order of its columns."""

    model_config = ConfigDict(frozen=True)

    schema_name: str  # "" is the schema of our own tables
    name: str
    columns: tuple[str, ...]

    @property
    def member(self) -> str:
        """Name of the member that holds the rows."""
        return f"tables/{self.schema_name or 'ours'}.{self.name}"


class DatabaseFacts(BaseModel):
    """What a restore needs to know of the database that was saved."""

    model_config = ConfigDict(frozen=True)

    kind: str
    revision: str
    engine_revision: int | None = None  # of the job engine's own tables
    tables: tuple[SavedTable, ...] = ()
    partitions: dict[str, str] = {}  # name of a partition of `measurement`: its bounds
    sequences: dict[str, int] = {}
    artifacts: tuple[StoredArtifact, ...] = ()


class Source(Protocol):
    """Where a restore reads the members of a backup."""

    def chunks(self, member: str) -> Iterator[bytes]:
        """Bytes of a member, piece by piece."""
        ...


def kind_of(database: Database) -> str:
    """Either ``sqlite`` or ``postgresql``."""
    return database.engine.dialect.name


def file_of(database: Database) -> Path:
    """File of an embedded database."""
    name = database.engine.url.database
    if not is_sqlite(database.engine) or not name:
        raise NotReady(f"{database.engine.url!r} is not an embedded database in a file")
    return Path(name)


def revision_of(connection: Connection) -> str:
    """Revision of the database as this connection sees it."""
    if not inspect(connection).has_table("alembic_version"):
        raise NotReady("the database is empty; run `longrun migrate` first")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def stored_artifacts(connection: Connection) -> tuple[StoredArtifact, ...]:
    """Artifacts of runs, rows of datasets and models that lie outside the database."""
    there = set(inspect(connection).get_table_names())
    found: list[StoredArtifact] = []
    for table, (key, number) in _OUTSIDE.items():
        if table not in there:
            continue
        rows = connection.execute(
            text(
                f"SELECT {key} AS id, {number} AS number, url, size, sha256 FROM {table}"
                " WHERE url IS NOT NULL ORDER BY id, number"
            )
        )
        found += [StoredArtifact.model_validate({**row, "table": table}) for row in rows.mappings()]
    return tuple(found)


def move_artifacts(connection: Connection, moved: Iterable[tuple[StoredArtifact, str]]) -> None:
    """Write the new places of artifacts.

    What is fixed for everybody else is moved here: the guard of its table is put aside meanwhile.
    """
    by_table: dict[str, list[tuple[StoredArtifact, str]]] = {}
    for artifact, url in moved:
        if artifact.url != url:
            by_table.setdefault(artifact.table, []).append((artifact, url))
    for table, rows in by_table.items():
        key, number = _OUTSIDE[table]
        with _unguarded(connection, table):
            for artifact, url in rows:
                connection.execute(
                    text(f"UPDATE {table} SET url = :url WHERE {key} = :id AND {number} = :number"),
                    {"url": url, "id": artifact.id, "number": artifact.number},
                )


@contextmanager
def _unguarded(connection: Connection, table: str) -> Generator[None]:
    """Put the triggers that refuse updates aside, within the transaction of the restore."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    guards = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
        {"table": table},
    ).all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, statement in guards:
        connection.exec_driver_sql(statement)


def filled_tables(connection: Connection) -> list[str]:
    """Tables of ours that have rows."""
    there = set(inspect(connection).get_table_names()) & set(METADATA.tables)
    quote = connection.dialect.identifier_preparer.quote_identifier
    return sorted(
        name
        for name in there
        if connection.scalar(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")) is not None
    )
