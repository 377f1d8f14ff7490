"""Measured wires as devices by capillary, each with its touch-downs since the change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from ops.loop.capillary import Bonded
from ops.loop.touchdowns import CHANGE, by_tool, touch_downs
from ops.values import BoolArray, FloatArray, IntArray, PlantEvent, Series

UnitOf = Literal["unit", "subgroup"]
_HOUR_US = 3_600_000_000.0
Events = Mapping[tuple[str, str], tuple[PlantEvent, ...]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A capillary on a bonder: the characteristic that it was measured by, its tool and name."""

    series: int
    tool: str
    name: str
    per_hour: float  # calendar hours; NaN where it was measured at one instant


@dataclass(frozen=True, slots=True)
class Devices:
    """All devices, with what they belong to.

    Parameters
    ----------
    bonded
        Counts, means, variances; the means less that of their characteristic.
    series, level : shape (n,)
        Which characteristic; which level of the stratum (-1: none).
    levels
        Names of the levels.
    capillaries
        In the order of the codes.
    centre, position_variance : shape (characteristics,)
        Mean of each characteristic, and variance of a wire by its position.
    left_out
        Values without a known count.
    """

    bonded: Bonded
    series: IntArray
    level: IntArray
    levels: tuple[str, ...]
    capillaries: tuple[Fitted, ...]
    centre: FloatArray
    position_variance: FloatArray
    left_out: int


def events_of(events: Iterable[PlantEvent]) -> Events:
    """Sort changes and counter readings by site and tool, each by time."""
    found: dict[tuple[str, str], tuple[PlantEvent, ...]] = {}
    every = list(events)
    for site in sorted({e.site for e in every}):
        for tool, mine in by_tool([e for e in every if e.site == site]).items():
            found[site, tool] = mine
    return found


def lives_of(events: Events, sites: set[str], per_hour: float | None) -> FloatArray:
    """Touch-downs of the capillaries that were taken off, as far as they are known."""
    found: list[FloatArray] = [np.empty(0)]
    for (site, _), mine in events.items():
        ends = np.array([e.ts for e in mine if e.kind == CHANGE][1:], dtype=np.int64)
        if site in sites and ends.size:
            found.append(touch_downs(ends - 1, mine, per_hour=per_hour).since_change)
    lives = np.concatenate(found)
    known: FloatArray = lives[lives > 0]
    return known


