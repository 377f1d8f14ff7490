"""Plan monitor: forecast accuracy, service and cost against the approved plan, night by night."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from ops.analyses.plan_monitor_gate import (
    PlanGate,
    drift_gate,
    gate,
    rolling_ratio,
    unmeasured,
)
from ops.analyses.plan_monitor_page import view
from ops.analyses.plan_monitor_result import PlanMonitorResult, WatchedPlan
from ops.analyses.plan_monitor_sample import sample_watch
from ops.analyses.plan_monitor_watch import Watch, watched
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import NotEnoughData
from ops.forecast.demand import Demand, count_demand
from ops.forecast.period import PeriodKind
from ops.forecast_query import ForecastData, ForecastQuery
from ops.query import MeasurementQuery
from ops.timing.window import LastDuration, Window
from ops.values import FloatArray, Measurements

MOST = 5000  # series: the monitor must not pool what the forecast told apart


class PlanMonitorParams(AnalysisParams):
    """Parameters of the plan monitor."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="364d"),
        description="Periods to watch: absolute (start, end), relative (last), shift, or since.",
    )
    scenario: str | None = Field(
        default=None, max_length=80, description="Code of the scenario whose plan is watched."
    )
    plan: str | None = Field(
        default=None,
        max_length=36,
        description="Run of the approved plan; null: the newest one of the scenario.",
    )
    characteristics: tuple[str, ...] = Field(
        default=("DEMAND",), min_length=1, max_length=100, description="Codes of what is demanded."
    )
    served: tuple[str, ...] = Field(
        default=(), max_length=100, description="Codes of what was served in time; empty: unknown."
    )
    cost: tuple[str, ...] = Field(
        default=(), max_length=100, description="Codes of what it cost, money; empty: unknown."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]], description="Levels to keep, as forecast."
    )
    by: tuple[str, ...] = Field(
        default=("customer", "commodity"), max_length=4, description="Factors, as forecast."
    )
    period: PeriodKind = Field(default="week", description="What demand is counted in.")
    zone: str = Field(default="UTC", max_length=60, description="Zone of the forecast.")
    recent: int = Field(default=8, ge=1, le=366, description="Periods that a gate looks at.")
    max_wape: float = Field(default=0.3, gt=0, description="Absolute error over demand, a share.")
    max_bias: float = Field(
        default=0.1, gt=0, description="Signed error over demand, either way, a share."
    )
    service_short: float = Field(
        default=0.02, ge=0, le=1, description="What service may lack of the plan's, a share."
    )
    cost_over: float = Field(
        default=0.05, ge=0, description="What cost may be over the plan's, a share."
    )
    arl0: float = Field(
        default=370.0, ge=20, le=100_000, description="Periods between false alarms of drift."
    )
    earlier: int = Field(default=60, ge=1, le=400, description="Earlier forecasts that are read.")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.scenario is None and self.plan is None:
            raise ValueError("name the scenario, or the run of the plan")
        return self


def needs(params: PlanMonitorParams) -> ForecastQuery:
    """Ask for demand, service and cost, the forecasts of it, and the plan."""
    stored: dict[str, Any] = params.model_dump(mode="json")
    alike = ("site", "characteristics", "where", "by", "period", "zone")
    return ForecastQuery(
        MeasurementQuery(
            characteristics=(*params.characteristics, *params.served, *params.cost),
            site=params.site,
            where=dict(params.where),
            factors=params.by,
            columns=frozenset(),
        ),
        like={name: stored[name] for name in alike},
        earlier=params.earlier,
        plan_analysis="network-plan",
        # what was only asked "what if" of, or only validated, is no plan to act on
        plan_like={}
        if params.scenario is None
        else {"scenario": params.scenario, "edits": [], "validate_only": False},
        plan_run=params.plan,
    )


def compute(data: ForecastData, params: PlanMonitorParams, progress: Progress) -> PlanMonitorResult:
    """Judge every gate of the approved plan.

    Raises
    ------
    NotEnoughData
        If there is no demand in a complete period, or no plan to watch.
    BadData
        If a demand is negative, or the characteristics count different units.
    """
    demand = _counted(data, params, params.characteristics, by=params.by)
    if data.plan is None:
        raise NotEnoughData(
            f"scenario {params.scenario!r} has 0 plans that succeeded; run network-plan, or name"
            " the run of a plan"
        )
    plan = WatchedPlan.of(data.plan)
    if plan.objective is None:
        raise NotEnoughData(
            f"run {plan.run_id} is {plan.status or 'without a status'} and holds 0 figures of a"
            " plan; name the run of one that was found"
        )
    latest = None if data.latest is None else WatchedPlan.of(data.latest)
    watch = watched(data, demand, served=params.served, cost=params.cost)
    gates = (
        *_of_forecast(watch, params),
        *_of_plan(watch, plan, params),
        _again(plan, latest, params),
    )
    progress(1.0, f"{len(gates)} gates over {len(watch.days)} periods")
    service = np.full(len(watch.days), np.nan)
    if watch.served is not None:
        service = rolling_ratio(watch.served, watch.demand, 1)
    return PlanMonitorResult(
        scenario=params.scenario or "",
        plan=plan,
        latest=latest,
        advice="re-plan" if any(one.broken for one in gates) else "keep",
        gates=tuple(sorted(gates, key=lambda one: (not one.broken, one.value is None))),
        period=params.period,
        unit=demand.unit,
        days=watch.days,
        demand=tuple(float(value) for value in watch.demand),
        forecast=_or_none(watch.forecast),
        service=_or_none(service),
        nights=len(data.earlier),
    )


