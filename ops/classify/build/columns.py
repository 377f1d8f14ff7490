"""What the builder works on: columns of facts, each with the time at which it was known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ops.values import BoolArray, Factor, FloatArray, IntArray

HOUR_US = 3_600_000_000
NEVER = int(np.iinfo(np.int64).max)  # a version that holds to this day
OUTCOMES = ("confirmed", "false-alarm", "unclear")


@dataclass(frozen=True, slots=True)
class Readings:
    """Versions of measurements of a characteristic; a corrected one has two rows.

    Parameters
    ----------
    ts : shape (n,)
        When it was measured, microseconds since 1970 UTC.
    value : shape (n,)
        In `unit`.
    known, until : shape (n,)
        From when to when this version was what the database said; `NEVER`: it still does.
    original : shape (n,)
        Whether it is what was measured, not a correction.
    lower, upper : shape (n,)
        Specification limits in force when it was measured; infinite where there is none.
    level, tool, position : shape (n,)
        Unit or lot that rows are made of, tool, place on the unit.
    factors
        Other context, each of shape (n,).
    """

    code: str
    unit: str
    ts: IntArray
    value: FloatArray
    known: IntArray
    until: IntArray
    original: BoolArray
    lower: FloatArray
    upper: FloatArray
    level: Factor
    tool: Factor
    position: Factor
    factors: Mapping[str, Factor] = field(default_factory=dict[str, Factor])

    def take(self, rows: IntArray | BoolArray) -> "Readings":
        """Only these rows, in this order."""
        return replace(
            self,
            ts=self.ts[rows],
            value=self.value[rows],
            known=self.known[rows],
            until=self.until[rows],
            original=self.original[rows],
            lower=self.lower[rows],
            upper=self.upper[rows],
            level=self.level.take(rows),
            tool=self.tool.take(rows),
            position=self.position.take(rows),
            factors={name: factor.take(rows) for name, factor in self.factors.items()},
        )


@dataclass(frozen=True, slots=True)
class Events:
    """Events at tools; without a tool they are of all tools.

    Parameters
    ----------
    kind, tool : shape (n,)
    ts, known : shape (n,)
        When it happened, and when it was entered.
    """

    kind: Factor
    tool: Factor
    ts: IntArray
    known: IntArray


@dataclass(frozen=True, slots=True)
class Alerts:
    """Alerts (findings), open and closed ones.

    Parameters
    ----------
    name, tool, characteristic, outcome : shape (n,)
        Outcome -1: it is open, or closed without one.
    ts, known, closed : shape (n,)
        First point of it, when it was opened, when it was closed (`NEVER`: it is open).
    """

    name: Factor
    tool: Factor
    characteristic: Factor
    outcome: Factor
    ts: IntArray
    known: IntArray
    closed: IntArray


@dataclass(frozen=True, slots=True)
class Lives:
    """Units of a life test, once for each revision that has them.

    Parameters
    ----------
    unit, mode : shape (n,)
    lower, upper : shape (n,)
        As in `ops.lifetime.data.LifeData`: infinite `upper` has not failed.
    known : shape (n,)
        When the revision was stored.
    """

    unit: Factor
    mode: Factor
    lower: FloatArray
    upper: FloatArray
    known: IntArray


_NONE = Factor(np.empty(0, np.int64), ())
_EMPTY = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class RecipeData:
    """All that a recipe reads, as the database was at `as_of` (microseconds since 1970 UTC)."""

    as_of: int
    readings: Mapping[str, Readings] = field(default_factory=dict[str, Readings])
    events: Events = Events(_NONE, _NONE, _EMPTY, _EMPTY)
    alerts: Alerts = Alerts(_NONE, _NONE, _NONE, _NONE, _EMPTY, _EMPTY, _EMPTY)
    lives: Lives = Lives(_NONE, _NONE, np.empty(0), np.empty(0), _EMPTY)
