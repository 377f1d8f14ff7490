"""Events of repairable systems: each system may fail again and again while it is watched."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class RecurrentData:
    """When systems had events, and for how long each was watched.

    Parameters
    ----------
    system : shape (n,)
        Index into `systems` of each event.
    time : shape (n,)
        Age of the system at the event, in `unit`, > 0.
    cost : shape (n,)
        What the event counts for; 1 each where events are counted.
    systems
        Names of the systems.
    start, end : shape (k,)
        Ages between which each system was watched, 0 <= start < end.
    mode : shape (n,)
        Index into `modes`; -1 where it is not known.
    group : shape (k,)
        Index into `groups` of each system.
    """

    system: IntArray
    time: FloatArray
    cost: FloatArray
    systems: tuple[str, ...]
    start: FloatArray
    end: FloatArray
    mode: IntArray
    group: IntArray
    modes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("",)
    unit: str = "h"

    def of_systems(self, keep: BoolArray) -> "RecurrentData":
        """Keep only some systems, shape (k,), with their events."""
        number = np.cumsum(keep) - 1
        rows = keep[self.system]
        return replace(
            self,
            system=number[self.system[rows]],
            time=self.time[rows],
            cost=self.cost[rows],
            mode=self.mode[rows],
            systems=tuple(np.array(self.systems, dtype=object)[keep].tolist()),
            start=self.start[keep],
            end=self.end[keep],
            group=self.group[keep],
        )

    def of_mode(self, name: str) -> "RecurrentData":
        """Keep only the events of one failure mode."""
        rows = self.mode == self.modes.index(name)
        return replace(
            self, system=self.system[rows], time=self.time[rows], cost=self.cost[rows],
            mode=self.mode[rows],
        )  # fmt: skip

    def fingerprint(self) -> str:
        """SHA-256 of all events: equal data, equal fingerprint."""
        names = (self.systems, self.modes, self.groups, self.unit)
        digest = hashlib.sha256(repr(names).encode())
        for column in (
            self.system,
            self.time,
            self.cost,
            self.start,
            self.end,
            self.mode,
            self.group,
        ):
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()


def recurrent_data(
    histories: Mapping[str, tuple[Sequence[float], float]],
    *,
    groups: Mapping[str, str] | None = None,
    unit: str = "h",
) -> RecurrentData:
    """Recurrent data from the history of each system: times of its events, age when last seen.

    Raises
    ------
    BadData
        If a time is not within what was watched, or no system is named.
    """
    names = tuple(histories)
    labels = tuple(sorted({(groups or {}).get(name, "") for name in names})) or ("",)
    counts = [len(histories[name][0]) for name in names]
    times = [time for name in names for time in sorted(histories[name][0])]
    data = RecurrentData(
        system=np.repeat(np.arange(len(names)), counts),
        time=np.array(times, dtype=np.float64),
        cost=np.ones(len(times)),
        systems=names,
        start=np.zeros(len(names)),
        end=np.array([histories[name][1] for name in names], dtype=np.float64),
        mode=np.full(len(times), -1),
        group=np.array([labels.index((groups or {}).get(name, "")) for name in names]),
        groups=labels,
        unit=unit,
    )
    check(data)
    return data


def check(data: RecurrentData) -> None:
    """Refuse what cannot be; the system and the event are named.

    Raises
    ------
    BadData
        If a system was watched for no time, or has an event outside of what was watched.
    """
    if not data.systems:
        raise BadData("there is no system; give the history of at least one")
    unseen = np.flatnonzero(~((data.start >= 0) & (data.end > data.start) & (data.end < np.inf)))
    problems = [
        Problem(f"/systems/{at}", f"{data.systems[at]} was watched from {data.start[at]:g} to"
                f" {data.end[at]:g}: give 0 <= start < end")
        for at in unseen[:20]
    ]  # fmt: skip
    first, last = data.start[data.system], data.end[data.system]
    outside = np.flatnonzero(~((data.time > first) & (data.time <= last) & (data.time > 0)))
    problems += [
        Problem(f"/rows/{at}", f"{data.systems[data.system[at]]} had an event at {data.time[at]:g},"
                f" but was watched from {first[at]:g} to {last[at]:g}")
        for at in outside[:20]
    ]  # fmt: skip
    if problems:
        raise BadData(problems[0].detail, tuple(problems))
