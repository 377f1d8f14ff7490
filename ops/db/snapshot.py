"""One consistent state of a whole database, out to named members and back in.

SQLite: the file itself, made by ``VACUUM INTO`` while others write. PostgreSQL: every table of
ours and of the job engine through ``COPY`` under one ``REPEATABLE READ`` snapshot. Going in is one
transaction on both.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, inspect, text

from ops.db.engine import Database, is_sqlite
from ops.db.models.registry import METADATA
from ops.errors import NotReady

ENGINE_SCHEMA = "dbos"
Put = Callable[[str, Iterable[bytes]], None]


class StoredArtifact(BaseModel):
    """An artifact that lies outside the database."""

    model_config = ConfigDict(frozen=True)

    id: int
    url: str
    size: int
    sha256: str


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
    """Artifacts that lie outside the database."""
    rows = connection.execute(
        text("SELECT id, url, size, sha256 FROM artifact WHERE url IS NOT NULL ORDER BY id")
    )
    return tuple(StoredArtifact.model_validate(dict(row)) for row in rows.mappings())


def move_artifacts(connection: Connection, urls: dict[int, str]) -> None:
    """Write the new places of artifacts."""
    for artifact_id, url in urls.items():
        connection.execute(
            text("UPDATE artifact SET url = :url WHERE id = :id"), {"url": url, "id": artifact_id}
        )


def filled_tables(connection: Connection) -> list[str]:
    """Tables of ours that have rows."""
    there = set(inspect(connection).get_table_names()) & set(METADATA.tables)
    quote = connection.dialect.identifier_preparer.quote_identifier
    return sorted(
        name
        for name in there
        if connection.scalar(text(f"SELECT 1 FROM {quote(name)} LIMIT 1")) is not None
    )
