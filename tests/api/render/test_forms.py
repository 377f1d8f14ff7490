"""Forms made from JSON schemas."""

import json
import re
from typing import Any

from api.analyses import described
from api.render.forms import FormField, fields_of
from ops.analyses.registry import all_analyses, find


def _by_pointer(fields: tuple[FormField, ...]) -> dict[str, FormField]:
    found: dict[str, FormField] = {}
    for field in fields:
        found[field.pointer] = field
        for variant in field.variants:
            found |= _by_pointer(variant.fields)
    return found


def _capability(values: dict[str, Any]) -> dict[str, FormField]:
    return _by_pointer(fields_of(described(find("capability")).params, values))


def test_every_property_of_every_analysis_has_a_field() -> None:
    for analysis in all_analyses():
        schema = described(analysis).params
        fields = fields_of(schema, {})
        assert {f.pointer for f in fields} == {f"/{name}" for name in schema["properties"]}
        assert all(f.help for f in fields), "what nobody explains nobody can fill"


def test_no_help_speaks_json() -> None:
    for analysis in all_analyses():
        fields = _by_pointer(fields_of(described(analysis).params, {})).values()
        assert not [f.help for f in fields if re.search(r"\bnull\b", f.help)]


def test_a_number_carries_its_bounds_and_default() -> None:
    field = _capability({})["/confidence"]
    assert (field.kind, field.value, field.minimum, field.maximum) == ("number", "0.95", 0.5, 0.999)


def test_a_choice_lists_what_may_be_chosen() -> None:
    field = _capability({})["/method"]
    assert (field.kind, field.choices) == (
        "choice",
        ("pooled", "pooled-biased", "rbar", "sbar", "moving-range", "median-moving-range"),
    )


def test_a_list_is_shown_as_words() -> None:
    assert _capability({"strata": ["tool", "lot"]})["/strata"].value == "tool, lot"


def test_a_union_opens_at_the_variant_that_is_given() -> None:
    window = _capability({"window": {"shift": "last"}})["/window"]
    chosen = [v for v in window.variants if v.chosen]
    assert [f.pointer for f in chosen[0].fields] == ["/window/shift"]
    assert chosen[0].fields[0].value == "last"


def test_a_constant_is_not_asked_for() -> None:
    assert _capability({})["/window/since"].fixed


def _plan(values: dict[str, Any]) -> dict[str, FormField]:
    return _by_pointer(fields_of(described(find("network-plan")).params, values))


def test_a_list_of_sentences_has_one_a_line() -> None:
    typed = {"kind": "set", "pointer": "/title", "value": "x"}
    field = _plan({"edits": ["close DC 3, for good", typed]})["/edits"]
    assert field.kind == "lines"
    first, second = field.value.split("\n")
    assert first == "close DC 3, for good"
    assert json.loads(second) == typed


def test_an_empty_field_is_null_where_leaving_it_out_says_something_else() -> None:
    fields = _plan({"time_s": None})
    assert (fields["/time_s"].value, fields["/time_s"].blank) == ("", "null")
    assert fields["/nodes"].blank is None


def test_only_what_may_be_a_number_is_read_as_one() -> None:
    assert not _plan({})["/scenario"].mixed
    assert _capability({})["/subgroup"].mixed


def test_a_list_of_choices_names_them() -> None:
    field = _plan({"order": ("cost", "co2")})["/order"]
    assert (field.kind, field.value) == ("list", "cost, co2")
    assert field.choices == ("cost", "service", "co2")


def test_a_list_of_objects_is_json_and_a_list_of_names_is_not() -> None:
    properties = {
        "costs": {"type": "array", "items": {"$ref": "#/$defs/Cost"}},
        "settings": {"type": "array", "items": {"oneOf": [{"$ref": "#/$defs/Cost"}]}},
        "kinds": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
    }
    schema = {"properties": properties, "$defs": {"Cost": {"type": "object", "properties": {}}}}
    kinds = {field.pointer: field.kind for field in fields_of(schema, {})}
    assert kinds == {"/costs": "json", "/settings": "json", "/kinds": "list"}


def test_a_yes_or_no_that_may_stay_open_is_no_flag() -> None:
    nullable = {"anyOf": [{"type": "boolean"}, {"type": "null"}], "default": None}
    schema = {"properties": {"helped": nullable, "fresh": {"type": "boolean", "default": False}}}
    helped, fresh = fields_of(schema, {})
    assert (helped.kind, helped.value, fresh.kind) == ("answer", "", "flag")
