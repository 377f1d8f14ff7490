"""Flaws of scenarios: each with its pointer, its value and its mend."""

import json
from typing import Any

import pytest

from solvers.errors import Flaw
from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from solvers.scenario.validate import MOST, flaws

Document = dict[str, Any]


def small() -> Document:
    """Document of a plant that makes A from B, a DC and a customer, flawless."""
    return {
        "periods": [{"code": "W1"}, {"code": "W2"}],
        "commodities": [{"code": "A", "weight": 2.0}, {"code": "B"}],
        "sites": [
            {"code": "P", "kind": "plant", "latitude": 0, "longitude": 0},
            {"code": "D", "kind": "dc", "latitude": 0, "longitude": 5},
            {"code": "C", "kind": "customer", "latitude": 0, "longitude": 6},
        ],
        "tool_groups": [{"site": "P", "code": "T", "hours": 100}],
        "productions": [
            {"site": "P", "output": "A", "inputs": [{"commodity": "B", "quantity": 1}]}
        ],
        "supplies": [{"site": "P", "commodity": "B"}],
        "inventories": [{"site": "D", "commodity": "A"}],
        "modes": [{"code": "road"}],
        "lanes": [
            {"origin": "P", "destination": "D", "unit_cost": 1},
            {"origin": "D", "destination": "C", "unit_cost": 1},
        ],
        "demands": [{"customer": "C", "commodity": "A", "quantity": 5}],
    }


def flaws_of(document: Document) -> tuple[Flaw, ...]:
    """Flaws of a document."""
    return flaws(Scenario.model_validate_json(json.dumps(document)))


def changed(path: str, value: object) -> Document:
    """`small` with one place changed; "-" after a list appends."""
    document: Any = small()
    *way, last = path.strip("/").split("/")
    at = document
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    if last == "-":
        at.append(value)
    elif isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value
    return document


def test_flawless_documents_have_no_flaws() -> None:
    assert flaws_of(small()) == ()
    assert flaws(example_scenario()) == ()
    assert flaws(Scenario()) == ()


CASES = [
    # path, value, pointer of the flaw, words of it
    ("lanes/0/origin", "Q", "/lanes/0/origin", "no site 'Q'"),
    ("lanes/0/commodities", ["AA"], "/lanes/0/commodities/0", "no commodity 'AA'; did you mean"),
    ("lanes/0/mode", "rod", "/lanes/0/mode", "did you mean 'road'"),
    ("lanes/0/destination", "P", "/lanes/0/destination", "is the origin too"),
    ("lanes/-", {"origin": "P", "destination": "D"}, "/lanes/2", "stands at /lanes/0 already"),
    ("sites/1/code", "P", "/sites/1", "stands at /sites/0 already"),
    ("demands/0/customer", "D", "/demands/0/customer", "is no customer"),
    ("demands/0/customer", "E", "/demands/0/customer", "no site 'E'"),
    ("supplies/0/commodity", "Z", "/supplies/0/commodity", "no commodity 'Z'"),
    ("productions/0/tool_group", "U", "/productions/0/tool_group", "it has: T"),
    ("inventories/-", {"site": "D", "commodity": "A"}, "/inventories/1", "already"),
    (
        "demands/0/quantity_by_period",
        [{"period": "W3", "amount": 1}],
        "/demands/0/quantity_by_period/0/period",
        "no period 'W3'",
    ),
    ("lanes/0/capacity", -50, "/lanes/0/capacity", "-50.0 is below 0"),
    ("lanes/0/capacity", "-5 piece", "/lanes/0/capacity", "is no count"),
    ("lanes/0/capacity", "20 t", "/lanes/0/capacity", "'20 t' is no count"),
    ("lanes/0/unit_cost", "5 EUR", "/lanes/0/unit_cost", "no rate of EUR"),
    ("lanes/0/lead_time", "3 km", "/lanes/0/lead_time", "is no duration"),
    ("demands/0/quantity", "3 m^3", "/demands/0/quantity", "weight or volume"),
    ("demands/0/quantity", -1, "/demands/0/quantity", "below 0"),
    ("units", {"weight": "litre"}, "/units", "'litre' is no unit of weight"),
    ("policy", {"carbon_price": "5 USD/km"}, "/policy/carbon_price", "no money for a weight"),
    ("supplies/0/quantity", None, "", ""),
    ("supplies/0", {"site": "P", "commodity": "B", "quantity": 1, "minimum": 2},
     "/supplies/0/minimum", "more than can be bought, 1"),
    ("inventories/0", {"site": "D", "commodity": "A", "capacity": 1, "safety_stock": 2},
     "/inventories/0/safety_stock", "above the capacity 1"),
    ("lanes/0", {"origin": "P", "destination": "D", "capacity": 1, "minimum": 2},
     "/lanes/0/minimum", "above the capacity 1.0"),
    ("lanes/0/shipment_cost", 10, "/lanes/0/shipment_size", "say how much one holds"),
    ("lanes/0/tariff", {"kind": "incremental", "breaks": [{"load": 1, "rate": 1}]},
     "/lanes/0/tariff/breaks/0/load", "1 is not 0"),
    ("lanes/0/tariff",
     {"kind": "all-units", "breaks": [{"load": 0, "rate": 2}, {"load": 0, "rate": 1}]},
     "/lanes/0/tariff/breaks/1/load", "0 is not above 0"),
    ("demands/0/fill_rate", 0.9, "/demands/0/fill_rate", "lost_cost of null forbids"),
    ("demands/0/quantity", None, "/demands/0/quantity", "give the units of each period"),
    ("demands/0/spread", {"kind": "gamma"}, "/demands/0/spread/sd", "needs sd or cv"),
    ("demands/-", {"customer": "C", "commodity": "A", "quantity": 1, "lost_cost": 3},
     "/demands/1/lost_cost", "/demands/0 of the same customer"),
    ("productions/0/inputs/0/commodity", "A", "/productions/0/inputs", "A < A"),
    ("qualifications", [{"product": "A", "site": "P", "valid_from": "2027-01-01"}],
     "/periods/0/start", "'W1' has no first day"),
    ("policy", {"site_counts": [{"kind": "dc", "minimum": 2}]},
     "/policy/site_counts/0/minimum", "more than the 1 sites"),
    ("policy", {"site_counts": [{"kind": "dc", "maximum": 0}]},
     "/policy/site_counts/0/maximum", "1 sites that are always open"),
    ("sites/1/labour", [{"unit_cost": 1}, {"size": 1, "unit_cost": 2}],
     "/sites/1/labour/0/size", "tiers follow"),
    ("lanes/0/commodities", ["A", "A"], "/lanes/0/commodities/1", "'A' stands at"),
    ("productions/0/inputs/-", {"commodity": "B", "quantity": 1}, "/productions/0/inputs/1",
     "'B' stands at /productions/0/inputs/0 already"),
    ("demands/0/quantity", 1e300, "/demands/0/quantity", "check its unit"),
    ("lanes/0/lead_time", 1e300, "/lanes/0/lead_time", "check its unit"),
    ("lanes/0/capacity", "1e999", "/lanes/0/capacity", "too large a number"),
    ("periods/0/days", 1e9, "/periods/0/days", "above 36525"),
    ("demands/0/spread", {"cv": 3000}, "/demands/0/spread/cv", "0.3 is 30 %"),
    ("supplies", [], "/demands/0", "/productions/0 lacks B at 'P'"),
    ("productions", [], "/demands/0", "nobody supplies, makes or holds it"),
    ("lanes/1/commodities", ["B"], "/demands/0", "/lanes/1 (D>C/road) does not carry it"),
    ("sites/-", {"code": "E", "kind": "customer"}, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "pointer", "words"), CASES)
