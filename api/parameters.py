"""Query parameters of `/v1`: what a route does not know is refused, never passed over."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

_LIKE = 0.5


async def refuse_strays(request: Request) -> None:
    """Refuse a misspelt filter, which would let everything through, and a value given twice.

    Raises
    ------
    RequestValidationError
        If a parameter is none of the route's, or takes one value and has several.
    """
    asked = request.query_params
    route = request.scope["route"]
    if not asked or not isinstance(route, APIRoute):
        return
    known = known_parameters(route.dependant)
    wrong = [e for name in asked for e in _wrong(name, asked.getlist(name), known)]
    if wrong:
        raise RequestValidationError(wrong)


def known_parameters(dependant: Dependant) -> dict[str, bool]:
    """Names of the query parameters of a route, and whether each may be repeated."""
    known = {p.alias: _is_list(p.field_info.annotation) for p in dependant.query_params}
    for below in dependant.dependencies:
        known |= known_parameters(below)
    return known


def _wrong(name: str, values: list[str], known: dict[str, bool]) -> Iterator[dict[str, Any]]:
    if name not in known:
        kind, told = "unknown_parameter", f"there is no such parameter here; {_near(name, known)}"
    elif len(values) > 1 and not known[name]:
        kind, told = "repeated_parameter", f"give it once: {len(values)} values came, one counts"
    else:
        return
    yield {"type": kind, "loc": ("query", name), "msg": told, "input": ", ".join(values)}


def _near(name: str, known: dict[str, bool]) -> str:
    if not known:
        return "it takes none"
    names = sorted(known)
    near = get_close_matches(name.casefold()[:80], names, 1, _LIKE)
    nearest = f"the nearest is {near[0]!r}, " if near else ""
    return f"{nearest}known are {', '.join(names)}"


def _is_list(annotation: Any) -> bool:
    inner = get_args(annotation)
    return get_origin(annotation) in (list, tuple, set) or any(map(_is_list, inner))
