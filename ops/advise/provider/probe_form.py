"""Whether an answer keeps to a form that no model would choose by itself."""

import json
from typing import Any

from ops.advise.provider.probing import Found, Probing

MOST_TOKENS = 256
_KITES = ("zq7", "vx4")
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"kite": {"type": "string", "enum": list(_KITES)}},
    "required": ["kite"],
    "additionalProperties": False,
}


def json_schema(probing: Probing) -> Found:
    """Ask for a greeting and, by the way, for a JSON schema: only a server that keeps it obeys."""
    wish = {"name": "kite", "strict": True, "schema": _SCHEMA}
    return _kept(probing, "json_schema", {"type": "json_schema", "json_schema": wish})


def json_object_schema(probing: Probing) -> Found:
    """Ask the same with the schema beside the wish for an object, as llama.cpp reads it."""
    return _kept(probing, "json_object_schema", {"type": "json_object", "schema": _SCHEMA})


def json_object(probing: Probing) -> Found:
    """Ask for a poem, and for JSON: some servers want the word in the prompt."""
    prompt = "Write one line about rain. Write no JSON."
    form = {"type": "json_object"}
    text = probing.said(prompt, response_format=form, max_tokens=MOST_TOKENS).text
    kept = isinstance(_value(text), dict)
    return _noted(probing, "json_object", kept, text)


def grammar(probing: Probing) -> Found:
    """Ask for a greeting, and for a grammar in GBNF, which holds two words."""
    words = " | ".join(f'"{kite}"' for kite in _KITES)
    text = probing.said(grammar=f"root ::= {words}").text
    return _noted(probing, "grammar", text in _KITES, text)


def tools(probing: Probing) -> Found:
    """Ask for a greeting, but require the call of a tool."""
    function = {"name": "fly", "description": "Fly a kite.", "parameters": _SCHEMA}
    tool = {"type": "function", "function": function}
    reply = probing.said(tools=[tool], tool_choice="required", max_tokens=MOST_TOKENS)
    calls = [(call.name, _value(call.arguments)) for call in reply.tool_calls]
    kept = bool(calls) and calls[0][0] == "fly" and _is_kite(calls[0][1])
    return _noted(probing, "tools", kept, reply.text)


def _kept(probing: Probing, name: str, form: dict[str, Any]) -> Found:
    text = probing.said(response_format=form, max_tokens=MOST_TOKENS).text
    return _noted(probing, name, _is_kite(_value(text)), text)


def _noted(probing: Probing, name: str, kept: bool, text: str) -> Found:
    if not kept:
        probing.notes.append(f"{name}: taken, but not kept: {text[:60]!r}")
    return {name: kept}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_kite(value: Any) -> bool:
    return value in [{"kite": kite} for kite in _KITES]
