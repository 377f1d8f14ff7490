"""The form of an answer as text, for a server that takes no schema."""

import json
from collections.abc import Mapping
from typing import Any, cast

_SAID = ("id", "label", "unit", "left", "right", "cites")  # by the lines of the evidence already
_IDLE = ("required", "additionalProperties")  # a form that is only read names what it has


def form_text(schema: Mapping[str, Any]) -> str:
    """Write the schema of an answer on one line, without lists of what stands in the evidence.

    Examples
    --------
    >>> form_text({"type": "object", "properties": {"id": {"type": "string", "enum": ["E1"]}}})
    '{"properties":{"id":{"type":"string"}}}'
    """
    brief = _brief(schema)
    return json.dumps(brief, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _brief(value: Any, *, is_said: bool = False) -> Any:
    if not isinstance(value, dict):
        return value
    schema = cast("dict[str, Any]", value)
    if is_said and "enum" in schema:
        return {"type": "string"}
    idle = (*_IDLE, "type") if "enum" in schema or "properties" in schema else _IDLE
    found = {k: _brief(v, is_said=is_said) for k, v in schema.items() if k not in idle}
    if "properties" in schema:
        fields = cast("dict[str, Any]", schema["properties"])
        found["properties"] = {k: _brief(v, is_said=k in _SAID) for k, v in fields.items()}
    return found
