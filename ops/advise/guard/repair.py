"""Slips of form that say nothing: a unit said twice, an id as a citation, "approximately"."""

import re

from ops.advise.evidence import Evidence
from ops.advise.guard.context import GuardContext
from ops.advise.guard.said import MOST_CITED, PLACE, SaidClaim

_SPELT = {  # unit of the evidence to the ways in which people write it
    "d": ("d", "days?"), "h": ("h", "hours?"), "min": ("min", "minutes?"), "s": ("s", "seconds?"),
    "EUR": ("EUR", "euros?"), "USD": ("USD", "dollars?"), "%": ("%", "percent", "per cent"),
    "um": ("um", "[µμ]m", "micrometers?", "micrometres?", "microns?"),
}  # fmt: skip
_SPELT_TIME = {"week": "week", "d": "day", "day": "day", "h": "hour", "month": "month"}
_VAGUE = re.compile(r"\b(?:approximately|approx\.?|roughly|circa)\s+(?=\{E)", re.IGNORECASE)
_CITATION = re.compile(
    r"\s*[(\[](?:see |cf\. |evidence:? |ref\. |source:? |from )?"
    r"((?:[ECM][1-9]\d{0,3})(?:(?:, | and |; |,)[ECM][1-9]\d{0,3})*)[)\]]"
)
_ALIAS = re.compile(r"[ECM][1-9]\d{0,3}")
_CONFIDENCE = re.compile(r"\b(\d{2}(?:\.\d)?) ?%(?: |-)?(?=(?:confidence|CI\b|interval\b))")


def mended(claim: SaidClaim, context: GuardContext) -> SaidClaim:
    """Take out what repeats what stands at a place, or cites in words what `cites` should hold.

    No word is put in, and nothing goes that says something: a unit goes if it is that of the
    evidence, an id if it exists, a level of confidence if it is that of all intervals beside it.
    The claim is checked as it stands afterwards.
    """
    text, cited = _without_citations(claim, context)
    text = _without_units(text, context)
    text = _without_confidence(text, context)
    text = _VAGUE.sub("", text)
    if text == claim.text:
        return claim
    update = {"text": text, "cites": [*dict.fromkeys((*claim.cites, *cited))][:MOST_CITED]}
    return claim.model_copy(update=update)


def _without_citations(claim: SaidClaim, context: GuardContext) -> tuple[str, list[str]]:
    cited: list[str] = []
    known = {*context.evidence, *context.memories}

    def taken(found: re.Match[str]) -> str:
        ids = _ALIAS.findall(found[1])
        if not {*ids} <= known | {claim.case}:
            return found[0]
        cited.extend(one for one in ids if one in known)
        return ""

    return _CITATION.sub(taken, claim.text), cited


def _without_units(text: str, context: GuardContext) -> str:
    """Text without units behind places whose evidence has that very unit."""
    kept, last = [], 0
    for place in PLACE.finditer(text):
        kept.append(text[last : place.end()])
        last = place.end()
        one = context.evidence.get(place[1])
        if one is None or one.kind != "number" or place[2] == "label":
            continue
        found = re.compile(rf"\s?(?:{_unit(one)})(?![\w/%²³^*·-])").match(text, last)
        last = found.end() if found and _unit(one) else last
    return "".join((*kept, text[last:]))


def _unit(one: Evidence) -> str:
    """Pattern of the ways in which the unit of a number is written; empty if it has none."""
    if one.percent:
        return "|".join(_SPELT["%"]) if not one.unit else ""
    unit = one.unit.replace("µ", "u").replace("μ", "u")
    amount, _, per = unit.partition("/")
    ways = _SPELT.get(amount, (re.escape(amount),) if amount else ())
    if not per:
        return "|".join(ways)
    named = _SPELT_TIME.get(per, "")
    behind = rf"/{re.escape(per)}" + (rf"|/{named}| per {named}| a {named}" if named else "")
    return "|".join(f"(?:{way})(?:{behind})" for way in ways)


def _without_confidence(text: str, context: GuardContext) -> str:
    """Text without a level of confidence that all places with an interval have."""
    placed = (context.evidence.get(place[1]) for place in PLACE.finditer(text))
    levels = {e.confidence for e in placed if e is not None and (e.lower, e.upper) != (None, None)}

    def taken(found: re.Match[str]) -> str:
        same = {round(100 * one, 1) for one in levels if one is not None}
        return "" if same == {float(found[1])} and None not in levels else found[0]

    return _CONFIDENCE.sub(taken, text)
