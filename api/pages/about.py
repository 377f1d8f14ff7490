"""What a page is about: a question that is asked on it begins with that."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from urllib.parse import unquote, urlencode

from pydantic import ValidationError

from ops.advise.question import About, AboutKind

_PLACES: Mapping[str, AboutKind] = {  # first part of an address, where the second names a thing
    "runs": "run",
    "alerts": "alert",
    "models": "model",
    "scenarios": "scenario",
    "life-tests": "life-test",
    "datasets": "dataset",
    "analyses": "analysis",
}
LONGEST = 200


def about_of(path: str, query: Mapping[str, str]) -> tuple[About, ...]:
    """Tell what a page is about from its address; pages that know more say so themselves.

    Examples
    --------
    >>> [one.code for one in about_of("/models/lifted-balls/versions/1", {"site": "PG1"})]
    ['lifted-balls']
    >>> about_of("/settings", {})
    ()
    """
    parts = [unquote(part) for part in path.split("/") if part]
    site = _short(query.get("site") or None)
    found: list[About] = []
    if len(parts) > 1 and parts[0] in _PLACES and 0 < len(parts[1]) <= LONGEST:
        found.append(About(kind=_PLACES[parts[0]], code=parts[1], site=site))
    elif site:
        found.append(About(kind="site", code=site))
    return (*found, *tools((query.get("tool") or "",), site))


def tools(codes: Iterable[str], site: str | None) -> tuple[About, ...]:
    """Tools that a page is filtered by."""
    return tuple(
        About(kind="tool", code=code, site=site) for code in codes if 0 < len(code) <= LONGEST
    )


def of_characteristic(code: str, site: str | None, chosen: Iterable[str] = ()) -> tuple[About, ...]:
    """Tell of a characteristic, and of the tools that it is filtered by."""
    return (About(kind="characteristic", code=code, site=site), *tools(chosen, site))


def asked_about(texts: Iterable[str]) -> tuple[About, ...]:
    """Read what the boxes of a form name; what is none of it is left out."""
    found: list[About] = []
    for text in texts:
        with suppress(ValidationError):
            found.append(About.model_validate_json(text))
    return tuple(dict.fromkeys(found))


def ask_address(about: Iterable[About]) -> str:
    """Address of the page to ask on, about the same things."""
    texts = [("about", one.model_dump_json(exclude_none=True)) for one in about]
    return "/advice" + (f"?{urlencode(texts)}" if texts else "")


def _short(site: str | None) -> str | None:
    return site if site is not None and len(site) <= LONGEST // 2 else None
