"""A JSON schema as a grammar in GBNF, for servers that know grammars alone.

Only what can be kept exactly: objects whose fields are all required, lists, enums, texts, numbers,
truth values.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

LONGEST_COUNTED = 500  # repetitions that are counted: servers refuse grammars with more

_ENDS = r"""ws ::= [ \n]?
char ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,3})?
boolean ::= "true" | "false"
"""


def grammar_of(schema: Mapping[str, Any]) -> str | None:
    r"""Write the grammar of what a schema allows; None if it holds what is not known here.

    Examples
    --------
    >>> print(grammar_of({"enum": ["a", None]}).splitlines()[0])
    root ::= "\"a\"" | "null"
    """
    rules: dict[str, str] = {}
    try:
        root = _rule(schema, rules)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    lines = [f"{name} ::= {body}" for body, name in rules.items()]
    return "\n".join([f"root ::= {root}", *lines, _ENDS])


def _rule(schema: Mapping[str, Any], rules: dict[str, str]) -> str:
    known = _KNOWN.get(_kind(schema), frozenset())
    if set(schema) - known - {"type", "title", "description"}:
        raise ValueError("a keyword that is not known here")
    match _kind(schema):
        case "enum":
            values = schema["enum"] if "enum" in schema else [schema["const"]]
            return " | ".join(_literal(json.dumps(value)) for value in values)
        case "object":
            return _object(schema, rules)
        case "array":
            return _array(schema, rules)
        case "string":
            most = schema.get("maxLength", LONGEST_COUNTED + 1)
            least = schema.get("minLength", 0)
            return rf'"\"" char{_times(least, most)} "\""'
        case "null":
            return '"null"'
        case kind:
            return {"integer": "integer", "number": "number", "boolean": "boolean"}[kind]


_KNOWN = {
    "enum": frozenset({"enum", "const"}),
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength"}),
}


def _kind(schema: Mapping[str, Any]) -> str:
    return "enum" if "enum" in schema or "const" in schema else str(schema["type"])


def _named(schema: Mapping[str, Any], rules: dict[str, str]) -> str:
    """Name the rule of a part: what stands in place would be repeated with all that repeats it."""
    return rules.setdefault(_rule(schema, rules), f"r{len(rules)}")


def _object(schema: Mapping[str, Any], rules: dict[str, str]) -> str:
    fields = cast("Mapping[str, Mapping[str, Any]]", schema["properties"])
    if set(schema.get("required", ())) != set(fields):
        raise ValueError("a field that may be left out")
    pairs = [
        f'{_literal(json.dumps(name))} ws ":" ws {_named(field, rules)}'
        for name, field in fields.items()
    ]
    inner = ' ws "," ws '.join(pairs)
    return f'"{{" ws {inner} ws "}}"' if inner else '"{" ws "}"'


def _array(schema: Mapping[str, Any], rules: dict[str, str]) -> str:
    least, most = schema.get("minItems", 0), schema.get("maxItems", LONGEST_COUNTED + 1)
    if most == 0:
        return '"[" ws "]"'
    item = _named(schema["items"], rules)
    more = f'(ws "," ws {item}){_times(max(least - 1, 0), most - 1)}'
    filled = f"{item} {more}"
    return f'"[" ws {filled if least else f"({filled})?"} ws "]"'


def _times(least: int, most: int) -> str:
    return f"{{{least},{most}}}" if most <= LONGEST_COUNTED else f"{{{least},}}"


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
