"""Ways out of infeasible networks: cheapest by hand, in the business's own weights, each tried."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.bend import bends
from solvers.network.conflict import WayOut, ways_out
from solvers.network.elastic import elastic
from solvers.network.highs import Solver
from solvers.network.outcome import Options
from solvers.network.planner import plan
from solvers.network.softness import Softness, softness
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from tests.solvers.instances import random_instance

ALL = tuple({"demand", "throughput", "hours", "lane", "supply", "production", "stock"})


def _network(**more: Any) -> Scenario:
    """A plant for 50 a week and a demand of 80 in the second one; another plant out of reach."""
    plain = {
        "periods": [{"code": "W1"}, {"code": "W2"}],
        "commodities": [{"code": "K"}],
        "sites": [
            {"code": "P", "kind": "plant", "throughput": 50},
            {"code": "Q", "kind": "plant", "throughput": 100},
            {"code": "C", "kind": "customer", "tags": ["key"]},
        ],
        "supplies": [
            {"site": "P", "commodity": "K", "unit_cost": 1},
            {"site": "Q", "commodity": "K", "unit_cost": 3},
        ],
        "lanes": [
            {"origin": "P", "destination": "C", "unit_cost": 1},
            {"origin": "Q", "destination": "C", "unit_cost": 2, "open": False},
        ],
        "demands": [
            {
                "customer": "C",
                "commodity": "K",
                "quantity": 40,
                "quantity_by_period": [{"period": "W2", "amount": 80}],
                "tags": ["contract"],
            }
        ],
    }
    return Scenario.model_validate(plain | more)


def _by_name(ways: tuple[WayOut, ...]) -> dict[str, WayOut]:
    return {way.name: way for way in ways}


def test_each_way_is_the_cheapest_of_its_kind_and_is_tried() -> None:
    assert plan(_network()).status == "infeasible"
    ways = _by_name(ways_out(_network()))
    assert set(ways) == {"anything", "less-demand", "more-lanes"}  # capacity alone is `anything`
    assert all(way.verified for way in ways.values())
    (raised,) = ways["anything"].bendings
    assert (raised.kind, raised.code, raised.period) == ("throughput", "P", "W2")
    assert (raised.amount, raised.share) == (pytest.approx(30), pytest.approx(0.6))
    (lost,) = ways["less-demand"].bendings
    assert (lost.code, lost.amount, lost.share) == ("C/K", pytest.approx(30), pytest.approx(0.375))
    (opened,) = ways["more-lanes"].bendings
    assert (opened.code, opened.amount) == ("Q>C/road", pytest.approx(30))
    # 40 + 50 over P at 1 + 1, the 30 more over P, or over Q at 3 + 2
    assert ways["anything"].cost == pytest.approx(240, rel=1e-4)
    assert ways["more-lanes"].cost == pytest.approx(330, rel=1e-4)


def test_tags_turn_the_choice() -> None:
    soft = {"soft": [{"tag": "contract", "weight": 0.1}]}
    way = _by_name(ways_out(_network(policy=soft)))["anything"]
    assert [b.kind for b in way.bendings] == ["demand"]
    kind = {"soft": [{"tag": "throughput", "weight": 900}, {"tag": "key", "weight": 1}]}
    way = _by_name(ways_out(_network(policy=kind)))["anything"]
    assert [b.kind for b in way.bendings] == ["demand"]


def test_the_lowest_of_several_weights_counts() -> None:
    tags = {"soft": [{"tag": "contract", "weight": 4}, {"tag": "demand", "weight": 7}]}
    soft = softness(_network(policy=tags))
    assert soft.weight("demand", "C/K") == 4
    assert soft.weight("demand", "D/K") == 7
    assert soft.weight("throughput", "P") == 1


def test_a_feasible_network_has_nothing_to_bend() -> None:
    ways = ways_out(example_scenario(), Options(gap=0.01))
    assert all(way.price == pytest.approx(0, abs=1e-9) for way in ways)
    assert all(way.bendings == () for way in ways)


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        ({"carbon_cap": 10}, "carbon"),
        ({"site_counts": [{"kind": "plant", "maximum": 0}]}, "site-count"),
    ],
)
def test_rules_are_bent_too(policy: dict[str, Any], kind: str) -> None:
    lanes = [{"origin": "P", "destination": "C", "unit_cost": 1, "co2_kg": 1}]
    sites = [
        {"code": "P", "kind": "plant", "status": "candidate", "throughput": 500},
        {"code": "C", "kind": "customer"},
    ]
    supplies = [{"site": "P", "commodity": "K", "unit_cost": 1}]
    network = _network(policy=policy, lanes=lanes, sites=sites, supplies=supplies)
    bent = [way for way in ways_out(network) if {b.kind for b in way.bendings} == {kind}]
    assert [way.verified for way in bent] == [True]


@settings(max_examples=20)
@given(st.integers(0, 400))
def test_bending_everything_is_never_dearer_than_bending_less(seed: int) -> None:
    instance = random_instance(seed)
    prices = []
    for kinds in (("demand",), ("demand", "hours"), ALL):
        model = elastic(instance, kinds, Softness())
        outcome = Solver(model.form).solve(Options(time_s=100))
        prices.append(float("inf") if outcome.value is None else outcome.value)
    assert prices[0] >= prices[1] - 1e-6
    assert prices[1] >= prices[2] - 1e-6


@settings(max_examples=40)
@given(st.integers(0, 400))
def test_every_bend_stands_where_its_number_does(seed: int) -> None:
    instance = random_instance(seed)
    model = elastic(instance, (), Softness())
    for b in bends(instance):
        if b.by_column:
            side = model.form.upper if b.sign < 0 else model.form.lower
            held = side[model.form.columns[b.block].start + b.at]
        elif b.kind in ("hours", "lane", "carbon", "budget"):
            held = model.form.row_upper[model.form.rows[b.block].start + b.at]
        else:
            continue
        positive = held > 0
        assert held[positive] == pytest.approx(b.size[positive])


@pytest.mark.parametrize(
    ("policy", "demand", "forgone"),
    [
        # 30 too much in W2: 5 % of what is left of 120 may be lost, f + 0.05 (120 - f) = 30
        ({"service_level": 0.95}, {}, 24 / 0.95),
        ({}, {"fill_rate": 0.9}, 18 / 0.9),
    ],
)
def test_what_may_be_lost_is_a_share_of_what_is_left(
    policy: dict[str, Any], demand: dict[str, Any], forgone: float
) -> None:
    wanted = {
        "customer": "C",
        "commodity": "K",
        "quantity": 40,
        "quantity_by_period": [{"period": "W2", "amount": 80}],
        "lost_cost": 20,
    }
    found = _network(policy=policy, demands=[wanted | demand])
    way = _by_name(ways_out(found))["less-demand"]
    assert sum(b.amount for b in way.bendings) == pytest.approx(forgone)
    assert way.verified
