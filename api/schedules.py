"""Schedules: analyses that are submitted by themselves."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, ConfigDict, Field, JsonValue
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Id, Instant, Optional, Title, View, is_small_json
from api.deps import ActorDep, Now, ReadSession, ServicesDep, Submitter, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.runs import RunView
from api.runs import view as run_view
from ops.db import schedules
from ops.db.models.work import Schedule
from ops.timing.cron import next_fires, parse
from ops.values import Actor
from ops.work.plan import planned, replan
from ops.work.schedule import trigger

router = APIRouter(prefix="/v1/schedules", tags=["schedules"])

CatchUp = Literal["skip", "once", "all"]
Cron = Annotated[str, Field(min_length=9, max_length=120, pattern=r"^[0-9A-Za-z*/,#\- ]+$")]
Zone = Annotated[str, Field(min_length=1, max_length=64)]
Params = Annotated[dict[str, Any], AfterValidator(is_small_json)]
Parallel = Annotated[int, Field(ge=1, le=100)]
Count = Annotated[int, Query(ge=1, le=100, description="How many.")]
_TIME: dict[str, JsonValue] = {"cron": "30 5 * * *", "zone": "Asia/Kuala_Lumpur"}


class ScheduleDraft(Body):
    """A schedule to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Nightly capability",
                "analysis": "capability",
                "params": {"window": {"last": "24h"}, "strata": ["tool"]},
                **_TIME,
                "catch_up": "once",
            }
        }
    )
    name: Title = Field(description="What people call it.")
    analysis: str = Field(min_length=1, max_length=100, description="Name of the analysis.")
    params: Params = Field(default_factory=dict[str, Any], description="Its parameters.")
    cron: Cron = Field(description="Minute, hour, day of month, month, day of week.")
    zone: Zone = Field(description="IANA zone of the expression.")
    enabled: bool = Field(default=True, description="Whether it fires.")
    catch_up: CatchUp = Field(
        default="once", description="Fires missed while nobody worked: none, the latest, or all."
    )
    max_parallel: Parallel = Field(
        default=1, description="While so many of its runs are live, its next fire waits."
    )


class ScheduleChange(Body):
    """What of a schedule is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"cron": "0 6 * * 1-5"}})
    name: Annotated[Title, Optional] = Field(default="", description="What people call it.")
    params: Annotated[Params, Optional] = Field(
        default_factory=dict[str, Any], description="Parameters, all of them."
    )
    cron: Annotated[Cron, Optional] = Field(default="0 0 * * *", description="When.")
    zone: Annotated[Zone, Optional] = Field(default="UTC", description="IANA zone.")
    enabled: Annotated[bool, Optional] = Field(default=True, description="Whether it fires.")
    catch_up: Annotated[CatchUp, Optional] = Field(default="once", description="Missed fires.")
    max_parallel: Annotated[Parallel, Optional] = Field(default=1, description="Live runs.")


class TimeDraft(Body):
    """A cron expression to be tried."""

    model_config = ConfigDict(json_schema_extra={"example": _TIME})
    cron: Cron = Field(description="Minute, hour, day of month, month, day of week.")
    zone: Zone = Field(description="IANA zone of the expression.")


class ScheduleView(View):
    """A schedule."""

    id: int = Field(description="Number of the schedule.")
    name: str = Field(description="What people call it.")
    analysis: str = Field(description="Name of the analysis.")
    params: dict[str, Any] = Field(description="Its parameters.")
    cron: str = Field(description="When, in `zone`.")
    zone: str = Field(description="IANA zone.")
    enabled: bool = Field(description="Whether it fires.")
    catch_up: CatchUp = Field(description="What becomes of missed fires.")
    max_parallel: int = Field(description="Live runs beyond which a fire waits.")
    next_at: datetime | None = Field(description="When it is due next; null while it is paused.")
    last_at: datetime | None = Field(description="Up to when fires are dealt with.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it was edited last.")


class NextRuns(View):
    """When a schedule fires next."""

    next_runs: list[datetime] = Field(description="Instants in UTC, in order.")


def _view(row: Schedule, response: Response) -> ScheduleView:
    etag.tag(response, row.row_version)
    return _plain(row)


def _plain(row: Schedule) -> ScheduleView:
    shown = ScheduleView.model_validate(row)
    return shown if row.enabled else shown.model_copy(update={"next_at": None})


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    analysis: Annotated[str | None, Query(max_length=100, description="Only of this one.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ScheduleView]:
    """List the schedules of the caller's sites."""
    query = schedules.listed(actor.scope, analysis=analysis)
    rows, following = page(session, query, schedules.KEY, limit=limit, cursor=cursor)
    return Listing(items=[_plain(row) for row in rows], next=following)


