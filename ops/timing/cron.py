"""When a cron expression fires in a time zone, daylight saving included.

Two kinds, told apart by the hour field (as Debian's cron does):

- *fixed hour* (``30 5 * * *``): local time. A fire in the hour that repeats happens once, at its
  first occurrence; one in the hour that is skipped happens at the next valid instant. Its key is
  the local wall time, so that no day can fire it twice.
- *running* (``*/15 * * * *``, a ``*`` or a step in the hour field): every instant whose wall time
  matches, so that a quarter of an hour stays one through every change. Its key is the UTC instant.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from ops.errors import BadData, Problem

_LONGEST_FOLD = timedelta(hours=3)  # no clock was set further back at once since 1994
_FIRST_LOOK = timedelta(hours=6)
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Fire:
    """One fire: its instant in UTC, and the key under which it happens once."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression of five fields in an IANA zone; see `parse`."""

    expression: str
    zone: str

    @property
    def is_fixed(self) -> bool:
        """Whether the hour field names hours, so that local time is meant."""
        hour = self.expression.split()[1]
        return "*" not in hour and "/" not in hour


def parse(expression: str, zone: str) -> Cron:
    """Check and hold an expression.

    Raises
    ------
    BadData
        If the expression or the zone is wrong; the field is named.
    """
    problems: list[Problem] = []
    if len(expression.split()) != _FIELDS:
        problems.append(
            Problem("/cron", "give minute, hour, day of month, month and day of week: 30 5 * * *")
        )
    else:
        try:
            next(CronSim(expression, datetime(2000, 1, 1)))  # noqa: DTZ001  (wall time is meant)
        except CronSimError as error:
            problems.append(Problem("/cron", f"{error} in {expression!r}; e.g. 30 5 * * 1-5"))
        except StopIteration:
            problems.append(Problem("/cron", f"{expression!r} never fires; check day and month"))
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        problems.append(Problem("/zone", f"{zone!r} is not an IANA zone such as Asia/Kolkata"))
    if problems:
        raise BadData(problems[0].detail, tuple(problems))
    return Cron(expression, zone)


def fires_after(cron: Cron, after: datetime) -> Iterator[Fire]:
    """Generate the fires later than the aware instant `after`, in order, without end."""
    return _fixed(cron, after) if cron.is_fixed else _running(cron, after)


def next_fires(cron: Cron, after: datetime, count: int) -> list[Fire]:
    """First `count` fires later than `after`.

    Examples
    --------
    >>> cron = parse("30 2 * * *", "Europe/Berlin")
    >>> [f.at.isoformat() for f in next_fires(cron, datetime(2026, 3, 28, 12, tzinfo=UTC), 2)]
    ['2026-03-29T01:00:00+00:00', '2026-03-30T00:30:00+00:00']
    """
    return list(islice(fires_after(cron, after), count))


def fires_between(cron: Cron, after: datetime, until: datetime, limit: int) -> list[Fire]:
    """List the fires later than `after` up to and with `until`: the last `limit` of them.

    Looks back from `until`, further each time, so that a month of minutes costs no more than an
    hour of them.
    """
    look = _FIRST_LOOK
    while True:
        start = max(after, until - look)
        fires = list(takewhile(lambda fire: fire.at <= until, fires_after(cron, start)))
        if len(fires) >= limit or start == after:
            return fires[-limit:]
        look *= 4


def _wall_times(cron: Cron, after: datetime) -> Iterator[datetime]:
    """Naive local times that match, from some hours before `after` on."""
    start = after.astimezone(ZoneInfo(cron.zone)).replace(tzinfo=None) - _LONGEST_FOLD
    return iter(CronSim(cron.expression, start))


def _fixed(cron: Cron, after: datetime) -> Iterator[Fire]:
    zone, last = ZoneInfo(cron.zone), after
    for wall in _wall_times(cron, after):
        at = first_valid(wall, zone)
        if at > last:  # several wall times of one gap meet at its end: one fire
            last = at
            yield Fire(at, f"{wall.isoformat(timespec='minutes')} {cron.zone}")


def _running(cron: Cron, after: datetime) -> Iterator[Fire]:
    zone, waiting, last = ZoneInfo(cron.zone), list[datetime](), after
    for wall in _wall_times(cron, after):
        # instants come out of order only within a fold: hold them back for as long
        floor = wall.replace(tzinfo=zone).astimezone(UTC) - _LONGEST_FOLD
        while waiting and waiting[0] < floor:
            at = heapq.heappop(waiting)
            if at > last:
                last = at
                yield Fire(at, at.isoformat(timespec="minutes"))
        for fold in (0, 1):
            at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if at.astimezone(zone).replace(tzinfo=None) == wall:
                heapq.heappush(waiting, at)


def first_valid(wall: datetime, zone: ZoneInfo) -> datetime:
    """UTC instant of a wall time: the first one if it repeats, the end of the gap if it is skipped.

    Parameters
    ----------
    wall
        Naive local time.
    """
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # in a gap fold=1 reads the clock of after the change and lands before it, fold=0 lands after
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = 0, int((at - before).total_seconds())
    old = before.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        same = (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == old
        low, high = (middle, high) if same else (low, middle)
    return before + timedelta(seconds=high)
