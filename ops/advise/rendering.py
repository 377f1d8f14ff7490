"""Claims made sentences: whoever renders puts the numbers in, from the evidence alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import floor, isfinite, log10
from string import Formatter

from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.page_value import Number

_MOST_DECIMALS = 9
_REFERENCE_DECIMALS = 4  # limits and requirements are set by people
_NO_WIDTH = 1e-6  # of the larger bound: what arithmetic leaves over
_LARGE = 1000.0  # half an interval from which on single units are noise
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
            return _with_unit(one, one.reference, reference_decimals(one))
        case "interval":
            return _interval(one)
        case "value":
            return _value(one)
        case "full":
            bounds = _interval(one)
            return f"{_value(one)} ({bounds})" if bounds else _value(one)


def decimals_of(one: Evidence) -> int | None:
    """Decimals that a number is worth: those it names, else two digits of half its interval.

    A number without an interval has four significant digits.

    Examples
    --------
    >>> rate = Evidence(id="a", case="a", topic="drift", kind="number", quantity="slope",
    ...     label="slope", value=0.418231, lower=0.356101, upper=0.480299, link="/", at=0)
    >>> decimals_of(rate), decimals_of(rate.model_copy(update={"lower": None, "upper": None}))
    (3, 4)
    """
    if one.decimals is not None or one.kind != "number" or one.number is None:
        return one.decimals
    scale = 100.0 if one.percent else 1.0
    shown = [scale * x for x in (one.number, one.lower, one.upper) if x is not None]
    if len(shown) == 3 and has_width(one):
        size, digits = (shown[2] - shown[1]) / 2, 2
    else:
        size, digits = abs(shown[0]), 4
    if size == 0 or not isfinite(size):
        return None
    most = min(_MOST_DECIMALS, max(0, digits - 1 - floor(log10(size))))
    return max(_needed(x, most) for x in shown)


def has_width(one: Evidence) -> bool:
    """Whether both bounds are known and apart: an interval without a width tells nothing."""
    if one.lower is None or one.upper is None:
        return False
    return one.upper - one.lower > _NO_WIDTH * max(abs(one.lower), abs(one.upper))


def reference_decimals(one: Evidence) -> int | None:
    """Decimals of what a number is held against: a limit of 161 stays 161, whatever is measured.

    Examples
    --------
    >>> held = Evidence(id="a", case="a", topic="drift", kind="number", quantity="level-now",
    ...     label="level", value=158.23, decimals=2, reference=161.0, link="/", at=0)
    >>> reference_decimals(held)
    0
    """
    if one.reference is None or one.kind != "number":
        return decimals_of(one)
    return _needed((100.0 if one.percent else 1.0) * one.reference, _REFERENCE_DECIMALS)


def rounded(one: Evidence, value: float) -> float:
    """Round a large number or its bound to three digits of half its interval; others stay.

    Two digits of its own it keeps in any case, below a thousand all: a small bound is no zero.

    Examples
    --------
    >>> life = Evidence(id="a", case="a", topic="lifetime", kind="number", quantity="b10",
    ...     label="B10", value=78005.2, lower=27796.6, upper=232487.0, link="/", at=0)
    >>> rounded(life, life.value), rounded(life, life.upper)
    (78000.0, 232000.0)
    >>> rounded(life, 412.7)
    413.0
    """
    if one.kind != "number" or one.decimals is not None or one.lower is None or one.upper is None:
        return value
    half = (one.upper - one.lower) / 2 * (100.0 if one.percent else 1.0)
    if not isfinite(half) or half < _LARGE or one.percent:
        return value
    own = 0 if abs(value) < _LARGE else 1 - floor(log10(abs(value)))
    return round(value, max(2 - floor(log10(half)), own))


def _needed(value: float, most: int) -> int:
    """Decimals without zeros at their end: 161 needs none, 0.140 two."""
    written = f"{value:.{most}f}"
    return len(written.rstrip("0").partition(".")[2]) if "." in written else 0


def day(at: float) -> str:
    """Write the day of an instant in microseconds since 1970 UTC: ``2026-11-27``."""
    return f"{_EPOCH + timedelta(microseconds=at):%Y-%m-%d}"


def _value(one: Evidence) -> str:
    return one.value if isinstance(one.value, str) else _with_unit(one, one.value)


def _with_unit(one: Evidence, value: float | None, decimals: int | None = None) -> str:
    text = _bare(one, value, decimals)
    return f"{text} {one.unit}" if one.unit and value is not None else text


def _bare(one: Evidence, value: float | None, decimals: int | None = None) -> str:
    if one.kind == "time" and value is not None:
        return f"{_EPOCH + timedelta(microseconds=value):%Y-%m-%d %H:%M}"
    if value is None or decimals is not None:
        return str(Number(value=value, decimals=decimals, percent=one.percent))
    shown = rounded(one, value)
    return str(Number(value=shown, decimals=decimals_of(one), percent=one.percent))


def _interval(one: Evidence) -> str:
    if one.lower is None and one.upper is None:
        return ""
    share = "" if one.confidence is None else f"{100 * one.confidence:.6g} % "
    if one.lower is None or one.upper is None:
        side = "at least" if one.upper is None else "at most"
        known = one.lower if one.upper is None else one.upper
        return f"{share}{side} {_bare(one, known)}"
    if not has_width(one):
        return ""
    return f"{share}{_bare(one, one.lower)} to {_bare(one, one.upper)}"
