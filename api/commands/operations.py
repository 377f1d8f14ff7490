"""`longrun doctor`, `backup` and `restore`."""

from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname

import click

from api.auth import require_safe_bind
from ops.db.engine import open_database
from ops.errors import BadData
from ops.settings import Settings
from ops.work.backup import backup
from ops.work.doctor import as_json, examine, is_healthy
from ops.work.restore import restore

_MARK = {"good": "ok  ", "warn": "note", "bad": "BAD "}


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Write the findings as JSON.")
@click.option("--worker", is_flag=True, help="Fail unless a worker of this host is alive.")
def doctor_command(wants_json: bool, worker: bool) -> None:
    """Check the installation and say how to mend it; exit code 1 if something is wrong."""
    settings = Settings()
    try:
        require_safe_bind(settings)
        unsafe = None
    except BadData as error:
        unsafe = str(error)
    findings = examine(
        settings,
        now=lambda: datetime.now(UTC),
        unsafe_bind=unsafe,
        worker_host=gethostname() if worker else None,
    )
    if wants_json:
        click.echo(as_json(findings))
    else:
        for finding in findings:
            mend = f"\n       mend: {finding.mend}" if finding.mend else ""
            click.echo(f"{_MARK[finding.level]}  {finding.check}: {finding.fact}{mend}")
    raise SystemExit(0 if is_healthy(findings) else 1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Save the database, the job engine and the artifacts to FILE while the service runs."""
    settings = Settings()
    database = open_database(settings.database)
    try:
        manifest = backup(database, file, artifact_root=settings.artifacts, now=datetime.now(UTC))
    finally:
        database.engine.dispose()
    size_mb = file.stat().st_size / 1e6
    members = len(manifest.sha256)
    click.echo(
        f"wrote {file}: {size_mb:.1f} MB, {members} members, revision {manifest.database.revision}"
    )
    for url in manifest.lost_artifacts:
        click.echo(f"  deleted by retention meanwhile, not in the backup: {url}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
def restore_command(file: Path, replace: bool) -> None:
    """Bring back a backup, whole or not at all; stop the service first."""
    settings = Settings()
    database = open_database(settings.database)
    try:
        manifest = restore(database, file, artifact_root=settings.artifacts, replace=replace)
    finally:
        database.engine.dispose()
    click.echo(f"restored the backup of {manifest.made_at.isoformat(timespec='seconds')}")
