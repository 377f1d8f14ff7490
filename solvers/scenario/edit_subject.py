"""What a short text of an edit is about: the noun, its qualifiers, the field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import TypeAdapter

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.alteration import Alteration
from solvers.scenario.document import Scenario
from solvers.scenario.edit_goods import DemandField, InventoryField, SupplyField
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_lane import LaneField, ModeField
from solvers.scenario.edit_making import ProductionField, ToolField
from solvers.scenario.edit_site import SiteField
from solvers.scenario.place import SiteKind
from solvers.scenario.site_name import lane_ends, site_code

_ADAPTER: TypeAdapter[Edit] = TypeAdapter(Edit)
_KINDS: tuple[str, ...] = get_args(SiteKind)
_GOODS = {
    "of customer group": "site_group", "of customer": "site", "of site": "site",
    "at": "site", "of group": "site_group", "of commodity group": "commodity_group",
    "of commodity": "commodity", "with tag": "tag",
}  # fmt: skip
_MAKING = {"of": "commodity", "at": "site", "on": "tool_group", "with tag": "tag",
           "by revision": "revision"}  # fmt: skip
_LANES = {"from": "origin", "to": "destination", "by": "mode", "of mode": "mode",
          "with tag": "tag", "of": "commodity"}  # fmt: skip
_SITES = {"of group": "group", "with tag": "tag", "in": "country"}


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: str
    qualifiers: Mapping[str, str]
    fields: tuple[str, ...]
    default: str | None = None


_NOUNS = {
    "lanes?": _Noun("lanes", _LANES, get_args(LaneField)),
    "demands?": _Noun("demands", _GOODS, get_args(DemandField), "quantity"),
    "suppl(?:y|ies)": _Noun("supplies", _GOODS, get_args(SupplyField), "quantity"),
    "inventor(?:y|ies)": _Noun("inventories", _GOODS, get_args(InventoryField)),
    "productions?": _Noun("productions", _MAKING, get_args(ProductionField)),
    "yield": _Noun("productions", _MAKING, (), "yield"),
    "tools?": _Noun("tools", _MAKING, get_args(ToolField), "hours"),
    "modes?": _Noun("modes", {}, get_args(ModeField)),
    f"sites?|{'|'.join(f'{k}s?' for k in _KINDS)}": _Noun("sites", _SITES, get_args(SiteField)),
}


def altering(head: str, change: Alteration, periods: tuple[str, ...], scenario: Scenario) -> Edit:
    """Edit of the subject and field that a text names before its change."""
    head = _field_last(head)
    word, noun, rest = _noun(head)
    field, rest = _field(noun, rest, head)
    found: dict[str, Any] = {"kind": noun.kind, "field": field, "change": change}
    if periods:
        found["periods"] = periods
    if noun.kind == "modes":
        found["mode"] = _unquoted(rest) or None
    else:
        found["where"] = _where(word, noun, rest, scenario)
    return _ADAPTER.validate_python(found)


def using(verb: str, what: str, scenario: Scenario) -> Edit:
    """Edit that closes, opens or removes sites or lanes."""
    word, noun, rest = _noun(what, or_site=True)
    where = _where(word, noun, rest, scenario)
    if noun.kind == "lanes" and verb != "remove":
        found: dict[str, Any] = {"kind": "use-lanes", "open": verb == "open"}
    elif noun.kind == "sites" and verb == "remove":
        found = {"kind": "remove-sites"}
    elif noun.kind == "sites":
        found = {"kind": "site-status", "status": "closed" if verb == "close" else "must-open"}
    else:
        raise _wrong(f"cannot {verb} {what!r}: close or open sites and lanes, remove sites")
    return _ADAPTER.validate_python(found | {"where": where})


def _noun(head: str, *, or_site: bool = False) -> tuple[str, _Noun, str]:
    for pattern, noun in _NOUNS.items():
        found = re.fullmatch(rf"({pattern})(?:\s+(.+))?", head, re.IGNORECASE)
        if found is not None:
            return found[1].lower(), noun, found[2] or ""
    if or_site:
        return "site", _NOUNS[next(reversed(_NOUNS))], head
    raise _wrong(
        f"{head!r} names nothing to edit: begin with lane, site, demand, supply, inventory,"
        " production, tools, yield, mode, or a rule such as carbon price"
    )


def _field_last(head: str) -> str:
    """``capacity of lane A-B`` is ``lane A-B capacity``."""
    for pattern, noun in _NOUNS.items():
        for field in sorted(noun.fields, key=len, reverse=True):
            said = field.replace("_", " ")
            found = re.fullmatch(rf"{said} of ((?:{pattern})\b.*)", head, re.IGNORECASE)
            if found is not None:
                return f"{found[1]} {said}"
    return head


def _field(noun: _Noun, rest: str, head: str) -> tuple[str, str]:
    for field in sorted(noun.fields, key=len, reverse=True):
        found = re.fullmatch(rf"(.*?)\s*\b{field.replace('_', ' ')}", rest, re.IGNORECASE)
        if found is not None:
            return field, found[1]
    if noun.default is None:
        said = ", ".join(f.replace("_", " ") for f in noun.fields)
        raise _wrong(f"{head!r} does not say what to alter: name one of {said}")
    return noun.default, rest


def _where(word: str, noun: _Noun, rest: str, scenario: Scenario) -> dict[str, Any]:
    phrases = "|".join(sorted(map(re.escape, noun.qualifiers), key=len, reverse=True))
    quoted = re.findall(r'"[^"]*"', rest)
    for place, text in enumerate(quoted):
        rest = rest.replace(text, f"\x01{place}", 1)
    pieces = re.split(rf"(?:^|\s+)({phrases})\s+", rest, flags=re.IGNORECASE)
    own, *pairs = (re.sub(r"\x01(\d+)", lambda m: quoted[int(m[1])], p) for p in pieces)
    where: dict[str, Any] = {
        noun.qualifiers[phrase.lower()]: _unquoted(name)
        for phrase, name in zip(pairs[::2], pairs[1::2], strict=True)
    }
    if noun.kind == "lanes" and own:
        return _lane(_unquoted(own), scenario) | where
    if noun.kind == "sites":
        return _sites(word, own, scenario) | where
    if own:
        raise _wrong(f"{own!r} is not understood: say of, at or with tag before a name")
    return where


def _lane(name: str, scenario: Scenario) -> dict[str, Any]:
    origin, destination, mode = lane_ends(name, scenario)
    ends = {"origin": origin, "destination": destination}
    return ends | ({"mode": mode} if mode else {})


def _sites(word: str, own: str, scenario: Scenario) -> dict[str, Any]:
    kind = next((k for k in _KINDS if word in (k, f"{k}s")), None)
    if own:
        names = [_unquoted(name) for name in re.split(r"\s*,\s*", own)]
        return {"codes": tuple(site_code(name, scenario, kind or "site") for name in names)}
    return {"site_kind": kind} if kind else {}


def _unquoted(name: str) -> str:
    return name.strip().strip('"')


def _wrong(detail: str) -> ScenarioError:
    return ScenarioError(detail, (Flaw("", detail),))
