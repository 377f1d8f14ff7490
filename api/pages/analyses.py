"""Analyses: the gallery, and the form that submits a run of one."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.analyses import Name, described
from api.deps import ActorDep, ReadSession
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from ops.analyses.example import example_page
from ops.analyses.registry import all_analyses, broken, find
from ops.analysis import AnyAnalysis
from ops.db import characteristics, datasets, life_tests, runs, scenarios, sites
from ops.db.models.classify import Dataset
from ops.db.models.life import LifeTest
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Characteristic, Site
from ops.db.models.work import Run
from ops.values import Scope

router = APIRouter(prefix="/analyses", include_in_schema=False)
SUGGESTED = 500
RUNS = {"warm_start_from": "", "plan_run": "network-plan", "plan": "network-plan"}  # "": itself
NEWEST = 30  # runs that are offered


@router.get("", response_class=HTMLResponse)
def gallery(visit: VisitDep) -> HTMLResponse:
    """Show every registered analysis with what it is for."""
    return visit.show("analyses.html", analyses=all_analyses(), broken=broken())


@router.get("/{name}", response_class=HTMLResponse)
def read(
    name: Name,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    run: Annotated[str | None, Query(pattern=r"^[0-9a-f\-]{36}$")] = None,
    params: Annotated[str, Query(max_length=10_000)] = "{}",
) -> HTMLResponse:
    """Show the form of an analysis, filled from a run or from ``params``."""
    analysis = find(name)
    values = _values(params) if run is None else runs.find(session, run, actor.scope).params
    codes = characteristics.listed(actor.scope).with_only_columns(Characteristic.code).distinct()
    suggestions: dict[str, Sequence[str | tuple[str, str]]] = {
        "/site": session.scalars(sites.listed(actor.scope).with_only_columns(Site.code)).all(),
        "/characteristics": session.scalars(codes.limit(SUGGESTED)).all(),
    }
    names = analysis.params.model_fields
    if "scenario" in names:
        suggestions["/scenario"] = _scenarios(session, actor.scope)
    if "life_test" in names:
        suggestions["/life_test"] = _life_tests(session, actor.scope)
    if "dataset" in names:
        suggestions["/dataset"] = _datasets(session, actor.scope)
    for field, of in RUNS.items():
        if field in names:
            suggestions[f"/{field}"] = _plans(session, actor.scope, of or name)
    return visit.show(
        "analysis.html",
        analysis=analysis,
        fields=fields_of(
            described(analysis).params, defaults_of(analysis) | values, without=unasked(analysis)
        ),
        suggestions=suggestions,
    )


@router.get("/{name}/example", response_class=HTMLResponse)
def example(name: Name, visit: VisitDep) -> HTMLResponse:
    """Show the example of an analysis: alone, since its kernels may have to be compiled first."""
    analysis = find(name)
    return visit.show("analysis_example.html", analysis=analysis, example=example_page(analysis))


def _scenarios(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """Code and title of every scenario that may be planned."""
    query = scenarios.listed(scope).order_by(StoredScenario.code).limit(SUGGESTED)
    return [(row.code, row.title) for row in session.scalars(query)]


def _life_tests(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """Code and title of every life test in use."""
    query = life_tests.listed(scope).order_by(LifeTest.code).limit(SUGGESTED)
    return [(row.code, row.title) for row in session.scalars(query)]


def _datasets(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """Code and title of every dataset in use."""
    query = datasets.listed(scope).order_by(Dataset.code).limit(SUGGESTED)
    return [(row.code, row.title) for row in session.scalars(query)]


def _plans(session: Session, scope: Scope, analysis: str) -> list[tuple[str, str]]:
    """Id of each of the newest runs with a result, its scenario and when it was asked for."""
    query = runs.matching(scope, analysis=analysis, state="succeeded").options(*runs.BRIEF)
    newest = query.order_by(Run.submitted_at.desc(), Run.id).limit(NEWEST)
    return [
        (run.id, f"{run.params.get('scenario', run.analysis)}, {run.submitted_at:%Y-%m-%d %H:%M}")
        for run in session.scalars(newest)
    ]


def unasked(analysis: AnyAnalysis) -> tuple[str, ...]:
    """Name the parameters that a form leaves out: a window where no data are of a time."""
    return () if analysis.takes_window else ("window",)


def defaults_of(analysis: AnyAnalysis) -> dict[str, Any]:
    """Read the values of parameters that nobody must give."""
    fields = analysis.params.model_fields
    made = {
        n: f.get_default(call_default_factory=True)
        for n, f in fields.items()
        if not f.is_required()
    }
    return {
        name: value.model_dump(mode="json") if isinstance(value, BaseModel) else value
        for name, value in made.items()
        if not isinstance(value, tuple | dict) or value
    }


def _values(params: str) -> dict[str, Any]:
    try:
        found = json.loads(params)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
