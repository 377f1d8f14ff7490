"""Bring a database to a revision, and say which one it is at."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from ops.db.engine import is_sqlite

_LOCK = 7_263_001  # any fixed number: two migrations must not run at once


def scripts() -> Path:
    """Folder of the migrations: inside the wheel, or at the top of a checkout."""
    shipped = Path(__file__).parent / "_migrations"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "migrations"


def head() -> str:
    """Revision that this version of the code needs."""
    revision = _directory().get_current_head()
    assert revision is not None
    return revision


def known(revision: str) -> bool:
    """Whether this version of the code has a migration to `revision`."""
    return any(r.revision == revision for r in _directory().walk_revisions())


def current(engine: Engine) -> str | None:
    """Revision the database is at; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to `revision`; waits for a migration that is under way elsewhere."""
    with engine.begin() as connection:
        if not is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": _LOCK})
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade to `revision`; ``base`` removes every table of ours."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def _directory() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    config.attributes["connection"] = connection
    return config
