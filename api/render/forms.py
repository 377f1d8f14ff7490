"""A form from a JSON schema: one field for each property, unions as a choice of small groups.

The script `forms.js` turns the filled form back into JSON by the pointer and kind of each field;
the API judges it, and what it refuses is shown beside the field of that pointer.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from api.render.field_label import label_of

Schema = Mapping[str, Any]
Kind = Literal[
    "text",
    "number",
    "integer",
    "flag",
    "answer",
    "choice",
    "list",
    "lines",
    "json",
    "instant",
    "union",
]
_EMPTY = re.compile(r"\bnull(?=:| =)")  # what JSON calls so is a field left empty here
NO_COMMA = 120  # letters up to which a text of a list is a code, and holds no comma
_KINDS: Mapping[str, Kind] = {
    "number": "number",
    "integer": "integer",
    "boolean": "flag",
    "array": "list",
    "object": "json",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to fill a union."""

    label: str
    fields: tuple["FormField", ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One input.

    Parameters
    ----------
    pointer
        JSON pointer of the property.
    value
        What it shows at first, as text; empty for nothing.
    minimum, maximum
        Inclusive or exclusive bounds, for the browser's own check.
    choices
        Values that may be chosen; of a list, those of its items.
    mixed
        Whether a number is as good as a text.
    blank
        JSON that an empty input stands for; None: the property is left out.
    """

    pointer: str
    label: str
    help: str
    kind: Kind
    value: str = ""
    required: bool = False
    fixed: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    mixed: bool = False
    blank: str | None = None
    variants: tuple[Variant, ...] = ()

    @property
    def name(self) -> str:
        """Identifier for HTML."""
        return "field" + self.pointer.replace("/", "-")


def fields_of(
    schema: Schema, values: Mapping[str, Any], *, base: str = "", without: Collection[str] = ()
) -> tuple[FormField, ...]:
    """Fields of an object schema, showing `values` where given and defaults elsewhere.

    Parameters
    ----------
    base
        JSON pointer of the object in the body that the form makes.
    without
        Names of properties that the form has otherwise.
    """
    fields = _fields(schema, values, base, schema.get("$defs", {}))
    return tuple(f for f in fields if f.pointer.rsplit("/", 1)[-1] not in without)


def _fields(
    schema: Schema, values: Mapping[str, Any], base: str, defs: Mapping[str, Schema]
) -> tuple[FormField, ...]:
    required = schema.get("required", ())
    return tuple(
        _field(
            part,
            f"{base}/{name}",
            values.get(name, part.get("default")),
            required=name in required,
            defs=defs,
        )
        for name, part in schema.get("properties", {}).items()
    )


def _field(
    declared: Schema, pointer: str, value: Any, *, required: bool, defs: Mapping[str, Schema]
) -> FormField:
    part = _resolved(declared, defs)
    label = label_of(pointer.rsplit("/", 1)[-1], declared, part)
    help_ = _EMPTY.sub("empty", str(part.get("description", "")))
    if "oneOf" in part:
        variants = _variants(part["oneOf"], pointer, value, defs)
        return FormField(pointer, label, help_, "union", variants=variants, required=required)
    inner = _plain(part, defs)
    kind = _kind(inner)
    if kind == "flag" and _is_nullable(part):
        kind = "answer"  # yes, no, or nothing said
    return FormField(
        pointer,
        label,
        help_,
        kind,
        value=_lines(value) if kind == "lines" else _shown(inner.get("const", value)),
        required=required,
        fixed="const" in inner,
        minimum=inner.get("minimum", inner.get("exclusiveMinimum")),
        maximum=inner.get("maximum", inner.get("exclusiveMaximum")),
        pattern=inner.get("pattern"),
        choices=tuple(str(c) for c in inner.get("enum", inner.get("items", {}).get("enum", ()))),
        mixed=bool(inner.get("mixed")),
        blank="null" if _means_nothing(part) else None,
    )


def _means_nothing(part: Schema) -> bool:
    """Whether leaving a field empty says something else than leaving it out."""
    return _is_nullable(part) and part.get("default") is not None


def _is_nullable(part: Schema) -> bool:
    return any(p.get("type") == "null" for p in part.get("anyOf", ()))


def _variants(
    parts: list[Schema], pointer: str, value: Any, defs: Mapping[str, Schema]
) -> tuple[Variant, ...]:
    given: Mapping[str, Any] = value if isinstance(value, dict) else {}
    resolved = [_resolved(p, defs) for p in parts]
    fits = [bool(set(p.get("required", ())) & set(given)) for p in resolved]
    first = fits.index(True) if any(fits) else _default_variant(resolved)
    return tuple(
        Variant(
            str(p.get("description", p.get("title", ""))),
            _fields(p, given if i == first else {}, pointer, defs),
            i == first,
        )
        for i, p in enumerate(resolved)
    )


def _default_variant(parts: list[Schema]) -> int:
    # the shortest to fill: a relative window needs one word
    lengths = [len(p.get("required", ())) for p in parts]
    return lengths.index(min(lengths))


def _plain(part: Schema, defs: Mapping[str, Schema]) -> Schema:
    """Strip null from a schema; several kinds at once are one text."""
    options = [_resolved(p, defs) for p in part.get("anyOf", ()) if p.get("type") != "null"]
    if not options:
        return part
    return options[0] if len(options) == 1 else {"type": "string", "mixed": True}


def _resolved(part: Schema, defs: Mapping[str, Schema]) -> Schema:
    if "$ref" not in part:
        return part
    return {
        **defs[str(part["$ref"]).rsplit("/", 1)[-1]],
        **{k: v for k, v in part.items() if k != "$ref"},
    }


def _kind(part: Schema) -> Kind:
    if "enum" in part:
        return "choice"
    if part.get("format") == "date-time":
        return "instant"
    if part.get("type") == "array" and _has_sentences(part.get("items", {})):
        return "lines"
    if part.get("type") == "array" and _has_objects(part.get("items", {})):
        return "json"
    return _KINDS.get(str(part.get("type")), "text")


def _has_objects(items: Schema) -> bool:
    """Whether a list holds what a comma cannot part: objects, lists, numbers."""
    return items.get("type", "string") != "string" or "$ref" in items or "oneOf" in items


def _has_sentences(items: Schema) -> bool:
    """Whether a list holds texts beside other things, or texts too long to have no comma."""
    texts = [p for p in items.get("anyOf", (items,)) if p.get("type") == "string"]
    return bool(texts) and ("anyOf" in items or texts[0].get("maxLength", 0) > NO_COMMA)


def _lines(value: Any) -> str:
    """Write one item a line: a text as it is, anything else as JSON."""
    items = value if isinstance(value, list | tuple) else ()
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items)


def _shown(value: Any) -> str:
    if value is None or value in ([], (), {}):
        return ""
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value)
