"""The analysis `network-plan`: results of every kind, progress, salvage, warm starts, words."""

import json
from typing import Any

import pytest

from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_page import view
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.analyses.network_plan_rows import MOST_ROWS, plan_tables
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page import Figure, Text
from ops.query import ScenarioData
from solvers.network.tables import BuyRow, Tables
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from solvers.scenario.goods import Demand
from solvers.watch import Incumbent


def params(**given: Any) -> NetworkPlanParams:
    return NetworkPlanParams.model_validate({"scenario": "packaging", "gap": 0.001} | given)


# what the second-best costs is found by solving again and again: only `plain` is asked for it
ALONE = {"worths": 0, "entries": 0}


def data(scenario: Scenario | None = None, **results: Any) -> ScenarioData:
    whole = scenario or example_scenario()
    return ScenarioData(code="packaging", revision=3, scenario=whole, results=results)


def planned(asked: NetworkPlanParams, found: ScenarioData | None = None) -> NetworkPlanResult:
    return NETWORK_PLAN.compute(found or data(), asked, silent)


@pytest.fixture(scope="module")
def plain() -> NetworkPlanResult:
    """The plan of the example as it stands."""
    return planned(params())


class Told:
    """Progress that keeps what it hears, and says stop after `most` checkpoints."""

    def __init__(self, most: int = 1000) -> None:
        self.checkpoints: list[bytes] = []
        self.incumbents: list[Incumbent] = []
        self.most = most

    def __call__(self, fraction: float, message: str, /, **more: Any) -> bool:
        if more.get("checkpoint"):
            self.checkpoints.append(more["checkpoint"])
        if more.get("incumbent"):
            self.incumbents.append(more["incumbent"])
        return len(self.checkpoints) >= self.most


def test_the_money_adds_up_and_the_tables_agree(plain: NetworkPlanResult) -> None:
    result = plain
    assert result.figures is not None
    assert (result.revision, result.status, result.breaches) == (3, "optimal", ())
    assert sum(c.amount for c in result.costs) == pytest.approx(result.figures.landed_cost)
    for part in result.costs:
        assert sum(part.by_period) == pytest.approx(part.amount)
    assert sum(row.demand for row in result.tables.service) == pytest.approx(result.figures.demand)
    emitted = sum(row.co2_kg for row in result.tables.flows)
    assert emitted == pytest.approx(result.figures.co2_kg, rel=1e-6)
    assert "costs" in view(result).verdicts[0].sentence


def test_where_no_site_is_to_be_decided_none_is_counted_and_bare_lanes_are_told() -> None:
    small = Scenario.model_validate({
        "periods": [{"code": "W1", "start": "2027-01-04"}],
        "commodities": [{"code": "A"}],
        "sites": [{"code": "P", "kind": "plant"}, {"code": "C", "kind": "customer"}],
        "supplies": [{"site": "P", "commodity": "A", "unit_cost": 1}],
        "lanes": [{"origin": "P", "destination": "C", "unit_cost": 2}],
        "demands": [{"customer": "C", "commodity": "A", "quantity": 10}],
    })  # fmt: skip
    result = planned(params(), data(small))
    assert result.figures is not None
    assert result.figures.open_sites is None
    page = view(result)
    blocks = [block for section in page.sections for block in section.blocks]
    (figure,) = (b for b in blocks if isinstance(b, Figure) and b.label.startswith("Open sites"))
    assert figure.value is None
    assert (
        "Lanes whose length counts as 0 km, since neither they nor the matrix tell it and a"
        " place at their ends has no coordinates: 1"
        in [block.text for block in blocks if isinstance(block, Text)]
    )


def test_an_infeasible_scenario_is_a_result() -> None:
    result = planned(params(edits=["close P-PENANG"]))
    assert (result.status, result.figures) == ("infeasible", None)
    assert result.edits == ("close site P-PENANG",)
    assert "infeasible" in view(result).verdicts[0].sentence


def test_a_wrong_edit_and_a_wrong_scenario_name_their_place() -> None:
    with pytest.raises(BadData) as raised:
        planned(params(edits=["close NOWHERE"]))
    assert raised.value.problems[0].pointer.startswith("/edits/0")
    stray = Demand(customer="NOBODY", commodity="QFN-32", quantity=1.0)
    wrong = example_scenario().model_copy(update={"demands": (stray,)})
    with pytest.raises(BadData) as raised:
        planned(params(), data(wrong))
    assert raised.value.problems[0].pointer.startswith("/demands/0")
    result = planned(params(validate_only=True), data(wrong))
    assert (result.status, result.flaws[0].pointer) == (
        "invalid",
        raised.value.problems[0].pointer,
    )
    assert "Flaws of the scenario: 1" in view(result).verdicts[0].sentence


