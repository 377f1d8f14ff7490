"""Months, weeks and days as headers and cells of a Nevada chart write them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: i
    for i, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_YEAR_MONTH = re.compile(r"(\d{4})[-/.\sM](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?[-\s/]*(\d{4}|\d{2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days, as days since 1970-01-01; `end` is the first day after it."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Half-way."""
        return (self.start + self.end) / 2.0


def period_of(text: str) -> Period | None:
    """Period that a text names: a month, an ISO week or a day; the first of a month is the month.

    Examples
    --------
    >>> period_of("1970-02"), period_of("Feb-1970") == period_of("02/1970")
    (Period(start=31.0, end=59.0), True)
    >>> period_of("1970-01-02"), period_of("quantity") is None
    (Period(start=1.0, end=2.0), True)
    """
    try:
        return _parsed(text.strip())
    except ValueError:  # a month 13, a week 60
        return None


def _parsed(text: str) -> Period | None:
    if match := _DAY.fullmatch(text):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return _month(day.year, day.month) if day.day == 1 else _days(day, 1)
    if match := _WEEK.fullmatch(text):
        return _days(date.fromisocalendar(int(match[1]), int(match[2]), 1), 7)
    if match := _YEAR_MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    match = _NAMED.fullmatch(text)
    if match and match[1].lower() in _MONTHS:
        year = int(match[2])
        return _month(year if year >= 100 else 2000 + year, _MONTHS[match[1].lower()])
    return None


def _month(year: int, month: int) -> Period:
    return _days(date(year, month, 1), monthrange(year, month)[1])


def _days(first: date, count: int) -> Period:
    start = float(first.toordinal() - _EPOCH)
    return Period(start, start + count)
