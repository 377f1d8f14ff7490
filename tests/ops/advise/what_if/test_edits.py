from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.advise.what_if.edits import edits_of
from ops.analyses.network_plan_params import NetworkPlanParams
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited
from solvers.scenario.validate import flaws
from tests.ops.advise.what_if.small_network import small_network

NETWORK = small_network()
HERE = Path(__file__)


def _rows(name: str) -> list[tuple[str, str]]:
    lines = HERE.with_name(name).read_text(encoding="utf-8").splitlines()
    cells = (line.rpartition("|") for line in lines)
    return [(text.strip(), said.strip()) for text, _, said in cells]


@pytest.mark.parametrize(("text", "said"), _rows("questions.txt"), ids=lambda x: x)
def test_question_becomes_edits(text: str, said: str) -> None:
    found = edits_of(text, NETWORK)
    assert found.unclear == ()
    assert found.understood == tuple(said.split("; "))


@pytest.mark.parametrize(("text", "why"), _rows("unclear.txt"), ids=lambda x: x)
def test_what_cannot_be_told_is_unclear_and_never_guessed(text: str, why: str) -> None:
    found = edits_of(text, NETWORK)
    assert found.unclear
    if why != "*":
        assert why in " ".join(found.unclear)
    if "close WH-FRA and" not in text:
        assert found.edits == ()


def _numbered(scenario: Scenario) -> Scenario:
    """Demands as after the forecast is filled in."""
    demands = tuple(d.model_copy(update={"forecast": None}) for d in scenario.demands)
    return scenario.model_copy(update={"demands": demands})


@pytest.mark.parametrize("text", [text for text, _ in _rows("questions.txt")])
def test_edits_are_parameters_of_a_run_and_apply(text: str) -> None:
    found = edits_of(text, NETWORK)
    params = NetworkPlanParams(scenario="X", edits=found.edits)  # type: ignore[arg-type]
    after = edited(_numbered(NETWORK), params.edits)
    assert after != _numbered(NETWORK)
    amounts = [f for f in flaws(after) if f not in flaws(_numbered(NETWORK))]
    assert not [f for f in amounts if "unit" in f.detail]


def test_each_clause_sees_what_those_before_it_did() -> None:
    found = edits_of("close WH-FRA; close WH-FRA", NETWORK)
    assert len(found.edits) == 1
    assert "changes nothing" in found.unclear[0]


def test_several_changes_of_one_question() -> None:
    text = "What if demand +10 %, the carbon price goes to 120 and Ningbo fails in W03?"
    assert edits_of(text, NETWORK).understood == (
        "all demand +10 %", "carbon price to 120.0",
        "supply at SUP-FRAME: quantity to 0.0 in W03",
    )  # fmt: skip


def test_name_of_two_things_is_unclear() -> None:
    twin = NETWORK.sites[5].model_copy(update={"code": "WH-FR2"})
    twice = NETWORK.model_copy(update={"sites": (*NETWORK.sites, twin)})
    found = edits_of("close Frankfurt", twice)
    assert found.edits == ()
    assert "WH-FRA or WH-FR2" in found.unclear[0]


def test_empty_scenario_understands_nothing() -> None:
    found = edits_of("close WH-FRA", Scenario())
    assert found.edits == ()
    assert found.unclear


_PIECES = st.sampled_from(
    ["close", "open", "WH-FRA", "Penang", "demand", "capacity", "lane", "from", "to", "+10 %", "-5",
     "in weeks 3-5", "W03", "and", ";", "not", "doubles", "to no limit", "tariff", "China", ">",
     "carbon price", "fails", "lead time", "3 days", "QFN32", "如果", "关闭", "\u202e", "1,000"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=10).map(" ".join)))
@settings(max_examples=60, deadline=None)
def test_no_text_raises_and_all_edits_apply(text: str) -> None:
    found = edits_of(text, NETWORK)
    assert found == edits_of(text, NETWORK)
    params = NetworkPlanParams(scenario="X", edits=found.edits)  # type: ignore[arg-type]
    edited(_numbered(NETWORK), params.edits)
    assert found.edits or found.unclear
