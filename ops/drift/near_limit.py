"""Near-limit rate: the share of points in the outer band of the tolerance, and whether it grows.

The band is the outer tenth of the tolerance at each limit, and all beyond it. Points in it often
come in runs: the interval counts effective points, and the trend is tested by the score of
Cochran and Armitage with its long-run variance. Both rest on the autocorrelation of being near.

References
----------
Wilson (1927), J. American Statistical Association 22, 209-212; Cochran (1954), Biometrics 10,
417-451, and Armitage (1955), Biometrics 11, 375-386 (trend in shares); Newey and West (1994),
Review of Economic Studies 61(4), 631-653 (lags of a long-run variance).
"""

from dataclasses import dataclass
from math import erfc, isinf, sqrt

import numpy as np
from scipy.special import ndtri

from ops.drift.evidence import Evidence
from ops.errors import BadData, NotEnoughData
from ops.values import BoolArray, FloatArray, SpecLimits

LEAST = 20
BAND = 0.1


@dataclass(frozen=True, slots=True)
class NearLimitRate:
    """Share of points near a limit or beyond it, and its change with time.

    Parameters
    ----------
    share, lower, upper
        Share of all points with its interval (Wilson, on effective points).
    near_lower, near_upper
        Share at each limit; None where there is none.
    slope, slope_lower, slope_upper
        Change of the share per day with its interval; None if all points are of one time.
    p_value
        Of no trend, two-sided; None as `slope`.
    inflation
        How many times as much the number in the band varies as that of independent points.
    band
        Width of the band, in the unit of the values.
    """

    share: float
    lower: float
    upper: float
    near_lower: float | None
    near_upper: float | None
    slope: float | None
    slope_lower: float | None
    slope_upper: float | None
    p_value: float | None
    inflation: float
    band: float
    n: int
    confidence: float

    @property
    def effective(self) -> float:
        """Independent points that tell as much of the share."""
        return self.n / self.inflation

    def evidence(self, *, since: int | None = None) -> Evidence:
        """Return a growing share as evidence; `since` is the stamp of the first value."""
        p = self.p_value
        return Evidence(
            mechanism="near-limit",
            method="cochran-armitage",
            estimate=self.slope,
            measure="share/day",
            n=self.n,
            lower=self.slope_lower,
            upper=self.slope_upper,
            p_value=p,
            since=since,
            effective=self.effective,
            present=None if p is None else p <= 1 - self.confidence and (self.slope or 0.0) > 0,
            confidence=self.confidence,
        )


def near_limit_rate(
    t: FloatArray,
    y: FloatArray,
    spec: SpecLimits | None,
    *,
    band: float = BAND,
    width: float | None = None,
    confidence: float = 0.95,
) -> NearLimitRate:
    """Share of points in the outer band, and its trend.

    Parameters
    ----------
    t, y : shape (n,)
        Time in days, not decreasing, and values; NaN is left out.
    spec
        Limits; one side may be absent. With one limit the tolerance is taken as twice the distance
        from it to the target, without a target to the median of the first half of the values.
    band
        Share of the tolerance that the band at each limit takes, in (0, 0.5).
    width
        Of the band in the unit of `y`, in place of a share of the tolerance.

    Raises
    ------
    BadData
        Without any limit, or if the band has no width.
    NotEnoughData
        With fewer than 20 values.

    Examples
    --------
    >>> y = np.tile([0.0, 0.95, 0.2, -0.3], 25)
    >>> near_limit_rate(np.arange(100.0), y, SpecLimits(-1.0, 1.0)).share
    0.25
    """
    if t.size != y.size:
        raise BadData(f"t has {t.size} values and y {y.size}: give one time for each value")
    told = np.isfinite(y)
    t, y = t[told], y[told]
    if y.size < LEAST:
        raise NotEnoughData(f"a near-limit rate needs {LEAST} values, got {y.size}")
    if spec is None or (isinf(spec.lower) and isinf(spec.upper)):
        raise BadData("a near-limit rate needs a specification limit: define one")
    reach = _width(y, spec, band) if width is None else width
    if not reach > 0:
        raise BadData(f"the band near the limit is {reach} wide: give a target or a width above 0")
    low, high = y <= spec.lower + reach, y >= spec.upper - reach
    near = low | high
    inflation = _inflation(near.astype(np.float64) - near.mean())
    z = float(ndtri(0.5 + confidence / 2))
    share = float(near.mean())
    lower, upper = _wilson(share, y.size / inflation, z)
    slope, half, p_value = _trend(t, near, z)
    return NearLimitRate(
        share=share,
        lower=lower,
        upper=upper,
        near_lower=None if isinf(spec.lower) else float(low.mean()),
        near_upper=None if isinf(spec.upper) else float(high.mean()),
        slope=slope,
        slope_lower=None if slope is None or half is None else slope - half,
        slope_upper=None if slope is None or half is None else slope + half,
        p_value=p_value,
        inflation=inflation,
        band=float(reach),
        n=y.size,
        confidence=confidence,
    )


def _width(y: FloatArray, spec: SpecLimits, band: float) -> float:
    if not 0 < band < 0.5:
        raise BadData(f"band is {band}: it is a share of the tolerance, above 0 and below 0.5")
    if not isinf(spec.lower) and not isinf(spec.upper):
        return band * (spec.upper - spec.lower)
    middle = float(np.median(y[: y.size // 2])) if spec.target is None else spec.target
    return 2.0 * band * (middle - spec.lower if isinf(spec.upper) else spec.upper - middle)


def _wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Interval of a share of `n` points, which need not be whole."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _inflation(deviation: FloatArray) -> float:
    """Long-run variance over that of one point, by Bartlett's weights; at least 1."""
    square = float(deviation @ deviation)
    if not square > 0:
        return 1.0
    lags = min(int(4 * (deviation.size / 100) ** (2 / 9)) + _run(deviation), deviation.size // 4)
    total = 1.0
    for lag in range(1, lags + 1):
        weight = 2.0 * (1.0 - lag / (lags + 1.0))
        total += weight * float(deviation[lag:] @ deviation[:-lag]) / square
    return max(total, 1.0)


def _run(deviation: FloatArray) -> int:
    """Three times the mean length of the runs of points in the band, so that lags span them."""
    inside = deviation > 0
    runs = int(np.count_nonzero(np.diff(inside.astype(np.int8)) == 1)) + int(inside[0])
    return int(3 * np.count_nonzero(inside) / max(runs, 1))


def _trend(
    t: FloatArray, near: BoolArray, z: float
) -> tuple[float | None, float | None, float | None]:
    """Least-squares slope of the share with time, half of its interval, and p-value.

    The score of Cochran and Armitage is the sum of time times residual; its long-run variance takes
    the place of the binomial one. None known where time stands still or nothing varies.
    """
    x = t - t.mean()
    square = float(x @ x)
    if not square > 0:
        return None, None, None
    residual = near - near.mean()
    slope = float(x @ residual) / square
    score = x * residual
    n = float(score.size)
    variance = float(score @ score) * _inflation(residual) * n / max(n - 2.0, 1.0)
    if not variance > 0:
        return 0.0, 0.0, 1.0
    error = sqrt(variance) / square
    return slope, z * error, erfc(abs(slope) / error / sqrt(2.0))
