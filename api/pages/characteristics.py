"""Characteristics: the list, one with its control chart and capability, its raw rows."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.body import Id
from api.chart_choice import ChartChoice
from api.charted import How, charted
from api.charts import HowDep, Window, asked_of, series_of
from api.deps import ActorDep, ReadSession, ServicesDep
from api.listing import Cursor
from api.pages.about import of_characteristic
from api.pages.chart_filters import asked_of_chart, filters_of
from api.pages.definition import definition_of
from api.pages.shell import Visit, VisitDep
from api.pages.study import newest_marks, newest_signals, study_of
from api.points import page_of
from api.where import Where
from ops.analyses.chart_words import PLOTTED
from ops.db import (
    baselines,
    characteristics,
    chart_designs,
    contexts,
    events,
    marks,
    reasons,
    revisions,
    sites,
)
from ops.db.chart_designs import DesignFilter
from ops.db.events import EventFilter
from ops.db.glance import glance, glances
from ops.db.models.control import ChartDesignRow, PointMarkRow, Reason
from ops.db.models.plant import Characteristic, Event
from ops.db.types import from_micros, to_micros
from ops.errors import NotFound
from ops.query import MeasurementQuery
from ops.spc.design import ChartDesign
from ops.spc.rules import RULES
from ops.values import EVERYWHERE, Actor, Status

router = APIRouter(prefix="/characteristics", include_in_schema=False)
SPANS = {1: "last day", 7: "last week", 30: "last month", 90: "last quarter", 0: "everything"}
ROWS = 200
MICROSECOND = timedelta(microseconds=1)
MAX_TS = 4_000_000_000_000_000  # in the year 2096
MOST = 300
_OF_ROWS = ("start", "end", "where")  # of the window; the rest of an address is of the page

Days = Annotated[int, Query(ge=0, le=36_500)]
SiteFilter = Annotated[str, Query(max_length=100)]
Text = Annotated[str, Query(max_length=200)]


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep, session: ReadSession, actor: ActorDep, site: SiteFilter = "", find: Text = ""
) -> HTMLResponse:
    """List characteristics with their newest values."""
    site_id = sites.id_of(session, actor.scope, site or None)
    found = glances(session, actor.scope, site_id=site_id, find=find or None, most=MOST)
    return visit.show(
        "characteristics.html",
        glances=found,
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope)).all(),
        chosen={"site": site, "find": find},
    )


@router.get("/{characteristic_id}", response_class=HTMLResponse)
def read(
    characteristic_id: Id,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    where: Where,
    how: HowDep,
    days: Days = 7,
) -> HTMLResponse:
    """Show a characteristic: its control chart at once, its capability a moment later."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    newest = glance(session, row)
    start = newest.last_at - timedelta(days=days) if days and newest.last_at else None
    asked = {"start": start and start.isoformat(), "stages": how.stages,
             "baseline": how.baseline, "design": how.design}  # fmt: skip
    choices = _choices(session, actor, row, where.get("tool", ()))
    return visit.show(
        "characteristic.html",
        characteristic=row,
        about=of_characteristic(row.code, choices["site"].code, where.get("tool", ())),
        newest=newest,
        query=_query(where, asked, how.choice),
        spans=SPANS | ({} if days in SPANS else {days: f"{days} d"}),
        chosen={"days": days, "stages": how.stages or "", "baseline": how.baseline,
                "design": how.design},
        where=where,
        **_designs(session, actor, row, how),
        without=_without(visit, where),
        **choices,
        **filters_of(how, choices["factors"]),
        **definition_of(session, row, visit),
    )  # fmt: skip


def _choices(
    session: Session, actor: Actor, row: Characteristic, chosen: tuple[str, ...]
) -> dict[str, Any]:
    """Collect what the filters offer."""
    return {
        "site": sites.get(session, actor.scope, row.site_id),
        "tools": sorted({*contexts.recent_levels(session, row.id, "tool"), *chosen}),
        "kinds": events.kinds(session, row.site_id),
        "factors": contexts.names(session, row.id),
        "baselines": session.scalars(baselines.listed(actor.scope, characteristic_id=row.id)).all(),
    }


def _designs(session: Session, actor: Actor, row: Characteristic, how: How) -> dict[str, Any]:
    """Collect its chart designs, the newest first, and the sentences of the rules in use."""
    query = chart_designs.listed(actor.scope, DesignFilter(row.id))
    found = session.scalars(query.order_by(ChartDesignRow.id.desc()).limit(MOST)).all()
    documents = {one.id: ChartDesign.model_validate(one.document) for one in found}
    chosen = documents.get(how.design or 0)
    rules = RULES[how.choice.rule_set] if chosen is None else chosen.rules
    return {
        "designs": found,
        "documents": documents,
        "sentences": [rule.sentence for rule in rules],
    }


def _query(where: dict[str, tuple[str, ...]], asked: dict[str, Any], choice: ChartChoice) -> str:
    given = [(name, value) for name, value in asked.items() if value is not None]
    given += asked_of_chart(choice)
    kept = [("where", f"{name}:{level}") for name, levels in where.items() for level in levels]
    return urlencode(given + kept)


