"""Touch-downs of a capillary when a wire was bonded: an as-of join of changes and counter readings.

A ``capillary-change`` of a tool starts a count at 0. What is known of the count later comes from
events: ``detail["touch_downs"]`` of a ``counter`` reading is the count then, of the *next* change
it is what the capillary had reached when it was taken off. Between two of these the count grows
evenly in time; after the last one at the tool's pace so far, or at the pace that is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray, PlantEvent

CHANGE = "capillary-change"
COUNTER = "counter"
KINDS = (CHANGE, COUNTER)
_HOUR_US = 3_600_000_000.0


@dataclass(frozen=True, slots=True)
class Count:
    """Touch-downs since the capillary was changed, for each row.

    Parameters
    ----------
    since_change : shape (n,)
        Touch-downs; NaN where no change is known before the row, or no pace after it.
    change : shape (n,)
        Index of the change among the tool's changes, -1 where there is none.
    """

    since_change: FloatArray
    change: IntArray


def touch_downs(
    ts: IntArray, events: Sequence[PlantEvent], *, per_hour: float | None = None
) -> Count:
    """Count of one tool's capillary at some instants.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, in any order.
    events
        Events of the tool, by time; others than changes and counter readings are passed over.
    per_hour
        Touch-downs an hour where no reading tells; None: the tool's mean pace where one is known.

    Examples
    --------
    >>> new = PlantEvent(1, "PG1", CHANGE, 0, None, "WB-01", "", "")
    >>> touch_downs(np.array([-1, 3_600_000_000]), [new], per_hour=29e3).since_change.tolist()
    [nan, 29000.0]
    """
    changes = [e for e in events if e.kind == CHANGE]
    at = np.array([e.ts for e in changes], dtype=np.int64)
    which = np.searchsorted(at, ts, side="right") - 1
    known = [_known(events, changes, i) for i in range(len(changes))]
    pace = _pace(known) if per_hour is None else per_hour / _HOUR_US
    since = np.full(ts.size, np.nan)
    for i, points in enumerate(known):
        mine = which == i
        when, count = points.T
        since[mine] = np.interp(ts[mine].astype(np.float64), when, count)
        late = mine & (ts > when[-1])
        since[late] = np.nan if pace is None else count[-1] + pace * (ts[late] - when[-1])
    return Count(since, which)


def by_tool(events: Sequence[PlantEvent]) -> Mapping[str, tuple[PlantEvent, ...]]:
    """Sort changes and counter readings by tool, each by time."""
    found: dict[str, list[PlantEvent]] = {}
    for event in sorted(events, key=lambda e: e.ts):
        if event.kind in KINDS and event.tool:
            found.setdefault(event.tool, []).append(event)
    return {tool: tuple(mine) for tool, mine in found.items()}


def _known(events: Sequence[PlantEvent], changes: list[PlantEvent], i: int) -> FloatArray:
    """Instants and counts that are known of one capillary, shape (points, 2)."""
    begun = changes[i].ts
    ended = changes[i + 1].ts if i + 1 < len(changes) else None
    points = [(float(begun), 0.0)]
    for event in events:
        count = _count(event)
        inside = begun < event.ts and (ended is None or event.ts <= ended)
        if inside and count is not None and count >= points[-1][1]:
            points.append((float(event.ts), count))
    return np.array(points)


def _count(event: PlantEvent) -> float | None:
    if event.kind not in KINDS:
        return None
    told = event.detail.get("touch_downs")
    if isinstance(told, str):
        told = float(told) if told.replace(".", "", 1).isdigit() else None
    return float(told) if isinstance(told, int | float) else None


def _pace(known: list[FloatArray]) -> float | None:
    """Touch-downs a microsecond over all that is known of the tool; None if nothing is."""
    time = sum(float(points[-1, 0] - points[0, 0]) for points in known)
    count = sum(float(points[-1, 1]) for points in known)
    return count / time if time > 0 and count > 0 else None
