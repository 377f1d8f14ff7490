"""`longrun events ...`: what was done at a site, and when."""

from datetime import UTC, datetime
from typing import Any, get_args

import click

from api.auth import LOCAL
from api.commands.plant import opened, show
from api.events import EventDraft, EventKind, add_event, event_views
from ops.db import events, sites
from ops.db.events import EventFilter
from ops.values import EVERYWHERE

_KIND = click.Choice(get_args(EventKind))


@click.group("events")
def events_group() -> None:
    """List and add events: maintenance, capillary changes, calibrations ..."""


@events_group.command("list")
@click.option("--site", help="Only of this site.")
@click.option("--tool", help="Only of this tool.")
@click.option("--kind", type=_KIND, help="Only of this kind.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def list_command(
    site: str | None, tool: str | None, kind: str | None, limit: int, wants_json: bool
) -> None:
    """List events, newest first."""
    with opened() as session:
        wanted = EventFilter(sites.id_of(session, EVERYWHERE, site), tool=tool, kind=kind)
        query = events.listed(EVERYWHERE, wanted).order_by(*(k.desc() for k in events.KEY))
        found = event_views(session, session.scalars(query.limit(limit)).all())
    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "began": one.ts.isoformat(timespec="seconds"),
            "ended": None if one.ended_at is None else one.ended_at.isoformat(timespec="seconds"),
            "site": one.site,
            "tool": one.tool,
            "kind": one.kind,
            "title": one.title,
        }
        for one in found
    ]
    show(rows, wants_json, "no events here; `longrun events add SITE --kind ...` adds one")


@events_group.command("add")
@click.argument("site")
@click.option("--kind", type=_KIND, required=True, help="What kind of event.")
@click.option("--title", required=True, help="What happened, in one line.")
@click.option("--tool", help="Code of the tool, if it was one tool.")
@click.option("--characteristic", help="Code, if it was about one.")
@click.option("--at", help="When it began, ISO 8601 with offset.  [default: now]")
@click.option("--until", help="When it ended, ISO 8601 with offset.")
def add_command(site: str, at: str | None, until: str | None, **told: str | None) -> None:
    """Add an event at SITE."""
    now = datetime.now(UTC)
    stamped = {"site": site, "ts": at or now, "ended_at": until}
    draft = EventDraft.model_validate(stamped | told)
    with opened() as session:
        event = add_event(session, draft, actor=LOCAL, now=now)
        number = event.id
    click.echo(f"added event {number} at {site}, {draft.ts.isoformat(timespec='seconds')}")
