"""Engines: SQLite tuned for one writer and many readers, PostgreSQL as it comes."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Engine, Pool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from ops.db.arrow import Columnar, open_columnar
from ops.db.private import make_file, make_folder
from ops.db.types import dumps
from ops.errors import BadData, Problem

BUSY_TIMEOUT_MS = 30_000
PATIENCE_MS = 8  # within which SQLite looks for the lock every 1 to 5 ms


def open_engine(url: str, *, pool_size: int = 10) -> Engine:
    """Open an engine of either database.

    Parameters
    ----------
    url
        ``sqlite:///path`` or ``postgresql+psycopg://...`` (plain ``postgresql://`` is read so).
    pool_size
        Connections kept; the thread pool of the API is set to the same size.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            make_folder(Path(parsed.database).parent)
        engine = create_engine(
            parsed,
            json_serializer=dumps,
            pool_size=pool_size,
            max_overflow=pool_size,
            connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        )
        event.listen(engine, "do_connect", _sqlite_private)
        event.listen(engine, "connect", _sqlite_pragmas)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        json_serializer=dumps,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
    )


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        detail = "give sqlite:///path/to/file.db or postgresql://user:password@host/database"
        raise BadData("the database URL is not usable", (Problem("LONGRUN_DATABASE_URL", detail),))
    return parsed


@dataclass(frozen=True, slots=True)
class Database:
    """One database with its two session factories; whoever opens a session commits it, once.

    Parameters
    ----------
    write
        Sessions that may write; on SQLite they take the write lock at once and wait for it.
    read
        Sessions that only read; on SQLite they never wait for a writer.
    columnar
        connections of the Arrow hot path; disposing the engine disposes them too.
    """

    url: str
    engine: Engine
    write: sessionmaker[Session]
    read: sessionmaker[Session]
    columnar: Columnar


def open_database(url: str, *, pool_size: int = 10) -> Database:
    """Open a database: the engine and its session factories."""
    engine = open_engine(url, pool_size=pool_size)
    reader = engine.execution_options(read_only=True)
    columnar = open_columnar(engine.url.render_as_string(hide_password=False))
    event.listen(engine, "engine_disposed", partial(_dispose, columnar.pool))
    return Database(
        url=url,
        engine=engine,
        write=sessionmaker(engine, expire_on_commit=False),
        read=sessionmaker(reader, expire_on_commit=False),
        columnar=columnar,
    )


def _dispose(pool: Pool, _engine: Engine) -> None:
    pool.dispose()


def is_sqlite(engine: Engine) -> bool:
    """Whether the engine speaks to SQLite."""
    return engine.dialect.name == "sqlite"


def _sqlite_private(_dialect: Any, _record: Any, arguments: list[Any], _named: Any) -> None:
    name = str(arguments[0]) if arguments else ""
    if name and name != ":memory:" and not name.startswith("file:"):
        with suppress(OSError):  # SQLite says it better
            make_file(Path(name))  # what it writes beside has the mode of the database


def _sqlite_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late for savepoints
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    # IMMEDIATE unless the caller only reads: a deferred transaction that reads, then writes, fails
    # at once with "database is locked" when another writer came between
    if connection.get_execution_options().get("read_only"):
        connection.exec_driver_sql("BEGIN")
        return
    driver: sqlite3.Connection = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        if not _locked(driver, until=monotonic() + BUSY_TIMEOUT_MS / 1000):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails as errors of this engine do
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _locked(driver: sqlite3.Connection, *, until: float) -> bool:
    """Take the write lock, looking for it every few milliseconds; whether that was possible.

    SQLite itself waits ever longer between two looks, up to 100 ms: beside an ingest, which lets go
    of the lock for a moment after each of its commits, that is many moments missed.
    """
    while monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
        else:
            return True
    return False
