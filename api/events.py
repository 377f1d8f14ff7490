"""Events: maintenance, capillary changes, calibrations and the like."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AfterValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import EVER, Body, Code, Id, Instant, Optional, Title, View, is_small_json
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.tools import SiteCode
from ops.db import characteristics, events, sites, tools
from ops.db.events import EventFilter
from ops.db.models.plant import Event
from ops.values import Actor

router = APIRouter(prefix="/v1/events", tags=["events"])

EventKind = Literal[
    "maintenance",
    "capillary-change",
    "calibration",
    "correction",
    "material-change",
    "cleaning",
    "component-change",
    "refurbishment",
    "tool-change",
    "note",
    "other",
]
Detail = Annotated[dict[str, Any], AfterValidator(is_small_json)]


class EventDraft(Body):
    """An event to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "tool": "WB-07",
                "kind": "capillary-change",
                "ts": "2026-02-03T04:05:06+08:00",
                "title": "Capillary 4411 after 1.2 M touch-downs",
                "detail": {"capillary": "4411"},
            }
        }
    )
    site: Code = Field(description="Code of its site.")
    tool: Code | None = Field(default=None, description="Code of the tool, if it was one tool.")
    characteristic: Code | None = Field(default=None, description="Code, if it was about one.")
    kind: EventKind = Field(description="What kind of event.")
    ts: Instant = Field(title="Began", description="When it happened or began.")
    ended_at: Instant | None = Field(default=None, title="Ended", description="When it ended.")
    title: Title = Field(description="What happened, in one line.")
    detail: Detail = Field(default={}, description="More, by name.")


class EventChange(Body):
    """What of an event is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Capillary 4412"}})
    kind: Annotated[EventKind, Optional] = Field(default="other", description="Its kind.")
    ts: Annotated[Instant, Optional] = Field(default=EVER, description="When it began.")
    ended_at: Annotated[Instant | None, Optional] = Field(default=None, description="Its end.")
    title: Annotated[Title, Optional] = Field(default="", description="What happened.")
    detail: Annotated[Detail, Optional] = Field(default={}, description="More, by name.")


class EventView(View):
    """An event."""

    id: int = Field(description="Number of the event.")
    site: str = Field(description="Code of its site.")
    tool: str | None = Field(description="Code of the tool.")
    characteristic: str | None = Field(description="Code of the characteristic.")
    kind: EventKind = Field(description="What kind of event.")
    ts: datetime = Field(description="When it happened or began.")
    ended_at: datetime | None = Field(description="When it ended.")
    title: str = Field(description="What happened.")
    detail: dict[str, Any] = Field(description="More, by name.")
    created_by: str = Field(description="Who entered it.")
    created_at: datetime = Field(description="When it was entered.")


def _wanted(
    tool: Annotated[str | None, Query(max_length=64, description="Only of this tool.")] = None,
    kind: Annotated[EventKind | None, Query(description="Only of this kind.")] = None,
    since: Annotated[Instant | None, Query(description="From this instant on.")] = None,
    until: Annotated[Instant | None, Query(description="Before this instant.")] = None,
) -> EventFilter:
    return EventFilter(tool=tool, kind=kind, since=since, until=until)


def event_views(session: Session, rows: Sequence[Event]) -> list[EventView]:
    """Show events with the codes of what they are about."""
    of_sites = sites.codes(session)
    of_tools = tools.codes(session, {r.tool_id for r in rows if r.tool_id})
    named = characteristics.codes(
        session, {r.characteristic_id for r in rows if r.characteristic_id}
    )
    names = set(EventView.model_fields) - {"site", "tool", "characteristic"}
    return [
        EventView(
            site=of_sites[row.site_id],
            tool=of_tools.get(row.tool_id or 0),
            characteristic=named.get(row.characteristic_id or 0),
            **{n: getattr(row, n) for n in names},
        )
        for row in rows
    ]


def _view(session: Session, event: Event, response: Response) -> EventView:
    etag.tag(response, event.row_version)
    return event_views(session, [event])[0]


def add_event(session: Session, draft: EventDraft, *, actor: Actor, now: datetime) -> Event:
    """Add an event of a tool and a characteristic that the site has."""
    site = sites.with_code(session, actor.scope, draft.site)
    fields = draft.model_dump(exclude={"site", "tool", "characteristic"})
    if draft.tool is not None:
        fields["tool_id"] = tools.with_code(session, site, draft.tool).id
    if draft.characteristic is not None:
        found = characteristics.with_code(session, site, draft.characteristic)
        fields["characteristic_id"] = found.id
    return events.create(session, site, fields, actor=actor, now=now)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    wanted: Annotated[EventFilter, Depends(_wanted)],
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[EventView]:
    """List events, newest first."""
    site_id = sites.id_of(session, actor.scope, site)
    query = events.listed(actor.scope, replace(wanted, site_id=site_id))
    rows, following = page(session, query, events.KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=event_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: EventDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> EventView:
    """Add an event."""
    event = add_event(session, body, actor=actor, now=now)
    response.headers["Location"] = f"/v1/events/{event.id}"
    return _view(session, event, response)


@router.get("/{event_id}")
def read(event_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> EventView:
    """Read one event."""
    return _view(session, events.get(session, actor.scope, event_id), response)


@router.patch("/{event_id}")
def change(
    event_id: Id,
    body: EventChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> EventView:
    """Change an event."""
    event = events.get(session, actor.scope, event_id)
    etag.check(if_match, event.row_version)
    events.change(session, event, body.given(), actor=actor, now=now)
    return _view(session, event, response)


@router.delete("/{event_id}", status_code=204)
def delete(
    event_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete an event that was entered by mistake."""
    event = events.get(session, actor.scope, event_id)
    etag.check(if_match, event.row_version)
    events.remove(session, event, actor=actor, now=now)
