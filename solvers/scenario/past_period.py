"""Calendar weeks and months as periods of a scenario."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from solvers.scenario.policy import Period


def periods_of(first: date, last: date, length: Literal["week", "month"]) -> tuple[Period, ...]:
    """Whole weeks (from Monday) or months that hold every day from `first` to `last`.

    Examples
    --------
    >>> [p.code for p in periods_of(date(2026, 1, 30), date(2026, 2, 1), "month")]
    ['2026-01', '2026-02']
    """
    found: list[Period] = []
    start = _start(first, length)
    while start <= last:
        after = _start(start + timedelta(days=32 if length == "month" else 7), length)
        days = float((after - start).days)
        found.append(Period(code=period_code(start, length), start=start, days=days))
        start = after
    return tuple(found)


def period_code(day: date, length: Literal["week", "month"]) -> str:
    """Code of the period that holds a day: ``2026-01``, or ISO week ``2026-W05``."""
    if length == "month":
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def span(days: Iterable[date]) -> tuple[date, date]:
    """First and last of some days."""
    ordered = sorted(set(days))
    return ordered[0], ordered[-1]


def _start(day: date, length: Literal["week", "month"]) -> date:
    if length == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday())
