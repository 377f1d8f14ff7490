"""Options of a command from the JSON schema of an analysis' parameters, and back to parameters.

An option has the name of its parameter, or the one that the schema gives as ``x-option`` where
that name has another meaning on the command line (`RESERVED`). Lists are given by repeating the
option, mappings as ``KEY=VALUE``, what is neither text, number nor flag as JSON. Nothing is
checked here: the parameters' own model does that once.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

RESERVED = frozenset(
    ["end", "fresh", "help", "here", "json", "last", "params", "shift", "start", "timeout", "wait"]
)
_SCALARS: dict[str, click.ParamType[Any]] = {
    "string": click.STRING,
    "integer": click.INT,
    "number": click.FLOAT,
}
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: its option, and how the option's value becomes the parameter's."""

    name: str
    option: click.Option
    parse: Callable[[Any], Any]


def fields_of(schema: Schema) -> tuple[Field, ...]:
    """Fields of a parameters' schema but the window, which has options of its own."""
    definitions = schema.get("$defs", {})
    properties: Mapping[str, Schema] = schema.get("properties", {})
    return tuple(
        _field(name, declared, definitions)
        for name, declared in properties.items()
        if name != "window"
    )


def given(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that were given on the command line; `values` is what click has parsed."""
    found: dict[str, Any] = {}
    for field in fields:
        value = values[_key(field.name)]
        if value is not None and value != ():
            found[field.name] = field.parse(value)
    return found


def _field(name: str, declared: Schema, definitions: Schema) -> Field:
    kind = _plain(declared, definitions)
    help_text = declared.get("description", "")
    if declared.get("default") not in (None, [], ""):
        help_text += f"  [default: {json.dumps(declared['default'])}]"
    flag = "--" + declared.get("x-option", name).replace("_", "-")
    names = [_key(name), flag]
    if kind.get("type") == "boolean":
        names[1] = f"{flag}/--no-{flag[2:]}"
        return Field(name, click.Option(names, default=None, help=help_text), _same)
    if kind.get("type") == "array" and _scalar(kind.get("items", {}), definitions) is not None:
        scalar = _scalar(kind["items"], definitions)
        option = click.Option(names, type=scalar, multiple=True, help=f"{help_text} Repeatable.")
        return Field(name, option, list)
    if kind.get("type") == "object" and "additionalProperties" in kind:
        inner = _plain(kind["additionalProperties"], definitions)
        option = click.Option(
            names, multiple=True, metavar="KEY=VALUE", help=f"{help_text} Repeatable."
        )
        return Field(name, option, _pairs_of_lists if inner.get("type") == "array" else _pairs)
    scalar = _scalar(kind, definitions)
    if scalar is not None:
        return Field(name, click.Option(names, type=scalar, help=help_text), _same)
    nested = any(one.get("type") in ("object", "array") for one in kind.get("anyOf", (kind,)))
    metavar = "JSON" if nested else "VALUE"
    return Field(name, click.Option(names, metavar=metavar, help=help_text), _json_or_text)


def _plain(declared: Any, definitions: Schema) -> Schema:
    """Follow a reference, and leave null as an alternative out."""
    if not isinstance(declared, dict):
        return {}
    if "$ref" in declared:
        return _plain(definitions[declared["$ref"].rsplit("/", 1)[1]], definitions)
    several = [one for one in declared.get("anyOf", ()) if one.get("type") != "null"]
    return _plain(several[0], definitions) if len(several) == 1 else declared


def _scalar(declared: Any, definitions: Schema) -> click.ParamType[Any] | None:
    kind = _plain(declared, definitions)
    if "enum" in kind and all(isinstance(value, str) for value in kind["enum"]):
        return click.Choice(kind["enum"])
    return _SCALARS.get(str(kind.get("type")))


def _key(name: str) -> str:
    return f"param_{name}"


def _same(value: Any) -> Any:
    return value


def _json_or_text(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _pairs(values: tuple[str, ...]) -> dict[str, Any]:
    return {key: _json_or_text(value) for key, value in map(_pair, values)}


def _pairs_of_lists(values: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in map(_pair, values):
        found.setdefault(key, []).append(value)
    return found


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise click.UsageError(f"{text!r} is not KEY=VALUE, e.g. tool=WB-07")
    return key, value
