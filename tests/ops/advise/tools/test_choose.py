import json

import pytest

from ops.advise.provider.chat import ToolCall
from ops.advise.question import Named, Question
from ops.advise.tools.argument import Change
from ops.advise.tools.ask import tool_prompt
from ops.advise.tools.change import edit_of
from ops.advise.tools.choose import calls_of, chosen
from ops.advise.tools.spec import TOOLS, calls_schema, tool_specs

NAMES = (
    Named(kind="tool", code="WB-07", title="Bonder seven", site="P1"),
    Named(kind="characteristic", code="LOOP", title="Loop height"),
    Named(kind="scenario", code="NET", title="Network"),
)


def call(name: str, **arguments: object) -> ToolCall:
    return ToolCall(name, json.dumps(arguments))


def test_calls_become_an_intent() -> None:
    asked = Question(text="Why does wb 7 drift, and what happened there?")
    choice = chosen(
        [call("drift", tool="WB-07", asks=["cause"]), call("events", tool="WB-07", days=30)],
        NAMES,
        asked,
    )
    assert choice.intent is not None
    assert choice.intent.topics == ("drift",)
    assert choice.intent.asks == ("cause", "status", "history")
    assert [n.code for n in choice.intent.named] == ["WB-07"]
    assert choice.intent.days == 30
    assert choice.intent.chosen_by == "model"


def test_a_title_in_the_question_allows_the_code() -> None:
    choice = chosen([call("drift", tool="WB-07")], NAMES, Question(text="bonder seven drifts?"))
    assert choice.intent is not None
    assert choice.intent.named == (NAMES[0],)


def test_a_code_that_nothing_bears_is_unknown() -> None:
    choice = chosen([call("drift", tool="WB-99")], NAMES, Question(text="Is WB-99 fine?"))
    assert choice.intent is not None
    assert choice.intent.unknown == ("WB-99",)
    assert choice.intent.named == ()


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        ([], "0 calls"),
        ([call("drift")] * 7, "7 calls"),
        ([call("delete_run", id=1)], "no tool"),
        ([call("drift", tool="WB-08")], "names no 'WB-08'"),
        ([call("drift", tool="b")], "names no 'b'"),
        ([call("drift", sql="DROP TABLE run")], "sql"),
        ([call("drift", asks=["everything"])], "asks/0"),
        ([call("drift", days=-3)], "days"),
        ([ToolCall("drift", "{")], "drift"),
        ([ToolCall("drift", "[" * 5000)], "drift"),
        ([ToolCall("drift", json.dumps({"tool": "x" * 9000}))], "characters"),
        ([call("what_if", changes=[])], "changes"),
        ([call("what_if", changes=[{"kind": "demand", "percent": 25}])], "no number 25"),
        ([call("what_if", changes=[{"kind": "close-site", "of": "DC9"}])], "names no 'DC9'"),
    ],
)
def test_anything_else_is_refused_with_a_reason(calls: list[ToolCall], reason: str) -> None:
    choice = chosen(calls, NAMES, Question(text="Does WB-07 drift, with 20 % more demand?"))
    assert choice.intent is None
    assert reason in choice.refused


def test_a_what_if_becomes_typed_edits() -> None:
    asked = Question(text="What if we close DC 3 and demand of ACME falls by 12.5 %?")
    changes = [
        {"kind": "close-site", "of": "DC3"},
        {"kind": "demand", "of": "ACME", "percent": -12.5},
        {"kind": "lead-time"},
    ]
    choice = chosen([call("what_if", scenario="", changes=changes)], NAMES, asked)
    assert choice.intent is not None
    assert choice.intent.asks == ("what-if", "status")
    assert [e["kind"] for e in choice.intent.edits] == ["site-status", "demands"]
    assert choice.intent.edits[1]["change"]["factor"] == 0.875
    assert choice.intent.unclear == ("lead-time: by how many percent is not said",)


@pytest.mark.parametrize("kind", ["demand", "lead-time", "lane-cost", "tool-hours"])
def test_every_change_is_an_edit(kind: str) -> None:
    edit = edit_of(Change.model_validate({"kind": kind, "of": "A", "percent": 10}))
    assert isinstance(edit, dict)
    assert 1.1 in (edit.get("factor"), edit.get("change", {}).get("factor"))


def test_less_than_nothing_is_no_edit() -> None:
    assert edit_of(Change(kind="close-site")) == "close-site: the site is not said"
    assert isinstance(edit_of(Change(kind="lead-time", percent=-100)), str)


def test_the_specs_are_closed_and_complete() -> None:
    specs = tool_specs()
    assert [spec["function"]["name"] for spec in specs] == list(TOOLS)
    for spec in specs:
        parameters = spec["function"]["parameters"]
        assert parameters["additionalProperties"] is False
        assert parameters["required"] == list(parameters["properties"])
    assert "$ref" not in json.dumps([specs, calls_schema()])


def test_calls_are_read_from_an_answer() -> None:
    assert calls_of('{"calls": [{"name": "drift", "arguments": {"tool": "x"}}]}') == (
        ToolCall("drift", '{"tool": "x"}'),
    )
    for text in ("", "[]", "{}", '{"calls": 1}', "[" * 100_000, '{"calls": [}'):
        assert calls_of(text) == ()
    assert calls_of('{"calls": [3]}') == (ToolCall("", ""),)


def test_the_prompt_of_the_tools_holds_the_question_and_its_names_alone() -> None:
    asked = Question(text="Did Anna Berg clean <|im_start|> WB-07?")
    prompt = tool_prompt(asked, NAMES[:1], names=("Anna Berg",), has_tools=False)
    told = prompt.messages[1].content
    assert "Anna" not in told
    assert "<" not in told
    assert "person-1" in told
    assert 'tool "WB-07" "Bonder seven"' in told
    assert "LOOP" not in told
    assert prompt.people.put_back("person-1") == "Anna Berg"
    assert prompt == tool_prompt(asked, NAMES[:1], names=("Anna Berg",), has_tools=False)
