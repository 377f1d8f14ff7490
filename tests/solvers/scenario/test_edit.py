import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from solvers.errors import ScenarioError
from solvers.scenario.alteration import Alteration
from solvers.scenario.diff import diff
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited, sentences
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_lane import AlterLanes, LaneWhere
from tests.solvers.scenarios import scenarios

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "scenario-exchange.md"

EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
PLAIN = Scenario.model_validate(
    {
        "periods": [{"code": "W1"}, {"code": "W2"}],
        "commodities": [{"code": "chip", "group": "IC"}, {"code": "frame"}],
        "sites": [
            {"code": "A", "kind": "plant", "throughput": "10 t", "country": "CN"},
            {"code": "B", "kind": "dc", "group": "EU", "labour": [{"unit_cost": 2}]},
            {"code": "DC-3", "kind": "dc", "status": "existing", "tags": ["old"]},
            {"code": "C1", "kind": "customer", "group": "EU"},
            {"code": "C2", "kind": "customer", "group": "US"},
        ],
        "tool_groups": [{"site": "A", "code": "bonders", "hours": 100}],
        "productions": [{"site": "A", "output": "chip", "yield": 0.8, "tool_group": "bonders"}],
        "supplies": [{"site": "A", "commodity": "frame", "quantity": 10}],
        "inventories": [{"site": "B", "commodity": "chip", "safety_stock": 5}],
        "modes": [{"code": "road", "cost_per_tonne_km": 0.1}, {"code": "sea"}],
        "lanes": [
            {
                "origin": "A", "destination": "B", "capacity": 500, "unit_cost": 2,
                "lead_time": "3 day", "lead_time_sd": 1, "tags": ["risky"],
                "capacity_by_period": [{"period": "W2", "amount": 300}],
            },
            {
                "origin": "A", "destination": "DC-3", "mode": "sea", "unit_cost": "4 EUR",
                "tariff": {"kind": "incremental", "breaks": [{"load": 0, "rate": 3, "fixed": 1}]},
            },
            {"origin": "B", "destination": "C1"},
            {"origin": "DC-3", "destination": "C2", "unit_cost": 1, "commodities": ["chip"]},
        ],
        "duties": [{"origin": "CN", "destination": "US", "duty_class": "8542", "rate": 0.1}],
        "demands": [
            {"customer": "C1", "commodity": "chip", "quantity": 100,
             "quantity_by_period": [{"period": "W2", "amount": "50 piece"}]},
            {"customer": "C2", "commodity": "chip", "quantity": 10, "tags": ["gold"]},
        ],
        "policy": {"budget": 1000},
    }
)  # fmt: skip


