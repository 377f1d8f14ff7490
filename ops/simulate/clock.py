"""Working time of a site: hours in which its shifts run, and the instants they stand for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ops.simulate.plant import DAY_US, HOUR_US, Plant, PlantSite
from ops.timing.shift import ShiftCalendar
from ops.values import FloatArray, IntArray

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WorkClock:
    """Piecewise linear map between working hours since the start of the record and instants.

    Parameters
    ----------
    start_us, end_us
        The record: microseconds since 1970 UTC, half-open.
    opening_us, hours : shape (k,)
        Bounds of the stretches of work and the working hours reached at each.
    shift_us : shape (m,)
        Starts of shifts in the record.
    """

    start_us: int
    end_us: int
    opening_us: IntArray
    hours: FloatArray
    shift_us: IntArray

    @property
    def total(self) -> float:
        """Working hours of the whole record."""
        return float(self.hours[-1])

    def at(self, hours: FloatArray) -> IntArray:
        """Instants of working hours, microseconds; those outside are set to the nearest bound."""
        since = np.interp(hours, self.hours, self.opening_us - self.start_us)
        return self.start_us + since.astype(np.int64)

    def worked(self, ts: IntArray) -> FloatArray:
        """Working hours up to instants."""
        return np.interp(ts - self.start_us, self.opening_us - self.start_us, self.hours)

    def days_before_end(self, ts: IntArray) -> FloatArray:
        """Calendar days from instants to the end of the record."""
        found: FloatArray = (self.end_us - ts) / DAY_US
        return found


def calendar_of(site: PlantSite, plant: Plant, end_us: int) -> ShiftCalendar:
    """Shifts and holidays of a site over the record that ends at `end_us`."""
    return ShiftCalendar(site.zone, site.shifts, frozenset(holidays_of(site, plant, end_us)))


def holidays_of(site: PlantSite, plant: Plant, end_us: int) -> dict[date, str]:
    """Holidays by local date: the yearly ones, and the closure of the plant.

    The closure lies `plant.closed_before_end` days before the end; a record that is shorter than
    twice that has none.
    """
    last = _local_day(end_us, site.zone)
    first = last - timedelta(days=plant.days + 1)
    found = {
        date(year, month, day): name
        for year in range(first.year, last.year + 2)
        for month, day, name in site.holidays
    }
    if plant.days >= 2 * plant.closed_before_end:
        found[last - timedelta(days=plant.closed_before_end)] = "Stock-taking"
    return found


def clock_of(site: PlantSite, plant: Plant, end_us: int) -> WorkClock:
    """Working time of a site over the record that ends at `end_us`."""
    calendar = calendar_of(site, plant, end_us)
    start_us = end_us - plant.days * DAY_US
    days = [_local_day(us, site.zone) for us in (start_us, end_us)]
    spans = list(calendar.spans(days[0] - timedelta(days=1), days[1]))
    bounds = np.array([(_micros(s.start), _micros(s.end)) for s in spans], dtype=np.int64)
    begins, ends = np.clip(bounds.reshape(-1, 2), start_us, end_us).T
    length = ends - begins
    opening = np.concatenate([[start_us], np.column_stack([begins, ends]).ravel(), [end_us]])
    reached = np.cumsum(length)
    worked = np.column_stack([reached - length, reached]).ravel()
    worked = np.concatenate([[0], worked, [length.sum()]])
    starts = np.array([_micros(s.start) for s in spans], dtype=np.int64)
    return WorkClock(
        start_us=start_us,
        end_us=end_us,
        opening_us=opening,
        hours=worked / HOUR_US,
        shift_us=starts[(starts >= start_us) & (starts < end_us)],
    )


def _local_day(us: int, zone: str) -> date:
    return (_EPOCH + timedelta(microseconds=us)).astimezone(ZoneInfo(zone)).date()


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