def devices_of(
    series: Sequence[Series],
    events: Events,
    *,
    per_hour: float | None,
    stratum: str,
    unit: UnitOf,
) -> Devices:
    """Join counts to wires, and gather the wires of each device.

    Parameters
    ----------
    stratum
        Factor of the strata; "" for none.
    unit
        What holds the wires of a device together.
    """
    parts = [_of_series(i, s, events, per_hour=per_hour, unit=unit) for i, s in enumerate(series)]
    names = [_levels(s, stratum, part.row) for s, part in zip(series, parts, strict=True)]
    levels = tuple(sorted({name for some in names for name in some if name}))
    place = {name: i for i, name in enumerate(levels)} | {"": -1}
    capillaries = [c for part in parts for c in part.capillaries]
    offset = np.cumsum([0, *(len(part.capillaries) for part in parts)])
    return Devices(
        bonded=Bonded(
            t=np.concatenate([p.t for p in parts]),
            mean=np.concatenate([p.mean for p in parts]),
            variance=np.concatenate([p.variance for p in parts]),
            wires=np.concatenate([p.wires for p in parts]),
            capillary=np.concatenate(
                [p.capillary + o for p, o in zip(parts, offset, strict=False)]
            ),
        ),
        series=np.concatenate([np.full(p.t.size, i) for i, p in enumerate(parts)]),
        level=np.array([place[name] for some in names for name in some], dtype=np.int64),
        levels=levels,
        capillaries=tuple(capillaries),
        centre=np.array([p.centre for p in parts]),
        position_variance=np.array([p.position_variance for p in parts]),
        left_out=sum(p.left_out for p in parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Devices of one characteristic."""

    t: FloatArray
    mean: FloatArray
    variance: FloatArray
    wires: FloatArray
    capillary: IntArray
    row: IntArray
    capillaries: tuple[Fitted, ...]
    centre: float
    position_variance: float
    left_out: int


def _of_series(
    number: int, series: Series, events: Events, *, per_hour: float | None, unit: UnitOf
) -> _Part:
    count, change = _counted(series, events, per_hour)
    rows = np.flatnonzero(np.isfinite(count) & np.isfinite(series.value))
    tool = series.factors["tool"].codes[rows] if rows.size else np.empty(0, np.int64)
    centre = float(series.value[rows].mean()) if rows.size else 0.0
    value, spread = _level_positions(series.value[rows] - centre, series.position.codes[rows])
    held = series.unit_id if unit == "unit" else series.subgroup
    alone = held.codes[rows] < 0
    key = np.where(alone, -1 - np.arange(rows.size), held.codes[rows])
    of_tool = tool * (int(change.max(initial=0)) + 1) + change[rows]
    place = key - int(key.min(initial=0))
    joint = of_tool * (int(place.max(initial=0)) + 1) + place
    _, first, of = np.unique(joint, return_index=True, return_inverse=True)
    wires = np.bincount(of).astype(np.float64)
    mean = np.bincount(of, value) / wires if rows.size else np.empty(0)
    squares = np.bincount(of, (value - mean[of]) ** 2) if rows.size else np.empty(0)
    row = rows[first]
    pairs, capillary = np.unique(
        np.column_stack([tool[first], change[row]]), axis=0, return_inverse=True
    )
    capillary = capillary.reshape(-1)
    t = np.bincount(of, count[rows]) / wires if rows.size else np.empty(0)
    return _Part(
        t=t,
        mean=mean,
        variance=np.where(wires > 1, squares / np.maximum(wires - 1.0, 1.0), np.nan),
        wires=wires,
        capillary=capillary,
        row=row,
        capillaries=tuple(
            _fitted(number, series, events, pair, (t, series.ts[row]), capillary == i)
            for i, pair in enumerate(pairs)
        ),
        centre=centre,
        position_variance=spread,
        left_out=int(series.value.size - rows.size),
    )


def _counted(series: Series, events: Events, per_hour: float | None) -> tuple[FloatArray, IntArray]:
    """Touch-downs of each row, and which change of its tool it follows."""
    count = np.full(series.ts.size, np.nan)
    change = np.full(series.ts.size, -1, dtype=np.int64)
    tool = series.factors.get("tool")
    if tool is None:
        return count, change
    for code, name in enumerate(tool.levels):
        mine = tool.codes == code
        known = events.get((series.characteristic.site, name), ())
        if known and mine.any():
            found = touch_downs(series.ts[mine], known, per_hour=per_hour)
            count[mine], change[mine] = found.since_change, found.change
    return count, change


def _level_positions(value: FloatArray, position: IntArray) -> tuple[FloatArray, float]:
    """Take off what the position of a wire does; its variance beside."""
    if value.size == 0 or position.max() < 1:
        return value, 0.0
    place = position + 1
    count = np.maximum(np.bincount(place), 1)
    effect = (np.bincount(place, value) / count)[place]
    return value - effect, float(effect.var())


def _fitted(
    number: int,
    series: Series,
    events: Events,
    pair: IntArray,
    seen: tuple[FloatArray, IntArray],
    mine: BoolArray,
) -> Fitted:
    tool = series.factors["tool"].levels[int(pair[0])]
    changes = [e for e in events[series.characteristic.site, tool] if e.kind == CHANGE]
    change = changes[int(pair[1])]
    named = change.detail.get("capillary")
    begun = datetime.fromtimestamp(change.ts / 1e6, UTC)
    t, ts = seen[0][mine], seen[1][mine]
    hours = float(np.ptp(ts)) / _HOUR_US
    return Fitted(
        series=number,
        tool=tool,
        name=str(named) if named else f"{tool} {begun:%Y-%m-%d %H:%M}",
        per_hour=float(np.ptp(t)) / hours if hours > 0 else float("nan"),
    )


def _levels(series: Series, stratum: str, rows: IntArray) -> list[str]:
    factor = series.factors.get(stratum)
    if factor is None:
        return [""] * rows.size
    return [factor.levels[code] if code >= 0 else "" for code in factor.codes[rows].tolist()]
