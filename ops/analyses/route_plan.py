"""Last-mile routes of a scenario: who drives where and when, and why visits are left."""

import numpy as np
from pydantic import Field, model_validator

from ops.analyses.route_plan_page import view
from ops.analyses.route_plan_result import RoutePlanResult, planned_routes, unserved_visit
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import ScenarioError
from solvers.routing.example import delivery_scenario
from solvers.routing.from_scenario import routing_problem
from solvers.routing.plan import RoutePlan, faults
from solvers.routing.problem import RoutingProblem
from solvers.routing.solve import Budget, decoded, plan_routes
from solvers.watch import News


class RoutePlanParams(AnalysisParams):
    """Parameters of a route plan."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; absent: the newest.")
    budget_iterations: int | None = Field(
        default=None,
        ge=1,
        le=100_000_000,
        description="Iterations of the search at most: the same plan again for the same seed.",
    )
    cpu_s: float | None = Field(
        default=30.0, gt=0, le=86_400, description="CPU seconds of the search at most; null: any."
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Seed of the search.")

    @model_validator(mode="after")
    def _ends(self) -> "RoutePlanParams":
        if self.budget_iterations is None and self.cpu_s is None:
            raise ValueError("the search never ends: give budget_iterations or cpu_s")
        return self


def needs(params: RoutePlanParams) -> ScenarioQuery:
    """Ask for the revision."""
    return ScenarioQuery(code=params.scenario, revision=params.revision)


def compute(data: ScenarioData, params: RoutePlanParams, progress: Progress) -> RoutePlanResult:
    """Plan the routes.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or it has no visits or no vehicles.
    BadData
        If its routing cannot be read; each flaw with its pointer.
    """
    problem = _problem(data)
    told = 0.0

    def watch(news: News) -> bool:
        nonlocal told
        told = max(told, news.fraction)
        saved = None if news.solution is None else news.solution.tobytes()
        asked = progress(0.95 * told, news.message, incumbent=news.incumbent, checkpoint=saved)
        return bool(asked)

    budget = Budget(params.budget_iterations, params.cpu_s)
    try:
        plan = plan_routes(problem, budget=budget, seed=params.seed, watch=watch)
    except ScenarioError as error:
        raise BadData(str(error)) from error
    progress(1.0, f"{len(plan.routes)} routes, {len(plan.unserved)} visits left")
    return _result(data, params, problem, plan)


def salvage(data: ScenarioData, params: RoutePlanParams, checkpoint: bytes) -> RoutePlanResult:
    """Make a result of the best routes of a search that was cut short."""
    problem = _problem(data)
    plan = decoded(problem, np.frombuffer(checkpoint, dtype=np.float64))
    return _result(data, params, problem, plan)


def _problem(data: ScenarioData) -> RoutingProblem:
    if data.scenario is None:
        raise NotEnoughData("a route plan needs a scenario, found 0; check its code and revision")
    routing = data.scenario.routing
    for name, parts in (("visit", routing.visits), ("vehicle", routing.vehicles)):
        if not parts:
            raise NotEnoughData(
                f"a route plan needs 1 {name}, got 0; fill /routing/{name}s of {data.code!r}"
            )
    try:
        return routing_problem(data.scenario)
    except ScenarioError as error:
        problems = tuple(Problem(flaw.pointer, flaw.detail) for flaw in error.flaws)
        raise BadData(str(error), problems) from error


def _result(
    data: ScenarioData, params: RoutePlanParams, problem: RoutingProblem, plan: RoutePlan
) -> RoutePlanResult:
    assert data.scenario is not None
    missed = (problem.stops[left.stop] for left in plan.unserved)
    return RoutePlanResult(
        scenario=data.code,
        revision=data.revision,
        money=data.scenario.units.money,
        routes=planned_routes(problem, plan),
        unserved=tuple(unserved_visit(problem, left) for left in plan.unserved),
        visits=len(problem.stops),
        vehicles=sum(kind.count for kind in problem.kinds),
        cost=plan.cost,
        prizes=plan.prizes(problem),
        prizes_missed=sum(stop.prize for stop in missed if not stop.required),
        distance_km=plan.distance,
        duration_h=plan.duration_h,
        feasible=not any(problem.stops[left.stop].required for left in plan.unserved),
        faults=faults(problem, plan),
        measured=problem.measured,
        step_km=plan.grain.distance,
        step_s=3600.0 * plan.grain.hours,
        iterations=plan.iterations,
        stop_reason=plan.stop_reason,
        seed=params.seed,
    )


ROUTE_PLAN = Analysis(
    name="route-plan",
    title="Route plan",
    summary="Routes of a fleet to visits, with times, loads, costs, and why a visit is left.",
    version=1,
    params=RoutePlanParams,
    result=RoutePlanResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=RoutePlanParams(scenario="last-mile", budget_iterations=150),
        data=lambda: ScenarioData(code="last-mile", revision=1, scenario=delivery_scenario()),
    ),
    salvage=salvage,
)