def test_validation_alone_plans_nothing() -> None:
    result = planned(params(validate_only=True))
    assert (result.status, result.figures, result.columns) == ("valid", None, 0)


def test_a_scenario_without_demand_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="demand"):
        planned(params(), data(Scenario(title="empty")))


def test_a_request_to_stop_is_answered_with_the_best_plan() -> None:
    told = Told(most=1)
    result = NETWORK_PLAN.compute(data(), params(gap=0.0, front_points=3), told)
    assert (result.status, result.stop, result.front) == ("feasible", "cancelled", ())
    assert result.figures is not None
    assert result.gap is not None
    assert "request to stop" in view(result).verdicts[0].sentence


def test_what_is_salvaged_is_the_plan_of_the_checkpoint() -> None:
    told, asked = Told(), params(gap=0.0, **ALONE)
    whole = NETWORK_PLAN.compute(data(), asked, told)
    assert NETWORK_PLAN.salvage is not None
    first = NETWORK_PLAN.salvage(data(), asked, told.checkpoints[0])
    assert first.status == "feasible"
    assert first.value == pytest.approx(whole.improvements[0].value)
    assert first.figures is not None
    last = NETWORK_PLAN.salvage(data(), asked, told.checkpoints[-1])
    assert (last.status, last.tables, last.costs) == ("optimal", whole.tables, whole.costs)
    assert told.incumbents[-1].value == pytest.approx(whole.value)


def test_a_run_starts_from_another(plain: NetworkPlanResult) -> None:
    stored = json.loads(plain.model_dump_json())
    again = planned(params(warm_start_from="r1", **ALONE), data(r1=stored))
    assert again.warm
    assert again.value == pytest.approx(plain.value, rel=1e-3)
    assert NETWORK_PLAN.needs(params(warm_start_from="r1")).runs == ("r1",)
    with pytest.raises(BadData, match="no network plan"):
        planned(params(warm_start_from="r2"), data(r2={"verdict": "capable"}))


def test_the_front_is_told_in_words() -> None:
    result = planned(params(front_points=3, **ALONE))
    assert len(result.front) >= 2
    words = [b.text for s in view(result).sections for b in s.blocks if b.kind == "text"]
    assert any("of CO2 cost" in text for text in words)


@pytest.mark.parametrize("objective", ["weighted", "in-order"])
def test_other_objectives_plan_too(objective: str, plain: NetworkPlanResult) -> None:
    result = planned(params(objective=objective, co2_price=2.0, service_price=10.0, **ALONE))
    assert result.figures is not None
    assert plain.figures is not None
    assert result.status == "optimal"
    assert result.figures.landed_cost >= plain.figures.landed_cost * 0.998


def test_large_tables_keep_their_largest_rows() -> None:
    rows = tuple(BuyRow("S", "C", "P", float(i)) for i in range(MOST_ROWS + 10))
    kept = plan_tables(Tables((), (), (), rows, (), ()))
    assert len(kept.buy) == MOST_ROWS
    assert kept.buy[0].quantity == 10.0
    assert kept.left_out == {"buy": 10}


def test_the_readable_formulation_gives_the_same_plan() -> None:
    values = {}
    for formulation in ("arrays", "pyomo"):
        params = NetworkPlanParams(
            scenario="packaging", gap=0.0, worths=0, entries=0, formulation=formulation
        )
        values[formulation] = NETWORK_PLAN.compute(NETWORK_PLAN.example.data(), params, silent)
    assert values["arrays"].value == pytest.approx(values["pyomo"].value, rel=1e-9)
    assert values["arrays"].columns == values["pyomo"].columns


def test_the_log_of_the_solver_is_told_where_somebody_follows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = NETWORK_PLAN.example

    def follow(fraction: float, message: str, /, **more: object) -> None:
        del fraction, message, more

    NETWORK_PLAN.compute(example.data(), example.params, silent)
    assert capsys.readouterr().err == ""
    NETWORK_PLAN.compute(example.data(), example.params, follow)
    assert "Primal bound" in capsys.readouterr().err
