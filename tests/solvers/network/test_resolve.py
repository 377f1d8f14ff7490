"""Resolution of a scenario: what the arrays hold, by hand and by property."""

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.errors import ScenarioError
from solvers.network.instance import Instance
from solvers.network.resolve import Resolved, resolve
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario

Document = dict[str, Any]


def chain() -> Document:
    """Document of a supplier, a plant, a DC and a customer, in two weeks."""
    return {
        "periods": [
            {"code": "W1", "start": "2027-01-04"},
            {"code": "W2", "start": "2027-01-11"},
        ],
        "commodities": [
            {"code": "A", "weight": 2.0, "value": 100.0, "duty_class": "chip"},
            {"code": "B", "weight": 0.5, "value": 10.0},
        ],
        "sites": [
            {"code": "S", "kind": "supplier", "country": "JP", "status": "existing"},
            {"code": "P", "kind": "plant", "country": "MY", "status": "existing"},
            {"code": "D", "kind": "dc", "country": "DE", "status": "candidate"},
            {"code": "C", "kind": "customer", "country": "US", "status": "candidate"},
        ],
        "tool_groups": [{"site": "P", "code": "T", "hours": 100, "oee": 0.8}],
        "productions": [
            {
                "site": "P",
                "output": "A",
                "yield": 0.5,
                "inputs": [{"commodity": "B", "quantity": 3}],
                "tool_group": "T",
                "hours_per_unit": "30 min",
                "revision": "2",
            }
        ],
        "supplies": [{"site": "S", "commodity": "B", "unit_cost": 1}],
        "lanes": [
            {"origin": "S", "destination": "P", "unit_cost": 2},
            {"origin": "P", "destination": "D", "unit_cost": 3, "basis": "weight"},
            {"origin": "D", "destination": "C", "unit_cost": 4},
        ],
        "demands": [{"customer": "C", "commodity": "A", "quantity": 10}],
    }


def solved(document: Document) -> Resolved:
    """Resolve a document."""
    return resolve(Scenario.model_validate(document))


def instance_of(document: Document) -> Instance:
    """Arrays of a document."""
    return solved(document).instance


def arc(instance: Instance, lane: str, commodity: str) -> int:
    """Position of an arc."""
    lane_at = instance.lanes.code.index(lane)
    good = instance.commodities.index(commodity)
    (found,) = np.flatnonzero((instance.arcs.lane == lane_at) & (instance.arcs.commodity == good))
    return int(found)


def assert_same(one: object, other: object) -> None:
    """Assert that two trees of dataclasses hold the same numbers, but for rounding."""
    if is_dataclass(one) and is_dataclass(other):
        for f in fields(one):
            assert_same(getattr(one, f.name), getattr(other, f.name))
    elif isinstance(one, np.ndarray | float):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)  # type: ignore[arg-type]
    else:
        assert one == other


def test_a_flawed_scenario_raises_with_its_flaws() -> None:
    document = chain()
    document["lanes"][0]["origin"] = "X"
    with pytest.raises(ScenarioError, match="/lanes/0/origin: no site 'X'") as caught:
        solved(document)
    assert caught.value.flaws[0].pointer == "/lanes/0/origin"


def test_only_what_can_be_decided_is_designed() -> None:
    sites = instance_of(chain()).sites
    assert sites.designed.tolist() == [False, True, True, False]  # a free supplier, a customer
    assert sites.initially_open.tolist() == [True, True, False, True]
    assert sites.must_open[:, 0].tolist() == [True, False, False, True]


def test_a_counted_supplier_is_designed() -> None:
    document = chain() | {"policy": {"site_counts": [{"kind": "supplier", "maximum": 1}]}}
    assert instance_of(document).sites.designed[0]


def test_a_closed_site_takes_no_part() -> None:
    document = chain()
    document["sites"].append({"code": "E", "kind": "dc", "status": "closed"})
    document["lanes"].append({"origin": "P", "destination": "E", "unit_cost": 1})
    document["inventories"] = [{"site": "E", "commodity": "A", "initial": 5}]
    found = solved(document)
    assert "E" not in found.instance.sites.code
    assert found.instance.stocks.site.size == 0
    assert "Lanes that are closed, or lead to a closed site: 1" in map(str, found.notes)


def test_only_arcs_that_can_matter_are_kept() -> None:
    found = solved(chain())
    arcs = found.instance.arcs
    assert arcs.lane.tolist() == [0, 1, 2]
    assert arcs.commodity.tolist() == [1, 0, 0]
    assert {n.values["arcs"] for n in found.notes if n.topic == "reach"} == {2.0, 1.0}


def test_lanes_without_arcs_are_dropped() -> None:
    document = chain()
    document["sites"].append({"code": "E", "kind": "dc"})
    document["lanes"].insert(0, {"origin": "P", "destination": "E", "unit_cost": 1})
    assert instance_of(document).lanes.code == ("S>P/road", "P>D/road", "D>C/road")


def test_bills_yields_and_hours() -> None:
    made = instance_of(chain()).productions
    assert made.input_quantity.tolist() == [3.0]
    assert made.yields.tolist() == [[0.5, 0.5]]
    assert made.hours.tolist() == [0.5]
    assert instance_of(chain()).groups.hours.tolist() == [[80.0, 80.0]]
    assert instance_of(chain()).groups.code == ("P/T",)


