"""The inverse of what edits say of themselves: "lane A>B: capacity -50 % in W03" is that edit."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_rule import PolicyField
from solvers.scenario.place import SiteStatus

_ADAPTER: TypeAdapter[Edit] = TypeAdapter(Edit)
_N = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_PERCENT = re.compile(rf"([+-]{_N}) %$")
_ADD = re.compile(rf"([+-]{_N})( \S.*)?$")
_TO = re.compile(r"to (.+)$")
_NUMBER = re.compile(rf"-?{_N}")
_VERBS: Mapping[str, SiteStatus] = {
    "close": "closed", "keep open": "must-open", "let stay or close": "existing",
    "let open": "candidate",
}  # fmt: skip
_LANES = re.compile(
    r"(?:all lanes|lane (?P<origin>.+?)>(?P<destination>.+?)"
    r"|lanes(?: from (?P<origin_>.+?))?(?: to (?P<destination_>.+?))?)"
    r"(?: by (?P<mode>.+?))?(?: with tag (?P<tag>.+?))?(?: of (?P<commodity>.+?))?"
)
_SITES = re.compile(
    r"(?:all sites|sites?(?: (?!of |in |with )(?P<codes>.+?))?(?: of kind (?P<site_kind>\S+))?"
    r"(?: in (?P<country>[A-Z]{2}))?(?: of group (?P<group>.+?))?(?: with tag (?P<tag>.+?))?)"
)
_GOODS = re.compile(
    r"(?P<all>all )?(?P<noun>demand|supply|inventory)"
    r"(?: at (?!group |sites with tag )(?P<site>.+?))?(?: at group (?P<site_group>.+?))?"
    r"(?: at sites with tag (?P<site_tag>.+?))?(?: of (?!family )(?P<commodity>.+?))?"
    r"(?: of family (?P<commodity_group>.+?))?(?: with tag (?P<tag>.+?))?"
)
_MAKING = re.compile(
    r"(?P<all>all )?(?P<noun>production|tools)(?: of (?P<commodity>.+?))?(?: at (?P<site>.+?))?"
    r"(?: on (?P<tool_group>.+?))?(?: by revision (?P<revision>.+?))?(?: with tag (?P<tag>.+?))?"
)
_DUTY = re.compile(
    rf"tariff (?:to (?P<to>{_N}) %|(?P<add>[+-]{_N}) %) from (?P<origin>[A-Z]{{2}})"
    r" to (?P<destination>[A-Z]{2})(?: of class (?P<duty_class>.+))?"
)
_SHOCK = re.compile(
    rf"(?P<where>.+): lead time (?:(?P<percent>[+-]{_N}) % and )?(?P<add>[+-]{_N}(?: \S.*)?)"
)
_COUNT = re.compile(r"open (?P<kind>\S+) sites: (?P<minimum>\d+) to (?P<maximum>\d+|any number)")
_SWITCH = re.compile(r"(single source|lead time lag) (on|off)")
_KINDS = {"demand": "demands", "supply": "supplies", "inventory": "inventories",
          "production": "productions", "tools": "tools"}  # fmt: skip


def spoken(clause: str, scenario: Scenario) -> Edit | None:
    """Edit whose own sentence a clause is; None if it is none's.

    Of edits that say the same, the plain one is meant: a lead time that is scaled is no shock.
    """
    for found in _candidates(clause, {p.code for p in scenario.periods}):
        try:
            edit = _ADAPTER.validate_python(found)
        except ValidationError:
            continue
        if edit.sentence() == clause:
            return edit
    return None


def _candidates(clause: str, periods: set[str]) -> Iterator[dict[str, Any]]:
    yield from _using(clause)
    yield from _rules(clause)
    head, _, tail = clause.rpartition(" in ")
    codes = tuple(tail.split(", ")) if head else ()
    if codes and periods.issuperset(codes):
        yield from ({**found, "periods": codes} for found in _altering(head))
    yield from _altering(clause)


def _using(clause: str) -> Iterator[dict[str, Any]]:
    verbs: list[tuple[str, re.Pattern[str], dict[str, Any]]] = [
        *((verb, _SITES, {"kind": "site-status", "status": s}) for verb, s in _VERBS.items()),
        ("open", _LANES, {"kind": "use-lanes", "open": True}),
        ("close", _LANES, {"kind": "use-lanes", "open": False}),
        ("remove", _SITES, {"kind": "remove-sites"}),
    ]
    for verb, pattern, found in verbs:
        where = _where(pattern, clause.removeprefix(f"{verb} "))
        if clause.startswith(f"{verb} ") and where is not None:
            yield {**found, "where": where}


def _rules(clause: str) -> Iterator[dict[str, Any]]:
    duty = _DUTY.fullmatch(clause)
    if duty is not None:
        shares = {n: _share(duty[n]) for n in ("add", "to") if duty[n] is not None}
        names = {n: duty[n] for n in ("origin", "destination", "duty_class")}
        yield {"kind": "duty", **names, **shares}
    shock = _SHOCK.fullmatch(clause)
    if shock is not None:
        factor = 1.0 if shock["percent"] is None else _factor(shock["percent"])
        where = _where(_LANES, shock["where"])
        yield {"kind": "lead-time-shock", "where": where, "factor": factor,
               "add": _amount(shock["add"])}  # fmt: skip
    rule: dict[str, Any] = {"kind": "rule"}
    for part in clause.split(", "):
        switch, count = _SWITCH.fullmatch(part), _COUNT.fullmatch(part)
        if switch is not None:
            rule[switch[1].replace(" ", "_")] = switch[2] == "on"
        elif count is not None:
            most = None if count["maximum"] == "any number" else int(count["maximum"])
            rule["site_count"] = {"kind": count["kind"], "minimum": int(count["minimum"]),
                                  "maximum": most}  # fmt: skip
        else:
            return
    yield rule


def _altering(clause: str) -> Iterator[dict[str, Any]]:
    for place in [found.start() for found in re.finditer(" ", clause)]:
        head, said = clause[:place], clause[place + 1 :]
        change = _change(said)
        if change is None:
            continue
        yield from ({**subject, "change": change} for subject in _subjects(head))


def _subjects(head: str) -> Iterator[dict[str, Any]]:
    rule = head.replace(" ", "_")
    if rule in get_args(PolicyField):
        yield {"kind": "policy", "field": rule}
    subject, colon, field = head.rpartition(": ")
    named = {"field": field.replace(" ", "_")} if colon else {"field": "quantity"}
    for text in (subject,) if colon else (head,):
        for pattern, kind in ((_LANES, "lanes"), (_SITES, "sites")):
            where = _where(pattern, text)
            if colon and where is not None:
                yield {"kind": kind, "where": where, **named}
        for pattern in (_GOODS, _MAKING):
            found = pattern.fullmatch(text)
            if found is not None:
                where = _given(found)
                yield {"kind": _KINDS[found["noun"]], "where": where, **named}
        if colon and text.startswith("mode "):
            mode = text.removeprefix("mode ")
            yield {"kind": "modes", "mode": None if mode == "any" else mode, **named}


def _where(pattern: re.Pattern[str], text: str) -> dict[str, Any] | None:
    found = pattern.fullmatch(text)
    if found is None:
        return None
    given = _given(found)
    if "codes" in given:
        given["codes"] = tuple(given["codes"].split(", "))
    return given


def _given(found: re.Match[str]) -> dict[str, Any]:
    named = {name.rstrip("_"): text for name, text in found.groupdict().items() if text is not None}
    return {name: text for name, text in named.items() if name not in ("all", "noun")}


def _change(said: str) -> dict[str, Any] | None:
    percent, add, to = _PERCENT.match(said), _ADD.match(said), _TO.match(said)
    if percent is not None:
        return {"factor": _factor(percent[1])}
    if said == "to no limit":
        return {"lift": True}
    if to is not None:
        return {"to": _amount(to[1])}
    return None if add is None else {"add": _amount(said)}


def _factor(percent: str) -> float:
    return float(f"{1 + float(percent) / 100:.12g}")


def _share(percent: str) -> float:
    return float(f"{float(percent) / 100:.12g}")


def _amount(text: str) -> float | str:
    return float(text) if _NUMBER.fullmatch(text.lstrip("+")) else text.lstrip("+")
