"""Plans of a network side by side: what changed, what is gained, whether to accept it."""

from string import ascii_uppercase

from pydantic import ValidationError

from ops.analyses.network_baseline_result import NetworkBaselineResult
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.analyses.network_savings import baseline_of, savings_of
from ops.analyses.plan_comparison_change import (
    MOST_FLOWS,
    capacity_changes,
    category_changes,
    flow_changes,
    has_moved,
    money_of,
    site_changes,
)
from ops.analyses.plan_comparison_gate import GATES, gates
from ops.analyses.plan_comparison_layers import layer_comparison
from ops.analyses.plan_comparison_page import view
from ops.analyses.plan_comparison_params import PlanComparisonParams
from ops.analyses.plan_comparison_result import (
    CandidateChange,
    ComparedPlan,
    PlanComparisonResult,
    PlanRobustness,
)
from ops.analyses.plan_comparison_robust import robustness_of
from ops.analyses.plan_comparison_sample import sample_runs
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import NamedResult, RunResultsData, RunResultsQuery
from solvers.network.outcome import Options


def needs(params: PlanComparisonParams) -> RunResultsQuery:
    """Ask for the results of all runs that are named, and for the scenario of the layers."""
    books = () if params.baseline is None else (params.baseline,)
    named = (params.reference, *params.candidates, *books, *params.stress)
    return RunResultsQuery(
        runs=tuple(dict.fromkeys(named)),
        scenario=params.scenario or "" if params.layers else "",
        revision=params.revision,
        site=params.site,
    )


def compute(
    data: RunResultsData, params: PlanComparisonParams, progress: Progress
) -> PlanComparisonResult:
    """Compare plans, and judge each candidate by the gates.

    Raises
    ------
    NotEnoughData
        If there is no run at all, or layers are asked for without a scenario.
    BadData
        If a run is of another kind, has no plan, or is in another currency.
    """
    if not data.runs:
        raise NotEnoughData("a comparison needs 1 run of network-plan, found 0; name one")
    progress(0.0, "reading the plans")
    past = None if params.baseline is None else _past(data, params.baseline)
    pointers = ("/reference", *(f"/candidates/{i}" for i in range(len(params.candidates))))
    named = (params.reference, *params.candidates)
    found = tuple(_plan(data, run, at) for run, at in zip(named, pointers, strict=True))
    _one_currency(found, pointers)
    plans = tuple(_compared(i, params, data, found[i], past) for i in range(len(found)))
    changes = tuple(
        _change(params, (plans[0], found[0]), pair)
        for pair in zip(plans[1:], found[1:], strict=True)
    )
    layers = None
    if params.layers:
        options = Options(time_s=params.time_s, gap=params.gap, seed=params.seed)
        layers = layer_comparison(data.scenario, options, params.blind, progress)
    progress(1.0, "compared")
    return PlanComparisonResult(
        money=found[0].money,
        plans=plans,
        changes=changes,
        layers=layers,
        warnings=_warnings(plans, found),
    )


def _run(data: RunResultsData, run_id: str, analysis: str, pointer: str) -> NamedResult:
    run = data.runs.get(run_id)
    if run is None or run.analysis != analysis:
        what = "not there" if run is None else f"a run of {run.analysis}"
        detail = f"run {run_id} is {what}; name a run of {analysis} that has succeeded"
        raise BadData(detail, (Problem(pointer, detail),))
    return run


def _past(data: RunResultsData, run_id: str) -> NetworkBaselineResult:
    run = _run(data, run_id, "network-baseline", "/baseline")
    return baseline_of(run_id, run.result, "/baseline")


def _plan(data: RunResultsData, run_id: str, pointer: str) -> NetworkPlanResult:
    run = _run(data, run_id, "network-plan", pointer)
    try:
        plan = NetworkPlanResult.model_validate(run.result)
    except ValidationError as error:
        detail = "it was made by another version: plan the scenario again"
        raise BadData(f"run {run_id} cannot be read", (Problem(pointer, detail),)) from error
    if plan.figures is None:
        detail = f"run {run_id} has no plan (it is {plan.status}); name one that has"
        raise BadData(detail, (Problem(pointer, detail),))
    return plan


def _one_currency(plans: tuple[NetworkPlanResult, ...], pointers: tuple[str, ...]) -> None:
    for plan, pointer in zip(plans, pointers, strict=True):
        if plan.money != plans[0].money:
            detail = f"it is in {plan.money}, the reference in {plans[0].money}: use one currency"
            raise BadData(f"plans differ in currency at {pointer}", (Problem(pointer, detail),))


