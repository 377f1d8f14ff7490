"""Claims in the reader's language: templates translated, numbers written its way."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from api.advice_bodies import AdviceSentence
from api.advice_views import sentence_of
from api.render.words import ABSENT, Words
from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.advise.rendering import decimals_of, has_width, reference_decimals, rounded

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def said_in(words: Words, claim: Claim, evidence: Mapping[str, Evidence]) -> AdviceSentence:
    """Render a claim for a reader; a template without a translation stays as it is."""
    template = words.text(claim.template)

    def say(slot: Slot, one: Evidence | None) -> str:
        return said_slot(words, slot, one)

    return sentence_of(claim, evidence, say=say, template=template)


def said_slot(words: Words, slot: Slot, one: Evidence | None) -> str:
    """Say what stands at a place of a claim."""
    if one is None:
        return (
            words.clauses(slot.phrases)
            if slot.listed
            else words.said(slot.name or "", slot.phrases)
        )
    match slot.part:
        case "label" | "name":
            return label(words, one)
        case "lower" | "upper":
            return _with_unit(words, one, getattr(one, slot.part))
        case "reference":
            return _with_unit(words, one, one.reference, reference_decimals(one))
        case "interval":
            return interval(words, one)
        case "value":
            return value(words, one)
        case "full":
            bounds = interval(words, one)
            return f"{value(words, one)} ({bounds})" if bounds else value(words, one)


def label(words: Words, one: Evidence) -> str:
    """Say what a piece of evidence is."""
    return words.said(one.label, () if one.label_phrase is None else (one.label_phrase,))


def value(words: Words, one: Evidence) -> str:
    """Write the value of a piece of evidence with its unit; a sentence of a page as the page."""
    if isinstance(one.value, str):
        if not one.phrases:
            return words.text(one.value)
        said = words.clauses(one.phrases)
        return words.text("{clauses}.").format(clauses=said) if one.value.endswith(".") else said
    return _with_unit(words, one, one.value)


def interval(words: Words, one: Evidence) -> str:
    """Write its bounds with their confidence; empty if it has none."""
    if one.lower is None and one.upper is None:
        return ""
    share = "" if one.confidence is None else f"{words.percent(one.confidence)} "
    if one.lower is None:
        return share + words.text("at most {bound}").format(bound=_bare(words, one, one.upper))
    if one.upper is None:
        return share + words.text("at least {bound}").format(bound=_bare(words, one, one.lower))
    if not has_width(one):
        return ""
    bounds = {"lower": _bare(words, one, one.lower), "upper": _bare(words, one, one.upper)}
    return share + words.text("{lower} to {upper}").format_map(bounds)


def held_against(words: Words, one: Evidence) -> str:
    """Write what its value is held against; empty: nothing."""
    if one.reference is None:
        return ""
    return _with_unit(words, one, one.reference, reference_decimals(one))


def _with_unit(
    words: Words, one: Evidence, number: float | None, decimals: int | None = None
) -> str:
    text = _bare(words, one, number, decimals)
    return f"{text} {unit(words, one.unit)}" if one.unit and number is not None else text


def unit(words: Words, symbol: str) -> str:
    """Write a unit: words of it are translated, symbols and the plant's own stay.

    Examples
    --------
    >>> unit(Words(), "µm/week")
    'µm/week'
    """
    return "/".join(words.text(part) for part in symbol.split("/"))


def _bare(words: Words, one: Evidence, number: float | None, decimals: int | None = None) -> str:
    if number is None:
        return ABSENT
    if one.kind == "time":
        return words.instant(_EPOCH + timedelta(microseconds=number))
    places = decimals_of(one) if decimals is None else decimals
    if one.percent:
        return words.percent(number, places)
    return words.number(number if decimals is not None else rounded(one, number), places)
