from functools import cache

import pytest

from ops.analyses.inventory_positioning import (
    INVENTORY_POSITIONING,
    compute,
    needs,
)
from ops.analyses.inventory_positioning_page import view
from ops.analyses.inventory_positioning_params import InventoryPositioningParams
from ops.analyses.inventory_positioning_result import InventoryPositioningResult, PositionedStage
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page import Text
from ops.page_chart import Chart
from ops.page_table import Table
from ops.query import ScenarioData
from solvers.scenario.document import Scenario
from tests.solvers.inventory.scenarios import packaging


def _run(scenario: Scenario, **params: object) -> InventoryPositioningResult:
    given = {"scenario": "SMALL", "replications": 10, "days": 200} | params
    return compute(ScenarioData("SMALL", 3, scenario), InventoryPositioningParams(**given), silent)


@cache
def _plain() -> InventoryPositioningResult:
    """The small scenario as it is: many tests look at it, none changes it."""
    return _run(packaging())


def _at(result: InventoryPositioningResult, site: str, commodity: str) -> PositionedStage:
    return next(s for s in result.stages if (s.site, s.commodity) == (site, commodity))


def test_the_die_bank_holds_where_holding_dies_is_cheap() -> None:
    result = _run(packaging(bank_cost=0.01))
    bank, plant = _at(result, "BANK", "DIE"), _at(result, "P", "PKG")
    assert (bank.role, bank.net, bank.service) == ("holds", 20, 0)
    assert bank.worth is not None
    assert bank.worth > 0
    assert "without its stock the network would cost" in bank.why.english()
    assert (plant.role, plant.safety_stock, plant.achieved) == ("cannot hold", 0.0, None)
    assert (result.method, result.status) == ("dynamic programming", "optimal")


def test_a_dear_die_bank_passes_on_and_says_who_holds() -> None:
    result = _run(packaging(bank_cost=5.0), random_lead_times=False)
    bank, centre = _at(result, "BANK", "DIE"), _at(result, "DC1", "PKG")
    assert bank.role == "passes on"
    assert "the stock stands at PKG @ DC1, PKG @ DC2" in bank.why.english()
    assert centre.needed
    assert result.saved > 0.1
    assert result.cost < result.decoupled_cost
    varies = _at(_run(packaging(bank_cost=5.0)), "BANK", "DIE")
    assert (varies.role, varies.net) == ("holds", 0)
    assert "only because its lead time varies" in varies.why.english()


def test_policies_keep_cycle_service_and_fill_rate_apart() -> None:
    centre = _at(_plain(), "DC1", "PKG")
    assert centre.policies is not None
    cycle, fill = centre.policies.by_cycle_service, centre.policies.by_fill_rate
    assert cycle.cycle_service == pytest.approx(centre.target, abs=1e-6)
    assert fill.fill_rate == pytest.approx(centre.target, abs=1e-6)
    assert fill.point < cycle.point
    best = centre.policies.min_max
    assert best is not None
    assert best.point < best.top
    assert best.cycle_service == pytest.approx(centre.target, abs=0.02)


def test_a_later_promise_needs_less_stock_and_correlation_needs_more() -> None:
    now, later = _plain(), _run(packaging(), promise_days=5)
    assert later.cost < now.cost
    assert _run(packaging(), demand_correlation=1.0).cost > now.cost


def test_history_tells_the_ways() -> None:
    cheapest = _run(packaging(history=True))
    past = _run(packaging(history=True), sourcing="history")
    assert _at(cheapest, "DC1", "PKG").mean == pytest.approx(7.0)
    assert _at(past, "DC1", "PKG").mean == pytest.approx(9.0)
    assert _at(past, "BANK", "DIE").mean == pytest.approx(30.0)
    with pytest.raises(NotEnoughData, match="past flows"):
        _run(packaging(), sourcing="history")


def test_a_plan_weighs_the_stock_that_its_flows_need() -> None:
    result = _run(packaging(dc_cost=6.0), sourcing="plan")
    assert len(result.rounds) > 1
    assert [r.best for r in result.rounds].count(True) == 1
    best = next(r for r in result.rounds if r.best)
    assert best.total < result.rounds[0].total
    titles = [section.title for section in view(result).sections]
    assert "Flows and stock together" in titles


def test_demand_without_spread_is_said_and_costs_nothing_but_lead_times() -> None:
    scenario = packaging()
    sure = tuple(d.model_copy(update={"spread": None}) for d in scenario.demands)
    result = _run(scenario.model_copy(update={"demands": sure}), random_lead_times=False)
    assert result.cost == 0.0
    assert result.verdict.sentence == (
        "No demand of the scenario has a spread, so that no safety stock follows; give demands"
        " their spread, or set default_cv."
    )
    late = _run(scenario.model_copy(update={"demands": sure}), random_lead_times=True)
    assert "covers random lead times alone" in late.verdict.sentence
    assert any("taken for certain: 2" in p.english() for p in result.assumptions)
    assert _run(scenario.model_copy(update={"demands": sure}), default_cv=0.3).cost > 0


def test_curves_for_a_plan_meet_the_cost_of_each_stock() -> None:
    result = _plain()
    assert {(c.site, c.commodity) for c in result.safety_cost} == {
        ("BANK", "DIE"), ("DC1", "PKG"), ("DC2", "PKG"),
    }  # fmt: skip
    curve = next(c for c in result.safety_cost if c.site == "DC1")
    at = next(p for p in curve.points if p.throughput == pytest.approx(70.0))
    assert at.cost == pytest.approx(_at(result, "DC1", "PKG").cost * 10 / 365)


def test_equal_seeds_give_equal_results() -> None:
    assert _run(packaging(), seed=4) == _run(packaging(), seed=4)


def test_what_cannot_be_positioned_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="a scenario with a demand"):
        _run(Scenario())
    broken = packaging().model_copy(update={"sites": ()})
    with pytest.raises(BadData):
        _run(broken)
    cut_off = packaging().model_copy(update={"supplies": ()})
    with pytest.raises(BadData, match="cannot get to"):
        _run(cut_off)


def test_the_page_shows_places_service_policies_and_assumptions() -> None:
    page = view(_plain())
    titles = [section.title for section in page.sections]
    assert titles[:5] == [
        "Summary", "Who holds stock", "Achieved service", "Policies", "Assumptions",
    ]  # fmt: skip
    blocks = [block for section in page.sections for block in section.blocks]
    assert sum(isinstance(b, Chart) for b in blocks) == 1
    assert sum(isinstance(b, Table) for b in blocks) == 3
    said = " ".join(b.text for b in blocks if isinstance(b, Text))
    assert "Demand is bounded" in said
    assert "Processing times are fixed" in said
    assert page.verdicts[0].sentence.startswith("Safety stock at")


def test_the_query_names_scenario_and_revision() -> None:
    query = needs(InventoryPositioningParams(scenario="EU", revision=2))
    assert (query.code, query.revision) == ("EU", 2)
    assert INVENTORY_POSITIONING.version == 1