def _counted(
    data: ForecastData, params: PlanMonitorParams, codes: tuple[str, ...], *, by: tuple[str, ...]
) -> Demand:
    series = (s for s in data.measurements.series if s.characteristic.code in codes)
    return count_demand(
        Measurements(tuple(series)),
        by=by,
        kind=params.period,
        zone=params.zone,
        window=(data.start, data.end),
        most=MOST,
    )


def _of_forecast(watch: Watch, params: PlanMonitorParams) -> tuple[PlanGate, ...]:
    known = np.isfinite(watch.forecast)
    days = [day for day, is_known in zip(watch.days, known, strict=True) if is_known]
    titles = {"wape": "WAPE", "bias": "Bias", "forecast-drift": "Drift of the forecast error"}
    if not days:
        reason = "no earlier forecast has met its period"
        return tuple(unmeasured(name, title, reason) for name, title in titles.items())
    demand, error = watch.demand[known], (watch.forecast - watch.demand)[known]
    wape = rolling_ratio(watch.missed[known], demand, params.recent)
    bias = np.abs(rolling_ratio(error, demand, params.recent))
    return (
        gate("wape", titles["wape"], wape, params.max_wape, days),
        gate("bias", titles["bias"], bias, params.max_bias, days),
        drift_gate("forecast-drift", titles["forecast-drift"], error, 0.0, params.arl0, days),
    )


def _of_plan(watch: Watch, plan: WatchedPlan, params: PlanMonitorParams) -> tuple[PlanGate, ...]:
    gates: list[PlanGate] = []
    titles = {"service": "Service", "service-drift": "Drift of the service"}
    if watch.served is None or plan.service_level is None:
        reason = "no served quantity" if watch.served is None else "the plan has no service level"
        gates += [unmeasured(name, title, reason) for name, title in titles.items()]
    else:
        least = max(0.0, plan.service_level - params.service_short)
        service = rolling_ratio(watch.served, watch.demand, params.recent)
        each = rolling_ratio(watch.served, watch.demand, 1)
        asked = np.isfinite(each)
        days = [day for day, is_asked in zip(watch.days, asked, strict=True) if is_asked]
        gates.append(gate("service", titles["service"], service, least, watch.days, at_least=True))
        gates.append(
            drift_gate(
                "service-drift",
                titles["service-drift"],
                each[asked],
                float(np.mean(each[asked][: params.recent])),
                params.arl0,
                days,
                below=True,
            )
        )
    return (*gates, _cost(watch, plan, params))


def _cost(watch: Watch, plan: WatchedPlan, params: PlanMonitorParams) -> PlanGate:
    title = "Cost of a unit over the plan's"
    if watch.cost is None or not plan.cost_per_unit:
        reason = "no booked cost" if watch.cost is None else "the plan has no cost of a unit"
        return unmeasured("cost", title, reason)
    units = watch.demand if watch.served is None else watch.served
    over = rolling_ratio(watch.cost, units, params.recent) / plan.cost_per_unit - 1.0
    return gate("cost", title, over, params.cost_over, watch.days)


def _again(plan: WatchedPlan, latest: WatchedPlan | None, params: PlanMonitorParams) -> PlanGate:
    """Judge the newest re-solve: what the network costs by today's data."""
    title = "Objective of the newest re-solve over the plan's"
    if latest is None or not plan.objective:
        return unmeasured("re-solve", title, "there is no newer plan of the scenario")
    if latest.objective is None:  # today's data allow no plan at all
        found = unmeasured("re-solve", title, f"the newest re-solve is {latest.status}")
        return found.model_copy(update={"broken": True, "since": latest.as_of})
    over = np.array([latest.objective / plan.objective - 1.0])
    return gate("re-solve", title, over, params.cost_over, [latest.as_of])


def _or_none(values: FloatArray) -> tuple[float | None, ...]:
    return tuple(float(value) if np.isfinite(value) else None for value in values)


PLAN_MONITOR = Analysis(
    name="plan-monitor",
    title="Plan monitor",
    summary="Watches demand, service and cost against the approved plan; says when to re-plan.",
    version=1,
    params=PlanMonitorParams,
    result=PlanMonitorResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=PlanMonitorParams(scenario="NETWORK", served=("SERVED",), by=("customer",)),
        data=sample_watch,
    ),
)
