"""Plans side by side: what changed adds up, gates tell both numbers, isolation has its price."""

from typing import Any

import pytest
from pydantic import ValidationError

from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.plan_comparison import PLAN_COMPARISON, compute, needs
from ops.analyses.plan_comparison_params import PlanComparisonParams
from ops.analyses.plan_comparison_result import PlanComparisonResult
from ops.analyses.plan_comparison_robust import robustness_of
from ops.analyses.plan_comparison_sample import sample_runs, sample_scenario
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page import Page
from ops.page_chart import Chart
from ops.query import NamedResult, RunResultsData, ScenarioData

TODAY, NEAR, PAST = "0197-today", "0197-one-dc", "0197-past"


def asked(**given: Any) -> PlanComparisonParams:
    return PlanComparisonParams.model_validate({"reference": TODAY, "candidates": [NEAR]} | given)


def compared(data: RunResultsData | None = None, **given: Any) -> PlanComparisonResult:
    return compute(data or sample_runs(), asked(**given), silent)


def shown(result: PlanComparisonResult) -> Page:
    return PLAN_COMPARISON.view(result)


def with_runs(**runs: NamedResult) -> RunResultsData:
    return RunResultsData({**sample_runs().runs, **runs}, sample_runs().scenario)


def test_the_change_of_cost_is_the_sum_of_its_categories() -> None:
    result = compared()
    change = result.changes[0]
    # by hand: the near one costs 9,000 instead of 3,000, and saves 0.6 on each of 4,100 units
    assert change.cost == pytest.approx(6_000.0 - 0.6 * 4_100.0)
    assert sum(c.change for c in change.categories) == pytest.approx(change.cost)
    by = {c.category: c.change for c in change.categories}
    assert by["fixed"] == pytest.approx(6_000.0)
    assert by["transport"] == pytest.approx(-2_460.0)
    assert change.categories[0].category == "fixed"


def test_sites_flows_and_the_bottleneck_are_told() -> None:
    change = compared().changes[0]
    assert [(s.site, s.opened, s.closed) for s in change.sites] == [
        ("DC-FAR", (), ("2026-06",)),
        ("DC-NEAR", ("2026-06",), ()),
    ]
    assert {f.lane.split(">")[0] for f in change.flows} <= {"P-DRESDEN", "DC-FAR", "DC-NEAR"}
    assert abs(change.flows[0].change) == pytest.approx(4_100.0)
    assert change.flows_in_all == 6
    assert sum(f.change for f in change.flows) == pytest.approx(0.0, abs=1e-6)
    assert change.bottleneck_moved
    assert change.capacities[0].kind == "throughput"
    said = " ".join(v.sentence for v in shown(compared()).verdicts)
    assert "moves the bottleneck from the throughput of DC-FAR" in said


def test_a_failed_gate_is_named_with_both_numbers() -> None:
    result = compared(max_cost_increase=0.05, max_lead_days=2.0, min_service_level=0.99)
    change = result.changes[0]
    assert not change.accepted
    assert {g.name: g.passed for g in change.gates} == {
        "max_cost_increase": False,
        "min_service_level": True,
        "max_lead_days": True,
    }
    first = shown(result).verdicts[0]
    assert first.level == "bad"
    increase = 3_540.0 / result.plans[0].figures.landed_cost
    assert f"{100 * increase:.1f} %" in first.sentence
    assert "at most 5.0 %" in first.sentence


def test_kept_gates_accept() -> None:
    result = compared(max_cost_increase=1.0, max_lead_days=2.0)
    assert result.changes[0].accepted
    assert shown(result).verdicts[0].level == "good"
    cheaper = compute(
        sample_runs(), PlanComparisonParams(reference=NEAR, candidates=(TODAY,)), silent
    )
    assert cheaper.changes[0].accepted
    assert "less than the reference" in shown(cheaper).verdicts[1].sentence


def test_what_is_not_known_breaks_a_gate() -> None:
    result = compared(max_cost_increase=1.0, max_expected_loss=10.0, min_saving=0.0)
    assert {g.name for g in result.changes[0].gates if not g.passed} == {
        "max_expected_loss",
        "min_saving",
    }
    assert "is not known" in shown(result).verdicts[0].sentence


def test_an_uncalibrated_baseline_fails_its_gate_and_marks_the_plan() -> None:
    past = dict(sample_runs().runs[PAST].result)
    off = with_runs(**{PAST: NamedResult("network-baseline", past | {"status": "uncalibrated"})})
    result = compared(off, baseline=PAST, max_cost_increase=1.0, calibrated=True)
    assert [g.name for g in result.changes[0].gates if not g.passed] == ["calibrated"]
    assert any("uncalibrated" in v.sentence for v in shown(result).verdicts)
    on = with_runs(**{PAST: NamedResult("network-baseline", past | {"status": "calibrated"})})
    assert compared(on, baseline=PAST, max_cost_increase=1.0, calibrated=True).changes[0].accepted


