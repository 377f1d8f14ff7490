"""Plan of a network: sites, sourcing, production, transport, stock and service in one model."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ops.analyses.network_plan_page import view
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_plan_places import places_of
from ops.analyses.network_plan_progress import Teller
from ops.analyses.network_plan_reasoning import Wanted, reasons
from ops.analyses.network_plan_result import (
    NetworkPlanResult,
    ScenarioFlaw,
    TradeOffPoint,
    decided_of,
    figures,
    said_of,
)
from ops.analyses.network_plan_rows import PlanTables
from ops.analyses.network_plan_savings import with_savings
from ops.analyses.network_plan_units import with_units
from ops.analysis import Analysis, Example, Progress, silent
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import ScenarioError
from solvers.network.instance import Instance
from solvers.network.plan import Decided, Plan
from solvers.network.standard_form import StandardForm
from solvers.network.start import Start
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited, sentences
from solvers.scenario.example import example_scenario

if TYPE_CHECKING:
    from solvers.network.planner import Planner  # HiGHS loads slowly

MAIN_SHARE = 0.5  # of the progress, where a front or reasons follow


def needs(params: NetworkPlanParams) -> ScenarioQuery:
    """Ask for the revision, for the plan to start from, and for the baseline."""
    runs = tuple(run for run in (params.warm_start_from, params.baseline) if run is not None)
    return ScenarioQuery(code=params.scenario, revision=params.revision, runs=runs)


def compute(data: ScenarioData, params: NetworkPlanParams, progress: Progress) -> NetworkPlanResult:
    """Plan the scenario; one without a plan has a result that says so.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or nothing is wanted in it.
    BadData
        If an edit or the scenario is wrong, each flaw with its pointer; not if `validate_only`.
    """
    scenario = _wanted(data)
    progress(0.0, "reading the scenario")
    scenario, said = _edited(scenario, params)
    try:
        if params.validate_only:
            return _validated(data, params, scenario, said)
        result = _planned(data, params, (scenario, said), progress)
        return with_savings(result, data.results, params.baseline)
    except ScenarioError as error:
        flaws = tuple(Problem(f.pointer, f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error


def salvage(data: ScenarioData, params: NetworkPlanParams, checkpoint: bytes) -> NetworkPlanResult:
    """Make a result of the best plan of a solve that was cut short."""
    from solvers.network.build import build  # noqa: PLC0415  (Pyomo loads slowly)
    from solvers.network.numerics import diagnose  # noqa: PLC0415
    from solvers.network.plan import plan_of  # noqa: PLC0415
    from solvers.network.resolve import resolve  # noqa: PLC0415  (units load slowly)
    from solvers.network.saved import restored  # noqa: PLC0415

    scenario, said = _edited(_wanted(data), params)
    resolved = resolve(scenario)
    form = build(resolved.instance, "arrays")  # somebody waits: without Pyomo, without a solver
    found = plan_of(resolved.instance, form, restored(checkpoint), unsound=diagnose(form))
    plan = replace(found, notes=resolved.notes)
    fields = _common(data, params, scenario, said) | said_of(plan)
    if plan.decided is not None:
        fields |= _decided(scenario, resolved.instance, plan.decided)
    result = NetworkPlanResult.model_validate(fields | _size(form))
    return with_savings(result, data.results, params.baseline)


def _decided(scenario: Scenario, instance: Instance, decided: Decided) -> dict[str, object]:
    """Fields of a result that need a plan."""
    fields = decided_of(instance, decided) | places_of(scenario, instance, decided)
    return fields | {"bottlenecks": with_units(scenario, decided.bottlenecks)}


def _wanted(data: ScenarioData) -> Scenario:
    if data.scenario is None:
        raise NotEnoughData("a network plan needs a scenario, found 0; check its code and revision")
    if not data.scenario.demands:
        raise NotEnoughData(f"a network plan needs 1 demand, got 0; fill /demands of {data.code!r}")
    return data.scenario


def _edited(scenario: Scenario, params: NetworkPlanParams) -> tuple[Scenario, tuple[str, ...]]:
    """Scenario with the edits of the parameters, and these in words."""
    try:
        changed = edited(scenario, params.edits)
    except ScenarioError as error:
        flaws = tuple(Problem(f"/edits{f.pointer}", f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error
    return changed, sentences(scenario, params.edits)


def _validated(
    data: ScenarioData, params: NetworkPlanParams, scenario: Scenario, said: tuple[str, ...]
) -> NetworkPlanResult:
    from solvers.scenario.validate import flaws  # noqa: PLC0415  (units load slowly)

    found = flaws(scenario)
    fields = _common(data, params, scenario, said) | {
        "status": "invalid" if found else "valid",
        "flaws": tuple(ScenarioFlaw(pointer=f.pointer, detail=f.detail) for f in found),
    }
    return NetworkPlanResult.model_validate(fields)


def _planned(
    data: ScenarioData,
    params: NetworkPlanParams,
    edited_: tuple[Scenario, tuple[str, ...]],
    progress: Progress,
) -> NetworkPlanResult:
    from solvers.network.planner import Planner  # noqa: PLC0415  (HiGHS loads slowly)
    from solvers.network.resolve import resolve  # noqa: PLC0415

    scenario, said = edited_
    resolved = resolve(scenario)
    planner = Planner(resolved.instance, params.formulation)
    start = _start(data, params)
    if start is not None:
        planner.start(start)
    wanted = Wanted(params.worths, params.entries, params.ways_out)
    told = Teller(progress, MAIN_SHARE if params.front_points or wanted.anything else 0.95)
    plan = _aimed(planner, params, told)
    if progress is not silent and plan.log:  # into the log of the run; an example has none
        sys.stderr.write("\n".join(plan.log) + "\n")
    fields = _common(data, params, scenario, said) | said_of(replace(plan, notes=resolved.notes))
    if plan.decided is not None:
        fields |= _decided(scenario, resolved.instance, plan.decided)
        told.settle(plan)
    if plan.decided is not None and params.front_points and not told.stopped:
        fields["front"] = _front(planner, params, told)
    if params.objective == "cost" and not told.stopped:
        asked = (wanted, params.options(), told.reasons)
        fields["reasons"] = reasons(scenario, resolved.instance, plan, *asked)
    progress(1.0, plan.status)
    fields |= {"warm": start is not None}
    return NetworkPlanResult.model_validate(fields | _size(planner.form))


def _aimed(planner: "Planner", params: NetworkPlanParams, told: Teller) -> Plan:
    from solvers.network.goal import (  # noqa: PLC0415  (HiGHS loads slowly)
        Weights,
        plan_in_order,
        plan_weighted,
    )

    options = params.options()
    if params.objective == "weighted":
        weights = Weights(service=params.service_price, co2=params.co2_price)
        return plan_weighted(planner, weights, options, told)
    if params.objective == "in-order":
        return plan_in_order(planner, params.order, options, told, params.slack)
    return planner.plan(options, told)


def _front(
    planner: "Planner", params: NetworkPlanParams, told: Teller
) -> tuple[TradeOffPoint, ...]:
    from solvers.network.goal import trade_off  # noqa: PLC0415  (HiGHS loads slowly)

    front = trade_off(planner, max(params.front_points, 2), params.options(), told.front)
    return tuple(
        TradeOffPoint(
            cap_kg=point.cap_kg,
            co2_kg=point.co2_kg,
            cost=point.cost,
            gap=point.plan.gap,
            open_sites=figures(point.plan.decided.kpis).open_sites if point.plan.decided else None,
        )
        for point in front
    )


def _start(data: ScenarioData, params: NetworkPlanParams) -> Start | None:
    if params.warm_start_from is None:
        return None
    earlier = data.results.get(params.warm_start_from)
    tables = earlier.get("tables") if isinstance(earlier, dict) else None
    if tables is None:
        raise BadData(
            f"run {params.warm_start_from} is no network plan that could be started from",
            (Problem("/warm_start_from", "name a run of network-plan that has succeeded"),),
        )
    return PlanTables.model_validate(tables).start()


def _common(
    data: ScenarioData, params: NetworkPlanParams, scenario: Scenario, said: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "scenario": data.code,
        "revision": data.revision,
        "title": scenario.title,
        "money": scenario.units.money,
        "edits": said,
        "objective": params.objective,
        "periods": tuple(period.code for period in scenario.periods),
        "seed": params.seed,
    }


def _size(form: StandardForm) -> dict[str, Any]:
    return {
        "columns": int(form.cost.size),
        "rows": int(form.row_lower.size),
        "integers": int(form.integer.sum()),
    }


NETWORK_PLAN = Analysis(
    name="network-plan",
    title="Network plan",
    summary="Sites, sourcing, production, transport, stock and service of a scenario in one plan.",
    version=1,
    params=NetworkPlanParams,
    result=NetworkPlanResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=NetworkPlanParams(scenario="packaging", gap=0.01, worths=0, entries=0),
        data=lambda: ScenarioData(code="packaging", revision=1, scenario=example_scenario()),
    ),
    salvage=salvage,
)
