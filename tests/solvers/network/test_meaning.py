"""What the rows mean: optima of tiny networks that are found by hand or by enumeration.

The oracle of each is arithmetic in the test, or a linear program that is written out in it; the
form is solved by SciPy.
"""

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from solvers.errors import SolverError
from solvers.network.arrays import standard_form
from solvers.network.instance import Instance
from tests.solvers.instances import (
    arcs,
    demands,
    expansions,
    groups,
    instance,
    lanes,
    productions,
    rules,
    sites,
    steps,
    stocks,
    supplies,
    tiers,
)


def optimum(network: Instance) -> float:
    """Least cost of a plan."""
    form = standard_form(network)
    answer: Any = milp(
        form.cost,
        integrality=form.integer.astype(np.int64),
        bounds=Bounds(form.lower, form.upper),
        constraints=LinearConstraint(form.matrix.tocsc(), form.row_lower, form.row_upper),
    )
    assert answer.status == 0, answer.message
    return float(answer.fun) + form.offset


def pair(periods: int, demand: list[float], **given: Any) -> Instance:
    """A supplier (0) with free goods, a customer (1), and a lane; `given` replaces tables."""
    tables = {
        "sites": sites(2, periods),
        "lanes": lanes([0], [1], periods),
        "arcs": arcs([0], periods),
        "supplies": supplies(periods, site=[0]),
        "demands": demands(periods, site=[1], quantity=[demand], lost_cost=100.0),
    }
    return instance(periods, **(tables | given))


