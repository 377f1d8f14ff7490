"""The plan monitor: it keeps a plan that holds, and dates the break of one that does not."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.plan_monitor import PLAN_MONITOR, PlanMonitorParams
from ops.analyses.plan_monitor_gate import PlanGate, drift_gate, gate, rolling_ratio
from ops.analyses.plan_monitor_result import PlanMonitorResult, WatchedPlan
from ops.analyses.plan_monitor_sample import SHIFT, sample_watch
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.forecast_query import EarlierRun, ForecastData
from ops.values import Measurements

DAYS = [date(2026, 1, 5) + timedelta(weeks=i) for i in range(60)]


def watched(data: ForecastData, **changes: Any) -> PlanMonitorResult:
    params = PlanMonitorParams.model_validate(PLAN_MONITOR.example.params.model_dump() | changes)
    return PLAN_MONITOR.compute(data, params, silent)


def gates(result: PlanMonitorResult) -> dict[str, PlanGate]:
    return {one.name: one for one in result.gates}


def until(week: int) -> ForecastData:
    """The sample as it stood before a week."""
    data = sample_watch()
    assert data.start is not None
    end = data.start + timedelta(weeks=week)
    micros = int(end.timestamp()) * 1_000_000
    kept = tuple(
        replace(
            s,
            ts=s.ts[s.ts < micros],
            value=s.value[s.ts < micros],
            n=s.n[s.ts < micros],
            factors={k: f.take(s.ts < micros) for k, f in s.factors.items()},
        )
        for s in data.measurements.series
    )
    return replace(data, measurements=Measurements(kept), end=end)


def test_a_plan_that_holds_is_kept() -> None:
    found = watched(until(SHIFT))
    assert found.advice == "keep"
    assert gates(found)["wape"].value == pytest.approx(0.08, abs=0.03)
    assert "Keep the plan" in PLAN_MONITOR.view(found).verdicts[0].sentence


def test_a_shift_of_demand_breaks_the_plan_since_its_week() -> None:
    found = watched(sample_watch())
    assert found.advice == "re-plan"
    drift = gates(found)["forecast-drift"]
    assert drift.broken
    assert drift.since == found.days[SHIFT]
    assert gates(found)["service"].broken
    assert not gates(found)["wape"].broken
    assert found.gates[0].broken


def test_two_weeks_are_enough_for_the_drift() -> None:
    assert gates(watched(until(SHIFT + 2)))["forecast-drift"].broken


def test_what_is_not_measured_breaks_nothing_and_says_why() -> None:
    data = replace(until(SHIFT), earlier=())
    found = gates(watched(data, served=()))
    assert [one.reason for one in found.values() if one.value is None] != []
    assert found["wape"].reason == "no earlier forecast has met its period"
    assert found["service"].reason == "no served quantity"
    assert not any(one.broken for one in found.values())


def test_a_dearer_re_solve_breaks_the_plan() -> None:
    data = until(SHIFT)
    assert data.plan is not None
    dearer = dict(data.plan.result) | {"objective": 56_000.0}
    latest = EarlierRun("newer", data.plan.as_of + timedelta(days=90), dearer)
    found = gates(watched(replace(data, latest=latest)))["re-solve"]
    assert (found.value, found.broken) == (pytest.approx(4 / 52), True)


def test_a_re_solve_that_finds_no_plan_breaks_it_and_is_no_plan_itself() -> None:
    data = until(SHIFT)
    assert data.plan is not None
    none = EarlierRun("none", data.plan.as_of, {"status": "infeasible", "value": None})
    result = watched(replace(data, latest=none))
    assert gates(result)["re-solve"].broken
    said = [verdict.sentence for verdict in PLAN_MONITOR.view(result).verdicts]
    assert any("the newest re-solve is infeasible" in one for one in said)
    with pytest.raises(NotEnoughData, match="infeasible"):
        watched(replace(data, plan=none))


def test_no_plan_is_said() -> None:
    with pytest.raises(NotEnoughData, match="0 plans"):
        watched(replace(sample_watch(), plan=None))
    with pytest.raises(ValueError, match="scenario"):
        PlanMonitorParams()


@pytest.mark.parametrize(
    "result",
    [
        {"status": "optimal", "objective": 900.0, "service_level": 0.9, "demand": 100.0},
        {
            "status": "optimal",
            "figures": {"landed_cost": 900.0, "service_level": 0.9, "demand": 100},
        },
        {
            "status": "optimal",
            "objective": 900,
            "figures": {"service_level": 0.9, "cost_per_unit": 10},
        },
    ],
)
def test_figures_of_a_plan_are_found_where_they_stand(result: dict[str, Any]) -> None:
    plan = WatchedPlan.of(EarlierRun("p", sample_watch().plan.as_of, result))  # type: ignore[union-attr]
    assert (plan.status, plan.objective, plan.service_level) == ("optimal", 900.0, 0.9)
    assert plan.cost_per_unit == pytest.approx(10.0)


def test_a_gate_is_broken_since_the_run_that_ends_today() -> None:
    rolling = np.array([np.nan, 0.5, 0.1, 0.4, 0.4])
    found = gate("wape", "WAPE", rolling, 0.3, DAYS[:5])
    assert (found.broken, found.since, found.value) == (True, DAYS[3], 0.4)
    assert not gate("wape", "WAPE", rolling[:3], 0.3, DAYS[:3]).broken
    assert gate("wape", "WAPE", np.array([np.nan]), 0.3, DAYS[:1]).value is None


def test_false_alarms_of_drift_are_rare() -> None:
    """At ARL0 5000 a chart of 60 values signals at its end in about 1 of 100 cases."""
    rng = np.random.default_rng(1)
    alarms = [
        drift_gate("d", "D", rng.normal(size=60), 0.0, 5000.0, DAYS).broken for _ in range(60)
    ]
    assert sum(alarms) <= 4
    better = np.concatenate([rng.normal(size=40), rng.normal(3.0, 1.0, 20)])
    assert drift_gate("d", "D", better, 0.0, 370.0, DAYS).broken
    assert not drift_gate("d", "D", better, 0.0, 370.0, DAYS, below=True).broken


def test_rolling_ratios_by_hand() -> None:
    one = rolling_ratio(np.array([1.0, 2.0, 3.0, 0.0]), np.array([2.0, 2.0, 0.0, 0.0]), 2)
    assert one[:3].tolist() == [0.5, 0.75, 2.5]
    assert np.isnan(one[3])


def test_the_result_of_network_plan_is_read() -> None:
    example = NETWORK_PLAN.example
    made = NETWORK_PLAN.compute(example.data(), example.params, silent)
    stored = json.loads(made.model_dump_json())
    as_of = datetime(2026, 1, 5, tzinfo=UTC)
    plan = WatchedPlan.of(EarlierRun("p", as_of, stored))
    assert made.figures is not None
    assert (plan.status, plan.objective) == (made.status, made.value)
    assert plan.service_level == made.figures.service_level
    assert plan.cost_per_unit == made.figures.cost_per_unit
    assert plan.demand == made.figures.demand


def test_what_ifs_are_no_plans() -> None:
    asked = PLAN_MONITOR.needs(PLAN_MONITOR.example.params)
    plain = NETWORK_PLAN.params(scenario="NETWORK").model_dump(mode="json")
    edited = NETWORK_PLAN.params(scenario="NETWORK", edits=("close DC 3",)).model_dump(mode="json")
    assert all(plain[name] == value for name, value in asked.plan_like.items())
    assert any(edited[name] != value for name, value in asked.plan_like.items())
