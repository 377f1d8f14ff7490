"""Shifts of a site: which one an instant belongs to, the last complete one, the present one.

A shift starts at a local minute of a day and ends at another; an end at or before the start lies
on the next day. It belongs to the day on which it starts. On a holiday no shift starts. Bounds are
wall times: a night shift is an hour shorter or longer when the clocks change.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ops.timing.cron import first_valid
from ops.values import Factor, IntArray

_DAY_MINUTES = 24 * 60
_LOOK_BACK_DAYS = 400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ShiftPattern:
    """A shift that repeats.

    Parameters
    ----------
    name
        Unique in its calendar.
    start_minute, end_minute
        Local minutes after midnight, 0 to 1439.
    weekdays
        Days on which it starts, 0 = Monday.
    """

    name: str
    start_minute: int
    end_minute: int
    weekdays: frozenset[int] = frozenset(range(7))

    def __post_init__(self) -> None:
        for minute in (self.start_minute, self.end_minute):
            if not 0 <= minute < _DAY_MINUTES:
                raise ValueError(f"minute {minute} of shift {self.name!r} is not in 0 to 1439")


@dataclass(frozen=True, slots=True)
class ShiftSpan:
    """One shift on one day: aware UTC instants, half-open."""

    name: str
    day: date
    start: datetime
    end: datetime

    @property
    def label(self) -> str:
        """Day and name, e.g. ``2026-03-01 night``."""
        return f"{self.day.isoformat()} {self.name}"


@dataclass(frozen=True, slots=True)
class ShiftCalendar:
    """Working calendar of a site."""

    zone: str
    patterns: tuple[ShiftPattern, ...]
    holidays: frozenset[date] = frozenset()

    def spans(self, first: date, last: date) -> Iterator[ShiftSpan]:
        """Shifts that start on the local days `first` to `last`, in order of their start."""
        zone, day = ZoneInfo(self.zone), first
        ordered = sorted(self.patterns, key=lambda p: (p.start_minute, p.name))
        while day <= last:
            if day not in self.holidays:
                for pattern in ordered:
                    if day.weekday() in pattern.weekdays:
                        yield _span(pattern, day, zone)
            day += timedelta(days=1)

    def current(self, now: datetime) -> ShiftSpan | None:
        """Shift that is running at `now`; the one that started last if several are."""
        running = [s for s in self._around(now, 1) if s.start <= now < s.end]
        return max(running, key=lambda s: s.start, default=None)

    def last_complete(self, now: datetime) -> ShiftSpan | None:
        """Shift that ended last, at or before `now`."""
        for days in (2, 14, _LOOK_BACK_DAYS):
            ended = [s for s in self._around(now, days) if s.end <= now]
            if ended:
                return max(ended, key=lambda s: (s.end, s.start))
        return None

    def _around(self, now: datetime, days: int) -> list[ShiftSpan]:
        today = now.astimezone(ZoneInfo(self.zone)).date()
        return list(self.spans(today - timedelta(days=days), today))


def shift_factor(ts: IntArray, calendar: ShiftCalendar) -> Factor:
    """Name of the shift of each instant, -1 outside every shift.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, in any order.
    """
    return _factor(ts, calendar, lambda span: span.name)


def shift_factor_of_versions(ts: IntArray, versions: Sequence[tuple[int, ShiftCalendar]]) -> Factor:
    """Name of the shift of each instant by the calendar in force then; -1 before the first.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, in any order.
    versions
        Instant from which each holds, ascending, in the same unit.
    """
    since = np.array([start for start, _ in versions], dtype=np.int64)
    version = np.searchsorted(since, ts, side="right") - 1
    codes = np.full(ts.size, -1, dtype=np.int64)
    parts = [(np.flatnonzero(version == i), calendar) for i, (_, calendar) in enumerate(versions)]
    found = [(rows, shift_factor(ts[rows], calendar)) for rows, calendar in parts if rows.size]
    levels = tuple(sorted({level for _, factor in found for level in factor.levels}))
    for rows, factor in found:
        place = np.array([*(levels.index(level) for level in factor.levels), -1])
        codes[rows] = place[factor.codes]  # the last place is what -1 points to
    return Factor(codes, levels)


def shift_day_factor(ts: IntArray, calendar: ShiftCalendar) -> Factor:
    """Day and name of the shift of each instant (``2026-03-01 night``), -1 outside."""
    return _factor(ts, calendar, lambda span: span.label)


def _factor(ts: IntArray, calendar: ShiftCalendar, label: Callable[[ShiftSpan], str]) -> Factor:
    if ts.size == 0 or not calendar.patterns:
        return Factor(np.full(ts.size, -1, dtype=np.int64), ())
    zone = ZoneInfo(calendar.zone)
    ends = (_instant(int(ts.min())), _instant(int(ts.max())))
    first, last = (e.astimezone(zone).date() for e in ends)
    spans = list(calendar.spans(first - timedelta(days=1), last))
    if not spans:
        return Factor(np.full(ts.size, -1, dtype=np.int64), ())
    levels = tuple(sorted({label(s) for s in spans}))
    code = {level: i for i, level in enumerate(levels)}
    starts = np.array([_micros(s.start) for s in spans], dtype=np.int64)
    stops = np.array([_micros(s.end) for s in spans], dtype=np.int64)
    bounds = np.union1d(starts, stops)
    running = np.full(bounds.size + 1, -1, dtype=np.int64)  # code from each bound to the next
    for i in np.argsort(starts, kind="stable"):  # the one that started last wins, as in `current`
        first_bound, last_bound = np.searchsorted(bounds, [starts[i], stops[i]])
        running[first_bound + 1 : last_bound + 1] = code[label(spans[i])]
    return Factor(running[np.searchsorted(bounds, ts, side="right")], levels)


def _span(pattern: ShiftPattern, day: date, zone: ZoneInfo) -> ShiftSpan:
    over = 1 if pattern.end_minute <= pattern.start_minute else 0
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (wall time is meant)
    start = midnight + timedelta(minutes=pattern.start_minute)
    end = midnight + timedelta(days=over, minutes=pattern.end_minute)
    return ShiftSpan(pattern.name, day, first_valid(start, zone), first_valid(end, zone))


def _instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
