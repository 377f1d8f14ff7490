"""A snapshot of a PostgreSQL database: tables of ours and of the job engine, by ``COPY``."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import psycopg
from dbos import run_dbos_database_migrations
from psycopg import sql
from sqlalchemy import Connection, inspect, text

from ops.db.engine import Database
from ops.db.migrate import current, migrate
from ops.db.models.registry import METADATA
from ops.db.snapshot import (
    ENGINE_SCHEMA,
    DatabaseFacts,
    Moved,
    Put,
    SavedTable,
    Source,
    move_artifacts,
    revision_of,
    stored_artifacts,
)
from ops.errors import Conflict

ENGINE_VERSION = "dbos_migrations"  # the engine's own revision: compared, never written

_PARTITIONS = text(
    "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i"
    " JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'measurement'::regclass ORDER BY c.relname"
)
_SEQUENCES = text(
    "SELECT CASE WHEN schemaname = :engine THEN schemaname ELSE '' END, sequencename, last_value"
    " FROM pg_sequences WHERE schemaname IN (current_schema(), :engine) AND last_value IS NOT NULL"
)


def save(database: Database, put: Put) -> DatabaseFacts:
    """Write every table to a member of its own, all as of one instant; others may write."""
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        revision = revision_of(connection)  # the first query pins the snapshot
        tables = tuple(_tables(connection))
        for table in tables:
            put(table.member, _rows(_driver(connection), table))
        return DatabaseFacts(
            kind="postgresql",
            revision=revision,
            engine_revision=_engine_revision(connection),
            tables=tables,
            partitions={row[0]: row[1] for row in connection.execute(_PARTITIONS)},
            sequences=_sequences(connection),
            artifacts=stored_artifacts(connection),
        )


def load(
    database: Database, facts: DatabaseFacts, source: Source, move: Callable[[], Moved]
) -> None:
    """Replace every row by the saved ones in one transaction, then bring the tables up to date.

    Parameters
    ----------
    move
        Puts the artifacts in their place and answers with each and its new URL; called last
        before the commit.

    Raises
    ------
    Conflict
        If the tables of the target are of another revision than the saved ones.
    """
    _make_tables(database, facts)
    with database.engine.begin() as connection:
        _check_columns(connection, facts)
        names = sql.SQL(", ").join(_name(table) for table in facts.tables)
        driver = _driver(connection)
        driver.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        for name, bounds in facts.partitions.items():
            driver.execute(
                sql.SQL("CREATE TABLE IF NOT EXISTS {} PARTITION OF measurement {}").format(
                    sql.Identifier(name), sql.SQL(cast(Any, bounds))
                )
            )
        for table in facts.tables:
            _fill(driver, table, source)
        for name, value in facts.sequences.items():
            driver.execute("SELECT setval(%s, %s)", (name, value))
        move_artifacts(connection, move())
    migrate(database.engine)


def _tables(connection: Connection) -> Iterator[SavedTable]:
    inspector = inspect(connection)
    for schema in (None, ENGINE_SCHEMA):
        if schema is not None and schema not in inspector.get_schema_names():
            continue
        for name, _ in inspector.get_sorted_table_and_fkc_names(schema):
            if name is None or name == ENGINE_VERSION or not (schema or name in METADATA.tables):
                continue
            every = inspector.get_columns(name, schema)
            columns = tuple(c["name"] for c in every if "computed" not in c)  # they come anew
            yield SavedTable(schema_name=schema or "", name=name, columns=columns)


def _rows(driver: psycopg.Connection[Any], table: SavedTable) -> Iterator[bytes]:
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(_columns(table), _name(table))
    with driver.cursor() as cursor, cursor.copy(query) as copy:
        for piece in copy:
            yield bytes(piece)


def _fill(driver: psycopg.Connection[Any], table: SavedTable, source: Source) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(_name(table), _columns(table))
    with driver.cursor() as cursor, cursor.copy(query) as copy:
        for piece in source.chunks(table.member):
            copy.write(piece)


def _make_tables(database: Database, facts: DatabaseFacts) -> None:
    at = current(database.engine)
    if at is None:
        migrate(database.engine, facts.revision)
    elif at != facts.revision:
        raise Conflict(
            f"the target is at revision {at}, the backup at {facts.revision};"
            " restore into an empty database"
        )
    if facts.engine_revision is not None:
        url = database.engine.url.render_as_string(hide_password=False)
        run_dbos_database_migrations(url, schema=ENGINE_SCHEMA)


def _check_columns(connection: Connection, facts: DatabaseFacts) -> None:
    engine_revision = _engine_revision(connection)
    if facts.engine_revision not in (None, engine_revision):
        raise Conflict(
            f"the job engine of the backup is at revision {facts.engine_revision}, this version's"
            f" at {engine_revision}; restore with the version that wrote the backup, then upgrade"
        )
    there = {(t.schema_name, t.name): set(t.columns) for t in _tables(connection)}
    for table in facts.tables:
        if there.get((table.schema_name, table.name)) != set(table.columns):
            raise Conflict(
                f"the table {table.member.removeprefix('tables/')} of the backup has other columns"
                " than this version makes; restore with the version that wrote the backup, then"
                " upgrade"
            )


def _engine_revision(connection: Connection) -> int | None:
    if not inspect(connection).has_table(ENGINE_VERSION, ENGINE_SCHEMA):
        return None
    found = connection.scalar(text(f"SELECT max(version) FROM {ENGINE_SCHEMA}.{ENGINE_VERSION}"))
    return None if found is None else int(found)


def _sequences(connection: Connection) -> dict[str, int]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    found = connection.execute(_SEQUENCES, {"engine": ENGINE_SCHEMA})
    return {
        ".".join(quote(part) for part in (schema, name) if part): last
        for schema, name, last in found
    }


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver


def _name(table: SavedTable) -> sql.Identifier:
    return sql.Identifier(*(part for part in (table.schema_name, table.name) if part))


def _columns(table: SavedTable) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in table.columns)
