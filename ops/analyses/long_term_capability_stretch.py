"""A characteristic over months: all its sites in one stretch, with what happened at the tools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import (
    Characteristic,
    Factor,
    FloatArray,
    IntArray,
    PlantEvent,
    Series,
    SpecLimits,
)

NO_LEVEL = "(none)"
EPOCH = "maintenance epoch"
MOST_FIXED = 8  # levels of a factor that is a fixed effect
NESTING = ("site", "tool", EPOCH, "capillary", "lot", "unit", "position")
STRATA = ("site", "tool", "capillary", "lot", "material", "shift", "position")
FIXED = ("shift", "material")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values of one characteristic in time order; every factor has a level for every value."""

    about: Characteristic
    spec: SpecLimits | None
    ts: IntArray
    value: FloatArray
    factors: Mapping[str, Factor]


def stretches(series: Sequence[Series], events: Sequence[PlantEvent]) -> list[Stretch]:
    """Join the series of one code, unit and specification; sites become a factor."""
    groups: dict[tuple[object, ...], list[Series]] = {}
    for one in series:
        about = one.characteristic
        groups.setdefault((about.code, about.unit, one.spec), []).append(one)
    return [_joined(group, events) for group in groups.values()]


def _joined(group: list[Series], events: Sequence[PlantEvent]) -> Stretch:
    ts = np.concatenate([s.ts for s in group])
    order = np.argsort(ts, kind="stable") if len(group) > 1 else slice(None)
    columns = [_columns(s, events) for s in group]
    names = list(dict.fromkeys(n for c in columns for n in c))
    factors = {name: _stacked([c.get(name) for c in columns], group) for name in names}
    whole = {name: factor.take(order) for name, factor in factors.items()}
    value = np.concatenate([s.value for s in group])[order]
    return Stretch(group[0].characteristic, group[0].spec, ts[order], value, whole)


def _columns(series: Series, events: Sequence[PlantEvent]) -> dict[str, Factor]:
    site = series.characteristic.site
    found = {
        "site": Factor(np.zeros(series.ts.size, dtype=np.int64), (site,)),
        **series.factors,
        "unit": series.unit_id,
        "position": series.position,
    }
    for name, kind in ((EPOCH, "maintenance"), ("capillary", "capillary-change")):
        mine = [e for e in events if e.kind == kind and e.site in ("", site)]
        if name not in found and mine:
            found[name] = _since(series, found.get("tool"), mine)
    return {name: factor for name, factor in found.items() if np.any(factor.codes >= 0)}


def _since(series: Series, tool: Factor | None, events: list[PlantEvent]) -> Factor:
    """Events at the tool of each value up to its time: the stretch between two of them."""
    count = np.zeros(series.ts.size, dtype=np.int64)
    levels = ("",) if tool is None else tool.levels
    codes = np.zeros(series.ts.size, dtype=np.int64) if tool is None else tool.codes
    for code, level in enumerate(levels):
        at = np.array(sorted(e.ts for e in events if not e.tool or e.tool == level or not level))
        here = codes == code
        count[here] = np.searchsorted(at, series.ts[here], side="right")
    names = tuple(f"{i:04d}" for i in range(int(count.max(initial=0)) + 1))
    return Factor(count, names)


def _stacked(parts: list[Factor | None], group: list[Series]) -> Factor:
    """One factor over all series; a value without a level has one of its own."""
    levels = sorted({level for part in parts if part is not None for level in part.levels})
    place = {level: i for i, level in enumerate(levels)}
    none = len(levels)
    codes: list[IntArray] = []
    for part, series in zip(parts, group, strict=True):
        if part is None:
            codes.append(np.full(series.ts.size, none, dtype=np.int64))
        else:
            to = np.array([*(place[level] for level in part.levels), none], dtype=np.int64)
            codes.append(to[part.codes])  # code -1 points to the last one
    joined = np.concatenate(codes)
    lacking = bool(np.any(joined == none))
    return Factor(joined, (*levels, NO_LEVEL) if lacking else tuple(levels))


def periods(ts: IntArray, kind: str) -> Factor:
    """Month or week (from Monday) of each value, UTC; levels are first days, in order."""
    day = ts.astype("datetime64[us]").astype("datetime64[D]")
    if kind == "month":
        first = day.astype("datetime64[M]").astype("datetime64[D]")
    else:
        number = day.astype(np.int64)
        first = (number - (number + 3) % 7).astype("datetime64[D]")
    levels, codes = np.unique(first, return_inverse=True)
    return Factor(codes.astype(np.int64), tuple(str(level) for level in levels))


def fixed_columns(stretch: Stretch) -> tuple[FloatArray | None, dict[str, list[int]]]:
    """Columns of the drift (time in months) and of the levels of fixed factors.

    Returns
    -------
    Columns, shape (n, p), those left out that depend on others; source to its columns.
    """
    month_us = 30.4375 * 86_400e6
    time = (stretch.ts - stretch.ts[0]) / month_us
    wanted = [("drift", time)] if time.size and time[-1] > 0 else []
    for name in FIXED:
        factor = stretch.factors.get(name)
        if factor is not None and 2 <= len(factor.levels) <= MOST_FIXED:
            codes = range(1, len(factor.levels))
            wanted += [(name, (factor.codes == code).astype(np.float64)) for code in codes]
    basis: list[FloatArray] = []
    kept: list[FloatArray] = []
    at: dict[str, list[int]] = {}
    for name, column in wanted:
        off = column - column.mean()
        size = float(np.linalg.norm(off))
        for direction in basis:
            off = off - direction * float(direction @ off)
        left = float(np.linalg.norm(off))
        if size > 0 and left > 1e-4 * size:
            basis.append(off / left)
            at.setdefault(name, []).append(len(kept))
            kept.append(column)
    return (np.stack(kept, axis=1) if kept else None), at
