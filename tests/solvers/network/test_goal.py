"""Aims besides cost: each shifts the plan the way that it says, and the front is a front."""

from itertools import pairwise

import pytest

from solvers.network.goal import Weights, plan_in_order, plan_weighted, trade_off
from solvers.network.outcome import Options
from solvers.network.planner import Planner, plan
from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.scenario.edit import edited
from solvers.scenario.example import example_scenario
from solvers.watch import News
from tests.solvers.instances import random_instance

PROOF = Options(gap=1e-3)


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(resolve(example_scenario()).instance)


def figures(found):
    assert found.decided is not None
    assert found.breaches == ()
    return found.decided.kpis


def test_the_front_falls_and_ends_at_both_extremes(planner: Planner) -> None:
    front = trade_off(planner, 3, PROOF)
    assert len(front) >= 2
    for clean, dirty in pairwise(front):
        assert clean.co2_kg < dirty.co2_kg
        assert clean.cost > dirty.cost
    cheapest = planner.plan(PROOF)
    assert front[-1].cost == pytest.approx(cheapest.value, rel=2e-3)
    cleanest = figures(plan_in_order(planner, ("co2", "cost"), PROOF))
    assert front[0].co2_kg == pytest.approx(cleanest.co2_kg, rel=2e-3)
    assert front[0].cost == pytest.approx(cleanest.landed_cost, rel=2e-3)


def test_a_price_of_co2_lowers_it_and_costs_money(planner: Planner) -> None:
    plain = figures(planner.plan(PROOF))
    dear = figures(plan_weighted(planner, Weights(co2=5.0), PROOF))
    assert dear.co2_kg < plain.co2_kg
    assert dear.landed_cost >= plain.landed_cost * 0.998
    assert figures(planner.plan(PROOF)).landed_cost == pytest.approx(plain.landed_cost, rel=2e-3)


def test_service_first_loses_nothing_that_can_be_served() -> None:
    lossy = Planner(random_instance(8, periods=2))
    cheap, served = lossy.plan(PROOF), plan_in_order(lossy, ("service", "cost"), PROOF)
    assert figures(served).lost <= figures(cheap).lost + 1e-6
    assert figures(served).landed_cost >= figures(cheap).landed_cost * 0.998


def test_slack_lets_later_goals_gain(planner: Planner) -> None:
    quick = Options(gap=5e-3)
    strict = figures(plan_in_order(planner, ("cost", "co2"), quick))
    loose = figures(plan_in_order(planner, ("cost", "co2"), quick, slack=0.03))
    assert loose.co2_kg < strict.co2_kg
    assert loose.landed_cost <= strict.landed_cost * 1.04


def test_a_front_that_is_stopped_keeps_what_it_has(planner: Planner) -> None:
    def watch(news: News) -> bool:
        return news.message.startswith("cap")

    front = trade_off(planner, 6, Options(), watch)
    assert 1 <= len(front) < 6


def test_a_front_has_two_points_at_least(planner: Planner) -> None:
    with pytest.raises(ValueError, match="2 points"):
        trade_off(planner, 1)


def test_an_infeasible_network_has_no_front() -> None:
    closed = resolve(edited(example_scenario(), ["close P-PENANG"])).instance
    planner = Planner(closed)
    assert trade_off(planner, 3) == ()
    assert plan_in_order(planner, ("service", "cost")).status == "infeasible"


def test_a_plan_starts_the_next_one() -> None:
    first = plan(example_scenario(), PROOF)
    assert first.decided is not None
    assert first.notes
    start = Start.of(first.decided.tables(resolve(example_scenario()).instance))
    again = plan(example_scenario(), PROOF, lambda news: False, start)
    assert again.improvements[0].value == pytest.approx(first.value, rel=2e-3)
    assert again.value == pytest.approx(first.value, rel=2e-3)


def test_a_start_of_another_network_does_no_harm() -> None:
    strange = Start(
        open={("NOWHERE", "2027-01"): True, ("DC-DALLAS", "2027-01"): True},
        expanded={("DC-ROTTERDAM", "2027-01"): ("hall-2",)},
        flows={("A>B/road", "QFN-32", "2027-01"): 5.0},
    )
    assert plan(example_scenario(), PROOF, start=strange).status == "optimal"
