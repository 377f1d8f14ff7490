"""The evidence of drift of many streams at once: mean, spread, near-limit share, slope, monitors.

A stream is a series of points (means of an hour, a shift, a lot). Three features of a point are
followed, each by the same tests (`ops.drift.series_test`): its mean; the scatter within it, as
sigma^(2/3), which is nearly normal; the share of its values near a limit. What is false of a
feature is told by one null: it stayed within a band.

References
----------
Wilson and Hilferty (1931), PNAS 17(12), 684-688 (the cube root of a variance is nearly normal);
Agresti and Caffo (2000), American Statistician 54(4), 280-288 (interval of two shares);
Theil (1950), Proc. Koninkl. Nederl. Akad. Wetensch. 53 (median of the slopes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from ops.drift.low_frequency import LEAST, best_step, coordinates
from ops.drift.series_test import MOVES, series_tests
from ops.errors import BadData
from ops.values import FloatArray, IntArray

Feature = Literal["mean", "spread", "near-limit"]
FEATURES: tuple[Feature, ...] = ("mean", "spread", "near-limit")
MEAN, SPREAD, NEAR = range(3)
BLOCKS = 40  # stretches whose medians make the slope: 780 pairs of a stream
OCCUPIED = 5  # points with values near a limit: of fewer a share says nothing
STILL = 0.05  # a share this near to none or all varies too little to tell how much
WORTH = 0.2  # of points whose memory cannot be told: that of an AR(1) of two thirds
Z95 = 1.959963984540054
AT_ONCE = 500  # streams whose arrays are in memory together


@dataclass(frozen=True, slots=True)
class PointStream:
    """Points of one stream.

    Parameters
    ----------
    t : shape (n,)
        Days, increasing.
    y : shape (n,)
        Mean of each point, in the unit of the characteristic.
    scatter : shape (n,)
        Standard deviation within each point to the power 2/3; None: from neighbours.
    near : shape (n,)
        Share of the values of each point that lie near a limit; None: there is no limit.
    split
        First point after the baseline.
    margin
        Width of the band in which the mean may wander.
    """

    t: FloatArray
    y: FloatArray
    split: int
    margin: float
    scatter: FloatArray | None = None
    near: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class ScreenMargins:
    """What counts as nothing, of the two features that are not the mean.

    Parameters
    ----------
    spread
        Relative change of the standard deviation.
    near
        Change of the share near a limit.
    """

    spread: float = 0.25
    near: float = 0.05


@dataclass(frozen=True, slots=True)
class BatchEvidence:
    """Evidence of every stream; S streams, 3 features in the order of `FEATURES`.

    Parameters
    ----------
    p_value : shape (S, 3)
        Of the null that the feature stayed within its band; NaN where it was not tested.
    move : shape (S, 3)
        Which of `MOVES` is the strongest.
    size, lower, upper : shape (S, 3)
        How far it went by that movement, with its 95 % interval: in the unit; as the ratio of
        the standard deviations; as the difference of the shares.
    begin : shape (S, 3)
        First point that has moved.
    since : shape (S, 3)
        Days at which it began.
    level, level_lower, level_upper : shape (S,)
        Mean after the split less that before, with its 90 % interval: within the band, there is
        no drift (two one-sided tests at 5 %).
    slope : shape (S,)
        Median slope of the medians of stretches, in the unit per day.
    memory : shape (S,)
        First-order autocorrelation of the points.
    """

    p_value: FloatArray
    move: IntArray
    size: FloatArray
    lower: FloatArray
    upper: FloatArray
    begin: IntArray
    since: FloatArray
    level: FloatArray
    level_lower: FloatArray
    level_upper: FloatArray
    slope: FloatArray
    memory: FloatArray


def screen_batch(
    streams: Sequence[PointStream], *, margins: ScreenMargins | None = None
) -> BatchEvidence:
    """Judge every stream; streams of equal length and split are judged together.

    Parameters
    ----------
    streams
        Each with 16 points or more.

    Raises
    ------
    BadData
        If a stream has fewer points, or a value that is not finite.
    """
    allowed = ScreenMargins() if margins is None else margins
    found = _empty(len(streams))
    together: dict[tuple[int, int], list[int]] = {}
    for i, stream in enumerate(streams):
        if stream.y.size < LEAST or not bool(np.all(np.isfinite(stream.y))):
            raise BadData(f"stream {i} needs {LEAST} finite points, got {stream.y.size}")
        together.setdefault((stream.y.size, stream.split), []).append(i)
    for _, group in sorted(together.items()):
        for first in range(0, len(group), AT_ONCE):
            rows = np.array(group[first : first + AT_ONCE])
            _judge([streams[i] for i in rows], rows, allowed, found)
    return found


def _empty(count: int) -> BatchEvidence:
    def wide() -> FloatArray:
        return np.full((count, 3), np.nan)

    def whole() -> IntArray:
        return np.zeros((count, 3), dtype=np.int64)

    def narrow() -> FloatArray:
        return np.full(count, np.nan)

    return BatchEvidence(
        wide(), whole(), wide(), wide(), wide(), whole(), wide(),
        narrow(), narrow(), narrow(), narrow(), narrow(),
    )  # fmt: skip


def followed(
    stream: PointStream, feature: Feature, margins: ScreenMargins
) -> tuple[FloatArray, float] | None:
    """Series of a feature and the width of its band; None where it is not followed.

    The scatter of a point is that within it, else that of its mean about those of its neighbours.
    """
    if feature == "mean":
        return stream.y, stream.margin
    if feature == "spread":
        scatter = _about_neighbours(stream.y) if stream.scatter is None else stream.scatter
        middle = float(np.median(scatter))
        return (scatter, middle * ((1 + margins.spread) ** (2 / 3) - 1)) if middle > 0 else None
    if stream.near is None or int(np.count_nonzero(stream.near)) < OCCUPIED:
        return None
    return stream.near, margins.near


def _judge(
    streams: Sequence[PointStream], rows: IntArray, margins: ScreenMargins, found: BatchEvidence
) -> None:
    t = np.stack([stream.t for stream in streams])
    found.slope[rows] = block_slope(t, np.stack([stream.y for stream in streams]))
    for number, feature in enumerate(FEATURES):
        pairs = [followed(stream, feature, margins) for stream in streams]
        here = np.array([i for i, pair in enumerate(pairs) if pair is not None], dtype=np.int64)
        if here.size:
            y = np.stack([pair[0] for pair in pairs if pair is not None])
            margin = np.array([pair[1] for pair in pairs if pair is not None])
            _follow(t[here], y, rows[here], number, margin, streams[0].split, found)
            if feature == "spread":
                _as_ratio(y, rows[here], found)
            elif feature == "near-limit":
                _as_shares(y, rows[here], found)


def _follow(
    t: FloatArray,
    y: FloatArray,
    rows: IntArray,
    feature: int,
    margin: FloatArray,
    split: int,
    found: BatchEvidence,
) -> None:
    tests = series_tests(coordinates(y), margin=margin, split=split)
    move = tests.strongest()
    each = np.arange(rows.size)
    found.p_value[rows, feature] = tests.combined
    found.move[rows, feature] = move
    found.size[rows, feature] = tests.size[each, move]
    found.lower[rows, feature] = tests.lower[each, move]
    found.upper[rows, feature] = tests.upper[each, move]
    exact = best_step(y - y.mean(axis=1, keepdims=True))  # the test looks at some places only
    begin = np.where(move == MOVES.index("step"), exact, tests.begin[each, move])
    found.begin[rows, feature] = begin
    found.since[rows, feature] = t[each, begin]
    if feature == MEAN:
        level = MOVES.index("level")
        half = tests.half_90[:, level]
        found.level[rows] = tests.size[:, level]
        found.level_lower[rows] = tests.size[:, level] - half
        found.level_upper[rows] = tests.size[:, level] + half
        found.memory[rows] = tests.memory


def _about_neighbours(y: FloatArray) -> FloatArray:
    away = np.abs(y[1:-1] - 0.5 * (y[:-2] + y[2:])) ** (2 / 3)
    return np.concatenate((away[:1], away, away[-1:]))


def _as_ratio(scatter: FloatArray, rows: IntArray, found: BatchEvidence) -> None:
    """Turn how far sigma^(2/3) went into the ratio of sigmas, to the level that it left."""
    size, begin = found.size[rows, SPREAD], found.begin[rows, SPREAD]
    total = np.cumsum(scatter, axis=1)
    before = np.take_along_axis(total, np.maximum(begin, 1)[:, None] - 1, axis=1)[:, 0]
    still = begin >= LEAST // 2  # else all of it is the way from the level that it left
    base = np.where(still, before / np.maximum(begin, 1), scatter.mean(axis=1) - 0.5 * size)
    base = np.maximum(base, 0.05 * scatter.mean(axis=1))
    for array in (found.size, found.lower, found.upper):
        array[rows, SPREAD] = np.maximum(1 + array[rows, SPREAD] / base, 0.0) ** 1.5


def _as_shares(near: FloatArray, rows: IntArray, found: BatchEvidence) -> None:
    """Widen intervals of shares that nearly no or nearly all values have, before and after.

    There nothing varies, and a difference of 100 % would be known for certain: it takes at least
    the interval that a success and a failure more on each side give. A point counts as one value,
    less what its memory takes; of a share that does not vary it cannot be told, so that a fifth of
    the points is the least they are worth.
    """
    size, begin, n = found.size[rows, NEAR], np.maximum(found.begin[rows, NEAR], 1), near.shape[1]
    worth = np.maximum((1 - found.memory[rows]) / (1 + found.memory[rows]), WORTH)
    total = np.cumsum(near, axis=1)
    before = np.take_along_axis(total, begin[:, None] - 1, axis=1)[:, 0] / begin
    counts = np.stack((begin, n - begin)) * worth
    shares = np.stack((before, np.clip(before + size, 0.0, 1.0)))
    still = np.max(np.minimum(shares, 1 - shares), axis=0) < STILL
    shares = (shares * counts + 1) / (counts + 2)
    half = Z95 * np.sqrt(np.sum(shares * (1 - shares) / (counts + 2), axis=0))
    middle = shares[1] - shares[0]
    lower, upper = found.lower[rows, NEAR], found.upper[rows, NEAR]
    lower = np.where(still, np.minimum(lower, middle - half), lower)
    upper = np.where(still, np.maximum(upper, middle + half), upper)
    for array, value in ((found.size, size), (found.lower, lower), (found.upper, upper)):
        array[rows, NEAR] = np.clip(value, -1.0, 1.0)


def block_slope(t: FloatArray, y: FloatArray) -> FloatArray:
    """Median of the slopes between the medians of 40 stretches of each series, per day.

    Parameters
    ----------
    t, y : shape (series, n)
        Days, increasing, and values.
    """
    n = y.shape[1]
    count = min(BLOCKS, n)
    bounds = np.linspace(0, n, count + 1).astype(np.int64)
    parts = [slice(a, b) for a, b in pairwise(bounds)]
    middle = np.stack([np.median(y[:, part], axis=1) for part in parts], axis=1)
    when = np.stack([np.mean(t[:, part], axis=1) for part in parts], axis=1)
    first, second = np.triu_indices(count, 1)
    run = when[:, second] - when[:, first]
    slopes = (middle[:, second] - middle[:, first]) / np.where(run > 0, run, np.nan)
    return np.median(np.where(np.isnan(slopes), 0.0, slopes), axis=1)
