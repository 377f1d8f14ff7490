"""Alerts: what rules and analyses found, with evidence and what is to be done."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import MAX_ID, Body, Id, Instant, Note, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.tools import SiteCode
from ops.db import findings, sites
from ops.db.findings import FindingFilter, State
from ops.db.models.control import Finding
from ops.work.learn import learn_from_alert

router = APIRouter(prefix="/v1/alerts", tags=["alerts"])

Gravity = Literal["warn", "hold"]
Outcome = Literal["confirmed", "false-alarm", "unclear"]


class AlertBrief(View):
    """An alert, as a list shows it."""

    id: int = Field(description="Number of the alert.")
    site: str = Field(description="Code of its site.")
    characteristic_id: int | None = Field(description="Characteristic that it is about.")
    characteristic: str | None = Field(description="Code of that characteristic.")
    stream: str = Field(description="Level of the factor whose levels are judged apart.")
    state: State = Field(description="Open, acknowledged or closed.")
    disposition: Gravity = Field(description="What becomes of the lot.")
    title: str = Field(description="What was found, in one line.")
    points: int = Field(description="Points that it rests on; 0 once all were taken back.")
    first_ts: datetime = Field(description="When the first of them was measured.")
    last_ts: datetime = Field(description="When the last of them was measured.")
    opened_at: datetime = Field(description="When it was opened.")
    due_at: datetime | None = Field(description="By when its plan is to be done.")


class AlertView(AlertBrief):
    """An alert with its evidence and its reaction plan."""

    cause: str = Field(description="What makes two alerts the same; one of a cause is open.")
    design_id: int | None = Field(description="Chart design whose rules are broken.")
    run_id: str | None = Field(description="Run that found it, if one did.")
    evidence: dict[str, Any] = Field(description="Rules, points, limits, stratum, last events.")
    reaction: dict[str, Any] = Field(
        description="Plan as it stood when the alert was opened: owner, minutes, steps."
    )
    updated_at: datetime = Field(description="When it was last changed.")
    closed_at: datetime | None = Field(description="When it was closed.")
    closed_by: str | None = Field(description="Who closed it.")
    closing_note: str | None = Field(description="What was done.")
    outcome: Outcome | None = Field(description="Whether it was real, if somebody said so.")


class AlertClosing(Body):
    """Why an alert is closed."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"note": "capillary changed", "outcome": "confirmed"}}
    )
    note: Annotated[Note, Field(min_length=1)] = Field(description="What was found and done.")
    outcome: Outcome | None = Field(
        default=None, description="Whether it was real: the honesty ledger counts it."
    )


def _wanted(
    state: Annotated[State | None, Query(description="Only in this state.")] = None,
    characteristic_id: Annotated[
        int | None, Query(ge=1, le=MAX_ID, description="Only of this characteristic.")
    ] = None,
    disposition: Annotated[Gravity | None, Query(description="Only of this one.")] = None,
    since: Annotated[
        Instant | None, Query(description="Only with a point from this instant on.")
    ] = None,
) -> FindingFilter:
    return FindingFilter(
        state=state, characteristic_id=characteristic_id, disposition=disposition, since=since
    )


Wanted = Annotated[FindingFilter, Depends(_wanted)]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    wanted: Wanted,
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[AlertBrief]:
    """List alerts, those with the newest point first."""
    site_id = sites.id_of(session, actor.scope, site)
    query = findings.listed(actor.scope, replace(wanted, site_id=site_id))
    rows, following = page(
        session, query, findings.KEY, limit=limit, cursor=cursor, descending=True
    )
    items = [AlertBrief(**named) for named in _named(session, rows, AlertBrief)]
    return Listing(items=items, next=following)


@router.get("/{alert_id}")
def read(alert_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> AlertView:
    """Read one alert."""
    return _view(session, findings.get(session, actor.scope, alert_id), response)


@router.post("/{alert_id}/acknowledge")
def acknowledge(
    alert_id: Id, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> AlertView:
    """Say that you have taken it on."""
    row = findings.get(session, actor.scope, alert_id)
    findings.acknowledge(session, row, actor=actor, now=now)
    return _view(session, row, response)


@router.post("/{alert_id}/close")
def close(
    alert_id: Id,
    body: AlertClosing,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> AlertView:
    """Close it with a note; what comes after opens a new one."""
    row = findings.get(session, actor.scope, alert_id)
    etag.check(if_match, row.row_version)
    findings.close(session, row, body.note, actor=actor, now=now, outcome=body.outcome)
    learn_from_alert(session, row, actor=actor, now=now)
    return _view(session, row, response)


def alert_view(session: Session, row: Finding) -> AlertView:
    """Write an alert with all that it says."""
    return AlertView(**_named(session, [row], AlertView)[0])


def _view(session: Session, row: Finding, response: Response) -> AlertView:
    etag.tag(response, row.row_version)
    return alert_view(session, row)


def _named(session: Session, rows: list[Finding], view: type[AlertBrief]) -> list[dict[str, Any]]:
    """Fields of findings, with the codes of site and characteristic."""
    of_sites = sites.codes(session)
    known = findings.characteristics_of(session, rows)
    names = set(view.model_fields) - {"site", "characteristic"}
    return [
        {
            "site": of_sites[row.site_id],
            "characteristic": known[row.characteristic_id].code if row.characteristic_id else None,
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]