def _compared(
    place: int,
    params: PlanComparisonParams,
    data: RunResultsData,
    plan: NetworkPlanResult,
    past: NetworkBaselineResult | None,
) -> ComparedPlan:
    assert plan.figures is not None
    savings = None
    if past is not None and params.baseline is not None:
        savings = savings_of(params.baseline, past, plan.costs, plan.figures.served, plan.money)
    edits = f": {', '.join(plan.edits)}" if plan.edits else ""
    return ComparedPlan(
        run=(params.reference, *params.candidates)[place],
        name="reference" if place == 0 else ascii_uppercase[place - 1],
        title=f"{plan.title or plan.scenario}, revision {plan.revision}{edits}",
        status=plan.status,
        gap=plan.gap,
        figures=plan.figures,
        bottleneck=plan.bottlenecks[0] if plan.bottlenecks else None,
        bottlenecks=plan.bottlenecks,
        savings=savings,
        robustness=_robustness(data, params, place),
    )


def _robustness(
    data: RunResultsData, params: PlanComparisonParams, place: int
) -> PlanRobustness | None:
    if not params.stress:
        return None
    run_id = params.stress[place]
    run = _run(data, run_id, "network-stress", f"/stress/{place}")
    return robustness_of(run_id, run.result)


def _change(
    params: PlanComparisonParams,
    reference: tuple[ComparedPlan, NetworkPlanResult],
    candidate: tuple[ComparedPlan, NetworkPlanResult],
) -> CandidateChange:
    (was, before), (now, after) = reference, candidate
    base, flows = was.figures.landed_cost, flow_changes(before, after)
    cost = now.figures.landed_cost - base
    share = cost / abs(base) if base else None
    calibrated = now.savings is not None and now.savings.status == "calibrated"
    limits = {row[0]: getattr(params, row[0]) for row in GATES}
    judged = gates(limits, _figures(now, share), calibrated if params.calibrated else None)
    return CandidateChange(
        name=now.name,
        cost=cost,
        cost_share=share,
        categories=category_changes(money_of(before), money_of(after)),
        sites=site_changes(before, after),
        flows=flows[:MOST_FLOWS],
        flows_in_all=len(flows),
        bottleneck_moved=has_moved(was.bottleneck, now.bottleneck),
        capacities=capacity_changes(before, after),
        gates=judged,
        accepted=all(gate.passed for gate in judged),
    )


def _figures(plan: ComparedPlan, cost_share: float | None) -> dict[str, float | None]:
    found: dict[str, float | None] = plan.figures.model_dump()
    robust, saved = plan.robustness, plan.savings
    return found | {
        "cost_share": cost_share,
        "peak": None if plan.bottleneck is None else plan.bottleneck.utilisation,
        "expected": None if robust is None else robust.expected,
        "cvar": None if robust is None else robust.cvar,
        "saving": None if saved is None else saved.share_at_volume,
    }


def _warnings(
    plans: tuple[ComparedPlan, ...], found: tuple[NetworkPlanResult, ...]
) -> tuple[str, ...]:
    """Say what makes a comparison doubtful."""
    said = [
        f"{plan.name} keeps not all rules: {whole.breaches[0]}"
        for plan, whole in zip(plans, found, strict=True)
        if whole.breaches
    ]
    said += [
        f"{plan.name} covers other periods than the reference"
        for plan, whole in zip(plans[1:], found[1:], strict=True)
        if whole.periods != found[0].periods
    ]
    said += [
        f"the tables of {plan.name} are cut: small flows and sites may be missing"
        for plan, whole in zip(plans, found, strict=True)
        if whole.tables.left_out
    ]
    return tuple(said)


PLAN_COMPARISON = Analysis(
    name="plan-comparison",
    title="Plan comparison",
    summary="Network plans side by side, with gates of acceptance and the price of isolation.",
    version=1,
    params=PlanComparisonParams,
    result=PlanComparisonResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=PlanComparisonParams(
            reference="0197-today",
            candidates=("0197-one-dc",),
            baseline="0197-past",
            max_lead_days=3.0,
            min_service_level=0.99,
            scenario="frankfurt",
            layers=True,
        ),
        data=sample_runs,
    ),
)