def changes(*edits: str | dict[str, Any]) -> dict[str, Any]:
    typed = [e if isinstance(e, str) else EDIT.validate_python(e) for e in edits]
    return {c.pointer: c.after for c in diff(PLAIN, edited(PLAIN, typed))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "lane A-B capacity \N{MINUS SIGN}50 %",
            {
                "/lanes/A>B~1road/capacity": 250.0,
                "/lanes/A>B~1road/capacity_by_period/W2/amount": 150.0,
            },
        ),
        ("lane A>B/road capacity to 100 in W2",
         {"/lanes/A>B~1road/capacity_by_period/W2/amount": 100.0}),
        ("capacity of lanes with tag risky to no limit",
         {"/lanes/A>B~1road/capacity": None,
          "/lanes/A>B~1road/capacity_by_period/W2": None}),
        ("lead time of lane A-B +2 day", {"/lanes/A>B~1road/lead_time": "5 day"}),
        ("lanes by sea cost x 2",
         {"/lanes/A>DC-3~1sea/unit_cost": "8 EUR", "/lanes/A>DC-3~1sea/tariff/breaks/1/rate": 6.0,
          "/lanes/A>DC-3~1sea/tariff/breaks/1/fixed": 2.0}),
        ("close DC 3", {"/sites/DC-3/status": "closed"}),
        ("close sites with tag old", {"/sites/DC-3/status": "closed"}),
        ("open dc DC-3", {"/sites/DC-3/status": "must-open"}),
        ("close lane A-DC-3", {"/lanes/A>DC-3~1sea/open": False}),
        (
            "demand of customer group EU +20 %",
            {
                "/demands/C1|chip/quantity": 120.0,
                "/demands/C1|chip/quantity_by_period/W2/amount": "60 piece",
            },
        ),
        ("demand with tag gold to 12 t in period W1, W2",
         {"/demands/C2|chip/quantity_by_period/W1": {"period": "W1", "amount": "12 t"},
          "/demands/C2|chip/quantity_by_period/W2": {"period": "W2", "amount": "12 t"}}),
        ("supply of frame -10 %", None),
        ("supply of commodity frame -10 %", {"/supplies/A|frame/quantity": 9.0}),
        ("yield at A to 90 %", {"/productions/A|chip|bonders/yield": 0.9}),
        ("tools on bonders -25 %", {"/tool_groups/A|bonders/hours": 75.0}),
        ("inventory at B safety stock = 8", {"/inventories/B|chip/safety_stock": 8.0}),
        ("site A throughput -50 %", {"/sites/A/throughput": "5 t"}),
        ("sites of group EU labour +50 %", {"/sites/B/labour/1/unit_cost": 3.0}),
        ("carbon price to 80", {"/policy/carbon_price": 80.0}),
        ("budget +10 %", {"/policy/budget": 1100.0}),
        ("mode road cost per tonne km x 1.5", {"/modes/road/cost_per_tonne_km": 0.15}),
        ("tariff +25 % from CN to US",
         {"/duties/CN|US|8542/rate": 0.35,
          "/duties/CN|US": {"origin": "CN", "destination": "US", "rate": 0.25}}),
        ("tariff +25 % from cn to us of class 8542", {"/duties/CN|US|8542/rate": 0.35}),
    ],
)  # fmt: skip
def test_a_short_text_changes_what_it_says(text: str, expected: dict[str, Any] | None) -> None:
    if expected is None:
        with pytest.raises(ScenarioError, match="not understood"):
            changes(text)
        return
    assert changes(text) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"kind": "lead-time-shock", "where": {"origin": "A", "destination": "B"}, "factor": 2},
         {"/lanes/A>B~1road/lead_time": "6 day", "/lanes/A>B~1road/lead_time_sd": 2.0}),
        ({"kind": "policy", "field": "carbon_cap", "change": {"to": "9 t"}, "periods": ["W1"]},
         {"/policy/carbon_cap_by_period/W1": {"period": "W1", "amount": "9 t"}}),
        ({"kind": "rule", "single_source": True}, {"/policy/single_source": True}),
        ({"kind": "set", "pointer": "/lanes/2/minimum", "value": "3 t"},
         {"/lanes/B>C1~1road/minimum": "3 t"}),
        ({"kind": "set", "pointer": "/productions/0/yield", "value": 0.7},
         {"/productions/A|chip|bonders/yield": 0.7}),
        ({"kind": "add", "sites": [{"code": "D", "kind": "dc", "status": "candidate"}]},
         {"/sites/D": {"code": "D", "kind": "dc", "status": "candidate"}}),
    ],
)  # fmt: skip
def test_a_typed_edit_changes_what_it_says(edit: dict[str, Any], expected: dict[str, Any]) -> None:
    assert changes(edit) == expected


def test_a_removed_site_leaves_nothing_behind() -> None:
    after = edited(PLAIN, ["remove DC 3"])
    assert "DC-3" not in after.model_dump_json()
    assert len(after.lanes) == 2


