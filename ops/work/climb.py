"""The incumbents of a solve as its run keeps them: first, newest, and an even few between."""

from dataclasses import asdict
from typing import Any

from solvers.watch import Incumbent

MOST = 300


class Climb:
    """Incumbents in order of time; when there are too many, every second one is let go."""

    def __init__(self) -> None:
        self._kept: list[dict[str, Any]] = []
        self._newest: dict[str, Any] | None = None
        self._every = 1
        self._seen = 0

    def add(self, incumbent: Incumbent) -> None:
        """Take in where the solve stands now."""
        self._newest = asdict(incumbent)
        if self._seen % self._every == 0:
            self._kept.append(self._newest)
        self._seen += 1
        if len(self._kept) > MOST:
            self._kept = self._kept[::2]
            self._every *= 2

    def stored(self) -> list[dict[str, Any]]:
        """Give them as JSON: ``time_s``, ``value``, ``bound``, ``gap``; the newest is last."""
        if self._newest is None or self._kept[-1] is self._newest:
            return list(self._kept)
        return [*self._kept, self._newest]
