"""`longrun runs ...` and `longrun work`."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from api.auth import LOCAL
from api.render.words import LANGUAGES, words_for
from api.reports import origin_of
from api.runs import stored_page, summary, view
from api.tables import lines_of
from ops.db import audit, runs
from ops.db.engine import Database, open_database
from ops.settings import Settings
from ops.work.advise.finish import finish_waiting
from ops.work.engine import open_queue, prepare
from ops.work.submit import retry
from ops.work.worker import work

FAILED = 1


@click.group()
def runs_group() -> None:
    """List, show, cancel and repeat runs."""


def _database() -> Database:
    return open_database(Settings().database)


@runs_group.command("list")
@click.option("--analysis", help="Only runs of this analysis.")
@click.option("--state", help="Only runs in this state.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def list_command(analysis: str | None, state: str | None, limit: int, wants_json: bool) -> None:
    """List runs, newest first."""
    with _database().read() as session:
        query = runs.matching(LOCAL.scope, analysis=analysis, state=state).options(*runs.BRIEF)
        found = session.scalars(query.order_by(*(k.desc() for k in runs.KEY)).limit(limit)).all()
    if wants_json:
        click.echo(json.dumps([summary(run) for run in found], default=str, indent=2))
        return
    for run in found:
        when = run.submitted_at.strftime("%Y-%m-%d %H:%M:%SZ")
        click.echo(f"{run.id}  {when}  {run.state:<9}  {run.analysis:<16}  {run.message}")
    if not found:
        click.echo("no runs yet; `longrun run capability --help` says how to start one")


@runs_group.command("show")
@click.argument("run_id")
@click.option("--json", "wants_json", is_flag=True, help="Write the whole run as JSON.")
def show_command(run_id: str, wants_json: bool) -> None:
    """Show a run: its verdicts and tables, or why it failed."""
    with _database().read() as session:
        run = runs.find(session, run_id)
        if wants_json:
            click.echo(view(session, run).model_dump_json(indent=2))
            return
    if run.state != "succeeded":
        click.echo(f"{run.analysis} run {run.id} is {run.state}: {run.message}")
    if run.state == "succeeded" or run.page is not None:
        click.echo("\n".join(lines_of(stored_page(run))))


@runs_group.command("cancel")
@click.argument("run_id")
def cancel_command(run_id: str) -> None:
    """Cancel a run that is queued or running."""
    now = datetime.now(UTC)
    with _database().write.begin() as session:
        run = runs.cancel(session, run_id, scope=LOCAL.scope, now=now)
        finish_waiting(session, run_id, now)
        audit.record(session, LOCAL, "cancel", ("run", run_id), now=now, site_id=run.site_id)
    click.echo(f"cancelled {run_id}")


@runs_group.command("retry")
@click.argument("run_id")
@click.option("--fresh/--reuse", default=True, help="Compute although the result is stored.")
def retry_command(run_id: str, fresh: bool) -> None:
    """Run it again on the data that it saw."""
    database = _database()
    queue = open_queue(database)
    with database.write.begin() as session:
        now = datetime.now(UTC)
        run = retry(session, queue, run_id, actor=LOCAL, now=now, fresh=fresh)
    queue.close()
    click.echo(run.id)


@runs_group.command("wait")
@click.argument("run_id")
@click.option("--timeout", type=float, default=3600.0, show_default=True, help="Seconds.")
def wait_command(run_id: str, timeout: float) -> None:
    """Wait for a run and show its progress; exit code 1 unless it succeeds."""
    raise SystemExit(0 if wait(_database(), run_id, timeout) == "succeeded" else FAILED)


def wait(database: Database, run_id: str, timeout_s: float) -> str:
    """Wait for the end of a run, telling its progress on standard error; its last state."""
    deadline, last = time.monotonic() + timeout_s, ""
    while True:
        with database.read() as session:
            run = runs.find(session, run_id)
        line = f"{run.state} {run.progress:4.0%} {run.message}"
        if line != last:
            click.echo(line, err=True)
            last = line
        if run.state not in runs.LIVE or time.monotonic() > deadline:
            return run.state
        time.sleep(0.2)


@click.command()
def work_command() -> None:
    """Work as one worker process, until told to end."""
    settings = Settings()
    database = open_database(settings.database)
    prepare(database)
    database.engine.dispose()
    work(settings)


@runs_group.command("report")
@click.argument("run_id")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="PDF file.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def report_command(run_id: str, output: Path | None, language: str) -> None:
    """Write the report of a run as PDF/A."""
    from api.render.report import report  # noqa: PLC0415  (half a second to load)

    words = words_for(language)
    with _database().read() as session:
        run = runs.find(session, run_id)
        body = report(stored_page(run), origin_of(session, run, words), words)
    target = output or Path(f"{run.analysis}-{run.id[:8]}.pdf")
    target.write_bytes(body)
    click.echo(f"{target}: {len(body) / 1024:.0f} KiB")
