"""Claims made sentences: whoever renders puts the numbers in, from the evidence alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import Formatter

from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.page import Number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: words of the template, or what stands at one of its places."""

    text: str
    slot: Slot | None = None


Say = Callable[[Slot, Evidence | None], str]


def pieces(
    claim: Claim, evidence: Mapping[str, Evidence], say: Say | None = None, template: str = ""
) -> tuple[Piece, ...]:
    """Split a claim into words and slots.

    Parameters
    ----------
    evidence
        By id.
    say
        How a slot is said; None: in English.
    template
        The template in another language; empty: its own.

    Raises
    ------
    KeyError
        If the template names a slot, or a slot a piece of evidence, that is not there.
    """
    tell = say or english
    found: list[Piece] = []
    for words, name, _, _ in Formatter().parse(template or claim.template):
        if words:
            found.append(Piece(words))
        if name is not None:
            slot = claim.slots[name]
            one = None if slot.evidence is None else evidence[slot.evidence]
            found.append(Piece(tell(slot, one), slot))
    return tuple(found)


def sentence(claim: Claim, evidence: Mapping[str, Evidence]) -> str:
    """Say a claim in English.

    Examples
    --------
    >>> drift = Evidence(id="a.slope", case="a", topic="drift", kind="number", quantity="slope",
    ...     label="slope", value=0.21, unit="µm/week", lower=0.14, upper=0.28, confidence=0.95,
    ...     decimals=2, link="/runs/1", at=0)
    >>> claim = Claim(role="finding", template="{tool} drifts by {slope}", slots={
    ...     "tool": Slot(name="WB-07"), "slope": Slot(evidence="a.slope", part="full")})
    >>> sentence(claim, {"a.slope": drift})
    'WB-07 drifts by 0.21 µm/week (95 % 0.14 to 0.28)'
    """
    return "".join(piece.text for piece in pieces(claim, evidence))


def english(slot: Slot, one: Evidence | None) -> str:
    """Say what stands at a place in English."""
    if one is None:
        return slot.name or ""
    match slot.part:
        case "label" | "name":
            return one.label
        case "lower" | "upper":
            return _with_unit(one, one.lower if slot.part == "lower" else one.upper)
        case "reference":
            return _with_unit(one, one.reference)
        case "interval":
            return _interval(one)
        case "value":
            return _value(one)
        case "full":
            bounds = _interval(one)
            return f"{_value(one)} ({bounds})" if bounds else _value(one)


def _value(one: Evidence) -> str:
    return one.value if isinstance(one.value, str) else _with_unit(one, one.value)


def _with_unit(one: Evidence, value: float | None) -> str:
    text = _bare(one, value)
    return f"{text} {one.unit}" if one.unit and value is not None else text


def _bare(one: Evidence, value: float | None) -> str:
    if one.kind == "time" and value is not None:
        return f"{_EPOCH + timedelta(microseconds=value):%Y-%m-%d %H:%M}"
    return str(Number(value=value, decimals=one.decimals, percent=one.percent))


def _interval(one: Evidence) -> str:
    if one.lower is None and one.upper is None:
        return ""
    share = "" if one.confidence is None else f"{100 * one.confidence:.6g} % "
    if one.lower is None or one.upper is None:
        side = "at least" if one.upper is None else "at most"
        known = one.lower if one.upper is None else one.upper
        return f"{share}{side} {_bare(one, known)}"
    return f"{share}{_bare(one, one.lower)} to {_bare(one, one.upper)}"
