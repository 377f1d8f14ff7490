"""`longrun migrate`."""

import click

from ops.db.engine import open_engine
from ops.db.migrate import current, migrate
from ops.settings import Settings


@click.command()
def migrate_command() -> None:
    """Bring the database to the revision this version needs."""
    engine = open_engine(Settings().database)
    migrate(engine)
    click.echo(f"database is at revision {current(engine)}")
