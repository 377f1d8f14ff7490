"""The analysis `network-stress`: plans of runs, cases in words, chances, stops, salvage, page."""

import json
from typing import Any

import pytest

from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_stress import NETWORK_STRESS, NetworkStressParams
from ops.analyses.network_stress_example import EXAMPLE, small_network
from ops.analyses.network_stress_page import ROWS, view
from ops.analyses.network_stress_result import NetworkStressResult
from ops.analysis import silent
from ops.errors import BadData
from ops.page import Text
from ops.page_table import Matrix
from ops.query import ScenarioData
from solvers.risk.failure import Life
from solvers.scenario.document import Scenario


def params(**given: Any) -> NetworkStressParams:
    return NetworkStressParams.model_validate({"scenario": "two-plants", "seeds": 2} | given)


def data(scenario: Scenario | None = None, **results: Any) -> ScenarioData:
    whole = scenario or small_network()
    return ScenarioData(code="two-plants", revision=3, scenario=whole, results=results)


def stressed(asked: NetworkStressParams, found: ScenarioData | None = None) -> NetworkStressResult:
    return NETWORK_STRESS.compute(found or data(), asked, silent)


class Told:
    """Progress that keeps what it hears, and says stop after `most` reports of outcomes."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.checkpoints: list[bytes] = []
        self.fractions: list[float] = []
        self.most = most

    def __call__(self, fraction: float, message: str, /, **more: Any) -> bool:
        self.fractions.append(fraction)
        if more.get("checkpoint"):
            self.checkpoints.append(more["checkpoint"])
        return "outcomes)" in message and (self._count(message) >= self.most)

    def _count(self, message: str) -> int:
        return int(message.rsplit("(", 1)[1].split()[0])


@pytest.fixture(scope="module")
def example() -> NetworkStressResult:
    return NETWORK_STRESS.compute(EXAMPLE.data(), EXAMPLE.params, silent)


def test_the_example_says_what_hurts_and_how_long_it_survives(
    example: NetworkStressResult,
) -> None:
    page = view(example)
    said = " ".join(v.sentence for v in page.verdicts)
    assert "Loss of P-SAIGON costs" in said
    assert "survives 7.0 days, recovery takes 28" in said  # 40 in stock, 40 a week short
    matrix = next(b for s in page.sections for b in s.blocks if isinstance(b, Matrix))
    assert matrix.rows == tuple(case.code for case in example.cases)
    assert {len(row) for row in matrix.values} == {len(matrix.columns)}
    assert {len(row) for row in matrix.tints} == {len(matrix.columns)}


def test_cases_are_ranked_and_losses_are_chance_times_extra(example: NetworkStressResult) -> None:
    losses = [case.annual_loss for case in example.cases]
    assert losses == sorted(losses, key=lambda x: -(x or 0.0))
    assert example.undisturbed is not None
    for case in example.cases:
        assert case.extra is not None
        assert case.mean == pytest.approx(example.undisturbed + case.extra)
        assert case.annual_loss == pytest.approx(case.probability * case.extra)
        assert len(case.costs) == 6
    assert (example.done, example.complete) == (example.asked, True)


def test_equal_seeds_equal_results(example: NetworkStressResult) -> None:
    again = NETWORK_STRESS.compute(EXAMPLE.data(), EXAMPLE.params, silent)
    assert again == example
    other = stressed(EXAMPLE.params.model_copy(update={"seed": 1}))
    assert other.undisturbed != example.undisturbed


def test_the_sites_of_a_run_are_stressed() -> None:
    planned = NETWORK_PLAN.compute(data(), NetworkPlanParams(scenario="two-plants"), silent)
    asked = params(plan_run="r1", cases=["each-site"], seeds=0)
    assert NETWORK_STRESS.needs(asked).runs == ("r1",)
    found = stressed(asked, data(r1=json.loads(planned.model_dump_json())))
    assert found.plan_cost == pytest.approx(planned.value, rel=1e-6)
    here = stressed(asked.model_copy(update={"plan_run": None}))
    assert [c.extra for c in found.cases] == pytest.approx([c.extra for c in here.cases])
    with pytest.raises(BadData) as raised:
        stressed(asked, data(r1={"status": "x"}))
    assert raised.value.problems[0].pointer == "/plan_run"


def test_a_long_matrix_is_cut_and_says_so(example: NetworkStressResult) -> None:
    many = tuple(example.cases[0].model_copy(update={"code": f"case {i}"}) for i in range(ROWS + 3))
    page = view(example.model_copy(update={"cases": many}))
    blocks = page.sections[0].blocks
    assert [len(b.rows) for b in blocks if isinstance(b, Matrix)] == [ROWS]
    assert any(isinstance(b, Text) and "left out here: 3;" in b.text for b in blocks)


def test_every_word_writes_out_cases() -> None:
    words = ["each-site", "each-lane", "capacity-cut", "lead-time-shock", "demand-surge", "tariff"]
    found = stressed(params(cases=words, seeds=0, survival=False, whole=False))
    codes = {case.code for case in found.cases}
    assert {"capacity-cut", "lead-time-shock", "demand-surge", "tariff"} <= codes
    assert {"loss of P-SAIGON", "loss of P-SAIGON>DC-SINGAPORE/air"} <= codes
    assert all(case.extra is not None and case.extra >= -1e-6 for case in found.cases)
    assert found.survival == ()


def test_chances_come_from_entries_lives_and_runs_of_fitted_lives() -> None:
    life = {"shape": 2.0, "scale": 1500.0, "age_days": 700.0}
    cases = [
        "each-site",
        {"code": "entered", "probability": 0.2},
        {"code": "life", "failure": life},
        {"code": "run", "failure": {"run": "r2", "age_days": 700.0}},
    ]
    asked = params(cases=cases, probabilities={"loss of P-PENANG": 0.3}, seeds=0)
    assert NETWORK_STRESS.needs(asked).runs == ("r2",)
    fitted = {"model": "weibull", "shape": 2.0, "scale": 1500.0, "b10": 480.0}
    found = stressed(asked, data(r2=fitted))
    chance = {case.code: (case.probability, case.source) for case in found.cases}
    assert chance["loss of P-PENANG"] == (0.3, "entered")
    assert chance["loss of P-SAIGON"] == (0.02, "assumed")
    assert chance["entered"] == (0.2, "entered")
    expected = Life.model_validate(life).probability()
    assert chance["life"][0] == chance["run"][0] == pytest.approx(expected)
    with pytest.raises(BadData) as raised:
        stressed(asked, data(r2={"scale": 1.0}))
    assert raised.value.problems[0].pointer == "/cases/3/failure/run"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"cases": [{"code": "x", "edits": ["close NOWHERE"]}]}, "/cases/0/edits/0"),
        ({"cases": [{"code": "x", "lost_sites": ["P9"]}]}, "/cases/0/lost_sites"),
        ({"cases": [{"code": "x", "lost_lanes": ["A>B/air"]}]}, "/cases/0/lost_lanes"),
        ({"cases": [{"code": "x"}, {"code": "x"}]}, "/cases"),
        ({"probabilities": {"loss of X": 0.1}}, "/probabilities"),
        ({"probabilities": {"loss of P-SAIGON": 1.1}}, "/probabilities/loss of P-SAIGON"),
        ({"edits": ["close NOWHERE"]}, "/edits/0"),
        (
            {"contingencies": [{"name": "x", "edits": ["close NOWHERE"]}]},
            "/contingencies/0/edits/0",
        ),
    ],
)
def test_what_is_wrong_is_named(given: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadData) as raised:
        stressed(params(**given))
    assert raised.value.problems[0].pointer.startswith(pointer)


def test_nothing_must_be_lost_for_nothing() -> None:
    plain = small_network()
    free = plain.model_copy(
        update={"demands": tuple(d.model_copy(update={"price": 0.0}) for d in plain.demands)}
    )
    asked = params(edits=["close P-SAIGON"], plan_run="r", cases=["each-site"], seeds=0)
    sites = [{"site": "DC-SINGAPORE", "kind": "dc", "period": "W1", "open": True, "change": "",
              "expansions": [], "handled": 0.0, "capacity": None, "utilisation": None}]  # fmt: skip
    run = {"tables": {"sites": sites}}
    with pytest.raises(BadData) as raised:
        stressed(asked, data(free, r=run))
    assert raised.value.problems[0].pointer == "/penalty"
    found = stressed(asked.model_copy(update={"penalty": 700.0}), data(free, r=run))
    assert (found.plan_status, found.plan_cost) == ("infeasible", None)
    assert found.cases[0].penalty > 0


def test_a_network_without_a_plan_is_a_result() -> None:
    found = stressed(params(edits=["close P-SAIGON"], cases=["each-site"]))
    assert (found.plan_status, found.cases, found.plan_cost) == ("infeasible", (), None)
    assert "no plan to stress" in view(found).verdicts[0].sentence


def test_a_stop_keeps_the_cases_that_are_done_and_so_does_a_kill() -> None:
    told = Told(most=5)
    asked = params(seeds=2, cases=["each-site", "demand-surge"])
    found = NETWORK_STRESS.compute(data(), asked, told)
    assert not found.complete
    assert 5 <= found.done < found.asked
    assert len(found.cases) == 2
    assert "ended after" in view(found).verdicts[-1].sentence
    whole = Told()
    NETWORK_STRESS.compute(data(), asked, whole)
    assert whole.fractions == sorted(whole.fractions)
    assert NETWORK_STRESS.salvage is not None
    kept = NETWORK_STRESS.salvage(data(), asked, whole.checkpoints[0])
    assert (kept.complete, len(kept.cases)) == (False, 1)
    assert kept.undisturbed is not None


def test_a_hundred_outcomes_and_more_in_one_run() -> None:
    found = stressed(params(seeds=20, cases=["each-site", "each-lane"], whole=False))
    assert found.done == found.asked >= 160
    assert found.complete


def test_plans_for_uncertainty_reckon_with_cases_if_asked() -> None:
    asked = params(
        edits=["demand at C-AUSTIN to 50"],
        cases=[{"code": "dc", "lost_sites": ["DC-SINGAPORE"], "probability": 0.5}],
        design_outcomes=2,
        design_cases=True,
        cvar_weight=1.0,
        fresh=3,
        gap=0.0,
    )
    found = stressed(asked)
    assert [d.objective for d in found.designs] == ["expected", "cvar"]
    expected = found.designs[0]
    assert (expected.outcomes, expected.fresh) == (3, 3)
    assert expected.evpi is not None
    assert expected.vss is not None
    assert expected.evpi >= -1e-6
    assert expected.vss > 0  # a second DC pays once the loss of the first is likely
    (row,) = found.design_sites
    assert (row.site, row.stressed, row.mean) == ("DC-HANOI", 0.0, 0.0)
    assert row.expected > 0
    said = " ".join(v.sentence for v in view(found).verdicts)
    assert "Deciding sites for 3 outcomes at once saves" in said


def test_delayed_arrivals_follow_the_draws() -> None:
    plain = small_network()
    delayed = plain.policy.model_copy(update={"lead_time_lag": True})
    asked = params(cases=["lead-time-shock"])
    found = stressed(asked, data(plain.model_copy(update={"policy": delayed})))
    (case,) = found.cases
    assert case.extra is not None
    assert case.extra > 0  # six days are a period late: the second week's demand comes too late
