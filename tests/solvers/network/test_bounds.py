"""Bounds of flows: tight into customers, finite everywhere, never below what a plan needs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.bounds import flow_limits
from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario

Document = dict[str, Any]


def line() -> Document:
    """Document of a plant, two DCs and two customers over three weeks."""
    return {
        "periods": [{"code": c} for c in ("1", "2", "3")],
        "commodities": [{"code": "A"}, {"code": "B"}],
        "sites": [
            {"code": "S", "kind": "supplier"},
            {"code": "P", "kind": "plant"},
            {"code": "D", "kind": "dc", "status": "candidate"},
            {"code": "E", "kind": "dc", "status": "candidate"},
            {"code": "C1", "kind": "customer"},
            {"code": "C2", "kind": "customer"},
        ],
        "productions": [
            {
                "site": "P",
                "output": "A",
                "yield": 0.5,
                "inputs": [{"commodity": "B", "quantity": 2}],
            }
        ],
        "supplies": [{"site": "S", "commodity": "B"}],
        "lanes": [
            {"origin": "S", "destination": "P", "unit_cost": 1},
            {"origin": "P", "destination": "D", "unit_cost": 1},
            {"origin": "P", "destination": "E", "unit_cost": 1},
            {"origin": "D", "destination": "C1", "unit_cost": 1},
            {"origin": "D", "destination": "C2", "unit_cost": 1},
            {"origin": "E", "destination": "C1", "unit_cost": 1},
        ],
        "demands": [
            {
                "customer": "C1",
                "commodity": "A",
                "quantity": 10,
                "quantity_by_period": [{"period": "3", "amount": 12}],
            },
            {"customer": "C2", "commodity": "A", "quantity": 5},
        ],
    }


def limits(document: Document) -> dict[str, list[float]]:
    """Limit of each arc by lane; lanes carry one commodity each here."""
    instance = resolve(Scenario.model_validate(document)).instance
    codes = [instance.lanes.code[lane] for lane in instance.arcs.lane]
    return dict(zip(codes, instance.arcs.limit.tolist(), strict=True))


def test_an_arc_carries_at_most_the_demand_behind_it() -> None:
    found = limits(line())
    assert found["D>C1/road"] == found["E>C1/road"] == [10.0, 10.0, 12.0]
    assert found["P>D/road"] == [15.0, 15.0, 17.0]
    assert found["P>E/road"] == [10.0, 10.0, 12.0]


def test_a_demand_behind_two_ways_counts_once_and_through_the_bill() -> None:
    found = limits(line())
    assert found["S>P/road"] == [60.0, 60.0, 68.0]  # 15 / 0.5 * 2, not that of both DCs


def test_two_modes_do_not_double_what_is_wanted() -> None:
    document = line()
    document["lanes"].append({"origin": "D", "destination": "C1", "mode": "air", "unit_cost": 2})
    assert limits(document)["P>D/road"] == [15.0, 15.0, 17.0]


def test_stock_on_the_way_serves_all_that_is_to_come() -> None:
    document = line() | {"inventories": [{"site": "D", "commodity": "A"}]}
    found = limits(document)
    assert found["P>D/road"] == [47.0, 32.0, 17.0]
    assert found["D>C1/road"] == [10.0, 10.0, 12.0]
    assert found["P>E/road"] == [10.0, 10.0, 12.0]


def test_demand_that_may_wait_adds_the_earlier_periods() -> None:
    document = line()
    document["demands"][0]["backlog_cost"] = 1
    assert limits(document)["E>C1/road"] == [10.0, 20.0, 32.0]


def test_what_would_arrive_too_late_is_not_sent() -> None:
    document = line() | {"policy": {"lead_time_lag": True}}
    document["lanes"][5]["lead_time"] = 7
    found = limits(document)
    assert found["E>C1/road"] == [10.0, 12.0, 0.0]
    assert found["P>E/road"] == [32.0, 22.0, 12.0]  # the lag behind it leaves the period open


def test_stock_that_must_be_kept_is_wanted_too() -> None:
    held = {"site": "D", "commodity": "A", "safety_stock": 3, "final": 4}
    document = line() | {"inventories": [held]}
    assert limits(document)["P>D/road"] == [51.0, 36.0, 21.0]


def test_a_minimum_may_send_more_than_is_wanted_where_it_can_be_held() -> None:
    document = line() | {"inventories": [{"site": "D", "commodity": "A"}]}
    document["lanes"][1]["minimum"] = 100
    assert min(limits(document)["P>D/road"]) >= 100


def test_capacities_tighten_only_where_use_is_decided() -> None:
    document = line()
    document["lanes"][0] |= {"capacity": 1}
    document["lanes"][3] |= {"capacity": 2}
    found = limits(document)
    assert found["S>P/road"] == [60.0, 60.0, 68.0]
    assert found["D>C1/road"] == [2.0, 2.0, 2.0]


@settings(max_examples=50)
@given(
    quantities=st.lists(st.floats(0.5, 1e6), min_size=3, max_size=3),
    held=st.lists(st.sampled_from("SPDE"), unique=True),
)
def test_limits_are_finite_and_cover_each_demand(quantities: list[float], held: list[str]) -> None:
    document = line()
    document["inventories"] = [{"site": s, "commodity": "A"} for s in held]
    rows = zip(("1", "2", "3"), quantities, strict=True)
    document["demands"][0]["quantity_by_period"] = [
        {"period": period, "amount": quantity} for period, quantity in rows
    ]
    found = limits(document)
    assert all(np.isfinite(row).all() for row in found.values())
    assert (np.array(found["P>E/road"]) >= np.array(quantities) * (1 - 1e-12)).all()


def test_limits_can_be_computed_anew() -> None:
    instance = resolve(Scenario.model_validate(line())).instance
    assert flow_limits(instance) == pytest.approx(instance.arcs.limit)