def test_a_flaw_names_its_place_and_mend(
    path: str, value: object, pointer: str, words: str
) -> None:
    found = flaws_of(changed(path, value))
    if not words:
        assert found == ()
        return
    assert any(f.pointer == pointer and words in f.detail for f in found), found


def test_a_customer_without_a_lane_is_told_the_nearest_place() -> None:
    document = changed("sites/-", {"code": "E", "kind": "customer", "latitude": 0, "longitude": 4})
    document["demands"].append({"customer": "E", "commodity": "A", "quantity": 1})
    (flaw,) = flaws_of(document)
    assert flaw == Flaw("/demands/1", "no lane leads to 'E'; add one, the nearest 'A' is at 'D'")


def test_what_is_closed_is_for_the_plan_to_say() -> None:
    assert flaws_of(changed("lanes/1/open", False)) == ()
    assert flaws_of(changed("sites/1/status", "closed")) == ()


def test_a_document_without_lanes_has_no_network_yet() -> None:
    assert flaws_of(changed("lanes", [])) == ()


def test_a_circle_of_bills_is_written_out() -> None:
    document = small()
    document["productions"] += [
        {"site": "P", "output": "B", "inputs": [{"commodity": "A", "quantity": 1}]}
    ]
    (flaw,) = flaws_of(document)
    assert "A < B < A" in flaw.detail


def test_many_flaws_are_counted() -> None:
    document = changed("demands", [{"customer": "X", "commodity": "A", "quantity": 1}] * 300)
    found = flaws_of(document)
    assert len(found) == MOST + 1
    assert found[-1] == Flaw("", "and 100 more; mend these first")


GARBLED = [
    "5 kg/", "1 /kg", "3 EUR/USD", "1e400 kg", "1 °C", "5 %", "2 dB", "3 kg^9", "7 USD/USD", "0 kg",
    "1 pH", "1 kg kg", "2 pi", "9 USD/piece", "12", "1 m^3", "-3 kg", 0, 1e300,
]  # fmt: skip
AMOUNTS = [
    "commodities/0/weight", "commodities/0/value", "sites/1/fixed_cost", "sites/1/throughput",
    "tool_groups/0/hours", "productions/0/capacity", "productions/0/inputs/0/quantity",
    "supplies/0/unit_cost", "inventories/0/holding_cost", "inventories/0/capacity",
    "lanes/0/unit_cost", "lanes/0/capacity", "lanes/0/lead_time", "lanes/0/distance",
    "demands/0/quantity", "demands/0/lost_cost", "policy/carbon_price", "policy/budget",
]  # fmt: skip


@pytest.mark.parametrize("path", AMOUNTS)
def test_an_amount_is_read_or_is_a_flaw_but_never_a_failure(path: str) -> None:
    for amount in GARBLED:
        scenario = Scenario.model_validate(changed(path, amount))
        found = flaws(scenario)
        assert all(f.pointer and f.detail for f in found)
        if not found:
            assert resolve(scenario).instance.horizon == 2
