"""The record that drift is sought in: values on real time stamps, and what is wrong with them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.unit_change import unit_change
from ops.errors import NotEnoughData
from ops.values import BoolArray, FloatArray, IntArray

FlawKind = Literal[
    "not-finite",  # values that are no numbers were left out
    "duplicate-stamps",  # values of one instant are one point, their mean
    "gaps",  # long stretches without a value
    "repeated-hour",  # stamps of a local clock that was put back: an hour lies twice
    "single-value",  # nothing varies
    "saturation",  # the sensor's own limit, repeated: a bound and no value
    "unit-change",  # values are a known factor larger or smaller from somewhere on
]
_GAP = 10.0  # spacings, and at least a day: shifts and weekends are no gap
_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a record, and how much of it.

    Parameters
    ----------
    count
        Values (or gaps, or hours) concerned.
    at
        Where it is, or begins, or is largest; microseconds since 1970 UTC; None: throughout.
    amount
        Longest gap in days; the value at which it saturates, or that alone occurs; the factor of a
        change of unit (of an added constant, that constant). None where there is none.
    """

    kind: FlawKind
    count: int
    at: int | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class DriftRecord:
    """A record made ready: increasing stamps, finite values, one unit.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, strictly increasing.
    t : shape (n,)
        Days since the first point.
    y : shape (n,)
        Mean of the values of each instant.
    weight : shape (n,)
        Number of values behind each point.
    saturated : shape (n,)
        Whether all values of the point lie at the sensor's own limit.
    """

    ts: IntArray
    t: FloatArray
    y: FloatArray
    weight: FloatArray
    saturated: BoolArray
    flaws: tuple[Flaw, ...]

    @property
    def is_constant(self) -> bool:
        """Whether a single distinct value is all there is: nothing can be said of its noise."""
        return bool(self.y.min() == self.y.max())

    def flaw(self, kind: FlawKind) -> Flaw | None:
        """Return the flaw of this kind; None if there is none."""
        return next((flaw for flaw in self.flaws if flaw.kind == kind), None)


def record_of(
    ts: IntArray, value: FloatArray, *, zone: ZoneInfo | None = None, least: int = 3
) -> DriftRecord:
    """Make a record ready for evidence of drift.

    Values that are no numbers are left out; the order is that of the stamps; values of one instant
    become one point, their mean, since between them there is no time in which to drift. Where the
    unit changed in the middle only the later stretch is kept: it is what the present is in.
    Stamps are instants: a zone whose clock is put forward or back moves none of them. With `zone`
    it is told where a source wrote local time, so that the hour before the clock was put back
    holds the values of two.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, in any order.
    value : shape (n,)
        Measured values.
    least
        Fewest points of a record.

    Raises
    ------
    NotEnoughData
        If fewer than `least` points are left.
    """
    finite = np.isfinite(value)
    order = np.argsort(ts[finite], kind="stable")
    stamps, values = ts[finite][order], value[finite][order]
    flaws = [Flaw("not-finite", int(np.count_nonzero(~finite)))] if not finite.all() else []
    changed = unit_change(values)
    if changed is not None:
        since = int(stamps[changed.index])
        flaws.append(Flaw("unit-change", changed.index, since, changed.amount))
        stamps, values = stamps[changed.index :], values[changed.index :]
    at, first, count = np.unique(stamps, return_index=True, return_counts=True)
    if at.size < least:
        raise NotEnoughData(f"a record of drift needs {least} points in time, got {at.size}")
    stop, stuck = _saturated(stamps, values)
    flaws += stop
    y = np.add.reduceat(values, first) / count
    held = np.logical_and.reduceat(stuck, first)
    flaws += [*_repeated(at, count), *_gaps(at), *_hours(stamps, zone), *_single(y)]
    t = (at - at[0]) / MICROS_PER_DAY
    return DriftRecord(at, t, y, count.astype(np.float64), held, tuple(flaws))


def _repeated(ts: IntArray, count: IntArray) -> list[Flaw]:
    more = np.flatnonzero(count > 1)
    if more.size == 0:
        return []
    return [Flaw("duplicate-stamps", int(np.sum(count[more] - 1)), int(ts[more[0]]))]


def _gaps(ts: IntArray) -> list[Flaw]:
    spacing = np.diff(ts)
    long = np.flatnonzero(spacing > max(_GAP * float(np.median(spacing)), MICROS_PER_DAY))
    if long.size == 0:
        return []
    worst = int(long[np.argmax(spacing[long])])
    return [Flaw("gaps", long.size, int(ts[worst]), float(spacing[worst]) / MICROS_PER_DAY)]


def _single(y: FloatArray) -> list[Flaw]:
    return [Flaw("single-value", y.size, None, float(y[0]))] if y.min() == y.max() else []


def _saturated(ts: IntArray, value: FloatArray) -> tuple[list[Flaw], BoolArray]:
    """Values that pile up at the largest or the smallest one, as no tail of a distribution does."""
    stuck = np.zeros(value.size, dtype=np.bool_)
    flaws: list[Flaw] = []
    levels, counts = np.unique(value, return_counts=True)
    if levels.size < 3:
        return [], stuck
    for end, inward in ((-1, slice(-6, -1)), (0, slice(1, 6))):
        piled = int(counts[end])
        if piled >= max(5, 0.01 * value.size) and piled > 3 * int(counts[inward].max()):
            here = value == levels[end]
            stuck |= here
            first = int(ts[np.flatnonzero(here)[0]])
            flaws.append(Flaw("saturation", piled, first, float(levels[end])))
    return flaws, stuck


def _hours(ts: IntArray, zone: ZoneInfo | None) -> list[Flaw]:
    """Hours before a clock was put back that hold the values of two, the next one being empty."""
    if zone is None:
        return []
    moments = [m for m in _put_back(ts, zone) if _is_doubled(ts, m)]
    return [Flaw("repeated-hour", len(moments), moments[0])] if moments else []


def _is_doubled(ts: IntArray, moment: int) -> bool:
    """Whether the hour before `moment` holds about two hours' values, and the one after none."""
    edges = np.searchsorted(ts, moment + _HOUR * np.arange(-3, 4))
    before, doubled, after, later = (int(edges[k + 1] - edges[k]) for k in (1, 2, 3, 4))
    usual = 0.5 * (before + later)
    return after == 0 and usual >= 2 and doubled >= 1.5 * usual


def _put_back(ts: IntArray, zone: ZoneInfo) -> list[int]:
    """Instants within the record at which the offset of the zone falls, to the hour."""
    begin = int(ts[0]) - int(ts[0]) % _HOUR
    days = range(begin, int(ts[-1]) + _HOUR, 24 * _HOUR)
    return [
        _hour_of_fall(day, zone)
        for day in days
        if _offset(day, zone) > _offset(day + 24 * _HOUR, zone)
    ]


def _hour_of_fall(day: int, zone: ZoneInfo) -> int:
    hours = range(day, day + 25 * _HOUR, _HOUR)
    return next(hour for hour in hours if _offset(hour, zone) < _offset(day, zone))


def _offset(at: int, zone: ZoneInfo) -> timedelta:
    moment = datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(zone)
    return moment.utcoffset() or timedelta(0)
