import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from solvers.errors import SolverError
from solvers.inventory import base_stock, reorder_point
from solvers.inventory.lead_time_demand import Family, LeadTimeDemand, over
from solvers.inventory.min_max import optimal_min_max
from solvers.inventory.newsvendor import newsvendor

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "reference" / "inventory_policies.json").read_text()
)
FAMILIES: dict[Family, Any] = {
    "normal": stats.norm(20, 6),
    "gamma": stats.gamma((20 / 6) ** 2, scale=36 / 20),
    "poisson": stats.poisson(20),
    "negative-binomial": stats.nbinom(400 / (36 - 20), 20 / 36),
}
family = st.sampled_from(list(FAMILIES))


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("level", [0, 5, 18, 30.0, 40])
def test_probabilities_and_excess_are_those_of_scipy(kind: Family, level: float) -> None:
    demand, theirs = LeadTimeDemand(kind, 20, 6), FAMILIES[kind]
    assert demand.covered(level) == pytest.approx(theirs.cdf(level), abs=1e-12)
    if demand.discrete:
        k = np.arange(level, 400)
        excess = float(np.sum((k - level) * theirs.pmf(k)))
    else:
        excess = theirs.expect(lambda x: x - level, lb=level, ub=200)
    assert demand.excess(level) == pytest.approx(excess, abs=1e-8)


@given(kind=family, service=st.floats(0.01, 0.999))
def test_a_level_covers_what_it_is_asked_to(kind: Family, service: float) -> None:
    demand = LeadTimeDemand(kind, 7.3, 3.1)
    level = demand.level(service)
    assert demand.covered(level) >= service - 1e-9
    if demand.discrete:
        assert demand.covered(level - 1) < service


@pytest.mark.parametrize("case", REFERENCE["min_max"], ids=lambda c: f"mean-{c['mean']}")
def test_min_max_policies_are_the_published_ones(case: dict[str, Any]) -> None:
    demand = LeadTimeDemand("poisson", case["mean"], 0.0)
    costs = {k: case[k] for k in ("order_cost", "holding_cost", "backorder_cost")}
    found = optimal_min_max(demand, demand, **costs)
    assert (found.point, found.top) == (case["point"], case["top"])
    assert found.cost == pytest.approx(case["cost"], rel=1e-9)


@pytest.mark.parametrize("case", REFERENCE["reorder_point"], ids=lambda c: f"Q-{c['quantity']}")
def test_reorder_points_are_those_of_stockpyl(case: dict[str, Any]) -> None:
    rate = case["demand_rate"]
    found, cost = reorder_point.optimal_reorder_point(
        LeadTimeDemand("poisson", rate * case["lead_time"], 0.0),
        demand_rate=rate,
        holding_cost=case["holding_cost"],
        backorder_cost=case["backorder_cost"],
        order_cost=case["order_cost"],
    )
    assert (found.point, found.quantity) == (case["point"], case["quantity"])
    assert cost == pytest.approx(case["cost"], rel=1e-9)


def test_a_min_max_policy_serves_as_a_run_of_it_does() -> None:
    demand = LeadTimeDemand("poisson", 6.0, 0.0)
    policy = optimal_min_max(
        demand, over(demand, 3), order_cost=30.0, holding_cost=1.0, backorder_cost=9.0
    )
    rng = np.random.default_rng(5)
    asked = rng.poisson(6.0, 100_000)
    position = net = float(policy.top)
    pipe = [0.0] * 3  # ordered at the end of a period, there before the demand of the third after
    unmet = good = orders = 0.0
    for d in asked:
        net += pipe.pop(0)
        unmet += min(d, max(0.0, d - max(0.0, net)))
        net, position = net - d, position - d
        good += net >= 0
        ordered = policy.top - position if position <= policy.point else 0.0
        orders += ordered > 0
        pipe.append(ordered)
        position += ordered
    assert good / asked.size == pytest.approx(policy.cycle_service, abs=0.004)
    assert 1 - unmet / asked.sum() == pytest.approx(policy.fill_rate, abs=0.004)
    assert orders / asked.size == pytest.approx(policy.orders, abs=0.004)


@settings(max_examples=60)
@given(kind=family, service=st.floats(0.5, 0.99), quantity=st.integers(1, 30))
def test_reorder_points_meet_their_target_and_no_less_does(
    kind: Family, service: float, quantity: int
) -> None:
    demand = LeadTimeDemand(kind, 12.0, 4.5)
    found = reorder_point.for_fill_rate(demand, service, quantity)
    assert found.fill_rate >= service - 1e-6
    less = reorder_point.reorder_point_of(demand, found.point - 1, quantity)
    assert less.fill_rate < service + 1e-9 or found.point <= -quantity
    assert found.stock >= 0
    assert found.backorders >= 0
    type_1 = reorder_point.for_cycle_service(demand, service, quantity)
    assert type_1.cycle_service >= service - 1e-9


def test_fill_rate_and_cycle_service_are_not_the_same() -> None:
    demand = LeadTimeDemand("normal", 100.0, 30.0)
    for target in (0.9, 0.95, 0.99):
        by_cycle = base_stock.level_for_cycle_service(demand, target, 4)
        by_fill = base_stock.level_for_fill_rate(demand, target, 4)
        assert by_fill < by_cycle
        assert base_stock.fill_rate(demand, by_fill, 4) == pytest.approx(target, abs=1e-6)
        assert base_stock.cycle_service(demand, by_cycle, 4) == pytest.approx(target, abs=1e-9)


def test_the_newsvendor_buys_what_the_book_says() -> None:
    # Snyder and Shen (2019), example 4.3: h = 0.18, p = 0.70, demand normal of mean 50 and sd 8
    found = newsvendor(LeadTimeDemand("normal", 50.0, 8.0), overage=0.18, underage=0.70)
    assert found.quantity == pytest.approx(56.6, abs=0.01)
    assert found.cost == pytest.approx(1.9976, abs=2e-4)


def test_certain_demand_needs_no_safety() -> None:
    for kind in ("normal", "gamma"):
        certain = LeadTimeDemand(kind, 8.0, 0.0)
        assert certain.level(0.99) == 8.0
        assert certain.excess(6.0) == 2.0
        assert reorder_point.for_fill_rate(certain, 0.99, 4.0).backorders < 0.1
    assert LeadTimeDemand("poisson", 0.0, 0.0).level(0.9) == 0.0


def test_random_lead_times_add_the_variance_of_their_demand() -> None:
    demand = over(LeadTimeDemand("poisson", 4.0, 0.0), 5.0, 2.0)
    assert demand.family == "negative-binomial"
    assert demand.sd == pytest.approx(np.sqrt(20 + 64))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(SolverError, match="variance above its mean"):
        LeadTimeDemand("negative-binomial", 5.0, 2.0)
    with pytest.raises(SolverError, match="must be >= 0"):
        LeadTimeDemand("normal", -1.0, 2.0)
    with pytest.raises(SolverError, match="must be positive"):
        reorder_point.reorder_point_of(LeadTimeDemand("normal", 5.0, 2.0), 3.0, 0.0)
