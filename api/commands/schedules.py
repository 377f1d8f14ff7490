"""`longrun schedules ...`."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from api.auth import LOCAL
from api.schedules import ScheduleChange, ScheduleDraft, ScheduleView
from ops.db import schedules, sites
from ops.db.engine import Database, open_database
from ops.db.models.work import Schedule
from ops.settings import Settings
from ops.timing.cron import next_fires, parse
from ops.values import EVERYWHERE
from ops.work.engine import open_queue, prepare
from ops.work.plan import planned, replan
from ops.work.schedule import trigger


def _json(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
    if text is None:
        return None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise click.BadParameter(
            f'{error}, got {text!r}; e.g. \'{{"strata": ["tool"]}}\''
        ) from error
    if not isinstance(value, dict):
        raise click.BadParameter(f"give an object such as '{{}}', got {text!r}")
    return value


_CRON = click.option("--cron", help='When, e.g. "30 5 * * *": minute hour day month weekday.')
_ZONE = click.option("--zone", help="IANA zone of the time.")
_PARAMS = click.option("--params", callback=_json, help="Parameters of the analysis as JSON.")
_CATCH_UP = click.option(
    "--catch-up", type=click.Choice(["skip", "once", "all"]), help="What becomes of missed fires."
)
_PARALLEL = click.option("--max-parallel", type=int, help="Live runs beyond which a fire waits.")
_AS_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_ID = click.argument("schedule_id", type=int, metavar="ID")


@click.group("schedules")
def schedules_group() -> None:
    """List, add, edit, pause, resume, trigger and delete schedules."""


@schedules_group.command("list")
@click.option("--analysis", help="Only of this analysis.")
@_AS_JSON
def list_command(analysis: str | None, wants_json: bool) -> None:
    """List the schedules with their next run."""
    with _opened() as database, database.read() as session:
        query = schedules.listed(EVERYWHERE, analysis=analysis).order_by(*schedules.KEY)
        found = session.scalars(query).all()
    if wants_json:
        shown = [ScheduleView.model_validate(row).model_dump(mode="json") for row in found]
        click.echo(json.dumps(shown, indent=2))
        return
    for row in found:
        click.echo(_line(row))
    if not found:
        click.echo("no schedules yet; `longrun schedules create --help` says how to add one")


@schedules_group.command("create")
@click.argument("name")
@click.option("--analysis", required=True, help="Name of the analysis.")
@click.option("--cron", required=True, help='When: minute hour day month weekday, "30 5 * * *".')
@click.option("--zone", help="IANA zone of the time.  [default: that of the site, or UTC]")
@click.option("--site", help="Code of the site.  [default: all of them]")
@click.option("--last", help='Window before each run: "24h", "7d".  [default: 24h]')
@_PARAMS
@_CATCH_UP
@_PARALLEL
@click.option("--paused", is_flag=True, help="Do not fire until it is resumed.")
def create_command(paused: bool, site: str | None, last: str | None, **given: Any) -> None:
    """Add a schedule called NAME; its parameters are checked by the analysis."""
    now, fields = datetime.now(UTC), {k: v for k, v in given.items() if v is not None}
    params: dict[str, Any] = fields.get("params", {})
    params |= {"site": site} if site else {}
    params |= {"window": {"last": last}} if last else {}
    with _writing() as session:
        zone = sites.with_code(session, EVERYWHERE, site).zone if site else "UTC"
        draft = ScheduleDraft.model_validate(
            {"zone": zone, **fields, "params": params, "enabled": not paused}
        )
        checked = planned(session, draft.model_dump(), actor=LOCAL, now=now)
        row = schedules.create(session, checked, actor=LOCAL, now=now)
    click.echo(_line(row))


@schedules_group.command("edit")
@_ID
@click.option("--name", help="What people call it.")
@_CRON
@_ZONE
@_PARAMS
@_CATCH_UP
@_PARALLEL
def edit_command(schedule_id: int, **given: Any) -> None:
    """Change what is given; a new time counts from now."""
    changes = {k: v for k, v in given.items() if v is not None}
    if not changes:
        raise click.UsageError("nothing to change; `longrun schedules edit --help` lists options")
    click.echo(_line(_edit(schedule_id, ScheduleChange.model_validate(changes).given())))


@schedules_group.command("pause")
@_ID
def pause_command(schedule_id: int) -> None:
    """Let it fire no more, until it is resumed."""
    click.echo(_line(_edit(schedule_id, {"enabled": False})))


@schedules_group.command("resume")
@_ID
def resume_command(schedule_id: int) -> None:
    """Let it fire again, from now on."""
    click.echo(_line(_edit(schedule_id, {"enabled": True})))


@schedules_group.command("trigger")
@_ID
def trigger_command(schedule_id: int) -> None:
    """Submit its run now, out of its time; the id of the run."""
    with _opened() as database:
        prepare(database)
        queue = open_queue(database)
        with database.write.begin() as session:
            row = schedules.find(session, schedule_id, EVERYWHERE)
            run = trigger(session, queue, row, actor=LOCAL, now=datetime.now(UTC))
        queue.close()
    click.echo(run.id)


@schedules_group.command("delete")
@_ID
def delete_command(schedule_id: int) -> None:
    """Delete it; its runs stay."""
    with _writing() as session:
        row = schedules.find(session, schedule_id, EVERYWHERE)
        schedules.remove(session, row, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"deleted schedule {schedule_id}")


@schedules_group.command("next")
@click.argument("schedule_id", type=int, required=False, metavar="[ID]")
@_CRON
@_ZONE
@click.option("--count", type=click.IntRange(1, 100), default=5, show_default=True)
def next_command(schedule_id: int | None, cron: str | None, zone: str | None, count: int) -> None:
    """Say when schedule ID fires next, or what a --cron in a --zone would do."""
    if (schedule_id is None) == (cron is None):
        raise click.UsageError("give either the ID of a schedule, or --cron with --zone")
    if schedule_id is not None:
        with _opened() as database, database.read() as session:
            row = schedules.find(session, schedule_id, EVERYWHERE)
        if not row.enabled:
            click.echo(f"schedule {schedule_id} is paused")
            return
        cron, zone = row.cron, row.zone
    for fire in next_fires(parse(cron or "", zone or "UTC"), datetime.now(UTC), count):
        click.echo(fire.at.isoformat(timespec="minutes"))


def _edit(schedule_id: int, changes: dict[str, Any]) -> Schedule:
    with _writing() as session:
        row = schedules.find(session, schedule_id, EVERYWHERE)
        replan(session, row, changes, actor=LOCAL, now=datetime.now(UTC))
        return row


def _line(row: Schedule) -> str:
    coming = row.next_at.isoformat(timespec="minutes") if row.next_at and row.enabled else "paused"
    if row.enabled and row.next_at is None:
        coming = "stopped: edit its time"
    return f"{row.id:>4}  {row.analysis:<16}  {row.cron:<16}  {row.zone:<20}  {coming}  {row.name}"


@contextmanager
def _opened() -> Generator[Database]:
    database = open_database(Settings().database)
    try:
        yield database
    finally:
        database.engine.dispose()


@contextmanager
def _writing() -> Generator[Session]:
    with _opened() as database, database.write.begin() as session:
        yield session
