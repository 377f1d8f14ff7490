"""Linearity: how the bias of a gauge changes along its range.

Bias is regressed on the reference value. Linearity is ``|slope|`` times the process variation
(6 sigma); as a percentage of it, simply ``100 |slope|``. The gauge is linear where the line of zero
bias lies inside the band of the regression line over the whole range.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-B (guidelines for linearity);
Montgomery, Peck and Vining, Introduction to Linear Regression Analysis, 2.4 (band of the mean).
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.capability.index import Interval
from ops.errors import NotEnoughData
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class BiasAt:
    """Mean bias at one reference value; bounds and p are NaN for a single measurement."""

    reference: float
    n: int
    bias: Interval
    p: float


@dataclass(frozen=True, slots=True)
class Linearity:
    """Result of `linearity_study`; bias in the unit of the data.

    Parameters
    ----------
    slope, intercept
        Bias per unit of reference, and bias at reference 0.
    t_slope, p_slope, t_intercept, p_intercept
        Tests that each is 0; NaN where the line leaves no residual.
    residual_sd, r_squared
        Around the line; of bias explained by the reference.
    bias
        Mean bias of all measurements.
    at
        By reference value, ascending.
    fit, lower, upper : shape (references,)
        The line and the band of its mean, at each reference value.
    """

    slope: Interval
    intercept: Interval
    t_slope: float
    p_slope: float
    t_intercept: float
    p_intercept: float
    residual_sd: float
    r_squared: float
    bias: Interval
    at: tuple[BiasAt, ...]
    fit: FloatArray
    lower: FloatArray
    upper: FloatArray

    @property
    def linear(self) -> bool:
        """Whether zero bias lies inside the band at each reference value."""
        return bool(np.all((self.lower <= 0) & (self.upper >= 0)))


def linearity_study(y: FloatArray, reference: FloatArray, *, confidence: float = 0.95) -> Linearity:
    """Regress bias on the reference value.

    Parameters
    ----------
    y, reference : shape (n,)
        Measured values and true values of what was measured, in one unit.

    Raises
    ------
    NotEnoughData
        With fewer than 3 measurements, or fewer than 2 reference values.
    """
    levels = np.unique(reference)
    if y.size < 3 or levels.size < 2:
        raise NotEnoughData(
            f"linearity needs 3 measurements at 2 reference values, got {y.size} at {levels.size}"
        )
    bias, center = y - reference, float(reference.mean())
    x, n = reference - center, y.size
    sxx = float(x @ x)
    slope = float(x @ bias) / sxx
    rest = bias - bias.mean() - slope * x
    squares, total = float(rest @ rest), float(np.sum((bias - bias.mean()) ** 2))
    s = sqrt(squares / (n - 2))
    if s <= 8 * np.finfo(np.float64).eps * float(np.abs(y).max()):
        s = 0.0
    quantile = float(stdtrit(n - 2, 0.5 + confidence / 2))
    intercept = float(bias.mean()) - slope * center
    of_slope, of_intercept = s / sqrt(sxx), s * sqrt(1 / n + center**2 / sxx)
    fit = intercept + slope * levels
    half = quantile * s * np.sqrt(1 / n + (levels - center) ** 2 / sxx)
    t_slope, p_slope = _test(slope, of_slope, n - 2)
    t_intercept, p_intercept = _test(intercept, of_intercept, n - 2)
    return Linearity(
        slope=_around(slope, quantile * of_slope),
        intercept=_around(intercept, quantile * of_intercept),
        t_slope=t_slope,
        p_slope=p_slope,
        t_intercept=t_intercept,
        p_intercept=p_intercept,
        residual_sd=s,
        r_squared=1.0 - squares / total if total > 0 else nan,
        bias=_around(float(bias.mean()), quantile * s / sqrt(n)),
        at=tuple(_at(bias[reference == level], float(level), confidence) for level in levels),
        fit=fit,
        lower=fit - half,
        upper=fit + half,
    )


def _at(bias: FloatArray, reference: float, confidence: float) -> BiasAt:
    n, mean = bias.size, float(bias.mean())
    if n < 2:
        return BiasAt(reference, n, Interval(mean, nan, nan), nan)
    error = float(bias.std(ddof=1)) / sqrt(n)
    half = float(stdtrit(n - 1, 0.5 + confidence / 2)) * error
    return BiasAt(reference, n, _around(mean, half), _test(mean, error, n - 1)[1])


def _test(estimate: float, error: float, df: int) -> tuple[float, float]:
    if not error > 0:
        return nan, nan
    t = estimate / error
    return t, 2.0 * float(stdtr(df, -abs(t)))


def _around(value: float, half: float) -> Interval:
    return Interval(value, value - half, value + half)
