"""Points that drift is judged by: means of devices or stretches of time, tool by tool."""

from dataclasses import dataclass, replace

import numpy as np

from ops.drift.evidence import MICROS_PER_DAY
from ops.timing.window import duration
from ops.values import BoolArray, Factor, FloatArray, IntArray, Series

MOST = 2000  # points: beyond, neighbours are taken together, which drifts of days do not mind


def of_level(series: Series, factor: str, level: str) -> Series:
    """Rows of one level of a factor; all of them for the level "" or without the factor."""
    found = series.factors.get(factor)
    if not level or found is None:
        return series
    kept = np.zeros(series.value.size, dtype=np.bool_)
    if level in found.levels:
        kept = found.codes == found.levels.index(level)
    return taken(series, kept)


def taken(series: Series, kept: BoolArray | IntArray) -> Series:
    """Take some rows of a series."""
    return replace(
        series,
        ts=series.ts[kept],
        value=series.value[kept],
        n=series.n[kept],
        subgroup=series.subgroup.take(kept),
        unit_id=series.unit_id.take(kept),
        position=series.position.take(kept),
        factors={name: f.take(kept) for name, f in series.factors.items()},
        seq=None if series.seq is None else series.seq[kept],
    )


def levels_of(series: Series, factor: str) -> tuple[str, ...]:
    """Levels of a factor that occur."""
    found = series.factors.get(factor)
    if found is None:
        return ()
    used = np.unique(found.codes[found.codes >= 0])
    return tuple(found.levels[int(i)] for i in used)


def pointed(series: Series, rule: str) -> Series:
    """Replace values by points, in time order.

    Parameters
    ----------
    rule
        ``unit``: one point for each device, at the time of its first value (values without a device
        are points of their own); ``value``; or a stretch of time, e.g. ``8h``.
    """
    there = np.isfinite(series.value)
    series = series if there.all() else taken(series, there)
    if rule == "value" or series.value.size == 0:
        return series
    key = _keys(series, rule)
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    count = np.bincount(of)
    mean = np.bincount(of, series.value - series.value[0]) / count + series.value[0]
    order = np.argsort(series.ts[first], kind="stable")
    rows = first[order]
    points = taken(series, rows)
    return replace(points, value=mean[order], n=count[order].astype(np.float64))


def _keys(series: Series, rule: str) -> IntArray:
    if rule == "unit":
        codes = series.unit_id.codes
        alone = codes < 0
        key = codes.copy()
        key[alone] = len(series.unit_id.levels) + np.arange(np.count_nonzero(alone))
        return key
    span = round(duration(rule).total_seconds() * 1e6)
    return series.ts // span


@dataclass(frozen=True, slots=True)
class Thinned:
    """Points taken together where they are more than kernels need."""

    ts: IntArray
    y: FloatArray
    each: int


def thinned(ts: IntArray, y: FloatArray, *, most: int = MOST) -> Thinned:
    """Means of so many neighbours that at most `most` points are left."""
    each = -(-y.size // most)
    if each <= 1:
        return Thinned(ts, y, 1)
    whole = y.size - y.size % each
    means = y[:whole].reshape(-1, each).mean(axis=1)
    stamps = ts[:whole].reshape(-1, each)[:, each // 2]
    return Thinned(stamps, means, each)


def days_between(first: int, last: int) -> float:
    """Days from one instant to another, microseconds since 1970 UTC."""
    return (last - first) / MICROS_PER_DAY


def codes_of(factor: Factor | None) -> IntArray | None:
    """Codes of a factor that says something of every row; None otherwise."""
    if factor is None or factor.codes.size == 0 or (factor.codes < 0).any():
        return None
    return factor.codes