def test_stress_runs_give_expected_loss_and_cvar() -> None:
    cases = [
        {"code": "fire", "annual_loss": 10.0, "cvar": 500.0, "service_worst": 0.6},
        {"code": "strike", "annual_loss": 5.0, "cvar": 900.0, "service_worst": 0.8},
        {"code": "odd", "annual_loss": None, "cvar": None},
    ]
    stress = NamedResult("network-stress", {"cases": cases})
    calm = NamedResult("network-stress", {"cases": []})
    data = with_runs(s1=calm, s2=stress)
    result = compared(data, stress=["s1", "s2"], max_cost_increase=1.0, max_cvar=899.0)
    robust = result.plans[1].robustness
    assert robust is not None
    assert (robust.expected, robust.cvar, robust.worst, robust.service) == (15, 900, "strike", 0.6)
    assert [g.name for g in result.changes[0].gates if not g.passed] == ["max_cvar"]
    assert robustness_of("s", {}).expected is None
    with pytest.raises(ValidationError, match="one for the reference"):
        asked(stress=["s1"])


def test_layers_show_the_price_of_isolation() -> None:
    result = compared(layers=True, scenario="frankfurt")
    assert result.layers is not None
    assert result.layers.joint == pytest.approx(result.plans[0].figures.landed_cost)
    ways = {way.order[0]: way for way in result.layers.ways}
    assert ways["transport"].price == pytest.approx(3_540.0, rel=1e-6)
    assert ways["sites"].price == pytest.approx(0.0, abs=1e-3)
    assert sum(e.change for e in ways["transport"].excess) == pytest.approx(3_540.0, rel=1e-6)
    said = [v.sentence for v in shown(result).verdicts if "layer by layer" in v.sentence]
    assert len(said) == 1
    assert "3540" in said[0]


def test_layers_that_have_no_plan_are_a_finding() -> None:
    sites = tuple(
        s.model_copy(update={"throughput": 3_000.0}) if s.code == "DC-NEAR" else s
        for s in sample_scenario().sites
    )
    tight = sample_scenario().model_copy(update={"sites": sites})
    data = RunResultsData(sample_runs().runs, ScenarioData("frankfurt", 2, tight))
    result = compared(data, layers=True, scenario="frankfurt", blind=True)
    assert result.layers is not None
    stuck = {way.failed for way in result.layers.ways if way.order[0] == "transport"}
    assert stuck == {"sites"}
    assert any("has no plan" in v.sentence for v in shown(result).verdicts)


def test_the_waterfall_leads_from_one_cost_to_the_other() -> None:
    result = compared()
    blocks = [block for section in shown(result).sections for block in section.blocks]
    fall = next(b for b in blocks if isinstance(b, Chart) and b.layers[0].mark == "spans")
    ends = [(low, high) for low, high in zip(fall.layers[0].y, fall.layers[0].y2, strict=True)]
    assert ends[0] == (0.0, pytest.approx(result.plans[0].figures.landed_cost))
    assert ends[-1] == (0.0, pytest.approx(result.plans[1].figures.landed_cost))
    assert {len(layer.x) for layer in fall.layers} == {len(fall.layers[0].x)}


def test_a_single_plan_is_shown_alone() -> None:
    result = compared(candidates=[])
    assert (result.changes, len(result.plans)) == ((), 1)
    assert "nothing to compare" in shown(result).verdicts[0].sentence


def test_wrong_runs_are_named() -> None:
    with pytest.raises(BadData) as raised:
        compared(candidates=[PAST])
    assert raised.value.problems[0].pointer == "/candidates/0"
    with pytest.raises(BadData, match="name a run of network-baseline"):
        compared(baseline=TODAY)
    scenario = sample_scenario()
    checked = NetworkPlanParams(scenario="frankfurt", validate_only=True)
    none = NETWORK_PLAN.compute(ScenarioData("frankfurt", 1, scenario), checked, silent)
    data = with_runs(none=NamedResult("network-plan", none.model_dump(mode="json")))
    with pytest.raises(BadData, match="has no plan"):
        compared(data, candidates=["none"])
    yen = dict(data.runs[NEAR].result) | {"money": "JPY"}
    with pytest.raises(BadData, match="currency"):
        compared(with_runs(yen=NamedResult("network-plan", yen)), candidates=["yen"])
    with pytest.raises(NotEnoughData, match="name one"):
        compared(RunResultsData(sample_runs().runs), layers=True, scenario="x")


def test_what_is_doubtful_is_said() -> None:
    plan = dict(sample_runs().runs[NEAR].result) | {"breaches": ["balance"], "periods": ["other"]}
    result = compared(with_runs(odd=NamedResult("network-plan", plan)), candidates=["odd"])
    assert len(result.warnings) == 2
    assert {v.level for v in shown(result).verdicts if v.sentence.startswith("A ")} == {"warn"}


def test_needs_names_every_run_once() -> None:
    query = needs(asked(baseline=PAST, stress=["s", "s"], layers=True, scenario="EU", revision=2))
    assert query.runs == (TODAY, NEAR, PAST, "s")
    assert (query.scenario, query.revision) == ("EU", 2)
    assert needs(asked(scenario="EU")).scenario == ""
    for wrong in ({"candidates": [TODAY]}, {"layers": True}):
        with pytest.raises(ValidationError):
            asked(**wrong)