@pytest.mark.parametrize(
    ("held", "allowed"),
    [
        ([], [True, True]),
        ([{}], [True, True]),
        ([{"site": "D"}], [False, False]),
        ([{"revision": "1"}], [False, False]),
        ([{"revision": "2", "tool_group": "T"}], [True, True]),
        ([{"valid_from": "2027-01-11"}], [False, True]),
        ([{"valid_until": "2027-01-10"}], [True, False]),
        ([{"valid_from": "2027-01-05"}], [False, True]),  # not from the first day of the first
        ([{"valid_until": "2027-01-10"}, {"valid_from": "2027-01-11"}], [True, True]),
    ],
)
def test_qualification_is_a_hard_constraint(held: list[Document], allowed: list[bool]) -> None:
    document = chain()
    document["qualifications"] = [{"product": "A", "site": "P"} | q for q in held]
    assert (instance_of(document).productions.capacity[0] > 0).tolist() == allowed


def test_freight_by_basis_by_mode_and_by_text() -> None:
    document = chain()
    document["modes"] = [{"code": "road", "cost_per_tonne_km": 0.5, "co2_kg_per_tonne_km": 0.1}]
    document["lanes"][2] |= {"unit_cost": None, "distance": 400}
    document["lanes"][0]["unit_cost"] = "8 USD/kg"
    instance = instance_of(document)
    assert instance.arcs.transport[:, 0] == pytest.approx([4.0, 6.0, 0.5 * 0.002 * 400])
    assert instance.arcs.co2_kg[2] == pytest.approx(0.1 * 0.002 * 400)
    assert instance.arcs.load.tolist() == [1.0, 2.0, 1.0]


def test_duty_counts_freight_where_the_country_levies_so() -> None:
    document = chain()
    document["duties"] = [
        {"origin": "MY", "destination": "DE", "duty_class": "chip", "rate": 0.1},
        {"origin": "DE", "destination": "US", "rate": 0.2},
    ]
    duty = instance_of(document).arcs.duty
    assert duty[:, 0] == pytest.approx([0.0, 0.1 * (100 + 3 * 2), 0.2 * 100])  # the US: FOB
    document["lanes"][2]["incoterm"] = "DAP"
    assert instance_of(document).arcs.duty[2, 0] == 0.0
    assert instance_of(document).arcs.transport[2, 0] == 4.0


def test_freight_that_the_customer_pays_costs_nothing() -> None:
    document = chain()
    document["lanes"][2] |= {"incoterm": "EXW", "fixed_cost": 9, "shipment_cost": 9}
    document["lanes"][2]["shipment_size"] = 5
    instance = instance_of(document)
    assert instance.arcs.transport[2].tolist() == [0.0, 0.0]
    assert instance.lanes.fixed_cost[2].tolist() == [0.0, 0.0]
    assert instance.lanes.shipment_cost[2] == 0.0


def test_capital_and_lag_follow_lead_times() -> None:
    document = chain() | {"policy": {"capital_rate": 0.1, "lead_time_lag": True}}
    document["lanes"][1]["lead_time"] = "240 hour"
    document["lanes"][2]["lead_time"] = 3.4
    instance = instance_of(document)
    assert instance.arcs.capital[1, 0] == pytest.approx(0.1 * 100 * 10 / 365)
    assert instance.lanes.lag.tolist() == [0, 1, 0]


def test_a_lane_longer_than_the_policy_allows_is_left_out() -> None:
    document = chain() | {"policy": {"max_distance": 100}}
    document["lanes"][1]["distance"] = 5000  # to a DC: not asked
    document["lanes"].append({"origin": "P", "destination": "C", "unit_cost": 1, "distance": 101})
    found = solved(document)
    assert "P>C/road" not in found.instance.lanes.code
    assert "Lanes to customers that are longer than the policy allows: 1" in map(str, found.notes)


def test_tariffs_become_steps_in_place_of_freight() -> None:
    document = chain()
    breaks = [{"load": 0, "rate": "3 USD/kg"}, {"load": "1 t", "rate": 2, "fixed": 7}]
    document["lanes"][1]["tariff"] = {"kind": "all-units", "breaks": breaks}
    instance = instance_of(document)
    assert instance.steps.start.tolist() == [0.0, 1000.0]
    assert instance.steps.end.tolist() == [1000.0, np.inf]
    assert instance.steps.rate.tolist() == [3.0, 2.0]
    assert instance.steps.fixed.tolist() == [0.0, 7.0]
    assert instance.arcs.transport[1].tolist() == [0.0, 0.0]


def test_demands_stated_twice_are_summed() -> None:
    document = chain()
    document["demands"] = [
        {
            "customer": "C",
            "commodity": "A",
            "quantity": 10,
            "spread": {"sd": 3},
            "quantity_by_period": [{"period": "W2", "amount": "20 kg"}],
        },
        {"customer": "C", "commodity": "A", "quantity": 1, "spread": {"sd": 4}},
    ]
    demands = instance_of(document).demands
    assert demands.quantity.tolist() == [[11.0, 11.0]]
    assert demands.sd.tolist() == [[5.0, 5.0]]
    assert demands.lost_cost.tolist() == [np.inf]


