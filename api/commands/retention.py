"""`longrun retention`."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from api.auth import LOCAL
from ops.db import sweeps
from ops.db.engine import open_database
from ops.settings import Settings
from ops.work.engine import open_queue, prepare
from ops.work.retention import sweep


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what would be deleted.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def retention_command(dry_run: bool, wants_json: bool) -> None:
    """Delete now what is older than the LONGRUN_KEEP_... settings allow; measurements never."""
    settings, now = Settings(), datetime.now(UTC)
    database = open_database(settings.database)
    prepare(database)
    queue = open_queue(database)
    report = asdict(sweep(database, settings, queue, now=now, dry_run=dry_run))
    if not dry_run:
        with database.write.begin() as session:
            sweeps.finish(session, f"command {now.isoformat()}", report, LOCAL, now)
    queue.close()
    database.engine.dispose()
    if wants_json:
        click.echo(json.dumps(report, indent=2))
        return
    click.echo("would be deleted:" if dry_run else "deleted:")
    for name, count in report.items():
        click.echo(f"  {count:>8}  {name.replace('_', ' ')}")
