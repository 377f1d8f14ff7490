"""Estimators of the within-subgroup standard deviation, each with its degrees of freedom.

The degrees of freedom of a range or S-bar estimator are those of the chi distribution with the same
relative variance (Patnaik's idea), so that every estimator can be given an interval.

References
----------
Burr (1969), J. Quality Technology 1(3), 163-167 (minimum-variance weights for unequal sizes);
Patnaik (1950), Biometrika 37, 78-87 (chi with equal moments);
Cryer and Ryan (1990), J. Quality Technology 22(3), 187-192 (moving range);
Clifford (1959), Industrial Quality Control 15(11), 40-45 (median moving range);
Cramer (1946), Mathematical Methods of Statistics, 28.5 (variance of a sample median).
"""

from dataclasses import dataclass
from math import asin, exp, inf, lgamma, pi, sqrt
from typing import Literal

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.constants import c4, d2, d3
from ops.values import FloatArray, IntArray, stable_order

WithinMethod = Literal[
    "pooled", "pooled-biased", "rbar", "sbar", "moving-range", "median-moving-range"
]
_MEDIAN_RANGE = 0.9538725524  # median of |x1 - x2| for sigma = 1: root 2 times Phi^-1(3/4)
_AT_MEDIAN = 0.4494039389  # density of that range at its median
_BOTH_BELOW = 0.0266016183  # P(two neighbouring ranges are both below it) - 1/4


@dataclass(frozen=True, slots=True)
class SigmaEstimate:
    """A standard deviation in the unit of the data, and the degrees of freedom behind it."""

    value: float
    df: float
    method: str


def overall_sigma(x: FloatArray) -> SigmaEstimate:
    """Sample standard deviation (n - 1), computed in two passes.

    Raises
    ------
    NotEnoughData
        With fewer than 2 values.
    """
    if x.size < 2:
        raise NotEnoughData(f"a standard deviation needs 2 values, got {x.size}")
    deviation = x - x.mean()
    square = float(deviation @ deviation) - float(deviation.sum()) ** 2 / x.size
    return SigmaEstimate(sqrt(max(square, 0.0) / (x.size - 1)), x.size - 1.0, "overall")


def within_sigma(x: FloatArray, subgroup: IntArray, method: WithinMethod) -> SigmaEstimate:
    """Within-subgroup standard deviation.

    Parameters
    ----------
    x : shape (n,)
        Values in time order.
    subgroup : shape (n,)
        Code of the rational subgroup of each value, 0 or more; for ``moving-range`` the code of the
        stream: ranges are taken between neighbours in time of one stream.
    method
        ``pooled``: root of the pooled variance over c4; ``pooled-biased``: the same without c4;
        ``rbar``: weighted ranges over d2; ``sbar``: weighted standard deviations over c4;
        ``moving-range``: mean range of two over d2; ``median-moving-range``: their median over
        its expectation, which a few jumps do not move.

    Raises
    ------
    NotEnoughData
        If no subgroup (or stream) has 2 values.
    """
    if method in ("moving-range", "median-moving-range"):
        return _moving_range(x, subgroup, method)
    codes, group = np.unique(subgroup, return_inverse=True)
    size = np.bincount(group, minlength=codes.size)
    if not np.any(size >= 2):
        raise NotEnoughData(
            f"a within-subgroup sigma needs a subgroup of 2 values, got {codes.size} of 1;"
            " use individuals instead"
        )
    if method == "rbar":
        return _weighted_ranges(x, group, size)
    variance = _group_squares(x, group, size)
    if method == "sbar":
        return _weighted_deviations(variance, size)
    df = float(size.sum() - codes.size)
    root = sqrt(float(variance.sum()) / df)
    return SigmaEstimate(root if method == "pooled-biased" else root / c4(int(df) + 1), df, method)


def _group_squares(x: FloatArray, group: IntArray, size: IntArray) -> FloatArray:
    """Sum of squared deviations of each group; two passes."""
    shifted = x - x.mean()
    mean = np.bincount(group, shifted, size.size) / np.maximum(size, 1)
    deviation = shifted - mean[group]
    return np.asarray(np.bincount(group, deviation * deviation, size.size), dtype=np.float64)


def _weighted_ranges(x: FloatArray, group: IntArray, size: IntArray) -> SigmaEstimate:
    order = np.lexsort((x, group))
    ordered, ends = x[order], np.cumsum(size)
    ranges = ordered[ends - 1] - ordered[ends - size]
    used = size >= 2
    constants = {int(n): (d2(int(n)), d3(int(n))) for n in np.unique(size[used])}
    mean_of, sd_of = np.array([constants[int(n)] for n in size[used]]).T
    weight = (mean_of / sd_of) ** 2
    value = float(np.sum(weight * ranges[used] / mean_of) / weight.sum())
    return SigmaEstimate(value, _matching_df(1.0 / float(weight.sum())), "rbar")


def _weighted_deviations(squares: FloatArray, size: IntArray) -> SigmaEstimate:
    used = size >= 2
    deviation = np.sqrt(squares[used] / (size[used] - 1))
    constants = {int(n): c4(int(n)) for n in np.unique(size[used])}
    mean_of = np.array([constants[int(n)] for n in size[used]])
    weight = mean_of**2 / (1.0 - mean_of**2)
    value = float(np.sum(weight * deviation / mean_of) / weight.sum())
    return SigmaEstimate(value, _matching_df(1.0 / float(weight.sum())), "sbar")


def _moving_range(x: FloatArray, stream: IntArray, method: WithinMethod) -> SigmaEstimate:
    order = stable_order(stream)  # time order is kept inside each stream
    value, of = x[order], stream[order]
    same = of[1:] == of[:-1]
    ranges = np.abs(np.diff(value))[same]
    m = ranges.size
    if m < 1:
        raise NotEnoughData(f"a moving range needs 2 values of one stream, got {x.size} in all")
    chained = int(np.count_nonzero(same[1:] & same[:-1]))  # pairs of ranges that share a value
    if method == "median-moving-range":
        spread = (0.25 + 2.0 * chained / m * _BOTH_BELOW) / (_AT_MEDIAN * _MEDIAN_RANGE) ** 2
        middle = float(np.median(ranges)) / _MEDIAN_RANGE
        return SigmaEstimate(middle, _matching_df(spread / m), method)
    own = (d3(2) / d2(2)) ** 2
    shared = (4.0 / pi) * (sqrt(0.75) + 0.5 * asin(0.5)) / d2(2) ** 2 - 1.0
    relative = (m * own + 2.0 * chained * shared) / m**2
    return SigmaEstimate(float(ranges.mean()) / d2(2), _matching_df(relative), "moving-range")


def _matching_df(relative_variance: float) -> float:
    """Degrees of freedom of the chi distribution with this variance over squared mean."""

    def excess(df: float) -> float:
        log_c4 = 0.5 * np.log(2.0 / df) + lgamma((df + 1) / 2) - lgamma(df / 2)
        return exp(-2.0 * log_c4) - 1.0 - relative_variance

    if relative_variance < 1e-7:
        return 0.5 / relative_variance if relative_variance > 0 else inf
    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, 0.05, 1e8, xtol=1e-9))
