"""`longrun alerts ...`."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from api.alert_actions import AlertActionDraft, action_view
from api.alerts import Outcome, alert_view
from api.auth import LOCAL
from ops.db import alert_actions, findings
from ops.db.engine import Database, open_database
from ops.db.findings import FindingFilter, State
from ops.settings import Settings
from ops.work.learn import learn_from_alert

_STATES: dict[str, State] = {"open": "open", "acknowledged": "acknowledged", "closed": "closed"}
_ANSWERS = {"yes": True, "no": False, "unknown": None}
_SAID = {True: "helped", False: "did not help", None: "unknown"}


@click.group()
def alerts_group() -> None:
    """List, show and close alerts; say what was done about them."""


def _database() -> Database:
    return open_database(Settings().database)


@alerts_group.command("list")
@click.option("--state", type=click.Choice(tuple(_STATES)), help="Only in this state.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def list_command(state: str | None, limit: int, wants_json: bool) -> None:
    """List alerts, those with the newest point first."""
    wanted = FindingFilter(state=None if state is None else _STATES[state])
    with _database().read() as session:
        query = findings.listed(LOCAL.scope, wanted).order_by(*(k.desc() for k in findings.KEY))
        found = list(session.scalars(query.limit(limit)))
        views = [alert_view(session, row) for row in found]
    if wants_json:
        click.echo(json.dumps([view.model_dump(mode="json") for view in views], indent=2))
        return
    for view in views:
        when = view.last_ts.strftime("%Y-%m-%d %H:%M:%SZ")
        click.echo(f"{view.id:>6}  {when}  {view.disposition}  {view.state:<12}  {view.title}")
    if not views:
        click.echo("no alerts; they come where an approved chart design judges")


@alerts_group.command("show")
@click.argument("alert_id", type=int)
def show_command(alert_id: int) -> None:
    """Show an alert as JSON: its evidence and its plan."""
    with _database().read() as session:
        row = findings.get(session, LOCAL.scope, alert_id)
        click.echo(alert_view(session, row).model_dump_json(indent=2))


@alerts_group.command("close")
@click.argument("alert_id", type=int)
@click.option("--note", required=True, help="What was found and done.")
@click.option(
    "--outcome",
    type=click.Choice(("confirmed", "false-alarm", "unclear")),
    help="Whether it was real: the honesty ledger counts it.",
)
def close_command(alert_id: int, note: str, outcome: Outcome | None) -> None:
    """Close an alert; what comes after opens a new one."""
    with _database().write.begin() as session:
        row = findings.get(session, LOCAL.scope, alert_id)
        now = datetime.now(UTC)
        findings.close(session, row, note, actor=LOCAL, now=now, outcome=outcome)
        learn_from_alert(session, row, actor=LOCAL, now=now)
    click.echo(f"closed {alert_id}")


@alerts_group.command("done")
@click.argument("alert_id", type=int)
@click.option("--action", "actions", multiple=True, help="What was done. Repeatable.")
@click.option("--part", "parts", multiple=True, help="Spare part that was put in. Repeatable.")
@click.option(
    "--helped",
    type=click.Choice(tuple(_ANSWERS)),
    default="unknown",
    show_default=True,
    help="Whether it helped.",
)
@click.option("--at", help="When it was done, e.g. 2026-03-01T06:00Z.  [default: now]")
@click.option("--module", default="", help="Part of the tool that it was done to.")
@click.option("--note", default="", help="What else is to be said.")
@click.option("--outcome-of", type=int, help="Event of what was done: tell its outcome alone.")
def done_command(alert_id: int, helped: str, **said: Any) -> None:
    """Say what was done about an alert, or later whether it helped."""
    draft = AlertActionDraft.model_validate(said | {"helped": _ANSWERS[helped]})
    now = datetime.now(UTC)
    with _database().write.begin() as session:
        row = findings.get(session, LOCAL.scope, alert_id)
        event = alert_actions.record(session, row, draft.done(now), actor=LOCAL, now=now)
        learn_from_alert(session, row, actor=LOCAL, now=now)
        click.echo(f"recorded event {event.id} of alert {alert_id}")


@alerts_group.command("actions")
@click.argument("alert_id", type=int)
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def actions_command(alert_id: int, wants_json: bool) -> None:
    """List what was done about an alert, the oldest first."""
    with _database().read() as session:
        row = findings.get(session, LOCAL.scope, alert_id)
        found = list(session.scalars(alert_actions.listed(row)))
    if wants_json:
        views = [action_view(event).model_dump(mode="json") for event in found]
        click.echo(json.dumps(views, indent=2))
        return
    for one in alert_actions.entries(found):
        when = one.event.ts.strftime("%Y-%m-%d %H:%M:%SZ")
        said = f"{_SAID[one.helped]:<12}  {one.event.created_by}  {one.event.title}"
        click.echo(f"{one.event.id:>6}  {when}  {said}")
    if not found:
        click.echo("nothing is recorded; `longrun alerts done` records what was done")
