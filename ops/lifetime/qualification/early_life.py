"""Early-life failures in ppm, from short tests of many units (JESD74A)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1

import numpy as np
from scipy import special

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.planning.binomial import check_share, demonstrated_reliability, share_bounds

PPM = 1e6
EARLY_H = 4380.0  # half a year of use


@dataclass(frozen=True, slots=True)
class EarlySample:
    """Units of one sample of an early-life test.

    Parameters
    ----------
    units, failures
        Units on test, and those that failed by its end.
    hours
        Duration of the test, h.
    acceleration
        Hours of use that an hour of test stands for.
    """

    units: int
    failures: int
    hours: float
    acceleration: float = 1.0


@dataclass(frozen=True, slots=True)
class EarlyLife:
    """Share of units that fail in early life at use.

    Parameters
    ----------
    estimate
        In ppm; 0 without failures.
    lower, upper
        Two-sided interval of twice the tail, ppm; `upper` is the one-sided bound at `confidence`.
    shape
        Weibull shape that carries the test to the early-life period: 1 is a constant rate,
        below 1 a falling one.
    period_h
        Early-life period at use, h.
    bound
        chi-square: by failures and equivalent hours. binomial: every sample lasted exactly the
        period, so that no rate needs to be assumed.
    """

    units: int
    failures: int
    estimate: float
    lower: float
    upper: float
    confidence: float
    shape: float
    period_h: float
    bound: str


def early_life(
    samples: Sequence[EarlySample],
    *,
    confidence: float = 0.6,
    shape: float = 1.0,
    period_h: float = EARLY_H,
) -> EarlyLife:
    """Bound the share that fails within early life.

    ``upper = 1 - exp(-chi2(confidence; 2 r + 2) / 2 * period ** shape / sum of
    n (acceleration * hours) ** shape)``: with a shape of 1 the constant rate, below 1 the falling
    one of JESD74A. Where every sample's equivalent time is the period, the shape does not matter
    and the bound is the exact binomial one.

    Parameters
    ----------
    shape
        0.2 to 0.6 is usual in early life; it is given, not estimated, since there are few
        failures.
    period_h
        4380 h is half a year, 8760 h a year.

    Raises
    ------
    NotEnoughData
        If there are no units or no hours.
    BadData
        If the shape is not within (0, 1]: early life has no wear-out.

    References
    ----------
    JEDEC JESD74A, Early life failure rate calculation procedure for semiconductor components.
    """
    check_share(confidence, "confidence")
    if not 0.0 < shape <= 1.0:
        said = f"a shape of {shape:g} is not of early life: give one above 0 and at most 1"
        raise BadData(said, (Problem("/shape", said),))
    units = sum(s.units for s in samples)
    hours = np.array([s.hours * s.acceleration for s in samples], dtype=np.float64)
    if units <= 0 or not (hours > 0.0).all():
        raise NotEnoughData(f"early life needs units and hours, got {units} units")
    failures = sum(s.failures for s in samples)
    same = bool(np.allclose(hours, period_h, rtol=1e-9))
    if same:
        upper = 1.0 - demonstrated_reliability(units, failures, confidence)
        lower = share_bounds(units, failures, max(2.0 * confidence - 1.0, 0.0))[0]
        estimate = failures / units
    else:
        weights = np.array([s.units for s in samples], dtype=np.float64)
        exposure = float(np.sum(weights * (hours / period_h) ** shape))
        upper = -expm1(-float(special.gammaincinv(failures + 1, confidence)) / exposure)
        low = float(special.gammaincinv(failures, 1.0 - confidence)) if failures else 0.0
        lower = -expm1(-low / exposure) if failures else 0.0
        estimate = -expm1(-failures / exposure) if failures else 0.0
    return EarlyLife(
        units=units,
        failures=failures,
        estimate=PPM * estimate,
        lower=PPM * lower,
        upper=PPM * upper,
        confidence=confidence,
        shape=shape,
        period_h=period_h,
        bound="binomial" if same else "chi-square",
    )
