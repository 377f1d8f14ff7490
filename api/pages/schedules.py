"""Schedules: what runs by itself, when it fires next, how its nights went; new ones, and edits."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.analyses import described
from api.body import Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.analyses import defaults_of, unasked
from api.pages.shell import VisitDep
from api.render.forms import FormField, fields_of
from api.schedules import ScheduleChange, ScheduleDraft
from ops.advise.question import About
from ops.analyses.registry import all_analyses, find
from ops.analysis import AnyAnalysis
from ops.db import runs, schedules, sites
from ops.db.models.work import Schedule
from ops.timing.cron import next_fires, parse
from ops.values import Actor

router = APIRouter(prefix="/schedules", include_in_schema=False)
NIGHTS = 30
NEXT = 5
EVERY_NIGHT = "30 5 * * *"
_APART = ("analysis", "params")  # in the form by other means


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep, session: ReadSession, actor: ActorDep, cursor: Cursor = None
) -> HTMLResponse:
    """List schedules, each with its last nights."""
    query = schedules.listed(actor.scope)
    found, following = page(session, query, schedules.KEY, limit=100, cursor=cursor)
    ids = [schedule.id for schedule in found]
    return visit.show(
        "schedules.html",
        schedules=found,
        following=following,
        nights=runs.newest_of(session, ids, actor.scope, most=NIGHTS),
    )


@router.get("/new", response_class=HTMLResponse)
def new(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    analysis: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Show the form of a new schedule, once its analysis is chosen."""
    chosen = find(analysis) if analysis else None
    zones = _zones(session, actor)
    values = {
        "name": f"{chosen.title}, every night" if chosen else "",
        "cron": EVERY_NIGHT,
        "zone": zones[0],
    }
    return visit.show(
        "schedule_new.html",
        analyses=all_analyses(),
        chosen=chosen,
        zones=zones,
        fields=fields_of(ScheduleDraft.model_json_schema(), values, without=_APART),
        params=_params(chosen, {}) if chosen else (),
    )


@router.get("/{schedule_id}", response_class=HTMLResponse)
def read(schedule_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show one schedule: its next fires, its nights, and the form to edit it."""
    row = schedules.find(session, schedule_id, actor.scope)
    known = {a.name: a for a in all_analyses()}.get(row.analysis)
    values = {name: getattr(row, name) for name in ScheduleChange.model_fields}
    return visit.show(
        "schedule.html",
        schedule=row,
        about=(About(kind="analysis", code=row.analysis),),
        analysis=known,
        next_runs=_next(row, visit.now),
        nights=runs.newest_of(session, [row.id], actor.scope, most=NIGHTS)[row.id],
        zones=_zones(session, actor),
        fields=fields_of(ScheduleChange.model_json_schema(), values, without=_APART),
        params=_params(known, row.params) if known else (),
    )


def _params(analysis: AnyAnalysis, values: dict[str, Any]) -> tuple[FormField, ...]:
    shown = defaults_of(analysis) | values
    return fields_of(described(analysis).params, shown, base="/params", without=unasked(analysis))


def _zones(session: Session, actor: Actor) -> list[str]:
    here = [site.zone for site in session.scalars(sites.listed(actor.scope))]
    return list(dict.fromkeys([*here, "UTC"]))


def _next(row: Schedule, now: datetime) -> list[datetime]:
    if not row.enabled:
        return []
    return [fire.at for fire in next_fires(parse(row.cron, row.zone), now, NEXT)]
