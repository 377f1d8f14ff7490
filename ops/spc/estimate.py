"""Centre and sigma of the points of one stream, for each kind of chart.

References
----------
Montgomery, Introduction to Statistical Quality Control, 6.2 to 6.4, 7.2, 7.3;
Burr (1969), J. Quality Technology 1(3), 163-167 (weights for unequal sizes);
Laney (2002), Quality Engineering 14(4), 531-537 (sigma z of P' and U').
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal, cast

import numpy as np
from scipy.special import ndtri

from ops.capability.sigma import SigmaEstimate, WithinMethod, within_sigma
from ops.errors import NotEnoughData
from ops.spc.attributes import BINOMIAL
from ops.spc.constants import d2
from ops.spc.design import ChartKind
from ops.spc.points import ATTRIBUTES, PlottedPoints
from ops.spc.rare_event import powered
from ops.spc.variables import moving_ranges
from ops.values import BoolArray, FloatArray, IntArray

Estimator = Literal[
    "auto", "moving-range", "median-moving-range", "pooled", "rbar", "sbar", "overall"
]
WORDS: dict[str, str] = {
    "moving-range": "mean moving range of two / d2",
    "median-moving-range": "median moving range of two / 0.9539",
    "pooled": "pooled within-subgroup standard deviation / c4",
    "rbar": "weighted mean range / d2",
    "sbar": "weighted mean standard deviation / c4",
    "overall": "standard deviation of the plotted points (marginal)",
    "binomial": "binomial, from the mean share",
    "poisson": "Poisson, from the mean count",
    "geometric": "geometric, from the mean count between events",
    "exponential": "exponential, from the mean time",
    "nominal": "1, the values are standardized",
}
MEDIAN_RANGE = sqrt(2.0) * float(ndtri(0.75))  # median |difference of two| in sigmas: 0.9539
OF_RANGES, OF_MEDIAN = 0.605, 0.308  # degrees of freedom a range, large samples, by simulation
FROM_VALUES = frozenset({"pooled", "rbar", "sbar"})


@dataclass(frozen=True, slots=True)
class StreamEstimate:
    """What `StreamLimits` freezes of one stream, before it is named."""

    center: float
    sigma: float
    scale: float = 1.0
    within: float | None = None
    df: float | None = None


def estimator_of(kind: ChartKind, wanted: Estimator, size: FloatArray) -> str:
    """Estimator that a chart of this kind uses, a key of `WORDS`."""
    if kind in ATTRIBUTES:
        return "binomial" if kind in BINOMIAL else "poisson"
    if kind == "g":
        return "geometric"
    if kind == "short-run-standardized":
        return "nominal"
    if wanted != "auto":
        return wanted
    if kind in ("xbar-r", "xbar-s"):
        return "rbar" if kind == "xbar-r" else "sbar"
    means = kind in ("ewma", "cusum", "moving-average", "short-run-nominal")
    return "pooled" if means and bool(np.any(size > 1)) else "moving-range"


def estimate_stream(
    points: PlottedPoints,
    begins: BoolArray,
    kind: ChartKind,
    estimator: str,
    values: tuple[FloatArray, IntArray],
    *,
    probability: bool = False,
) -> StreamEstimate:
    """Centre and sigma of one stream.

    Parameters
    ----------
    points
        Qualified points of the stream, in time order.
    begins : shape (n,)
        Whether the point before was left out: no moving range reaches across.
    estimator
        A key of `WORDS`.
    values : two arrays of shape (rows,)
        Values behind the points, and the number of the point of each.
    probability
        Whether limits are of equal tail probability (T charts: the exponential mean).

    Raises
    ------
    NotEnoughData
        With fewer than 2 points, or where nothing varies.
    """
    if points.value.size < 2:
        raise NotEnoughData(f"limits need 2 points of a stream, got {points.value.size}")
    if kind in ATTRIBUTES:
        found = _attribute(points, begins, kind)
    elif kind == "g":
        mean = float(points.value.mean())
        found = StreamEstimate(mean, sqrt(mean * (mean + 1.0)))
    elif kind == "t":
        found = _times(points.value, begins, estimator, probability=probability)
    elif kind == "short-run-standardized":
        found = StreamEstimate(0.0, 1.0)
    else:
        found = _variable(points, begins, kind, estimator, values)
    if not (found.sigma > 0 and found.scale > 0):
        raise NotEnoughData(
            f"{points.value.size} points show no variation ({WORDS[estimator]}): limits need"
            " different values; check the resolution of the gauge or widen the window"
        )
    return found


def _variable(
    points: PlottedPoints,
    begins: BoolArray,
    kind: ChartKind,
    estimator: str,
    values: tuple[FloatArray, IntArray],
) -> StreamEstimate:
    if kind == "three-way":
        center = float(points.value.mean())
        between = _sigma(points.value, np.ones(points.size.size), begins, estimator, values)
        within = within_sigma(*values, "pooled").value
        return StreamEstimate(center, between.value, within=within or None, df=between.df)
    center = float(np.average(points.value, weights=points.size))
    sigma = _sigma(points.value, points.size, begins, estimator, values)
    return StreamEstimate(center, sigma.value, df=sigma.df)


def _sigma(
    value: FloatArray,
    size: FloatArray,
    begins: BoolArray,
    estimator: str,
    values: tuple[FloatArray, IntArray],
) -> SigmaEstimate:
    """Sigma of a value of size 1."""
    if estimator in FROM_VALUES:
        return within_sigma(*values, cast(WithinMethod, estimator))
    if estimator == "overall":
        center = float(np.average(value, weights=size))
        square = float(np.sum(size * (value - center) ** 2)) / (value.size - 1)
        return SigmaEstimate(sqrt(square), value.size - 1.0, estimator)
    if estimator == "moving-range" and bool(np.all(size == size[0])):
        found = within_sigma(value, np.cumsum(begins, dtype=np.int64), "moving-range")
        return SigmaEstimate(found.value * sqrt(float(size[0])), found.df, estimator)
    ranges = moving_ranges(value, begins)
    ranges[1:] /= np.sqrt(0.5 / size[1:] + 0.5 / size[:-1])
    ranges = ranges[~np.isnan(ranges)]
    if ranges.size == 0:
        raise NotEnoughData(f"a moving range needs 2 neighbours, {value.size} points have none")
    if estimator == "moving-range":
        return SigmaEstimate(float(ranges.mean()) / d2(2), OF_RANGES * ranges.size, estimator)
    median = float(np.median(ranges)) / MEDIAN_RANGE
    return SigmaEstimate(median, OF_MEDIAN * ranges.size, estimator)


def _times(
    time: FloatArray, begins: BoolArray, estimator: str, *, probability: bool
) -> StreamEstimate:
    if probability:
        mean = float(time.mean())
        return StreamEstimate(mean, mean)  # an exponential time has the mean as its deviation
    root = powered(time)
    sigma = _sigma(root, np.ones(root.size), begins, estimator, (root, np.arange(root.size)))
    return StreamEstimate(float(root.mean()), sigma.value, df=sigma.df)


def _attribute(points: PlottedPoints, begins: BoolArray, kind: ChartKind) -> StreamEstimate:
    share = points.value if kind in ("p", "u", "laney-p", "laney-u") else points.value / points.size
    center = float(np.average(share, weights=points.size))
    sigma = sqrt(center * (1.0 - center) if kind in BINOMIAL else center)
    if not (kind.startswith("laney") and sigma > 0):
        return StreamEstimate(center, sigma)
    ranges = moving_ranges((share - center) * np.sqrt(points.size) / sigma, begins)
    ranges = ranges[~np.isnan(ranges)]
    if ranges.size == 0:
        raise NotEnoughData(f"sigma z needs 2 neighbours, {share.size} points have none")
    return StreamEstimate(center, sigma, scale=float(ranges.mean()) / d2(2))
