from typing import Any

import pytest

from ops.advise.provider.gbnf import grammar_of


def test_an_object_of_enums_is_a_grammar() -> None:
    schema = {"type": "object", "properties": {"a": {"enum": ['x"', 1]}}, "required": ["a"]}
    got = grammar_of(schema)
    assert got is not None
    assert got.splitlines()[:2] == [
        r'root ::= "{" ws "\"a\"" ws ":" ws r0 ws "}"',
        r'r0 ::= "\"x\\\"\"" | "1"',
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/x"},
        {"anyOf": [{"type": "null"}]},
        {"type": "object", "properties": {"a": {"type": "null"}}},  # a may be left out
        {"type": "string", "pattern": "a+"},
        {"type": "integer", "minimum": 3},
        {"type": ["string", "null"]},
        {"type": "array"},
        {},
    ],
)
def test_what_cannot_be_kept_exactly_is_no_grammar(schema: dict[str, Any]) -> None:
    assert grammar_of(schema) is None
