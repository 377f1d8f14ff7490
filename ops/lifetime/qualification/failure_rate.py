"""Constant failure rate in FIT from units on test, and the mean time to failure (JESD85)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf

import numpy as np
from scipy import special

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.planning.binomial import check_share

FIT_HOURS = 1e9
KELVIN = 273.15
BOLTZMANN_EV = 8.617333262e-5  # eV/K (CODATA 2018)


@dataclass(frozen=True, slots=True)
class StressedLot:
    """Units of one lot on a life test.

    Parameters
    ----------
    device_hours
        Hours on test, summed over the units.
    failures
        Units that failed.
    acceleration
        Hours of use that an hour of test stands for.
    """

    device_hours: float
    failures: int
    acceleration: float = 1.0


@dataclass(frozen=True, slots=True)
class FailureRate:
    """A constant failure rate at use, with its upper bound.

    Parameters
    ----------
    failures, use_hours
        Failures, and device hours at use that the test stands for.
    estimate
        Failures over hours, in FIT: one failure in 1e9 device hours; 0 without failures.
    upper
        Upper confidence bound at `confidence`, one-sided, FIT.
    lower
        Lower bound of the two-sided interval of which `upper` is one side, FIT.
    confidence
        Of the one-sided bound.
    mttf
        Lower bound of the mean time to failure at the same confidence, h.
    """

    failures: int
    use_hours: float
    estimate: float
    lower: float
    upper: float
    confidence: float
    mttf: float


def failure_rate(lots: Sequence[StressedLot], confidence: float = 0.6) -> FailureRate:
    """Bound the failure rate at use, if it is constant.

    ``upper = chi2(confidence; 2 r + 2) / (2 * hours * acceleration) * 1e9``, for tests that end
    at a time.

    Parameters
    ----------
    lots
        Each with its own acceleration; their hours at use are added.
    confidence
        60 % and 90 % are usual.

    Raises
    ------
    NotEnoughData
        If there are no device hours.

    References
    ----------
    JEDEC JESD85, Methods for calculating failure rates in units of FITs.

    Examples
    --------
    231 units for 1000 h, none failed, acceleration 77.6.

    >>> lots = [StressedLot(231_000.0, 0, 77.6)]
    >>> round(failure_rate(lots).upper, 1), round(failure_rate(lots, 0.9).upper, 1)
    (51.1, 128.5)
    """
    check_share(confidence, "confidence")
    hours = float(sum(lot.device_hours * lot.acceleration for lot in lots))
    if not 0.0 < hours < inf:
        raise NotEnoughData(f"a failure rate needs device hours, got {hours:g}; give test times")
    failures = sum(lot.failures for lot in lots)
    upper = float(special.gammaincinv(failures + 1, confidence)) / hours
    lower = float(special.gammaincinv(failures, 1.0 - confidence)) / hours if failures else 0.0
    return FailureRate(
        failures=failures,
        use_hours=hours,
        estimate=FIT_HOURS * failures / hours,
        lower=FIT_HOURS * lower,
        upper=FIT_HOURS * upper,
        confidence=confidence,
        mttf=1.0 / upper,
    )


def temperature_acceleration(energy_ev: float, use_c: float, stress_c: float) -> float:
    """Acceleration between two junction temperatures (Arrhenius).

    Parameters
    ----------
    energy_ev
        Apparent activation energy of the mechanism, eV.
    use_c, stress_c
        Junction temperatures, degC.

    Examples
    --------
    >>> round(temperature_acceleration(0.7, 55.0, 125.0), 1)
    77.6
    """
    if min(use_c, stress_c) <= -KELVIN:
        said = f"{min(use_c, stress_c):g} degC is below absolute zero"
        raise BadData(said, (Problem("/temperature", said),))
    inverse = 1.0 / (use_c + KELVIN) - 1.0 / (stress_c + KELVIN)
    return exp(float(np.clip(energy_ev / BOLTZMANN_EV * inverse, -700.0, 700.0)))


def voltage_acceleration(gamma: float, use_v: float, stress_v: float) -> float:
    """Acceleration by voltage, ``exp(gamma * (stress - use))``, gamma in 1/V."""
    return exp(float(np.clip(gamma * (stress_v - use_v), -700.0, 700.0)))
