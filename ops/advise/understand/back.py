"""How far back a question looks: "since Monday", "last 14 days", "this week"."""

import re
from datetime import UTC, date, datetime
from functools import cache

from ops.advise.understand.languages import LANGUAGES
from ops.advise.understand.vocabulary import Vocabulary, alternatives, pattern
from ops.advise.understand.wording import parted

FURTHEST = 3650.0  # days
_WEEK = 7.0
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_CHINESE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_THIS_WEEK = re.compile(r"\bthis week\b|\bdiese[rn]? woche\b|本周|这周|这个星期|本星期")


def days_back(tidied: str, *, now_us: int | None = None) -> float | None:
    """Days that a question looks back; None if it does not say.

    Parameters
    ----------
    now_us
        Now, for weekdays and dates; without it a weekday is a week at most, and a date is nothing.

    Examples
    --------
    >>> days_back("What drifted in the last 14 days?"), days_back("Why?")
    (14.0, None)
    """
    whole = tidied.casefold()
    apart = parted(whole)
    for language in LANGUAGES:
        text = apart if language.spaced else whole
        found = _length(text, language)
        if found is None:
            found = _dated(text, language, now_us)
        if found is None:
            found = _span(text, language)
        if found is not None:
            return min(found, FURTHEST)
    if _THIS_WEEK.search(whole):
        return _WEEK if now_us is None else _today(now_us).weekday() + 1.0
    return None


def _length(text: str, language: Vocabulary) -> float | None:
    loose = re.sub(r"(?<=\d)(?=[a-z])", " ", text)  # 14d
    found = _lengths(language.back, tuple(language.units.items()), language.spaced).search(loose)
    if found is None:
        return None
    unit = next(days for name, days in _named(language) if found[f"u{name}"])
    number = found["number"]
    return (float(number) if number else 1.0) * unit


def _named(language: Vocabulary) -> list[tuple[int, float]]:
    return list(enumerate(language.units))


@cache
def _lengths(
    back: tuple[str, ...], units: tuple[tuple[float, tuple[str, ...]], ...], spaced: bool
) -> re.Pattern[str]:
    kinds = "|".join(
        f"(?P<u{place}>{alternatives(terms, spaced)})" for place, (_, terms) in enumerate(units)
    )
    gap = r"\s+" if spaced else r"\s*"
    return re.compile(
        rf"{alternatives(back, spaced)}{gap}(?P<number>\d{{1,4}})(?:\s*|-)(?:个)?(?:{kinds})"
    )


def _dated(text: str, language: Vocabulary, now_us: int | None) -> float | None:
    before = alternatives(language.since, language.spaced)
    gap = r"\s*(?:the\s+|dem\s+|der\s+|last\s+|letzten\s+|letztem\s+)?"
    for number, terms in language.weekdays.items():
        days = alternatives(terms, language.spaced)
        if re.search(rf"{before}{gap}{days}|{days}\s*(?:以来|之后)", text):
            return _since_weekday(number, now_us)
    if now_us is None:
        return None
    start = _date(text, language, before, _today(now_us))
    return None if start is None else max(0.0, (_today(now_us) - start).days + 1.0)


def _since_weekday(number: int, now_us: int | None) -> float:
    if now_us is None:
        return _WEEK
    return (_today(now_us).weekday() - number) % 7 + 1.0


def _date(text: str, language: Vocabulary, before: str, today: date) -> date | None:
    iso = _ISO.search(text)
    if iso is not None:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    chinese = _CHINESE.search(text)
    if chinese is not None:
        return _past(chinese[1], int(chinese[2]), int(chinese[3]), today)
    for month, terms in language.months.items():
        name = alternatives(terms, language.spaced)
        found = re.search(
            rf"{before}\s+(?:dem\s+|the\s+)?(?:(?P<a>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?"
            rf"{name}|{name}\s+(?P<b>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,?\s+(?P<year>\d{{4}}))?",
            text,
        )
        if found is not None:
            return _past(found["year"], month, int(found["a"] or found["b"]), today)
    return None


def _past(year: str | None, month: int, day: int, today: date) -> date | None:
    """Newest such day that is not ahead, if no year is said."""
    if year is not None:
        return _made(int(year), month, day)
    this = _made(today.year, month, day)
    return this if this is None or this <= today else _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(text: str, language: Vocabulary) -> float | None:
    hits = [
        days
        for days, terms in language.spans.items()
        if pattern(terms, language.spaced).search(text)
    ]
    return max(hits) if hits else None


def _today(now_us: int) -> date:
    return datetime.fromtimestamp(now_us // 1_000_000, UTC).date()
