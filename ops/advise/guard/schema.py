"""JSON schema of what a model returns, small enough for small models and plain servers."""

from collections.abc import Iterable
from typing import Any, get_args

from ops.advise.claim import Relation
from ops.advise.guard.context import GuardContext
from ops.advise.guard.said import (
    LONGEST_TEXT,
    MOST_CITED,
    MOST_CLAIMS,
    MOST_PLACES,
    RefusalReason,
    SaidRole,
)


def answer_schema(context: GuardContext) -> dict[str, Any]:
    """Describe what a model may return to this evidence.

    No recursion, references, patterns or optional fields: ids, cases, causes and actions are
    enums, all fields are required, and `reference` stands for the reference of the left side.
    Without evidence nothing but a refusal fits.
    """
    reasons = list(get_args(RefusalReason))
    if not context.has_evidence:
        return _object(
            refusal={"enum": reasons},
            judged={"type": "array", "items": _object(), "maxItems": 0},
            claims={"type": "array", "items": _object(), "maxItems": 0},
        )
    return _object(
        refusal={"enum": [None, *reasons]},
        judged=_list(_judged(context), max(1, len(context.cases))),
        claims=_list(_claim(context), MOST_CLAIMS),
    )


def _claim(context: GuardContext) -> dict[str, Any]:
    ids = list(context.evidence)
    place = _object(
        id=_enum(ids), label=_enum({e.label for e in context.evidence.values()}),
        unit=_enum({e.unit for e in context.evidence.values()}),
    )  # fmt: skip
    comparison = _object(
        left=_enum(ids), relation=_enum(get_args(Relation)), right=_enum([*ids, "reference"])
    )
    return _object(
        case=_enum(["", *context.cases]),
        role=_enum(get_args(SaidRole)),
        places=_list(place, MOST_PLACES),
        comparisons=_list(comparison, MOST_PLACES),
        cites=_list(_enum([*ids, *context.memories]), MOST_CITED),
        text={"type": "string", "maxLength": LONGEST_TEXT},
    )


def _judged(context: GuardContext) -> dict[str, Any]:
    pairs = [pair for pairs in context.allowed.values() for pair in pairs]
    return _object(
        case=_enum(context.cases or [""]),
        cause=_enum({cause for cause, _ in pairs} or {"unknown"}),
        action=_enum({action for _, action in pairs} or {"keep"}),
    )


def _object(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": fields, "required": list(fields),
        "additionalProperties": False,
    }  # fmt: skip


def _list(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}


def _enum(words: Iterable[str]) -> dict[str, Any]:
    chosen = sorted(words) if isinstance(words, set | frozenset) else list(words)
    return {"type": "string", "enum": chosen}