def test_a_poisson_demand_has_the_spread_of_its_mean() -> None:
    document = chain()
    document["demands"][0] |= {"quantity": 16, "spread": {"kind": "poisson"}}
    assert instance_of(document).demands.sd.tolist() == [[4.0, 4.0]]


def test_days_of_cover_count_the_mean_outflow() -> None:
    document = chain()
    document["inventories"] = [
        {"site": "D", "commodity": "A", "cover_days": 7},
        {"site": "P", "commodity": "B", "cover_days": 3.5},
    ]
    safety = instance_of(document).stocks.safety
    assert safety[0] == pytest.approx([10.0, 10.0])  # a week of 10 a week
    assert safety[1] == pytest.approx([10 * 3 / 0.5 / 2] * 2)  # of what becomes these


def test_two_sources_share_the_mean_outflow() -> None:
    document = chain()
    document["sites"].append({"code": "E", "kind": "dc"})
    document["lanes"] += [
        {"origin": "P", "destination": "E", "unit_cost": 1},
        {"origin": "E", "destination": "C", "unit_cost": 1},
    ]
    document["inventories"] = [{"site": "E", "commodity": "A", "cover_days": 7}]
    assert instance_of(document).stocks.safety[0] == pytest.approx([5.0, 5.0])


def test_the_last_labour_tier_caps_the_throughput() -> None:
    document = chain()
    tiers = [{"size": 5, "unit_cost": 1}, {"size": 7, "unit_cost": 2}]
    document["sites"][2] |= {"labour": tiers, "throughput": 100}
    instance = instance_of(document)
    assert instance.tiers.size.tolist() == [5.0, np.inf]
    assert instance.sites.throughput[2].tolist() == [12.0, 12.0]


UNITS = st.sampled_from(
    [("weight", "t"), ("weight", "lb"), ("distance", "mile"), ("duration", "hour")]
)


@settings(max_examples=10)
@given(kind_unit=UNITS)
def test_a_change_of_unit_changes_no_array(kind_unit: tuple[str, str]) -> None:
    kind, unit = kind_unit
    assert_same(instance_of(_stated_in(kind, unit)), instance_of(_stated_in(kind, None)))


def _stated_in(kind: str, unit: str | None) -> Document:
    """`chain` with its bare numbers of a kind in a unit; None for the usual one."""
    size = {"t": 1000.0, "lb": 0.45359237, "mile": 1.609344, "hour": 1 / 24}.get(unit or "", 1.0)
    weight, way, time = (size if kind == k else 1.0 for k in ("weight", "distance", "duration"))
    document = chain() | {"policy": {"capital_rate": 0.1, "carbon_cap": 500 / weight}}
    if unit:
        document["units"] = {kind: unit}
    document["commodities"][0]["weight"] = 2.0 / weight
    document["commodities"][1]["weight"] = 0.5 / weight
    document["modes"] = [{"code": "road", "cost_per_tonne_km": 1, "co2_kg_per_tonne_km": 0.1}]
    breaks = [{"load": 0, "rate": 3 * weight}, {"load": 40 / weight, "rate": 2 * weight}]
    document["lanes"][0] |= {"unit_cost": None, "distance": 700 / way, "lead_time": 2 / time}
    document["lanes"][1] |= {"capacity": 90 / weight, "minimum": 4 / weight, "co2_kg": 2 * weight}
    document["lanes"][1]["tariff"] = {"kind": "incremental", "breaks": breaks}
    return document


@settings(max_examples=25)
@given(rate=st.floats(0.01, 100))
def test_money_of_another_currency_changes_no_array(rate: float) -> None:
    document = chain() | {"exchange_rates": [{"currency": "EUR", "rate": rate}]}
    document["commodities"][0]["value"] = f"{100 / rate!r} EUR"
    document["supplies"][0]["unit_cost"] = f"{1 / rate!r} EUR/piece"
    for lane, cost in zip(document["lanes"], (2, 3, 4), strict=True):
        lane["unit_cost"] = f"{cost / rate!r} EUR"
    assert_same(instance_of(document), instance_of(chain()))


def test_freight_in_another_currency_follows_its_dated_rate() -> None:
    instance = resolve(example_scenario()).instance
    at = arc(instance, "DC-ROTTERDAM>C-AUSTIN/air", "QFN-32")
    assert instance.arcs.transport[at] == pytest.approx(4.4 * 1.6 * np.array([1.1, 1.12, 1.12]))


def test_the_example_survives_json_and_resolves_to_finite_limits() -> None:
    text = example_scenario().model_dump_json()
    assert Scenario.model_validate_json(text) == example_scenario()
    assert np.isfinite(resolve(example_scenario()).instance.arcs.limit).all()


def test_an_empty_scenario_resolves_to_nothing() -> None:
    instance = resolve(Scenario()).instance
    assert instance.arcs.limit.shape == (0, 1)
    assert instance.sites.designed.size == 0