@router.post("", status_code=201)
def create(
    body: ScheduleDraft, session: WriteSession, actor: Submitter, now: Now, response: Response
) -> ScheduleView:
    """Add a schedule; its parameters are checked by the analysis."""
    fields = planned(session, body.model_dump(), actor=actor, now=now)
    row = schedules.create(session, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/schedules/{row.id}"
    return _view(row, response)


@router.post("/preview")
def preview(
    body: TimeDraft,
    actor: ActorDep,
    now: Now,
    count: Count = 5,
    after: Annotated[Instant | None, Query(description="From when; absent means now.")] = None,
) -> NextRuns:
    """Say when an expression would fire, without storing anything."""
    del actor
    return NextRuns(next_runs=_next(body.cron, body.zone, after or now, count))


@router.get("/{schedule_id}")
def read(
    schedule_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> ScheduleView:
    """Read one schedule."""
    return _view(schedules.find(session, schedule_id, actor.scope), response)


@router.patch("/{schedule_id}")
def change(
    schedule_id: Id,
    body: ScheduleChange,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ScheduleView:
    """Edit, pause (`enabled: false`) or resume a schedule; a new time counts from now."""
    row = schedules.find(session, schedule_id, actor.scope)
    etag.check(if_match, row.row_version)
    return _edited(session, row, body.given(), (actor, now), response)


@router.post("/{schedule_id}/pause")
def pause(
    schedule_id: Id, session: WriteSession, actor: Submitter, now: Now, response: Response
) -> ScheduleView:
    """Let it fire no more, until it is resumed."""
    row = schedules.find(session, schedule_id, actor.scope)
    return _edited(session, row, {"enabled": False}, (actor, now), response)


@router.post("/{schedule_id}/resume")
def resume(
    schedule_id: Id, session: WriteSession, actor: Submitter, now: Now, response: Response
) -> ScheduleView:
    """Let it fire again, from now on: what was due while it was paused is not caught up."""
    row = schedules.find(session, schedule_id, actor.scope)
    return _edited(session, row, {"enabled": True}, (actor, now), response)


@router.post("/{schedule_id}/trigger", status_code=202)
def fire(
    schedule_id: Id,
    services: ServicesDep,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    response: Response,
) -> RunView:
    """Submit its run now, out of its time."""
    row = schedules.find(session, schedule_id, actor.scope)
    run = trigger(session, services.queue, row, actor=actor, now=now)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return run_view(session, run)


@router.get("/{schedule_id}/next_runs")
def next_runs(
    schedule_id: Id, session: ReadSession, actor: ActorDep, now: Now, count: Count = 5
) -> NextRuns:
    """Say when it fires next; nothing while it is paused."""
    row = schedules.find(session, schedule_id, actor.scope)
    return NextRuns(next_runs=_next(row.cron, row.zone, now, count) if row.enabled else [])


@router.delete("/{schedule_id}", status_code=204)
def remove(
    schedule_id: Id,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    if_match: IfMatch = None,
) -> None:
    """Delete a schedule; its runs stay."""
    row = schedules.find(session, schedule_id, actor.scope)
    etag.check(if_match, row.row_version)
    schedules.remove(session, row, actor=actor, now=now)


def _edited(
    session: Session,
    row: Schedule,
    changes: dict[str, Any],
    by: tuple[Actor, datetime],
    response: Response,
) -> ScheduleView:
    actor, now = by
    replan(session, row, changes, actor=actor, now=now)
    return _view(row, response)


def _next(cron: str, zone: str, after: datetime, count: int) -> list[datetime]:
    return [fire.at for fire in next_fires(parse(cron, zone), after, count)]
