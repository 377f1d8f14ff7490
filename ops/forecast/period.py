"""Periods in which demand is counted: days, weeks from Monday, months, in the time of a zone."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from ops.values import FloatArray, IntArray

PeriodKind = Literal["day", "week", "month"]
SEASON: dict[PeriodKind, int] = {"day": 7, "week": 52, "month": 12}  # periods of a cycle
_LONGEST = 31  # days of a period
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods one after the other; period i runs from ``bounds[i]`` to ``bounds[i + 1]``.

    Parameters
    ----------
    kind, zone
        Length, and the zone whose midnights they start at.
    bounds
        First days, and the day after the last period.
    """

    kind: PeriodKind
    zone: str
    bounds: tuple[date, ...]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def micros(self) -> IntArray:
        """Bounds as microseconds since 1970 UTC, shape (n + 1,)."""
        zone = ZoneInfo(self.zone)
        instants = (datetime.combine(day, time(), zone) for day in self.bounds)
        return np.array([(i - _EPOCH) // _MICROSECOND for i in instants], dtype=np.int64)

    def totals(self, ts: IntArray, value: FloatArray) -> FloatArray:
        """Sum of the values in each period, shape (n,); a period without one has 0.

        Parameters
        ----------
        ts : shape (m,)
            Microseconds since 1970 UTC; what lies outside the periods is left out.
        """
        place = np.searchsorted(self.micros(), ts, side="right") - 1
        inside = (place >= 0) & (place < len(self))
        sums: FloatArray = np.zeros(len(self))
        np.add.at(sums, place[inside], value[inside])
        return sums

    def following(self, n: int) -> "Periods":
        """Make the `n` periods after these."""
        last = self.bounds[-1]
        days = _starts(last, last + timedelta(days=_LONGEST * (n + 1)), self.kind)
        return Periods(self.kind, self.zone, tuple(days[: n + 1]))


def complete_periods(start: datetime, end: datetime, kind: PeriodKind, zone: str) -> Periods:
    """Periods that lie wholly between two instants; there may be none.

    Parameters
    ----------
    start, end
        Aware instants.

    Examples
    --------
    >>> week = datetime(2026, 1, 4, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)
    >>> [day.day for day in complete_periods(*week, "week", "UTC").bounds]
    [5, 12, 19]
    """
    local = [instant.astimezone(ZoneInfo(zone)) for instant in (start, end)]
    days = _starts(local[0].date() - timedelta(days=_LONGEST), local[1].date(), kind)
    zoned = [datetime.combine(day, time(), ZoneInfo(zone)) for day in days]
    kept = days[bisect_left(zoned, local[0]) : bisect_right(zoned, local[1])]
    return Periods(kind, zone, tuple(kept) or (local[0].date(),))


def _starts(first: date, last: date, kind: PeriodKind) -> list[date]:
    """First days of periods within ``first .. last``."""
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return [day for day in days if _begins(day, kind)]


def _begins(day: date, kind: PeriodKind) -> bool:
    if kind == "week":
        return day.weekday() == 0
    return kind == "day" or day.day == 1
