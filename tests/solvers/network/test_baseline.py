from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.errors import ScenarioError
from solvers.network.baseline import Baseline, baseline
from solvers.network.baseline_cost import tariff_cost
from solvers.network.moves import Steps
from solvers.scenario.document import Scenario
from solvers.scenario.past import scenario_from_history
from solvers.scenario.past_option import Past
from tests.solvers.scenario.history_rows import rows

# By hand: 2 periods; per period 10 chips A>B by road (2 each + 5 a period + 2 shipments of 8),
# 10 chips B>C at 1 each. B buys nothing, A makes chips of 2 raw each at a yield of 0.5.
PLAIN: dict[str, Any] = {
    "periods": [{"code": "W1", "days": 7}, {"code": "W2", "days": 7}],
    "commodities": [{"code": "chip", "value": 10}, {"code": "raw"}],
    "sites": [
        {"code": "A", "kind": "plant", "fixed_cost": 100, "country": "CN"},
        {"code": "B", "kind": "dc", "fixed_cost": 30, "country": "US",
         "labour": [{"size": 6, "unit_cost": 1}, {"unit_cost": 2}]},
        {"code": "D", "kind": "dc", "fixed_cost": 999, "status": "candidate"},
        {"code": "C", "kind": "customer", "country": "US"},
    ],
    "productions": [{"site": "A", "output": "chip", "yield": 0.5, "unit_cost": 3,
                     "inputs": [{"commodity": "raw", "quantity": 2}]}],
    "supplies": [{"site": "A", "commodity": "raw", "unit_cost": 0.25}],
    "inventories": [{"site": "B", "commodity": "chip", "initial": 4, "holding_cost": 0.5}],
    "modes": [{"code": "road"}],
    "lanes": [
        {"origin": "A", "destination": "B", "unit_cost": 2, "fixed_cost": 5, "shipment_cost": 8,
         "shipment_size": 6, "lead_time": 3, "distance": 100},
        {"origin": "B", "destination": "C", "unit_cost": 1, "lead_time": 1, "distance": 50},
    ],
    "duties": [{"origin": "CN", "destination": "US", "rate": 0.1}],
    "demands": [{"customer": "C", "commodity": "chip", "quantity": 12}],
    "history": {
        "flows": [
            {"origin": o, "destination": d, "commodity": "chip", "period": p, "quantity": 10}
            for o, d in (("A", "B"), ("B", "C")) for p in ("W1", "W2")
        ],
    },
}  # fmt: skip
BY_HAND = {
    "transport": 2 * (10 * 2 + 5 + 2 * 8 + 10 * 1),
    "duty": 2 * 10 * 10 * 0.1,  # the US levies free on board: freight does not count
    "production": 2 * 20 * 3,
    "supply": 2 * 40 * 0.25,
    "handling": 2 * (6 * 1 + 4 * 2),
    "fixed": 2 * (100 + 30),
    "holding": 2 * 4 * 0.5,
    "other": 0.0,
}


def of(changes: dict[str, Any] | None = None, **history: Any) -> Baseline:
    document = PLAIN | (changes or {})
    return baseline(Scenario.model_validate(document | {"history": PLAIN["history"] | history}))


def booked(**amounts: float) -> list[dict[str, Any]]:
    return [
        {"category": k, "period": p, "amount": a / 2} for k, a in amounts.items()
        for p in ("W1", "W2")
    ]  # fmt: skip


def test_every_category_is_as_computed_by_hand() -> None:
    found = of()
    assert {g.name: g.computed for g in found.categories} == pytest.approx(BY_HAND)
    assert found.figures.landed_cost == pytest.approx(sum(BY_HAND.values()))
    assert found.figures.delivered == 20.0
    assert found.figures.fill_rate == pytest.approx(20 / 24)
    assert (found.figures.lead_days, found.figures.distance_km) == (1.0, 50.0)
    assert found.unbalanced == ()


def test_books_that_say_the_same_leave_no_gap() -> None:
    found = of(bookings=booked(**BY_HAND))
    assert found.gap == pytest.approx(0.0, abs=1e-12)
    assert found.calibrated


