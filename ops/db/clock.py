"""The clock of the database, which every host shares."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from ops.db.types import from_micros

_NOW = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")


def database_now(session: Session) -> datetime:
    """Present instant by the clock of PostgreSQL; SQLite has that of this host."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    return from_micros(session.scalars(_NOW).one())
