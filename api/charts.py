"""Control charts out: limits, stages, rules broken, and as many points as a drawing can show."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BeforeValidator, Field
from sqlalchemy.orm import Session

from api.body import MAX_ID, Id, Instant
from api.chart_choice import ChartChoice, choice_of
from api.chart_marks import are_marked
from api.chart_view import ChartView
from api.charted import Asked, How, charted
from api.deps import ActorDep, ReadSession, ServicesDep
from api.points import End, Start
from api.where import Where
from ops.db import baselines, characteristics, chart_designs, sites
from ops.db.engine import Database
from ops.db.models.plant import Characteristic
from ops.db.recent import RecentSeries
from ops.errors import BadData, Problem
from ops.query import SEQ, MeasurementQuery
from ops.spc.points import ATTRIBUTES
from ops.values import Series

router = APIRouter(prefix="/v1/characteristics", tags=["characteristics"])

Stages = Annotated[
    str | None,
    Query(
        pattern=r"^((event|factor):[^\x00]{1,100})?$",
        description="Where limits begin anew: `event:maintenance`, or `factor:material`.",
        examples=["event:maintenance"],
    ),
]


def _given(value: object) -> object:
    """Take an empty selector of a form for none: nothing was chosen."""
    return None if value == "" else value


Number = Annotated[int, Field(ge=1, le=MAX_ID)]
Baseline = Annotated[
    Number | None,
    BeforeValidator(_given),
    Query(description="Baseline whose points set the limits of all stages."),
]
Design = Annotated[
    Number | None,
    BeforeValidator(_given),
    Query(
        description="Chart design whose frozen limits and rules judge every point; baseline,"
        " stages, kind and rules are then those of the design.",
    ),
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
    choice: Annotated[ChartChoice, Depends(choice_of)],
    zoom_start: ZoomStart = None,
    zoom_end: ZoomEnd = None,
    stages: Stages = None,
    baseline: Baseline = None,
    design: Design = None,
    stretches: Stretches = 600,
) -> How:
    """How it is to be judged and drawn."""
    return How(choice, stages or None, baseline, design, (zoom_start, zoom_end), stretches)


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
    asked = asked_of(session, row, window, how)
    series = series_of(session, request, services.database, asked, window)
    return charted(session, series, window, asked, request.app.state.charts)


def asked_of(session: Session, row: Characteristic, window: MeasurementQuery, how: How) -> Asked:
    """Look up the baseline or the design that limits shall come from.

    Raises
    ------
    BadData
        If the design is of another characteristic.
    """
    if how.design is not None:
        design = chart_designs.get(session, window.scope, how.design)
        if design.characteristic_id != row.id:
            mend = f"choose a design of {row.code!r}"
            fact = f"the chart design {design.id} is of another characteristic"
            raise BadData(f"{fact}; {mend}", (Problem("/design", mend),))
        return Asked(row, None, how, design)
    if how.baseline is None:
        return Asked(row, None, how)
    return Asked(row, baselines.get(session, window.scope, how.baseline), how)


def series_of(
    session: Session,
    request: Request,
    database: Database,
    asked: Asked,
    window: MeasurementQuery,
) -> Series:
    """Read the series of one characteristic, as far as the chart needs it."""
    row = asked.characteristic
    site = sites.get(session, window.scope, row.site_id)
    columns = _columns(asked)
    if characteristics.is_subgrouped(session, row.id):
        columns |= {"subgroup"}
    if are_marked(session, row.id):  # a mark names a point by its sequence too
        columns |= {SEQ}
    query = replace(window, characteristics=(row.code,), site=site.code, columns=columns)
    recent: RecentSeries = request.app.state.recent
    return recent.load(database, query).series[0]


def _columns(asked: Asked) -> frozenset[str]:
    choice = asked.how.choice
    document = {"kind": choice.kind, "subgroup": choice.subgroup}
    document |= {} if asked.design is None else asked.design.document
    counts = document["kind"] in ATTRIBUTES or asked.characteristic.kind == "attribute"
    by_unit = document["subgroup"] == "unit"
    return frozenset((*(("n",) if counts else ()), *(("unit_id",) if by_unit else ())))
