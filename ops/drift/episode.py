"""Episodes of a tool: what happened between one controlled event and the next, and how it ended.

An episode begins at a controlled event (a capillary change, a calibration, a maintenance ...) or at
a change that was detected, and ends where the next begins. The event that ends it is the action
that was taken; its outcome compares the level right before with the level after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ops.drift.outcome import Outcome, outcome_of
from ops.errors import BadData
from ops.values import FloatArray, IntArray, PlantEvent, PointMark

CONTROLLED = frozenset(
    {
        "capillary-change",
        "calibration",
        "maintenance",
        "correction",
        "cleaning",
        "component-change",
        "refurbishment",
        "tool-change",
    }
)
CHANGE = "change"  # what begins an episode without an event
MICROS_PER_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class ToolHistory:
    """All that is known of one tool and one characteristic.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC, not decreasing.
    value : shape (n,)
        In the unit of the characteristic; missing values are left out.
    events, marks
        What happened at the tool, and what people said of points.
    changes
        Index of the first value after each detected change.
    """

    tool: str
    ts: IntArray
    value: FloatArray
    events: tuple[PlantEvent, ...] = ()
    marks: tuple[PointMark, ...] = ()
    changes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.ts.size != self.value.size:
            raise BadData(f"{self.tool}: {self.ts.size} time stamps for {self.value.size} values")
        if self.ts.size and bool(np.any(np.diff(self.ts) < 0)):
            raise BadData(f"{self.tool}: time stamps go back; sort them")
        wrong = [i for i in self.changes if not 0 <= i < max(self.ts.size, 1)]
        if wrong:
            raise BadData(f"{self.tool}: change at {wrong[0]} of {self.ts.size} values")


@dataclass(frozen=True, slots=True)
class Episode:
    """One stretch of a tool's history.

    Parameters
    ----------
    start, end
        Half-open, microseconds since 1970 UTC.
    t, y : shape (n,)
        Days since `start`, and values.
    opened, closed
        Kind of the event that it begins and ends with; ``change`` for a detected change, "" for
        the edge of the record: an episode that is not closed is still running.
    action, detail
        Title of the event that ends it, and what was noted with it.
    causes
        What people named, the newest last, each once.
    outcome
        Whether the action helped; None while it runs, or where too little is known.
    corrections
        Events of kind ``correction`` within it.
    """

    tool: str
    start: int
    end: int
    t: FloatArray
    y: FloatArray
    opened: str
    closed: str = ""
    action: str = ""
    detail: tuple[tuple[str, str], ...] = ()
    causes: tuple[str, ...] = ()
    outcome: Outcome | None = None
    corrections: int = 0

    @property
    def days(self) -> float:
        """Time from the begin to the last value."""
        return float(self.t[-1]) if self.t.size else 0.0


@dataclass(frozen=True, slots=True)
class _Cut:
    ts: int
    kind: str
    event: PlantEvent | None


def episodes(
    history: ToolHistory,
    *,
    kinds: frozenset[str] = CONTROLLED,
    margin: float | None = None,
    target: float | None = None,
) -> tuple[Episode, ...]:
    """Cut the history of a tool into episodes, the oldest first.

    Parameters
    ----------
    kinds
        Kinds of events that begin an episode. Leave ``correction`` out where corrections are many:
        they are then counted within the episodes instead.
    margin
        Distance from `target` that counts as being on it, in the unit; absent: one sigma.
    target
        Level that an action should bring back; absent: where the episode began.
    """
    there = np.isfinite(history.value)
    ts, value = history.ts[there], history.value[there]
    if ts.size == 0:
        return ()
    cuts = _cuts(history, kinds)
    bounds = [_Cut(int(ts[0]), "", None), *cuts, _Cut(int(ts[-1]) + 1, "", None)]
    found = [
        _between(history, ts, value, pair)
        for pair in pairwise(bounds)
        if np.searchsorted(ts, pair[0].ts) < np.searchsorted(ts, pair[1].ts)
    ]
    ended = [_ended(a, b, margin, target) for a, b in pairwise(found)]
    return (*ended, *found[-1:])


def family_episodes(
    histories: Iterable[ToolHistory],
    *,
    kinds: frozenset[str] = CONTROLLED,
    margin: float | None = None,
) -> tuple[Episode, ...]:
    """Cut the histories of all tools of a family, by begin."""
    found = [e for h in histories for e in episodes(h, kinds=kinds, margin=margin)]
    return tuple(sorted(found, key=lambda e: (e.start, e.tool)))


def _cuts(history: ToolHistory, kinds: frozenset[str]) -> list[_Cut]:
    """Events, then changes that no event explains: an event is the better name of a moment."""
    events = [
        _Cut(e.ts, e.kind, e)
        for e in sorted(history.events, key=lambda e: (e.ts, e.id))
        if e.kind in kinds and e.tool in ("", history.tool)
    ]
    cuts = {cut.ts: cut for cut in events}
    for index in history.changes:
        before = int(history.ts[index - 1]) if index else int(history.ts[0])
        at = int(history.ts[index])
        if not any(before <= cut.ts <= at for cut in events):
            cuts[at] = _Cut(at, CHANGE, None)
    return [cuts[ts] for ts in sorted(cuts)]


def _between(
    history: ToolHistory, ts: IntArray, value: FloatArray, pair: tuple[_Cut, _Cut]
) -> Episode:
    opened, closed = pair
    rows = slice(int(np.searchsorted(ts, opened.ts)), int(np.searchsorted(ts, closed.ts)))
    within = [e for e in history.events if opened.ts < e.ts < closed.ts]
    action = closed.event
    return Episode(
        tool=history.tool,
        start=opened.ts,
        end=closed.ts,
        t=(ts[rows] - opened.ts) / MICROS_PER_DAY,
        y=value[rows].astype(np.float64),
        opened=opened.kind,
        closed=closed.kind,
        action="" if action is None else action.title or action.kind,
        detail=() if action is None else tuple((k, str(v)) for k, v in action.detail.items()),
        causes=_causes(history.marks, opened.ts, closed.ts, action),
        corrections=sum(e.kind == "correction" for e in within),
    )


def _causes(
    marks: Sequence[PointMark], start: int, end: int, action: PlantEvent | None
) -> tuple[str, ...]:
    told = [m.cause for m in sorted(marks, key=lambda m: m.at) if start <= m.ts < end and m.cause]
    noted = "" if action is None else str(action.detail.get("cause", ""))
    return tuple(dict.fromkeys([*told, *([noted] if noted else [])]))


def _ended(episode: Episode, after: Episode, margin: float | None, target: float | None) -> Episode:
    shift = (after.start - episode.start) / MICROS_PER_DAY
    outcome = outcome_of(
        episode.t, episode.y, after.t + shift, after.y, margin=margin, target=target
    )
    return replace(episode, outcome=outcome)
