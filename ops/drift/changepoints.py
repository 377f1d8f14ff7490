"""Steps of a series: where its level, or its level and spread, changed; the exact optimum.

The best segmentation of all has the least sum of costs of its segments plus one penalty for each
change. Costs: squared deviations (``mean``); the same, bounded at 3 sigma, so that single outliers
make no segments (``robust``); squared innovations of a first-order autoregression about a level
that steps (``autocorrelated``); minus twice the normal log likelihood (``mean-variance``); squared
deviations from a straight line of its own, for a series that drifts (``line``).

References
----------
Maidstone et al. (2017), Statistics and Computing 27, 519-533; Fearnhead and Rigaill (2019), JASA
114, 169-183; Romano et al. (2022), JASA 117, 2147-2162; Killick, Fearnhead and Eckley (2012), JASA
107, 1590-1598.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from ops.drift.broken_line import LEAST as LEAST_LINE
from ops.drift.broken_line import broken_line, traced
from ops.drift.penalty import BOUND, Cost, Noise, Penalty, given_penalty, noise, stated_penalty
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

_LEAST: dict[Cost, int] = {"mean-variance": 2, "line": LEAST_LINE}
SMALL_PHI = 1e-3  # below it, an autocorrelated series is an independent one


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Segments of a series.

    Parameters
    ----------
    starts : shape (segments,)
        Index at which each begins; the first is 0.
    means, sds : shape (segments,)
        Level of each (of the robust cost: its robust level), and standard deviation about it; 0 of
        a single value.
    cost
        Least sum of the costs of the segments, penalties left out.
    penalty
        What each change had to save, and by which rule.
    slopes : shape (segments,)
        Change of the level from one value to the next; 0 but for the cost ``line``.
    sigma, phi, long_run
        Noise that was estimated: standard deviation, autocorrelation, long-run variance.
    """

    starts: IntArray
    means: FloatArray
    sds: FloatArray
    kind: Cost
    cost: float
    penalty: Penalty
    sigma: float
    phi: float
    long_run: float
    n: int
    slopes: FloatArray

    @property
    def changes(self) -> IntArray:
        """Index of the first value after each change."""
        return self.starts[1:]


def changepoints(
    y: FloatArray, *, cost: Cost = "mean", penalty: float | None = None, min_segment: int = 1
) -> Segmentation:
    """Find the best segmentation of a series.

    Parameters
    ----------
    y : shape (n,)
        Values in time order.
    penalty
        What a change must save, in the unit of the cost; None: the stated rule of `penalty`.
    min_segment
        Least length of a segment; ``mean-variance`` takes 2 at least, ``line`` 5.

    Raises
    ------
    BadData
        If a value is not finite, `penalty` not above 0 or `min_segment` below 1.
    NotEnoughData
        With fewer than `min_segment` values, or none.

    Examples
    --------
    >>> y = np.r_[np.zeros(5), np.full(5, 8.0)] + np.tile([0.1, -0.1], 5)
    >>> changepoints(y).starts.tolist()
    [0, 5]
    """
    if min_segment < 1:
        raise BadData(f"min_segment {min_segment} is below 1")
    least = max(min_segment, _LEAST.get(cost, 1))
    if y.size < least:
        raise NotEnoughData(f"a segment needs {least} values, got {y.size}")
    if not np.isfinite(y).all():
        raise BadData(
            f"value {int(np.flatnonzero(~np.isfinite(y))[0])} is not finite; leave it out"
        )
    offset = float(np.median(y))  # centred, large offsets cost no digits
    centred = np.ascontiguousarray(y - offset, dtype=np.float64)
    given = None if penalty is None else given_penalty(penalty)
    if cost == "line":
        return _of_lines(centred, given, least, offset)
    of_noise = noise(centred)
    charged = given or stated_penalty(centred, cost, of_noise)
    starts, levels, total = _segments(centred, cost, charged.value, least, of_noise)
    means, sds = _moments(centred, starts)
    return Segmentation(
        starts=starts,
        means=(means if levels is None else levels) + offset,
        sds=sds,
        kind=cost,
        cost=total - charged.value * (starts.size - 1),
        penalty=charged,
        sigma=of_noise.sigma,
        phi=of_noise.phi,
        long_run=of_noise.long_run,
        n=y.size,
        slopes=np.zeros(starts.size),
    )


def _of_lines(y: FloatArray, penalty: Penalty | None, least: int, offset: float) -> Segmentation:
    found = broken_line(y, penalty, least)
    size = np.diff(np.r_[found.starts, y.size])
    x = np.arange(y.size) - np.repeat(found.starts + (size - 1) / 2.0, size)
    return Segmentation(
        starts=found.starts,
        means=found.means + offset,
        sds=_moments(y - np.repeat(found.slopes, size) * x, found.starts)[1],
        kind="line",
        cost=found.cost,
        penalty=found.penalty,
        sigma=found.noise.sigma,
        phi=found.noise.phi,
        long_run=found.noise.long_run,
        n=y.size,
        slopes=found.slopes,
    )


def _segments(
    y: FloatArray, cost: Cost, penalty: float, least: int, of_noise: Noise
) -> tuple[IntArray, FloatArray | None, float]:
    """Find starts of the best segments, their levels if these are no means, penalised cost."""
    if np.ptp(y) == 0.0:
        return np.zeros(1, dtype=np.int64), None, 0.0
    if cost == "mean-variance":
        from ops.drift.spread_kernel import partition_spread  # noqa: PLC0415  (numba loads slowly)

        total, begun = partition_spread(y, penalty, least, resolution(y))
        return traced(begun), None, float(total[-1])
    if cost == "autocorrelated" and abs(of_noise.phi) > SMALL_PHI:
        from ops.drift.innovation_kernel import partition_innovations  # noqa: PLC0415

        least_cost, ends = partition_innovations(y, of_noise.phi, penalty, least)
        return np.r_[0, ends], None, float(least_cost)
    from ops.drift.fpop_kernel import partition  # noqa: PLC0415  (numba loads in half a second)

    bound = BOUND * of_noise.sigma if cost == "robust" and of_noise.sigma > 0 else inf
    total, begun, level = partition(y, penalty, least, bound)
    starts = traced(begun)
    ends = np.r_[starts[1:], y.size]
    return starts, level[ends] if bound < inf else None, float(total[-1])


def resolution(y: FloatArray) -> float:
    """Variance of rounding: that of the smallest step between values, over 12.

    A segment of equal values has no smaller variance than that: its likelihood stays finite.
    """
    gaps = np.diff(np.unique(y))
    return float(gaps.min()) ** 2 / 12.0 if gaps.size else 0.0


def _moments(y: FloatArray, starts: IntArray) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each segment."""
    size = np.diff(np.r_[starts, y.size])
    means = np.add.reduceat(y, starts) / size
    squares = np.add.reduceat((y - np.repeat(means, size)) ** 2, starts)
    return means, np.sqrt(squares / np.maximum(size - 1, 1))
