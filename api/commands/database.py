"""`longrun migrate`."""

import click

from ops.db.engine import open_database
from ops.db.migrate import current, migrate
from ops.settings import Settings
from ops.work.engine import prepare


@click.command()
def migrate_command() -> None:
    """Bring the database to the revision this version needs."""
    database = open_database(Settings().database)
    migrate(database.engine)
    prepare(database)
    click.echo(f"database is at revision {current(database.engine)}")
