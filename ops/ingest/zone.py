"""Local wall-clock times to UTC, all rows at once, with the hours that daylight saving moves.

The offset of a zone is asked once for each block of six hours; only blocks in which it changes are
asked minute by minute. Python's own zone data is used, so that every machine gives one answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from ops.values import BoolArray, IntArray

_MINUTE = 60_000_000
_BLOCK = 360 * _MINUTE
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (a wall clock has no zone)
_FIRST, _LAST = -2840 * 1000, 11730 * 1000  # blocks of the years that datetime can hold, roughly
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Utc:
    """Instants of local times; where one is missing or occurs twice, the first reading."""

    micros: IntArray
    later: IntArray
    missing: BoolArray
    twice: BoolArray


def to_utc(local: IntArray, zone: str) -> Utc:
    """UTC of local times.

    Parameters
    ----------
    local : shape (m,)
        Microseconds of the wall clock since 1970-01-01 00:00 local.
    zone
        IANA name.
    """
    blocks, inverse = np.unique(np.clip(local // _BLOCK, _FIRST, _LAST), return_inverse=True)
    offsets = np.array([_block(zone, int(b)) for b in blocks], np.int64).reshape(-1, 3)
    first, second = offsets[inverse, 0], offsets[inverse, 1]
    moving = np.flatnonzero(offsets[inverse, 2])
    if moving.size:
        minutes, which = np.unique(local[moving] // _MINUTE, return_inverse=True)
        exact = np.array([_offsets(zone, int(m)) for m in minutes], np.int64)
        first[moving], second[moving] = exact[which, 0], exact[which, 1]
    return Utc(local - first, local - second, second > first, first > second)


@lru_cache(maxsize=100_000)
def _block(zone: str, block: int) -> tuple[int, int, int]:
    start = _offsets(zone, block * 360)
    same = start == _offsets(zone, (block + 1) * 360) and start[0] == start[1]
    return (*start, int(not same))


@lru_cache(maxsize=10_000)
def _offsets(zone: str, minute: int) -> tuple[int, int]:
    """Offset in microseconds before and after a change of clocks at a local minute (PEP 495)."""
    wall = _EPOCH + timedelta(minutes=minute)
    region = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=region, fold=f).utcoffset() for f in (0, 1))
    assert first is not None
    assert second is not None
    return first // _SECOND * 1_000_000, second // _SECOND * 1_000_000
