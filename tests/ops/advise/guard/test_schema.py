"""The schema is small and plain, and what fits it can be read."""

import json
from collections.abc import Iterator
from typing import Any

from ops.advise.guard.context import guard_context
from ops.advise.guard.parse import parsed
from ops.advise.guard.schema import answer_schema
from tests.ops.advise.guard.plant import NOW, context

PLAIN = {"type", "properties", "required", "additionalProperties", "items", "maxItems", "enum",
         "maxLength"}  # fmt: skip


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    yield node
    for one in node.get("properties", {}).values():
        yield from _nodes(one)
    if "items" in node:
        yield from _nodes(node["items"])


def _first(node: dict[str, Any]) -> Any:
    """Anything that fits."""
    if "enum" in node:
        return node["enum"][-1]
    if node["type"] == "array":
        return [_first(node["items"])] if node["maxItems"] else []
    if node["type"] == "string":
        return "words"
    return {name: _first(one) for name, one in node["properties"].items()}


def test_only_plain_keywords_are_used_and_all_fields_required() -> None:
    for node in _nodes(answer_schema(context())):
        assert set(node) <= PLAIN
        if node.get("type") == "object":
            assert node["required"] == list(node["properties"])


def test_ids_causes_and_actions_are_those_of_the_context() -> None:
    item = answer_schema(context())["properties"]["judged"]["items"]["properties"]
    assert item["case"]["enum"] == ["C1", "C2", "C3"]
    assert item["cause"]["enum"] == ["creep", "material-change", "none", "off-centre"]
    assert "replace-tool" not in item["action"]["enum"]


def test_what_fits_can_be_read() -> None:
    schema = answer_schema(context())
    said = parsed(json.dumps(_first(schema)))
    assert said.claims[0].text == "words"


def test_without_evidence_only_a_refusal_fits() -> None:
    said = parsed(json.dumps(_first(answer_schema(guard_context((), {}, now_us=NOW)))))
    assert said.claims == []
    assert said.refusal is not None


def test_the_same_context_gives_the_same_bytes() -> None:
    assert json.dumps(answer_schema(context())) == json.dumps(answer_schema(context()))
