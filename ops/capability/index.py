"""Capability and performance indices with confidence intervals.

Which letter an index carries is a convention: see `ops.capability.convention`. Intervals
are two-sided and hold for independent normal data: chi-square for Cp and Pp, Bissell's normal
approximation for the one-sided indices and for Cpk and Ppk, Chan's for Cpm.

References
----------
NIST/SEMATECH e-Handbook 6.1.6; Montgomery, Statistical Quality Control, ch. 8;
Bissell (1990), Applied Statistics 39(3), 331-340 (Cpk);
Chan, Cheng and Spiring (1988), J. Quality Technology 20(3), 162-175 (Cpm).
"""

from dataclasses import dataclass
from math import isfinite, isinf, sqrt

from scipy.special import chdtri, ndtri

from ops.values import SpecLimits


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its confidence bounds."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Indices:
    """Indices of one sigma; None where the specification has no such side.

    Parameters
    ----------
    two_sided
        Cp or Pp; needs both limits.
    lower, upper
        Cpl, Cpu or Ppl, Ppu.
    minimum
        Cpk or Ppk: the smaller one.
    """

    two_sided: Interval | None
    lower: Interval | None
    upper: Interval | None
    minimum: Interval


def indices(
    mean: float,
    sigma: float,
    limits: SpecLimits,
    *,
    n: float,
    df: float,
    confidence: float = 0.95,
) -> Indices:
    """Capability indices of a normal process.

    Parameters
    ----------
    mean, sigma
        Estimates in the unit of the limits; `sigma` > 0.
    limits
        At least one side finite.
    n
        Independent values behind `mean`.
    df
        Degrees of freedom behind `sigma`.
    confidence
        Two-sided level, in (0, 1).

    Examples
    --------
    >>> found = indices(16.0, 2.0, SpecLimits(8.0, 20.0), n=50, df=49)
    >>> round(found.minimum.value, 4)
    0.6667
    """
    if not sigma > 0:
        raise ValueError(f"sigma must be above 0, got {sigma}")
    if isinf(limits.lower) and isinf(limits.upper):
        raise ValueError("a capability index needs a lower or an upper limit")
    lower = upper = both = None
    if isfinite(limits.lower):
        lower = bissell((mean - limits.lower) / (3 * sigma), n=n, df=df, confidence=confidence)
    if isfinite(limits.upper):
        upper = bissell((limits.upper - mean) / (3 * sigma), n=n, df=df, confidence=confidence)
    if lower is not None and upper is not None:
        width = limits.upper - limits.lower
        both = chi_interval(width / (6 * sigma), df=df, confidence=confidence)
    sides = [side for side in (lower, upper) if side is not None]
    return Indices(both, lower, upper, min(sides, key=lambda side: side.value))


def chi_interval(index: float, *, df: float, confidence: float) -> Interval:
    """Interval of Cp or Pp: the index times the root of chi-square over its degrees of freedom."""
    tail = (1.0 - confidence) / 2
    low, high = chdtri(df, 1.0 - tail), chdtri(df, tail)
    return Interval(index, index * sqrt(low / df), index * sqrt(high / df))


def bissell(index: float, *, n: float, df: float, confidence: float) -> Interval:
    """Interval of Cpk, Cpl, Cpu and their P twins (Bissell 1990, eq. 11 with df for n - 1)."""
    half = float(ndtri(0.5 + confidence / 2)) * sqrt(1.0 / (9 * n) + index**2 / (2 * df))
    return Interval(index, index - half, index + half)


def cpm(
    mean: float, sigma: float, limits: SpecLimits, *, n: int, confidence: float = 0.95
) -> Interval:
    """Taguchi's index around the target, from the overall sigma (n - 1).

    Parameters
    ----------
    limits
        Both sides finite, with a target.
    n
        Values behind `mean` and `sigma`.
    """
    if limits.target is None or isinf(limits.lower) or isinf(limits.upper):
        raise ValueError("Cpm needs both limits and a target")
    off = (mean - limits.target) / sigma
    value = (limits.upper - limits.lower) / (6 * sigma * sqrt(1 + off**2))
    df = n * (1 + off**2) ** 2 / (1 + 2 * off**2)
    return chi_interval(value, df=df, confidence=confidence)
