"""Savings against a baseline: categories as the books name them, equal volume, the mark."""

from collections.abc import Mapping
from typing import Any

import pytest

from ops.analyses.network_baseline import NETWORK_BASELINE, NetworkBaselineParams
from ops.analyses.network_baseline_example import example_data
from ops.analyses.network_baseline_result import NetworkBaselineResult
from ops.analyses.network_plan import NETWORK_PLAN, needs
from ops.analyses.network_plan_page import view
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_plan_result import CostCategoryAmount, NetworkPlanResult
from ops.analyses.network_savings import savings_of, savings_verdicts
from ops.analysis import silent
from ops.errors import BadData
from ops.query import ScenarioData

RUN = "0197-baseline"


@pytest.fixture(scope="module")
def past() -> NetworkBaselineResult:
    asked = NetworkBaselineParams(scenario="frankfurt")
    return NETWORK_BASELINE.compute(example_data(), asked, silent)


def costs(**amounts: float) -> list[CostCategoryAmount]:
    return [CostCategoryAmount(category=k, amount=v, by_period=(v,)) for k, v in amounts.items()]


def plan(past: NetworkBaselineResult, **given: Any) -> NetworkPlanResult:
    known = example_data()
    results: Mapping[str, Any] = {RUN: past.model_dump(mode="json")}
    data = ScenarioData("frankfurt", 1, known.scenario, results)
    fields = {"scenario": "frankfurt", "baseline": RUN} | given
    return NETWORK_PLAN.compute(data, NetworkPlanParams.model_validate(fields), silent)


def test_a_plan_says_what_it_saves(past: NetworkBaselineResult) -> None:
    result = plan(past)
    assert result.savings is not None
    assert result.savings.status == past.status
    assert result.savings.saving == pytest.approx(result.savings.past - result.savings.planned)
    assert result.savings.past == pytest.approx(
        past.kpis.landed_cost + past.kpis.capital_cost + past.kpis.carbon_cost
    )
    assert result.figures is not None
    assert result.savings.planned == pytest.approx(result.figures.landed_cost)
    assert any("Against the past" in v.sentence for v in view(result).verdicts)
    assert "Savings" in [s.title for s in view(result).sections]


def test_categories_are_those_of_the_books(past: NetworkBaselineResult) -> None:
    parts = costs(transport=5.0, tariff=6.0, shipment=7.0, safety=1.0, opening=2.0, lost=900.0)
    found = savings_of(RUN, past, parts, past.kpis.delivered, past.money)
    rows = {row.category: row for row in found.categories}
    assert rows["transport"].planned == 18.0
    assert rows["holding"].planned == 1.0
    assert (rows["change of sites"].past, rows["change of sites"].saving) == (0.0, -2.0)
    assert found.planned == 21.0  # a penalty is no money of the books
    assert sum(row.saving for row in found.categories) == pytest.approx(found.saving)


def test_another_volume_scales_the_past(past: NetworkBaselineResult) -> None:
    found = savings_of(RUN, past, costs(transport=10.0), past.kpis.delivered / 2, past.money)
    assert found.volume == pytest.approx(0.5)
    assert found.saving_at_volume == pytest.approx(found.past / 2 - 10.0)
    assert "50.0 %" in savings_verdicts(found, past.money)[0].sentence
    nothing = past.model_copy(update={"kpis": past.kpis.model_copy(update={"delivered": 0.0})})
    assert savings_of(RUN, nothing, costs(transport=1.0), 5.0, past.money).volume is None


@pytest.mark.parametrize("gap", [0.05, None])
def test_an_uncalibrated_baseline_marks_the_plan(
    past: NetworkBaselineResult, gap: float | None
) -> None:
    off = past.model_copy(update={"status": "uncalibrated", "gap": gap})
    result = plan(off)
    assert result.savings is not None
    assert result.savings.status == "uncalibrated"
    said = [v for v in view(result).verdicts if "uncalibrated" in v.sentence]
    assert [v.level for v in said] == ["bad"]


def test_what_is_no_baseline_is_refused(past: NetworkBaselineResult) -> None:
    data = ScenarioData("frankfurt", 1, example_data().scenario, {RUN: {"x": 1}})
    with pytest.raises(BadData) as raised:
        NETWORK_PLAN.compute(data, NetworkPlanParams(scenario="frankfurt", baseline=RUN), silent)
    assert raised.value.problems[0].pointer == "/baseline"
    with pytest.raises(BadData, match="one currency"):
        savings_of(RUN, past, costs(transport=1.0), 5.0, "JPY")
    assert needs(NetworkPlanParams(scenario="x", baseline=RUN)).runs == (RUN,)
