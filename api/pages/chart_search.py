"""The search for a chart: what it shall promise, the chart that keeps it, and its rivals."""

from math import isfinite
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.body import MAX_ID
from api.deps import ReadSession
from api.pages.shell import VisitDep
from ops.db import characteristics
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase
from ops.spc.run_length.cusum import CusumScheme
from ops.spc.run_length.ewma import EwmaScheme
from ops.spc.run_length.profile import ProfilePoint, profile
from ops.spc.run_length.search import Candidate, Family, State, rivals
from ops.spc.run_length.shewhart import ShewhartScheme

router = APIRouter(prefix="/chart-design", include_in_schema=False)
SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
FAMILIES: dict[Family, str] = {
    "ewma": "EWMA",
    "cusum": "CUSUM",
    "shewhart": "Shewhart, limits only",
    "western-electric": "Shewhart with Western Electric rules",
}

Profiles = dict[Family, tuple[ProfilePoint, ...]]
Wanted = Annotated[float, Query(ge=5, le=100_000)]
Shift = Annotated[float, Query(ge=0.1, le=10)]


@router.get("", response_class=HTMLResponse)
def search(
    visit: VisitDep,
    session: ReadSession,
    family: Family = "ewma",
    arl0: Wanted = 370.0,
    shift: Shift = 1.0,
    state: State = "zero",
    characteristic: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> HTMLResponse:
    """Show the chart of a family that finds a shift fastest at a distance of false alarms."""
    found = rivals(arl0, shift, state=state)
    chosen = next(one for one in found if one.family == family)
    row = (
        None
        if characteristic is None or visit.actor is None
        else characteristics.get(session, visit.actor.scope, characteristic)
    )
    shifts = tuple(sorted({*SHIFTS, shift}))
    profiles: Profiles = {one.family: profile(one.scheme, shifts) for one in found}
    return visit.show(
        "chart_search.html",
        families=FAMILIES,
        asked={"family": family, "arl0": arl0, "shift": shift, "state": state},
        characteristic=row,
        said=_said(chosen, shift),
        address=_address(chosen),
        blocks=(_rivals(found, chosen, shift), _drawn(profiles, state), _table(profiles[family])),
    )


def _said(chosen: Candidate, shift: float) -> Phrase:
    return Phrase.of(
        "{family} with {figures}: a false alarm every {arl0} points, a shift of {shift} sigma found"
        " after {arl1} points on average",
        family=FAMILIES[chosen.family],
        figures=_figures(chosen),
        arl0=Number(value=chosen.arl0, decimals=0),
        shift=Number(value=shift),
        arl1=Number(value=chosen.arl1, decimals=1),
    )


def _figures(one: Candidate) -> str:
    scheme = one.scheme
    if isinstance(scheme, EwmaScheme):
        return f"\u03bb = {scheme.lambda_:.3f}, L = {scheme.width:.3f}"
    if isinstance(scheme, CusumScheme):
        return f"k = {scheme.k:.3f}, h = {scheme.h:.3f}"
    return f"L = {scheme.width:.3f}" if isinstance(scheme, ShewhartScheme) else "L = 3"


def _address(one: Candidate) -> str:
    """Query of the chart page that charts with it."""
    scheme = one.scheme
    if isinstance(scheme, EwmaScheme):
        return f"kind=ewma&rules=limits&lambda_={scheme.lambda_:.4g}&width={scheme.width:.4g}"
    if isinstance(scheme, CusumScheme):
        return f"kind=cusum&rules=limits&k={scheme.k:.4g}&h={scheme.h:.4g}"
    if isinstance(scheme, ShewhartScheme):
        return f"rules=limits&width={scheme.width:.4g}"
    return "rules=western-electric"


def _rivals(found: tuple[Candidate, ...], chosen: Candidate, shift: float) -> Table:
    columns = (
        Column(label="Chart"),
        Column(label="Parameters"),
        Column(label="False alarm every", unit="points", decimals=1),
        Column(label=f"Finds {shift:g} sigma after", unit="points", decimals=1),
    )
    ordered = sorted(found, key=lambda one: (one is not chosen, one.arl1))
    rows = tuple((FAMILIES[x.family], _figures(x), x.arl0, _finite(x.arl1)) for x in ordered)
    return Table(title="The chart and its rivals", columns=columns, rows=rows)


def _drawn(profiles: Profiles, state: State) -> Chart:
    layers = tuple(
        Layer(
            mark="line",
            label=FAMILIES[family],
            x=tuple(point.shift for point in points),
            y=tuple(_length(point, state) for point in points),
        )
        for family, points in profiles.items()
    )
    return Chart(
        title="Mean run length over the shift",
        x=Axis(label="Shift", unit="sigma"),
        y=Axis(label="Mean run length", unit="points", scale="log"),
        layers=layers,
    )


def _table(points: tuple[ProfilePoint, ...]) -> Table:
    columns = (
        Column(label="Shift", unit="sigma", decimals=2),
        Column(label="Mean from the start", decimals=1),
        Column(label="Mean long after", decimals=1),
        Column(label="5 % below", decimals=0),
        Column(label="Median", decimals=0),
        Column(label="95 % below", decimals=0),
    )
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (
            point.shift,
            _finite(point.zero_state),
            _finite(point.steady_state),
            *(_finite(point.quantiles[at]) for at in (0, 2, 4)),
        )
        for point in points
    )
    return Table(title="Run length of the chosen chart", columns=columns, rows=rows)


def _length(point: ProfilePoint, state: State) -> float | None:
    return _finite(point.zero_state if state == "zero" else point.steady_state)


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
