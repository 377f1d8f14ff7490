"""Periods of a scenario that a text names: "in weeks 3-5", "W03", "KW 3 bis 5", "第3到5周"."""

import re
from dataclasses import dataclass

from ops.advise.what_if.unclear import Unclear
from solvers.scenario.document import Scenario

_AND = r"(?:-|to|bis|through|until|till|und|and|,|\u2013|到|至|、|和)"
_NUMBERED = re.compile(
    r"(?:(?:in|im|for|during|from|w\u00e4hrend|von|der|den|the)\s+)*"
    r"(?:(?:(?<![^\W_])(?:weeks?|wochen?|periods?|perioden?|kw|cw|months?|monaten?)\s*)"
    rf"(?P<a>\d{{1,3}})(?:\s*(?P<how>{_AND})\s*(?P<b>\d{{1,3}}))?(?!\s*%|[\d.])"
    rf"|第\s*(?P<c>\d{{1,3}})(?:\s*(?:周)?(?P<how2>{_AND})\s*第?\s*(?P<d>\d{{1,3}}))?\s*(?:周|期|个月))"
)
_STRETCH = re.compile(  # time of a calendar: a scenario has periods, and no calendar
    r"\b(?:for|during|over|within|f\u00fcr|w\u00e4hrend)\s+(?:[\w-]+\s+){0,3}"
    r"(?:days?|weeks?|months?|quarters?|years?|tage?|wochen?|monate?n?|quartale?|jahre?n?)\b"
    r"|\b(?:next|this|coming|following|n\u00e4chste[nrs]?|kommende[nrs]?|diese[nrs]?)\s+"
    r"(?:week|month|quarter|year|woche|monat|quartal|jahr)\b"
    r"|\b(?:from|in|by|until|since|ab|im|bis)\s+(?:january|february|march|april|june|july|august"
    r"|september|october|november|december|januar|februar|m\u00e4rz|mai|juni|juli|oktober"
    r"|dezember|tomorrow|monday|morgen)\b"
    r"|下个?(?:月|周|季度)|明年|本月|[一二两三四五六七八九十]+个?(?:周|星期|月|天)"
)
_AS_LIST = frozenset({"und", "and", ",", "、", "和"})


@dataclass(frozen=True, slots=True)
class Periods:
    """Codes of periods that a text names, and the text without them."""

    codes: tuple[str, ...]
    rest: str


def periods_of(folded: str, scenario: Scenario) -> Periods:
    """Periods that a folded text names; none means all.

    Raises
    ------
    Unclear
        If it names one that is not there.
    """
    known = {p.code.casefold(): p.code for p in scenario.periods}
    codes, rest = _coded(folded, known)
    while (found := _NUMBERED.search(rest)) is not None:
        codes += _numbered(found, scenario)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    ordered = [p.code for p in scenario.periods if p.code in codes]
    return Periods(tuple(ordered), " ".join(rest.split()))


def stretch_in(folded: str) -> str:
    """Words for a stretch of time that is no period of a scenario; empty if there are none.

    Examples
    --------
    >>> stretch_in("close demo-pg for two weeks")
    'for two weeks'
    """
    found = _STRETCH.search(folded)
    return "" if found is None else found[0]


def _coded(folded: str, known: dict[str, str]) -> tuple[list[str], str]:
    """Periods by code, and ranges of codes."""
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    one = rf"(?:{names})(?!\w|-\d{{1,2}}\b)"
    spelled = re.compile(rf"(?:(?:in|im|for|from|von|period)\s+)?(?<![\w-])(?P<a>{one})"
                         rf"(?:\s*(?P<how>{_AND})\s*(?P<b>{one}))?")  # fmt: skip
    order = list(known)
    codes: list[str] = []
    for found in spelled.finditer(folded):
        a = order.index(found["a"])
        b = a if found["b"] is None else order.index(found["b"])
        places = (a, b) if found["how"] in _AS_LIST else range(a, b + 1)
        codes += [known[order[place]] for place in places]
    return codes, spelled.sub(" ", folded)


def _numbered(found: re.Match[str], scenario: Scenario) -> list[str]:
    first = int(found["a"] or found["c"])
    second = int(found["b"] or found["d"] or first)
    how = found["how"] or found["how2"]
    if second < first:
        raise Unclear("{stretch} ends before it begins", stretch=repr(found[0].strip()))
    wanted = (first, second) if how in _AS_LIST else range(first, second + 1)
    return [_with_number(number, scenario) for number in wanted]


def _with_number(number: int, scenario: Scenario) -> str:
    """Code of the one period whose code ends in a number."""
    ends = [(p.code, re.search(r"(\d+)$", p.code)) for p in scenario.periods]
    hits = [code for code, end in ends if end is not None and int(end[1]) == number]
    if len(hits) == 1:
        return hits[0]
    codes = [p.code for p in scenario.periods]
    said = f"{codes[0]} to {codes[-1]}" if len(codes) > 1 else codes[0]
    if hits:
        raise Unclear(
            "several periods have the number {number}; the scenario has {periods}",
            number=str(number), periods=said,
        )  # fmt: skip
    raise Unclear(
        "no period has the number {number}; the scenario has {periods}",
        number=str(number), periods=said,
    )  # fmt: skip
