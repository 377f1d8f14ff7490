"""`longrun alerts ...`."""

import json
from datetime import UTC, datetime

import click

from api.alerts import Outcome, alert_view
from api.auth import LOCAL
from ops.db import findings
from ops.db.engine import Database, open_database
from ops.db.findings import FindingFilter, State
from ops.settings import Settings

_STATES: dict[str, State] = {"open": "open", "acknowledged": "acknowledged", "closed": "closed"}


@click.group()
def alerts_group() -> None:
    """List, show and close alerts."""


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
        findings.close(session, row, note, actor=LOCAL, now=datetime.now(UTC), outcome=outcome)
    click.echo(f"closed {alert_id}")
