"""Text of a JSON body that is no text: half of a character, a lone surrogate."""

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_MEND = "is half of a character (a lone surrogate): send whole Unicode text"


async def refuse_half_characters(request: Request) -> None:
    """Refuse what JSON can write and no database can keep.

    Raises
    ------
    RequestValidationError
        If a text or a name in the body holds one; each is named by its pointer.
    """
    route = request.scope["route"]
    if not isinstance(route, APIRoute) or route.body_field is None:
        return
    raw = await request.body()
    if _SURROGATE.search(raw) is None:
        return
    try:
        body = json.loads(raw)
        wrong = list(_halves(body, ("body",)))
    except (ValueError, RecursionError):
        return  # who reads the body says that it is no JSON
    if wrong:
        raise RequestValidationError(wrong, body=body)


def _halves(value: Any, place: tuple[str | int, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(value, str) and _HALF.search(value):
        yield {"type": "string_unicode", "loc": place, "msg": _MEND, "input": value}
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _halves(one, (*place, at))
    elif isinstance(value, dict):
        for name, one in value.items():
            if _HALF.search(name):
                yield {"type": "string_unicode", "loc": place, "msg": _MEND, "input": name}
            else:
                yield from _halves(one, (*place, name))