@pytest.mark.parametrize("seed", range(6))
def test_fixed_charges_are_those_of_the_best_choice_of_sites(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fixed, unit, room = rng.uniform(5, 60, 3), rng.uniform(1, 9, (3, 2)), rng.uniform(4, 12, 3)
    demand = rng.uniform(2, 8, 2)
    network = instance(
        1,
        sites=sites(
            5,
            1,
            designed=[1, 1, 1, 0, 0],
            fixed_cost=[*fixed, 0, 0],
            throughput=[*room, np.inf, np.inf],
        ),
        lanes=lanes([0, 0, 1, 1, 2, 2], [3, 4, 3, 4, 3, 4], 1),
        arcs=arcs(list(range(6)), 1, transport=unit.ravel(), limit=np.tile(demand, 3)),
        supplies=supplies(1, site=[0, 1, 2]),
        demands=demands(1, site=[3, 4], quantity=demand, lost_cost=30.0),
    )
    best = min(
        float(np.array(chosen) @ fixed) + _shipping(unit, demand, room * chosen)
        for chosen in product((0, 1), repeat=3)
    )
    assert optimum(network) == pytest.approx(best)


def _shipping(unit: np.ndarray, demand: np.ndarray, room: np.ndarray) -> float:
    """Least cost of serving two customers from three sites of given room; loss costs 30."""
    served = np.tile(np.eye(2), 4)
    used = np.hstack([np.kron(np.eye(3), np.ones((1, 2))), np.zeros((3, 2))])
    cost = np.concatenate([unit.ravel(), [30.0, 30.0]])
    return float(linprog(cost, A_ub=used, b_ub=room, A_eq=served, b_eq=demand).fun)


def test_all_units_pay_the_rate_of_the_step_that_the_load_reaches() -> None:
    tariff = steps(lane=[0, 0], start=[0, 10], end=[10, np.inf], rate=[5, 3], all_units=True)
    assert optimum(pair(1, [8.0], steps=tariff)) == pytest.approx(40.0)
    kept = stocks(1, site=[1])
    # 2 units too many make the other 8 cheaper
    assert optimum(pair(1, [8.0], steps=tariff, stocks=kept)) == pytest.approx(30.0)


def test_falling_steps_are_filled_in_order() -> None:
    tariff = steps(lane=[0, 0], start=[0, 10], end=[10, np.inf], rate=[5, 3])
    assert optimum(pair(1, [15.0], steps=tariff)) == pytest.approx(5 * 10 + 3 * 5)
    charged = steps(lane=[0, 0], start=[0, 10], end=[10, np.inf], rate=[5, 3], fixed=[1, 7])
    assert optimum(pair(1, [15.0], steps=charged)) == pytest.approx(65 + 1 + 7)
    assert optimum(pair(1, [9.0], steps=charged)) == pytest.approx(45 + 1)


def test_rising_steps_need_no_binary() -> None:
    tariff = steps(lane=[0, 0], start=[0, 10], end=[10, 12], rate=[2, 4])
    network = pair(1, [13.0], steps=tariff)
    assert not standard_form(network).integer.any()
    assert optimum(network) == pytest.approx(20 + 8 + 100)  # a load of 12 at most


@pytest.mark.parametrize(("cost", "expected"), [([1, 4], 10 + 8), ([4, 1], 40 + 2)])
def test_tiers_are_filled_in_order(cost: list[float], expected: float) -> None:
    labour = tiers(site=[0, 0], size=[10, np.inf], unit_cost=cost)
    assert optimum(pair(1, [12.0], tiers=labour)) == pytest.approx(expected)


def test_a_concave_safety_cost_is_read_off_its_points() -> None:
    points = {"safety_of": [0, 0, 0], "safety_from": [0, 4, 10], "safety_cost": [2, 10, 13]}
    network = pair(1, [6.0], stocks=stocks(1, site=[0], **points))
    assert optimum(network) == pytest.approx(2 + 8 + 2 * 0.5)
    assert optimum(pair(1, [0.0], stocks=stocks(1, site=[0], **points))) == pytest.approx(2)
    beyond = pair(1, [12.0], stocks=stocks(1, site=[0], **points))
    assert optimum(beyond) == pytest.approx(13 + 2 * 0.5)


def test_a_concave_cost_of_something_unbounded_is_refused() -> None:
    points = {"safety_of": [0, 0, 0], "safety_from": [0, 4, 10], "safety_cost": [2, 10, 13]}
    network = pair(1, [6.0], stocks=stocks(1, site=[0], **points), arcs=arcs([0], 1, limit=np.inf))
    with pytest.raises(SolverError, match="finite bound"):
        standard_form(network)


def test_goods_arrive_when_the_lag_is_over() -> None:
    late = pair(
        3,
        [4.0, 5.0, 6.0],
        lanes=lanes([0], [1], 3, lag=1),
        arcs=arcs([0], 3, transport=[[1, 2, 4]]),
    )
    assert optimum(late) == pytest.approx(4 * 100 + 5 * 1 + 6 * 2)
    form = standard_form(late)
    assert form.columns["flow"].of(form.upper).tolist() == [[1e3, 1e3, 0.0]]


def test_stock_bridges_periods_as_long_as_it_lives() -> None:
    def cost(life: int) -> float:
        kept = stocks(4, site=[1], shelf_life=life, holding=0.0)
        bought = supplies(4, site=[0], unit_cost=[[1, 10, 10, 10]])
        return optimum(pair(4, [5.0] * 4, stocks=kept, supplies=bought))

    assert cost(0) == pytest.approx(20 * 1)
    assert cost(1) == pytest.approx(10 * 1 + 10 * 10)
    assert cost(2) == pytest.approx(15 * 1 + 5 * 10)


def test_what_serves_a_backlog_uses_stock_up() -> None:
    kept = stocks(3, site=[1], shelf_life=1, safety=[[4, 0, 0]])
    asked = demands(3, site=[1], quantity=[[4, 0, 0]], lost_cost=100.0, backlog_cost=3.0)
    # 4 units must be held at the end of period 0, and gone in period 1, where only a backlog is
    assert optimum(pair(3, [0.0] * 3, stocks=kept, demands=asked)) == pytest.approx(4 * 3)


def test_demand_waits_at_a_price_but_not_for_ever() -> None:
    asked = demands(2, site=[1], quantity=[[5, 0]], lost_cost=100.0, backlog_cost=2.0)
    bought = supplies(2, site=[0], maximum=[[0, 9]])
    assert optimum(pair(2, [0.0] * 2, demands=asked, supplies=bought)) == pytest.approx(10.0)
    never = supplies(2, site=[0], maximum=0.0)
    assert optimum(pair(2, [0.0] * 2, demands=asked, supplies=never)) == pytest.approx(500.0)


def test_a_used_lane_pays_and_carries_its_minimum() -> None:
    def cost(demand: float) -> float:
        two = lanes([0, 0], [1, 1], 1, fixed_cost=[2, 0], minimum=[6, 0])
        return optimum(pair(1, [demand], lanes=two, arcs=arcs([0, 1], 1, transport=[1, 3])))

    assert cost(4.0) == pytest.approx(12.0)
    assert cost(6.0) == pytest.approx(2 + 6)


def test_shipments_are_whole() -> None:
    counted = lanes([0], [1], 1, shipment_cost=3.0, shipment_size=4.0)
    assert optimum(pair(1, [9.0], lanes=counted)) == pytest.approx(9.0)


def test_one_lane_brings_all_where_one_source_is_asked_for() -> None:
    two = lanes([0, 0], [1, 1], 1, capacity=5.0)
    tables = {"lanes": two, "arcs": arcs([0, 1], 1)}
    assert optimum(pair(1, [8.0], **tables)) == pytest.approx(0.0)
    alone = demands(1, site=[1], quantity=[[8.0]], lost_cost=100.0, single=True)
    assert optimum(pair(1, [8.0], demands=alone, **tables)) == pytest.approx(300.0)


def test_capacity_is_bought_once_and_stays() -> None:
    tables = {
        "sites": sites(2, 2, throughput=[[5, 5], [np.inf, np.inf]]),
        "expansions": expansions(site=[0], capacity=[5], cost=[20]),
    }
    assert optimum(pair(2, [10.0, 10.0], **tables)) == pytest.approx(20.0)
    poor = rules(2, budget=19.0)
    assert optimum(pair(2, [10.0, 10.0], rules=poor, **tables)) == pytest.approx(1000.0)


def test_opening_and_closing_are_paid_when_they_happen() -> None:
    site = {"designed": [1, 0], "open_cost": [7, 0], "close_cost": [3, 0]}
    opened = sites(2, 3, fixed_cost=[[10, 10, 10], [1, 1, 1]], **site)
    # open in period 1 only: 10 + 7 + 3; the customer's own 3 x 1 is paid anyway
    assert optimum(pair(3, [0.0, 5.0, 0.0], sites=opened)) == pytest.approx(20 + 3)
    standing = sites(2, 3, fixed_cost=[[10, 10, 10], [1, 1, 1]], initially_open=[1, 0], **site)
    assert optimum(pair(3, [0.0, 0.0, 0.0], sites=standing)) == pytest.approx(3 + 3)


def test_production_takes_its_ingredients_and_hours_and_loses_yield() -> None:
    made = productions(
        1, site=[0], output=[1], group=[0], hours=[0.5], yields=[[0.8]], unit_cost=[[2.0]],
        input_of=[0], input_commodity=[0], input_quantity=[3.0],
    )  # fmt: skip
    network = pair(
        1, [8.0], productions=made, groups=groups(1, site=[0], hours=[[4.0]]),
        supplies=supplies(1, site=[0], unit_cost=1.0), arcs=arcs([0], 1, commodity=1),
        demands=demands(1, site=[1], commodity=1, quantity=[[8.0]], lost_cost=100.0),
    )  # fmt: skip
    two = Instance(**{name: getattr(network, name) for name in network.__slots__} | {
        "commodities": ("material", "product")
    })  # fmt: skip
    # 4 hours start 8 units of 24 material; 6.4 are good, 1.6 are lost
    assert optimum(two) == pytest.approx(8 * 2 + 24 * 1 + 1.6 * 100)


def test_carbon_is_capped_and_priced() -> None:
    two = {
        "lanes": lanes([0, 0], [1, 1], 1),
        "arcs": arcs([0, 1], 1, transport=[1, 5], co2_kg=[2, 0]),
    }
    assert optimum(pair(1, [10.0], **two)) == pytest.approx(10.0)
    assert optimum(pair(1, [10.0], rules=rules(1, carbon_cap=8.0), **two)) == pytest.approx(4 + 30)
    assert optimum(pair(1, [10.0], rules=rules(1, carbon_price=3.0), **two)) == pytest.approx(50.0)


def test_service_is_kept_although_it_costs() -> None:
    dear = arcs([0], 2, transport=200.0)
    assert optimum(pair(2, [4.0, 6.0], arcs=dear)) == pytest.approx(1000.0)
    level = rules(2, service_level=0.7)
    assert optimum(pair(2, [4.0, 6.0], arcs=dear, rules=level)) == pytest.approx(7 * 200 + 3 * 100)
    filled = demands(2, site=[1], quantity=[[4, 6]], lost_cost=100.0, fill_rate=0.5)
    assert optimum(pair(2, [0.0] * 2, arcs=dear, demands=filled)) == pytest.approx(
        5 * 200 + 5 * 100
    )


def test_sites_of_a_kind_are_counted_with_those_that_are_always_open() -> None:
    kinds = {"kind": ("dc", "customer", "dc", "dc"), "designed": [0, 0, 1, 1]}
    network = pair(
        1,
        [1.0],
        sites=sites(4, 1, fixed_cost=[1, 0, 5, 9], **kinds),
        rules=rules(1, count_kind=("dc",), count_minimum=[2.0]),
    )
    assert optimum(network) == pytest.approx(1 + 5)


def test_a_closed_plant_makes_nothing_even_without_a_capacity() -> None:
    network = instance(
        2,
        sites=sites(2, 2, designed=[1, 0], fixed_cost=[[100.0, 100.0], [0.0, 0.0]]),
        lanes=lanes([0], [1], 2),
        arcs=arcs([0], 2, limit=[[10.0, 10.0]]),
        productions=productions(2, site=[0], output=[0], unit_cost=[[1.0, 50.0]]),
        stocks=stocks(2, site=[0]),
        demands=demands(2, site=[1], quantity=[[0.0, 10.0]], lost_cost=1000.0),
    )
    # open in both periods: 200 + 10 x 1; open in the second one only: 100 + 10 x 50
    assert optimum(network) == pytest.approx(210.0)