@pytest.mark.parametrize(
    ("edit", "pointer"),
    [
        ("lane A-X capacity +1 %", "/1"),
        ("lane A-C2 capacity +1 %", "/1/where"),
        ("close DC 9", "/1"),
        ("hello", "/1"),
        ("demand of customer group MARS +1 %", "/1/where/site_group"),
        ("lane B-C1 unit cost +10 %", "/1/where"),
        ("lead time of lane A-B +2 hours", "/1/change/add"),
        ("yield at A x 2", "/1/change"),
        ("lanes lead time +10 % in W1", "/1/where"),
        ("site A fixed cost +10 % in W1", "/1/periods"),
        ({"kind": "set", "pointer": "/lanes/9/open", "value": False}, "/1/pointer"),
        ({"kind": "set", "pointer": "/lanes/0/open", "value": "often"}, "/1/value"),
        ({"kind": "add", "sites": [{"code": "A", "kind": "dc"}]}, "/1/sites/0"),
        ({"kind": "site-status", "where": {"codes": ["Q"]}, "status": "closed"}, "/1/where/codes"),
    ],
)
def test_an_edit_that_names_nothing_says_where(edit: str | dict[str, Any], pointer: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        changes("budget +1 %", edit)
    assert pointer in {flaw.pointer for flaw in caught.value.flaws}


def test_taking_away_more_than_there_is_names_the_least() -> None:
    with pytest.raises(ScenarioError, match="takes away more than there is; -100 % leaves nothing"):
        changes("demand -120 %")


def test_a_misspelt_site_is_answered_with_the_nearest() -> None:
    edit = EDIT.validate_python({"kind": "lanes", "where": {"origin": "DC_3"}, "field": "capacity",
                                 "change": {"factor": 2}})  # fmt: skip
    with pytest.raises(ScenarioError, match="did you mean DC-3"):
        edited(PLAIN, [edit])


def test_sentences_say_what_each_edit_does() -> None:
    said = sentences(PLAIN, ["lane A-B capacity -50 %", "close DC 3", "tariff +25 % from CN to US"])
    assert said == (
        "lane A>B: capacity -50 %",
        "close site DC-3",
        "tariff +25 % from CN to US",
    )


def test_nothing_is_changed_in_the_scenario_given() -> None:
    before = PLAIN.model_dump_json()
    edited(PLAIN, ["close DC 3", "demand +20 %", "remove B"])
    assert PLAIN.model_dump_json() == before


@settings(max_examples=30)
@given(scenario=scenarios(), factor=st.floats(0.25, 4))
def test_scaling_there_and_back_is_no_change(scenario: Scenario, factor: float) -> None:
    def scaled(by: float) -> AlterLanes:
        return AlterLanes(where=LaneWhere(), field="cost", change=Alteration(factor=by))

    once = edited(scenario, [scaled(factor), scaled(1 / factor)])
    for before, after in zip(scenario.lanes, once.lanes, strict=True):
        unit = [float(str(x.unit_cost).split()[0]) for x in (before, after)]
        assert unit[1] == pytest.approx(unit[0], rel=1e-9)


@settings(max_examples=30)
@given(scenario=scenarios())
def test_an_edited_scenario_is_still_a_document(scenario: Scenario) -> None:
    texts = ["demand +20 %", "close DC-1", "lanes by road lead time x 2", "lanes capacity -5 %"]
    after = edited(scenario, texts)
    assert Scenario.model_validate_json(after.model_dump_json()) == after


def test_a_tariff_rises_from_the_rate_that_counted_before() -> None:
    rows = [("", "US", "", 0.05), ("", "US", "8542", 0.2), ("CN", "US", "chip", 0.1)]
    scenario = Scenario.model_validate(
        {"duties": [{"origin": o, "destination": d, "duty_class": c, "rate": r}
                    for o, d, c, r in rows]}
    )  # fmt: skip
    after = edited(scenario, ["tariff +25 % from CN to US"])
    own = {d.duty_class: d.rate for d in after.duties if d.origin == "CN"}
    assert own == pytest.approx({"": 0.3, "8542": 0.45, "chip": 0.35})
    assert after.duties[:2] == scenario.duties[:2]


def test_a_tariff_is_no_less_than_none() -> None:
    after = edited(PLAIN, ["tariff -25 % from CN to US"])
    assert {d.rate for d in after.duties} == {0.0}


def test_the_texts_of_the_documentation_are_edits() -> None:
    named = PLAIN.model_dump(mode="json", by_alias=True)
    named["sites"] += [{"code": c, "kind": "plant"} for c in ("CN-1", "PLANT-1")]
    named["periods"] = [{"code": p} for p in ("W1", "W2", "2027-01", "2027-02")]
    named["commodities"].append({"code": "QFN"})
    named["demands"].append({"customer": "C2", "commodity": "QFN", "quantity": 1})
    named["productions"].append({"site": "PLANT-1", "output": "QFN"})
    named["sites"][1]["status"] = "candidate"
    lane = {"origin": "CN-1", "destination": "B", "tags": ["risky"], "lead_time": 2}
    named["lanes"].append(lane)
    scenario = Scenario.model_validate(named)
    section = PAGE.read_text().split("### Short texts")[1].split("##")[0]
    lines = [line for line in section.splitlines() if line.startswith("    ")]
    texts = [text for line in lines for text in re.split(r"\s{2,}", line.strip())]
    assert len(texts) == 12
    for text in texts:
        assert diff(scenario, edited(scenario, [text])), text
