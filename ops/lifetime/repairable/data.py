"""Events of repairable systems: each system may fail again and again while it is watched."""

import hashlib
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray


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
