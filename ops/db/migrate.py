"""Bring a database to a revision, and say which one it is at.

Alembic takes half a second to load, and every process asks which revision it needs: only what
migrates loads it. So a file of a migration begins with its revision, four digits.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ops.db.engine import is_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 7_263_001  # any fixed number: two migrations must not run at once


def scripts() -> Path:
    """Folder of the migrations: inside the wheel, or at the top of a checkout."""
    shipped = Path(__file__).parent / "_migrations"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "migrations"


def head() -> str:
    """Revision that this version of the code needs."""
    return max(_revisions())


def known(revision: str) -> bool:
    """Whether this version of the code has a migration to `revision`."""
    return revision in _revisions()


def current(engine: Engine) -> str | None:
    """Revision the database is at; None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def _revisions() -> set[str]:
    return {path.name[:4] for path in (scripts() / "versions").glob("[0-9]*.py")}


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to `revision`; waits for a migration that is under way elsewhere."""
    with engine.begin() as connection:
        if not is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": _LOCK})
        from alembic import command  # noqa: PLC0415  (see above)

        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade to `revision`; ``base`` removes every table of ours."""
    from alembic import command  # noqa: PLC0415  (see above)

    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  (see above)

    config = Config()
    config.set_main_option("script_location", str(scripts()))
    config.attributes["connection"] = connection
    return config
