"""What pydantic says of a wrong form, in words for readers who know no Python."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

CODE = r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,63}$"
E = TypeVar("E", bound=Mapping[str, Any])

_PLAIN = {
    "extra_forbidden": "there is no such field here; check its spelling and its place",
    "model_type": "give an object with fields",
    "model_attributes_type": "give an object with fields",
    "dict_type": "give an object with fields",
}
_CODE = (
    "a code is made of letters, digits, '.', '_' and '-', begins with a letter or digit,"
    " and has at most 64 characters"
)


def plain(error: Mapping[str, Any]) -> str:
    """Say what one error of pydantic means.

    Examples
    --------
    >>> plain({"type": "value_error", "msg": "Value error, the site is closed"})
    'the site is closed'
    """
    kind, context = error["type"], error.get("ctx", {})
    if kind == "too_short" and "min_length" in context:
        return f"give at least {context['min_length']}"
    if kind == "string_pattern_mismatch" and context.get("pattern") == CODE:
        return _CODE
    return _PLAIN.get(kind) or str(error["msg"]).removeprefix("Value error, ")


def telling(errors: Sequence[E]) -> list[E]:
    """Leave out a list that is too short only because what is in it is wrong."""
    places = [tuple(error["loc"]) for error in errors]
    return [
        error
        for error, place in zip(errors, places, strict=True)
        if error["type"] != "too_short"
        or not any(len(other) > len(place) and other[: len(place)] == place for other in places)
    ]
