import json
from zlib import crc32

import pytest

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.decoding import Controls, Decoding, controls_of, decoding_of

SCHEMA = {
    "type": "object",
    "properties": {"cause": {"enum": ["wear", "lot"]}},
    "required": ["cause"],
    "additionalProperties": False,
}
ALL = Capabilities(
    json_schema=True, json_object=True, json_object_schema=True, grammar=True, logit_bias=True,
    logit_raise=True, effort=True, tokenize="vllm",
)  # fmt: skip


def letters(text: str) -> tuple[int, ...]:
    """One token for each word of three letters, with its space; else one for each letter."""
    return (crc32(text.encode()),) if len(text.strip()) == 3 else tuple(map(ord, text))


def without(*names: str) -> Capabilities:
    return ALL.model_copy(update=dict.fromkeys(names, False))


def test_nothing_is_lowered_where_all_is_there() -> None:
    wishes = Controls(0.3, 7, 99, ("END",), "low", {"yes": 5.0}, {}, SCHEMA)
    got = decoding_of(wishes, ALL, letters)
    assert got.downgrades == ()
    assert got.fields["temperature"] == 0.3
    assert got.fields["stop"] == ["END"]
    assert got.fields["reasoning_effort"] == "low"
    assert got.fields["response_format"]["json_schema"]["schema"] == SCHEMA
    assert set(got.fields["logit_bias"].values()) == {5.0}
    json.dumps(got.fields)


def test_defaults_are_cold_and_ask_for_no_form() -> None:
    got = decoding_of(Controls(), Capabilities())
    assert got == Decoding({"temperature": 0.0, "seed": 1, "max_tokens": 1024}, "", "none", ())


@pytest.mark.parametrize(
    ("missing", "structure"),
    [
        ((), "json_schema"),
        (("json_schema",), "json_object_schema"),
        (("json_schema", "json_object_schema"), "grammar"),
        (("json_schema", "json_object_schema", "grammar"), "json_object"),
        (("json_schema", "json_object_schema", "grammar", "json_object"), "prompt"),
    ],
)
def test_the_form_takes_the_highest_rung_that_is_there(
    missing: tuple[str, ...], structure: str
) -> None:
    got = decoding_of(Controls(schema=SCHEMA), without(*missing))
    assert got.structure == structure
    assert len(got.downgrades) == (1 if missing else 0)
    assert ('"cause"' in got.instruction) == (structure in ("json_object", "prompt"))


def test_a_schema_that_no_grammar_holds_falls_further() -> None:
    can = without("json_schema", "json_object_schema")
    got = decoding_of(Controls(schema={"$ref": "#/x"}), can)
    assert got.structure == "json_object"


def test_what_was_not_probed_is_not_sent() -> None:
    wishes = Controls(effort="high", bias={"yes": 5.0, "may": -100.0})
    got = decoding_of(wishes, Capabilities(), letters)
    assert not {"reasoning_effort", "logit_bias", "response_format", "grammar"} & set(got.fields)
    assert len(got.downgrades) == 3


def test_a_bias_needs_a_tokenizer() -> None:
    got = decoding_of(Controls(bias={"may": -100.0}), ALL, None)
    assert "logit_bias" not in got.fields
    assert "no tokenizer" in got.downgrades[0]


def test_a_form_keeps_its_marks_and_is_not_steered() -> None:
    wishes = Controls(bias={'"': -100.0, "may": -5.0}, labels={"yes": 5.0}, schema=SCHEMA)
    got = decoding_of(wishes, ALL, letters)
    assert set(got.fields["logit_bias"].values()) == {-5.0}
    assert any("the form needs it" in told for told in got.downgrades)
    assert any("not one label" in told for told in got.downgrades)


def test_labels_are_steered_by_their_first_tokens() -> None:
    got = decoding_of(Controls(labels={"yes": 5.0, "not": -5.0}), ALL, letters)
    assert sorted(got.fields["logit_bias"].values()) == [-5.0, 5.0]


def test_controls_come_from_values_of_settings() -> None:
    got = controls_of(
        temperature=0, seed=3, max_tokens=64, stop=("END",), effort="", bias='{"maybe": -100}'
    )
    assert got == Controls(0, 3, 64, ("END",), "", {"maybe": -100.0})
    for wrong in ("[1]", '{"a": "b"}', "{"):
        with pytest.raises(ValueError, match=r"."):
            controls_of(temperature=0, seed=3, max_tokens=64, stop=(), effort="", bias=wrong)
