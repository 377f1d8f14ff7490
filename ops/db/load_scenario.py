"""The loader of scenarios: one revision with its forecasts filled in, beside results of runs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ops.db import results, runs, scenario_revisions, scenarios
from ops.db.engine import Database
from ops.db.load_forecast import newest
from ops.db.scenario_text import scenario_of
from ops.errors import BadData, Problem
from ops.forecast.scenario import NEWEST, filled, serves
from ops.query import NamedResult, ScenarioData, ScenarioQuery
from ops.values import Scope
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario

FORECASTING = "demand-forecast"  # the analysis whose runs demands refer to
LOOKED_AT = 10  # newest forecasts among which one is looked for that has the series


def load_scenario(database: Database, query: ScenarioQuery) -> ScenarioData:
    """Answer a query: the revision, and the results of the runs that it names.

    Raises
    ------
    NotFound
        If the scenario, its revision or a run does not exist within the scope.
    BadData
        If a run has no result, or a demand names a forecast that cannot be filled in.
    """
    with database.read() as session:
        row = scenarios.find(session, query.scope, query.code, site=query.site, shared=True)
        revision = scenario_revisions.find(session, row, query.revision, as_of=query.as_of)
        stored = scenario_revisions.stored(session, revision)
        earlier = {run_id: result_of(session, query.scope, run_id).result for run_id in query.runs}
    scenario = scenario_of(stored)
    with database.read() as session:
        forecasts = _forecasts(session, query, scenario)
    try:
        scenario = filled(scenario, forecasts)
    except ScenarioError as error:
        flaws = tuple(Problem(flaw.pointer, flaw.detail) for flaw in error.flaws)
        raise BadData(f"scenario {row.code!r}: {error}", flaws) from error
    return ScenarioData(row.code, revision.number, scenario, earlier)


def _forecasts(
    session: Session, query: ScenarioQuery, scenario: Scenario
) -> dict[str, Mapping[str, Any]]:
    """Results of the forecasts that demands name; the newest one by the name `NEWEST`."""
    named = {demand.forecast.run for demand in scenario.demands if demand.forecast is not None}
    found: dict[str, Mapping[str, Any]] = {
        run_id: result_of(session, query.scope, run_id).result
        for run_id in named
        if run_id is not None
    }
    if None in named:
        latest = newest(
            session, FORECASTING, like={}, most=LOOKED_AT, before=query.as_of, scope=query.scope
        )
        # a forecast of something else is passed over; if none fits, the newest one says what lacks
        fitting = [one.result for one in latest if serves(one.result, scenario)]
        chosen = fitting or [one.result for one in latest]
        if chosen:
            found[NEWEST] = chosen[0]
    return found


def result_of(session: Session, scope: Scope, run_id: str) -> NamedResult:
    """Read the result of a run within the scope.

    Raises
    ------
    NotFound
        If there is no such run.
    BadData
        If it has no result.
    """
    run = runs.find(session, run_id, scope)
    result = results.whole(session, run)
    if result is None:
        detail = f"is {run.state} and has no result; name a run that has one"
        raise BadData(f"run {run_id} {detail}", (Problem("/runs", detail),))
    return NamedResult(run.analysis, result)