def _without(visit: Visit, where: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Address of this page without each condition of the filter."""
    given = visit.request.query_params.multi_items()
    conditions = [f"{name}:{level}" for name, levels in where.items() for level in levels]
    path = visit.request.url.path
    return {
        c: f"{path}?{urlencode([pair for pair in given if pair != ('where', c)])}"
        for c in conditions
    }


@router.get("/{characteristic_id}/study", response_class=HTMLResponse)
def study(
    characteristic_id: Id,
    request: Request,
    visit: VisitDep,
    services: ServicesDep,
    session: ReadSession,
    window: Window,
    how: HowDep,
) -> HTMLResponse:
    """Part of the page: what the chart comes to, and the capability of what it shows."""
    row = characteristics.get(session, window.scope, characteristic_id)
    asked = asked_of(session, row, window, how)
    series = series_of(session, request, services.database, asked, window)
    chart = charted(session, series, window, asked, request.app.state.charts)
    return visit.show(
        "study.html",
        characteristic=row,
        chart=chart,
        plotted=PLOTTED[chart.kind],
        signals=newest_signals(chart),
        marks=newest_marks(chart),
        **study_of(series),
    )


@router.get("/{characteristic_id}/rows", response_class=HTMLResponse)
def rows(
    characteristic_id: Id,
    visit: VisitDep,
    services: ServicesDep,
    session: ReadSession,
    window: Window,
    cursor: Cursor = None,
) -> HTMLResponse:
    """Show raw rows, with their status in force."""
    row, query = _raw(session, window, characteristic_id)
    found = page_of(services.database, query, ROWS, cursor)
    asked = visit.request.query_params.multi_items()
    kept = [(name, value) for name, value in asked if name in _OF_ROWS]
    of_it = [("characteristic", row.code), ("site", str(query.site)), *kept]
    exported = urlencode(of_it)
    shown: dict[str, Any] = {"found": found, "micros": to_micros, "exported": exported}
    about = of_characteristic(row.code, query.site)
    return visit.show("rows.html", characteristic=row, about=about, **shown)


@router.get("/{characteristic_id}/points/{ts}", response_class=HTMLResponse)
def points(
    characteristic_id: Id,
    ts: Annotated[int, Path(ge=-MAX_TS, le=MAX_TS)],
    visit: VisitDep,
    services: ServicesDep,
    session: ReadSession,
    actor: ActorDep,
) -> HTMLResponse:
    """Show what was measured at one instant, to annotate, void, correct or restore it."""
    at = from_micros(ts)
    window = MeasurementQuery(start=at, end=at + MICROSECOND, scope=actor.scope)
    row, query = _raw(session, window, characteristic_id)
    found = page_of(services.database, query, ROWS, None)
    if not found.items:
        raise NotFound(f"nothing of {row.code!r} was measured at {at.isoformat()}")
    site = sites.get(session, actor.scope, row.site_id)
    near = EventFilter(since=at - timedelta(days=1), until=at + timedelta(days=1))
    return visit.show(
        "points.html",
        characteristic=row,
        site=site,
        about=of_characteristic(row.code, site.code),
        at=at,
        found=found,
        factors=contexts.factors_of(session, {item.context_id for item in found.items}),
        events=session.scalars(events.concerning(row, (), near).order_by(Event.ts)).all(),
        revisions=_told(session, row.id, at),
        **_remarks(session, row, at),
    )  # fmt: skip


def _remarks(session: Session, row: Characteristic, at: datetime) -> dict[str, Any]:
    """Collect what was said of the points of an instant, and the catalogue to say more."""
    said: dict[str, list[PointMarkRow]] = {}
    query = marks.history([row.id], start=at, end=at + MICROSECOND).order_by(*marks.SAID)
    for one in session.scalars(query):
        said.setdefault(str(one.seq), []).append(one)
    known = session.scalars(
        reasons.listed(EVERYWHERE, site_id=row.site_id).order_by(Reason.title)
    ).all()
    active = [one for one in known if one.is_active]
    return {
        "said": said,
        "titles": {(one.kind, one.code): one.title for one in known},
        "catalogue": {k: [one for one in active if one.kind == k] for k in ("cause", "action")},
    }


def _told(session: Session, characteristic_id: int, at: datetime) -> list[dict[str, Any]]:
    """Revisions of what was measured at an instant: who, when, what and why."""
    found = session.scalars(
        revisions.history(characteristic_id, start=at, end=at + MICROSECOND).order_by(
            *revisions.KEY
        )
    ).all()
    of = revisions.batches_of(session, found)
    return [
        {
            "at": of[one.batch_id].committed_at,
            "person": of[one.batch_id].person,
            "reason": of[one.batch_id].reason,
            "action": revisions.ACTION[Status(one.status)],
            "value": one.value,
        }
        for one in found
    ]


def _raw(
    session: Session, window: MeasurementQuery, characteristic_id: int
) -> tuple[Characteristic, MeasurementQuery]:
    row = characteristics.get(session, window.scope, characteristic_id)
    site = sites.get(session, window.scope, row.site_id)
    return row, replace(window, characteristics=(row.code,), site=site.code)
