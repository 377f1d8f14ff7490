"""Numbers of a text that nothing explains: a scanner that knows no template and no rendering.

Whatever wrote a text, each of its numerals must be a number of what the text cites, rounded as
it is written, or part of a name or of a quotation.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from ops.advise.evidence import Evidence

_NUMERAL = re.compile(r"[-\u2212]?\d(?:[\d.,'\u202f\u00a0]*\d)?(?:e[+-]?\d+)?", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def unexplained(text: str, cited: Sequence[Evidence], names: Sequence[str]) -> tuple[str, ...]:
    """Numerals of a text that are neither in names nor numbers of what it cites, in order.

    Examples
    --------
    >>> one = Evidence(id="a", case="a", topic="drift", kind="number", quantity="slope",
    ...     label="slope", value=0.2134, link="/", at=0)
    >>> unexplained("WB-07 rises by 0.21, for 3 weeks", [one], ["WB-07"])
    ('3',)
    """
    rest = _without(text, (*names, *_words(cited)))
    numbers = tuple(_numbers(cited))
    found = [match.group().rstrip(".,") for match in _NUMERAL.finditer(rest)]
    return tuple(one for one in found if not _is_one_of(one, numbers))


def _without(text: str, names: Sequence[str]) -> str:
    """Cut names out, the longest first, so that no part of one is taken for another."""
    for name in sorted({n for n in names if any(c.isdigit() for c in n)}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", " ", text)
    return text


def _words(cited: Sequence[Evidence]) -> Iterator[str]:
    """Words that citing brings along: labels, units, quotations, times as they are written."""
    for one in cited:
        yield from (one.label, one.unit, one.reference_label)
        if isinstance(one.value, str):
            yield one.value
        if one.kind == "time" and one.number is not None:
            at = _EPOCH + timedelta(microseconds=one.number)
            yield from (f"{at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%d}")


def _numbers(cited: Sequence[Evidence]) -> Iterator[float]:
    for one in cited:
        scale = 100.0 if one.percent else 1.0
        if one.kind == "number":
            for value in (one.number, one.lower, one.upper, one.reference):
                if value is not None:
                    yield scale * value
        if one.confidence is not None:
            yield 100.0 * one.confidence


def _is_one_of(numeral: str, numbers: Sequence[float]) -> bool:
    """Whether a numeral is one of the numbers, rounded to the place where it ends."""
    plain = re.sub(r"[,'\u202f\u00a0]", "", numeral).replace("\u2212", "-").lower()
    mantissa, _, power = plain.partition("e")
    try:
        said = float(plain)
    except ValueError:
        return False
    places = len(mantissa.partition(".")[2])
    half = 0.5000001 * 10.0 ** (int(power or 0) - places)
    trailing = len(mantissa) - len(mantissa.rstrip("0")) if "." not in mantissa else 0
    coarse = half * 10.0**trailing if abs(said) >= 1000 else half  # thousands are rounded, too
    return any(min(abs(said - one), abs(abs(said) - abs(one))) <= coarse for one in numbers)
