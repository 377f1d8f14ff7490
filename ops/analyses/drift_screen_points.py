"""From measurements to the points of the drift screen: streams, baselines, bands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ops.analyses.drift_screen_fleet import Points, beside_fleet
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analyses.drift_screen_result import LeftOutStream
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.low_frequency import LEAST
from ops.drift.night_control import shard_of
from ops.drift.screen_batch import PointStream
from ops.timing.window import duration
from ops.values import (
    BoolArray,
    Characteristic,
    FloatArray,
    IntArray,
    ReferenceWindow,
    Series,
    SpecLimits,
    stable_order,
)

ENOUGH = 0.8  # of the points hold two values or more: the scatter within them is followed
FEWEST_BEFORE = 5  # points of a baseline, and after it; else the middle parts them


@dataclass(frozen=True, slots=True)
class ScreenedStream:
    """A stream that is judged: whose it is, its points and how it is judged.

    `reference` is the number of first points that a drift has to come back to: those of the
    approved baseline, else the first quarter.
    """

    about: Characteristic
    level: str
    points: Points
    judged: PointStream
    reference: int

    @property
    def tool(self) -> str:
        """Name of the tool in its plant."""
        return f"{self.about.site}/{self.level}"


@dataclass(slots=True)
class Prepared:
    """Streams that are judged, and those that are not."""

    streams: list[ScreenedStream] = field(default_factory=list[ScreenedStream])
    left_out: list[LeftOutStream] = field(default_factory=list[LeftOutStream])


def prepare(
    series: Series,
    baselines: Sequence[ReferenceWindow],
    params: DriftScreenParams,
    newest: int,
    into: Prepared,
) -> None:
    """Cut a characteristic into streams of points, each behind its baseline.

    Parameters
    ----------
    baselines
        Approved ones of the characteristic, the newest first.
    newest
        Microseconds since 1970 UTC of the newest value of all.
    """
    own = _of_tools(series, params, series.spec)
    older = [(each, _of_tools(each.series, params, series.spec))
             for each in baselines if each.series is not None]  # fmt: skip
    since = newest - int(duration(params.judge_last).total_seconds() * 1e6)
    about = series.characteristic
    for level, points in sorted(own.items()):
        if shard_of(f"{about.site}/{level}", params.shards) != params.shard:
            continue
        joined, begin = _behind_baseline(points, level, older, params.stream)
        kept = _kept(joined)
        split = int(np.searchsorted(kept.ts, since if begin is None else begin, side="left"))
        if kept.ts.size < LEAST or float(np.ptp(kept.mean)) == 0.0:
            few = kept.ts.size < LEAST
            reason = f"fewer than {LEAST} points" if few else "all points are equal"
            into.left_out.append(
                LeftOutStream(
                    characteristic=about.code, level=level, reason=reason, n=int(kept.ts.size)
                )
            )
            continue
        judged = _judged(kept, split, series.spec, params)
        reference = kept.ts.size // 4 if begin is None else judged.split
        into.streams.append(ScreenedStream(about, level, kept, judged, reference))


def _of_tools(
    series: Series, params: DriftScreenParams, spec: SpecLimits | None
) -> dict[str, Points]:
    found = dict(_points(series, params, spec))
    if not params.relative:
        return found
    return beside_fleet(found, int(duration(params.point).total_seconds() * 1e6))


def _behind_baseline(
    points: Points,
    level: str,
    baselines: Sequence[tuple[ReferenceWindow, Mapping[str, Points]]],
    stream: str,
) -> tuple[Points, int | None]:
    """Points behind those of the approved baseline, and its end; None where there is none."""
    for window, found in baselines:
        named = window.where.get(stream, ())
        old = found.get(level)
        if (named and level not in named) or old is None:
            continue
        later = points.take(points.ts >= window.end)
        parts = [(getattr(old, name), getattr(later, name)) for name in Points.__slots__]
        return Points(*(np.concatenate(both) for both in parts)), window.end
    return points, None


def _kept(points: Points) -> Points:
    """Without the points of one value, where nearly all have more."""
    several = points.count > 1
    return points.take(several) if several.size and several.mean() >= ENOUGH else points


def _judged(
    points: Points, split: int, spec: SpecLimits | None, params: DriftScreenParams
) -> PointStream:
    n = points.ts.size
    if not FEWEST_BEFORE <= split <= n - FEWEST_BEFORE:
        split = n // 2
    limits = SpecLimits() if spec is None else spec
    tolerance = limits.upper - limits.lower
    if np.isfinite(tolerance):
        margin = params.delta * tolerance
    else:
        margin = params.delta_sigma * float(points.mean[:split].std())
    limited = bool(np.isfinite(limits.lower) or np.isfinite(limits.upper))
    within = bool(np.all(points.count > 1)) and bool(np.median(points.variance) > 0)
    return PointStream(
        t=(points.ts - points.ts[0]) / MICROS_PER_DAY,
        y=points.mean,
        split=split,
        margin=margin,
        scatter=np.cbrt(points.variance) if within else None,
        near=points.near if limited else None,
    )


def _points(
    series: Series, params: DriftScreenParams, spec: SpecLimits | None
) -> Iterator[tuple[str, Points]]:
    """Points of every level of the factor of the streams."""
    tool = series.factors.get(params.stream)
    if tool is None:
        return
    value = series.value / series.n
    rows = np.flatnonzero(np.isfinite(value) & (tool.codes >= 0))
    rows = rows[stable_order(tool.codes[rows])]
    if not rows.size:
        return
    code, place = tool.codes[rows], _places(series, params)[rows]
    first = np.flatnonzero(np.diff(code, prepend=-1) | np.diff(place, prepend=place[0] - 1))
    made = _summed(series.ts[rows], value[rows], first, _near(value[rows], spec, params.near_band))
    starts = np.flatnonzero(np.diff(code[first], prepend=-1))
    for begin, end in zip(starts, np.append(starts[1:], first.size), strict=True):
        part = np.zeros(first.size, dtype=bool)
        part[begin:end] = True
        yield tool.levels[code[first[begin]]], made.take(part)


def _places(series: Series, params: DriftScreenParams) -> IntArray:
    """Which point each value belongs to: values side by side with one number make one."""
    if re.fullmatch(r"\s*\d+\s*(min|h|d|w)\s*", params.point):
        width = int(duration(params.point).total_seconds() * 1e6)
        return series.ts // width
    factor = series.factors.get(params.point)
    return np.full(series.ts.size, -1, dtype=np.int64) if factor is None else factor.codes


def _summed(ts: IntArray, value: FloatArray, first: IntArray, near: BoolArray) -> Points:
    count = np.diff(np.append(first, value.size))
    mean = np.add.reduceat(value, first) / count
    squares = np.add.reduceat((value - np.repeat(mean, count)) ** 2, first)
    return Points(
        ts=ts[np.append(first[1:], value.size) - 1],
        mean=mean,
        variance=squares / np.maximum(count - 1, 1),
        near=np.add.reduceat(near.astype(np.float64), first) / count,
        count=count.astype(np.int64),
    )


def _near(value: FloatArray, spec: SpecLimits | None, band: float) -> BoolArray:
    """Whether each value lies in the outer share of the way from the middle to a limit."""
    if spec is None:
        return np.zeros(value.size, dtype=bool)
    low, high = spec.lower, spec.upper
    middle = 0.5 * (low + high) if np.isfinite(high - low) else float(np.median(value))
    return (value > high - band * max(high - middle, 0.0)) | (
        value < low + band * max(middle - low, 0.0)
    )