def test_one_gap_does_not_hide_another() -> None:
    other = BY_HAND | {"transport": BY_HAND["transport"] - 30, "fixed": BY_HAND["fixed"] + 30}
    found = of(bookings=booked(**other))
    assert found.net_gap == pytest.approx(0.0, abs=1e-12)
    assert found.gap == pytest.approx(60 / sum(other.values()))
    assert not found.calibrated


def test_a_category_that_the_books_do_not_know_is_no_gap() -> None:
    found = of(bookings=booked(transport=BY_HAND["transport"]))
    assert found.calibrated
    assert {g.name for g in found.categories if g.booked is None} == set(BY_HAND) - {"transport"}


def test_lanes_and_sites_are_reconciled_the_worst_first() -> None:
    lanes = [
        {"category": "transport", "period": "W1", "amount": a, "origin": o, "destination": d}
        for o, d, a in (("A", "B", 82), ("B", "C", 50))
    ]
    sites = [{"category": "fixed", "period": "W2", "amount": 61, "origin": "B"}]
    found = of(bookings=[*lanes, *sites])
    assert [(g.name, g.booked, g.computed) for g in found.lanes] == [
        ("B>C/road", 50, 20),
        ("A>B/road", 82, 82),
    ]
    assert [(g.name, g.difference) for g in found.sites] == [("B", -1)]
    assert [g.booked for g in found.periods] == [132, 61]


def test_a_lane_that_has_gone_is_told_and_not_guessed() -> None:
    found = of({"lanes": PLAIN["lanes"][:1]}, bookings=booked(duty=20.0))
    assert found.left_out == ("B>C/road",)
    assert found.left_out_units == 20.0
    assert not found.calibrated


def test_what_the_history_used_counts_as_open() -> None:
    shut = [dict(lane, open=False) for lane in PLAIN["lanes"]]
    sites = [dict(s, status="closed") if s["code"] == "B" else s for s in PLAIN["sites"]]
    found = of({"lanes": shut, "sites": sites})
    assert {g.name: g.computed for g in found.categories} == pytest.approx(BY_HAND)


def test_units_without_a_source_are_named() -> None:
    found = of({"productions": [], "supplies": []})
    assert [(u.site, u.commodity, u.units) for u in found.unbalanced] == [("A", "chip", -20.0)]


def test_no_history_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"history\.flows"):
        of(flows=[])


def steps(kind: str) -> Steps:
    return Steps(
        lane=np.zeros(3, dtype=np.int64),
        start=np.array([0.0, 10.0, 50.0]),
        end=np.array([10.0, 50.0, np.inf]),
        rate=np.array([5.0, 4.0, 3.0]),
        fixed=np.array([1.0, 2.0, 0.0]),
        all_units=np.full(3, kind == "all-units"),
    )


@pytest.mark.parametrize(
    ("kind", "load", "cost"),
    [
        ("incremental", 0, 0), ("incremental", 10, 51), ("incremental", 60, 50 + 160 + 30 + 3),
        ("all-units", 0, 0), ("all-units", 10, 42), ("all-units", 9, 46), ("all-units", 60, 180),
    ],
)  # fmt: skip
def test_tariffs_cost_what_their_text_says(kind: str, load: float, cost: float) -> None:
    found = tariff_cost(steps(kind), np.array([[float(load)]]))
    assert found[0, 0] == pytest.approx(cost)


@settings(max_examples=50)
@given(a=st.floats(0, 200), b=st.floats(0, 200))
def test_an_incremental_tariff_never_falls(a: float, b: float) -> None:
    low, high = sorted((a, b))
    cost = tariff_cost(steps("incremental"), np.array([[low, high]]))
    assert cost[0, 0] <= cost[0, 1] + 1e-9


def test_a_scenario_from_history_explains_its_own_books() -> None:
    found = baseline(scenario_from_history(Past.of(**rows())).scenario)
    transport = next(g for g in found.categories if g.name == "transport")
    assert transport.share == pytest.approx(0.0, abs=0.005)
    assert found.left_out == ()
