"""Result of the plan monitor: the plan, its gates, and what they were computed from."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any, Literal

from pydantic import Field

from ops.analyses.plan_monitor_gate import PlanGate
from ops.analysis import AnalysisResult
from ops.forecast_query import EarlierRun
from ops.page_value import PageValue


class WatchedPlan(PageValue):
    """What a network plan promised; a figure that its result does not hold is null."""

    run_id: str = Field(description="Run that made it.")
    as_of: date = Field(description="Day that it stood at.")
    status: str = Field(description="optimal, feasible ...; empty if unknown.")
    objective: float | None = Field(description="Value of the objective, money.")
    service_level: float | None = Field(description="Share of the demand that it serves.")
    cost_per_unit: float | None = Field(description="Money for one unit served.")
    demand: float | None = Field(description="Units that it was made for.")

    @classmethod
    def of(cls, run: EarlierRun) -> "WatchedPlan":
        """Read the result of a network plan; its numbers stand at the top or under `figures`."""
        result = run.result
        objective = _found(result, "value", "objective", "landed_cost")
        demand = _found(result, "demand")
        level = _found(result, "service_level")
        per_unit = _found(result, "cost_per_unit")
        if per_unit is None and objective is not None and demand:
            per_unit = objective / (demand * (1.0 if level is None else level) or 1.0)
        return cls(
            run_id=run.run_id,
            as_of=run.as_of.date(),
            status=str(result.get("status", "")),
            objective=objective,
            service_level=level,
            cost_per_unit=per_unit,
            demand=demand,
        )


def _found(result: Mapping[str, Any], *names: str) -> float | None:
    """First number of one of the names, at the top or under `figures`."""
    nested = result.get("figures")
    places = (result, nested if isinstance(nested, Mapping) else {})
    for name in names:
        for place in places:
            value: Any = place.get(name)
            plain = isinstance(value, int | float) and not isinstance(value, bool)
            if plain and isfinite(value):
                return float(value)
    return None


class PlanMonitorResult(AnalysisResult):
    """Whether the approved plan still holds, gate by gate."""

    scenario: str = Field(description="Code of the scenario; empty if only a run was named.")
    plan: WatchedPlan = Field(description="The approved plan.")
    latest: WatchedPlan | None = Field(description="The newest re-solve; null: none beside it.")
    advice: Literal["keep", "re-plan"] = Field(description="What is recommended.")
    gates: tuple[PlanGate, ...] = Field(description="Broken ones first.")
    period: str = Field(description="day, week or month.")
    unit: str = Field(description="What demand counts.")
    days: tuple[date, ...] = Field(description="First day of each period.")
    demand: tuple[float, ...] = Field(description="Demand of each period.")
    forecast: tuple[float | None, ...] = Field(
        description="What the newest forecast before it had said; null: none."
    )
    service: tuple[float | None, ...] = Field(
        description="Served over demanded in each period; null: not measured."
    )
    nights: int = Field(description="Earlier forecasts that were read.")
