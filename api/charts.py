"""Control charts out: limits, stages, rules broken, and as many points as a drawing can show."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session

from api.body import MAX_ID, Id, Instant
from api.chart_view import ChartView
from api.charted import Asked, How, charted
from api.deps import ActorDep, ReadSession, ServicesDep
from api.points import End, Start
from api.where import Where
from ops.db import baselines, characteristics, sites
from ops.db.engine import Database
from ops.db.models.plant import Characteristic
from ops.db.recent import RecentSeries
from ops.query import MeasurementQuery
from ops.values import Series

router = APIRouter(prefix="/v1/characteristics", tags=["characteristics"])

Rules = Annotated[
    Literal["nelson", "western-electric", "limits"],
    Query(description="Which run rules judge the points."),
]
Stages = Annotated[
    str | None,
    Query(
        pattern=r"^((event|factor):[^\x00]{1,100})?$",
        description="Where limits begin anew: `event:maintenance`, or `factor:material`.",
        examples=["event:maintenance"],
    ),
]
Baseline = Annotated[
    int | None,
    Query(ge=1, le=MAX_ID, description="Baseline whose points set the limits of all stages."),
]
ZoomStart = Annotated[Instant | None, Query(description="First instant that is drawn.")]
ZoomEnd = Annotated[Instant | None, Query(description="First instant that is not drawn.")]
Stretches = Annotated[
    int, Query(ge=10, le=4000, description="Stretches of time told apart: pixel columns, or half.")
]


def window_of(
    actor: ActorDep, where: Where, start: Start = None, end: End = None
) -> MeasurementQuery:
    """Measurements of a chart; the characteristic is in the path."""
    return MeasurementQuery(start=start, end=end, where=where, scope=actor.scope)


def how_of(
    zoom_start: ZoomStart = None,
    zoom_end: ZoomEnd = None,
    stages: Stages = None,
    rules: Rules = "nelson",
    baseline: Baseline = None,
    stretches: Stretches = 600,
) -> How:
    """How it is to be judged and drawn."""
    return How(stages or None, rules, baseline, (zoom_start, zoom_end), stretches)


Window = Annotated[MeasurementQuery, Depends(window_of)]
HowDep = Annotated[How, Depends(how_of)]


@router.get("/{characteristic_id}/chart")
def control_chart(
    characteristic_id: Id,
    request: Request,
    services: ServicesDep,
    session: ReadSession,
    window: Window,
    how: HowDep,
) -> ChartView:
    """Read a control chart, every point judged and only as many returned as can be drawn."""
    row = characteristics.get(session, window.scope, characteristic_id)
    series = series_of(session, request, services.database, row, window)
    asked = asked_of(session, row, window, how)
    return charted(session, series, window, asked, request.app.state.plots)


def asked_of(session: Session, row: Characteristic, window: MeasurementQuery, how: How) -> Asked:
    """Look up the baseline that limits shall come from."""
    if how.baseline is None:
        return Asked(row, None, how)
    return Asked(row, baselines.get(session, window.scope, how.baseline), how)


def series_of(
    session: Session,
    request: Request,
    database: Database,
    row: Characteristic,
    window: MeasurementQuery,
) -> Series:
    """Read the series of one characteristic, as far as charts need it."""
    site = sites.get(session, window.scope, row.site_id)
    columns = frozenset({"subgroup"} if characteristics.is_subgrouped(session, row.id) else ())
    query = replace(window, characteristics=(row.code,), site=site.code, columns=columns)
    recent: RecentSeries = request.app.state.recent
    return recent.load(database, query).series[0]
