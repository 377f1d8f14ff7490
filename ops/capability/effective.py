"""How many independent values a sample is worth: from its lots, or from its autocorrelation.

Values of one lot are alike, and neighbours in time are. The variance of the mean and the precision
of the total standard deviation are then those of fewer independent values: `n` for the mean and
`df` for sigma. The formulas for independent values are allowed only where the upper confidence
bound of the dependence would widen an interval by less than 5 %: an equivalence test, so that a
small sample that cannot show a dependence is not taken for one that has none.

References
----------
Thomas and Hultquist (1978), Annals of Statistics 6(3), 582-587 (unweighted means of unequal lots);
Graybill and Wang (1980), J. Am. Statistical Association 75, 869-873 (sum of variance components);
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114 (degrees of freedom);
Priestley (1981), Spectral Analysis and Time Series, 5.3 (mean and variance of an AR(1) process);
Marriott and Pope (1954), Biometrika 41, 390-402 (bias of the lag-one autocorrelation).
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import fdtri, ndtri

from ops.capability.sigma import overall_sigma
from ops.values import FloatArray, IntArray

Dependence = Literal["independent", "lots", "serial"]

_WIDER = 1.05  # half-width of an interval, at most, where independence is assumed
_TYPICAL = 1.33  # index at which that is judged
_BOUND = 0.95  # one-sided level of the bound of the dependence
_MOST = 0.98  # autocorrelation beyond which nothing can be said


@dataclass(frozen=True, slots=True)
class EffectiveSize:
    """What a sample is worth.

    Parameters
    ----------
    method
        How it was found.
    n, df
        Independent values that would give as precise a mean; degrees of freedom that would give as
        precise a total sigma.
    sigma
        Total standard deviation: of a lot and a value drawn at random, or of the process as a whole
        where neighbours are alike; the sample deviation is too small for it.
    correlation
        Of two values of one lot, or of neighbours in time: estimate and upper bound.
    parts
        Variance and degrees of freedom of each part of ``sigma ** 2``; they are independent.
    lots
        Number of lots; 0 where there are none.
    """

    method: Dependence
    n: float
    df: float
    sigma: float
    correlation: float
    upper: float
    parts: tuple[tuple[float, float], ...]
    lots: int = 0


def effective_size(x: FloatArray, lot: IntArray | None = None) -> EffectiveSize:
    """Size of the sample in independent values.

    Parameters
    ----------
    x : shape (n,)
        At least 2 values in time order.
    lot : shape (n,)
        Code of the lot of each value, -1 where it has none; None: no lots. With fewer than 2 lots,
        or none of 2 values, the autocorrelation decides.
    """
    overall = overall_sigma(x)
    alone = EffectiveSize(
        "independent",
        x.size,
        overall.df,
        overall.value,
        0.0,
        0.0,
        ((overall.value**2, overall.df),),
    )
    if not overall.value > 0 or x.size < 4:
        return alone
    found = None if lot is None else _lots(x, lot)
    if found is None:
        found = _serial(x, overall.value)
    if found.upper < _MOST and _wider(found, x.size) < _WIDER:
        return replace(alone, correlation=found.correlation, upper=found.upper, lots=found.lots)
    return found


def _wider(found: EffectiveSize, n: int) -> float:
    """Return how much wider an interval is at the upper bound of the correlation."""
    if found.method == "lots":
        size = n / found.lots
        mean = 1.0 + (size - 1.0) * found.upper
        square = 1.0 + (size - 1.0) * found.upper**2
    else:
        mean = (1.0 + found.upper) / (1.0 - found.upper)
        square = (1.0 + found.upper**2) / (1.0 - found.upper**2)
    return sqrt((mean / 9 + square * _TYPICAL**2 / 2) / (1 / 9 + _TYPICAL**2 / 2))


def _lots(x: FloatArray, lot: IntArray) -> EffectiveSize | None:
    own = lot.copy()
    missing = own < 0  # a value without a lot is a lot of its own
    own[missing] = lot.max(initial=-1) + 1 + np.arange(int(missing.sum()))
    _, group, size = np.unique(own, return_inverse=True, return_counts=True)
    a, n = size.size, x.size
    if a < 2 or a == n:
        return None
    shifted = x - x.mean()
    mean = np.bincount(group, shifted) / size
    deviation = shifted - mean[group]
    within = float(deviation @ deviation) / (n - a)
    between = float(np.var(mean, ddof=1))  # E: lots + within / harmonic mean of the sizes
    share = float(np.mean(1.0 / size))
    of_lots = max(between - share * within, 0.0)
    rest = (1.0 - share) * within
    total = between + rest
    weight = size / n
    of_mean = float(np.sum(weight**2 * (of_lots + within / size)))
    df = total**2 / (between**2 / (a - 1) + rest**2 / (n - a))
    bound = between / (share * within) / fdtri(a - 1, n - a, 1 - _BOUND) if within > 0 else np.inf
    upper = 1.0 if np.isinf(bound) else max(bound - 1.0, 0.0) / (bound - 1.0 + 1.0 / share)
    return EffectiveSize(
        "lots",
        min(total / of_mean, float(n)) if of_mean > 0 else float(n),
        *(df, sqrt(total), of_lots / (of_lots + within), float(upper)),
        ((between, a - 1.0), (rest, float(n - a))),
        a,
    )


def _serial(x: FloatArray, sigma: float) -> EffectiveSize:
    n = x.size
    deviation = x - x.mean()
    raw = float(deviation[1:] @ deviation[:-1]) / float(deviation @ deviation)
    phi = float(np.clip(raw + (1.0 + 3.0 * raw) / n, -_MOST, _MOST))
    upper = max(abs(phi) + float(ndtri(_BOUND)) * sqrt((1.0 - phi**2) / n), 0.0)
    positive = max(phi, 0.0)
    worth = max(n * (1.0 - positive) / (1.0 + positive), 2.0)
    df = max((n - 1.0) * (1.0 - phi**2) / (1.0 + phi**2), 1.0)
    total = sigma * sqrt((1.0 - 1.0 / n) / (1.0 - 1.0 / worth))
    return EffectiveSize("serial", worth, df, total, phi, min(upper, 1.0), ((total**2, df),))
