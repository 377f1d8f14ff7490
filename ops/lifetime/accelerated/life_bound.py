"""Bounds of what is asked of a fit: likelihood ratio, calibrated, mixed over assumed constants."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp

import numpy as np

from ops.lifetime.accelerated.confidence_curve import ConfidenceCurve, Quantity, confidence_curve
from ops.lifetime.accelerated.constant import Spread
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.resample import root_moments
from ops.lifetime.accelerated.surface import climb
from ops.lifetime.accelerated.target import Target, constant_of, log_factor, log_life
from ops.values import FloatArray

MANY = 30  # failures from which the likelihood ratio needs no calibration
DRAWS = 201  # of assumed constants
LARGEST = 700.0  # logarithm of a number that a float still holds


@dataclass(frozen=True, slots=True)
class Chance:
    """How much is drawn, and from what.

    Parameters
    ----------
    rng
        Source of chance.
    resamples
        Of the test, to calibrate where fewer than 30 failed; 0 leaves it.
    spread
        How assumed constants lie in their ranges.
    """

    rng: np.random.Generator
    resamples: int = 200
    spread: Spread = "uniform"


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with its bounds.

    Parameters
    ----------
    estimate
        At the maximum of the likelihood.
    lower_one_sided
        Below which it lies with 1 - confidence; None where the data do not bound it.
    lower, upper
        Two-sided at the same confidence.
    method
        How the bounds came about, in words.
    approximate
        Whether the method is known to be off with so few failures.
    """

    estimate: float
    lower_one_sided: float | None
    lower: float | None
    upper: float | None
    method: str
    approximate: bool = False


def life_at_use(
    fit: AcceleratedFit,
    use: Mapping[str, float],
    p: float,
    *,
    chance: Chance,
    units: Mapping[str, str] | None = None,
    confidence: float = 0.95,
) -> Bounded:
    """Time by which the share `p` has failed at use conditions, in the unit of the data.

    The likelihood ratio bounds it on the scale of the logarithm; with fewer than 30 failures its
    signed root is calibrated by a parametric bootstrap. Assumed constants with a range are drawn,
    everything else is fitted anew at each draw, and the bounds are those of the mixture.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    target = log_life(fit, p, use, units or {})
    return _times(bounded(fit, target, chance=chance, confidence=confidence))


def factor_of_fit(
    fit: AcceleratedFit,
    use: Mapping[str, float],
    test: Mapping[str, float],
    *,
    chance: Chance,
    units: Mapping[str, str] | None = None,
    confidence: float = 0.95,
) -> Bounded:
    """Acceleration factor from `test` to `use` with its interval; as `life_at_use`."""
    target = log_factor(fit, use, test, units or {})
    return _times(bounded(fit, target, chance=chance, confidence=confidence))


def constant_bounds(
    fit: AcceleratedFit, symbol: str, *, chance: Chance, confidence: float = 0.95
) -> Bounded:
    """Bounds of an estimated constant by the likelihood ratio."""
    return bounded(fit, constant_of(fit, symbol), chance=chance, confidence=confidence)


def sigma_bounds(fit: AcceleratedFit, *, confidence: float = 0.95) -> Bounded:
    """Bounds of sigma by the likelihood ratio; assumed constants at their values."""
    quantity = Quantity(np.zeros(fit.theta.size - 1), spread=True)
    curve = confidence_curve(fit.surface(), fit.theta, fit.covariance, quantity)
    low, below, above = (curve.bound(level) for level in _levels(confidence))
    few = fit.failures < MANY
    return _times(Bounded(curve.estimate, low, below, above, "likelihood ratio", few))


def _levels(confidence: float) -> tuple[float, float, float]:
    """Levels of the one-sided lower, the two-sided lower and upper bound."""
    return 1.0 - confidence, 0.5 * (1.0 - confidence), 0.5 * (1.0 + confidence)


def bounded(fit: AcceleratedFit, target: Target, *, chance: Chance, confidence: float) -> Bounded:
    """Bounds of anything that is linear in coefficients and sigma."""
    quantity = target.quantity(fit)
    levels = _levels(confidence)
    ranges = [c for c, constant in fit.assumed.items() if not constant.known]
    fixed = not quantity.a.any() and not quantity.z
    if fixed:  # nothing was estimated of it
        drawn = quantity.given + (_shifts(fit, target, chance) if ranges else np.zeros(1))
        one, lo, hi = np.quantile(drawn, levels).tolist()
        return Bounded(quantity.given, one, lo, hi, "range of the assumed constants")
    curve = confidence_curve(fit.surface(), fit.theta, fit.covariance, quantity)
    method, approximate = "likelihood ratio", fit.failures < MANY
    if approximate and chance.resamples:
        moments = root_moments(fit, quantity, resamples=chance.resamples, rng=chance.rng)
        if moments is not None:
            curve = replace(curve, mean=moments[0], spread=moments[1])
            method = f"likelihood ratio, calibrated by {chance.resamples} resamples"
            approximate = False
    if ranges:
        shifts = _shifts(fit, target, chance)
        low, below, above = (_mixed(curve, shifts, level) for level in levels)
        method += f", mixed over the range of {', '.join(ranges)} ({chance.spread})"
    else:
        low, below, above = (curve.bound(level) for level in levels)
    return Bounded(curve.estimate, low, below, above, method, approximate)


def _shifts(fit: AcceleratedFit, target: Target, chance: Chance) -> FloatArray:
    """How far the estimate moves at draws of the assumed constants, shape (DRAWS,)."""
    ranges = {c: constant for c, constant in fit.assumed.items() if not constant.known}
    share = (np.arange(DRAWS) + 0.5) / DRAWS
    at = {
        c: constant.draw(share if i == 0 else chance.rng.permutation(share), chance.spread)
        for i, (c, constant) in enumerate(ranges.items())
    }
    surface, home = fit.surface(), target.quantity(fit).at(fit.theta)
    place = {c: j for j, c in enumerate(fit.model.constants)}
    theta, moved = fit.theta, np.empty(DRAWS)
    for k in range(DRAWS):
        value = {c: constant.value for c, constant in fit.assumed.items()}
        value |= {c: float(drawn[k]) for c, drawn in at.items()}
        extra = sum(
            (value[c] - constant.value) * fit.stressed.covariates[:, place[c]]
            for c, constant in ranges.items()
        )
        theta, _ = climb(replace(surface, offset=surface.offset + extra), theta, tolerance=1e-7)
        moved[k] = target.quantity(fit, value).at(theta) - home
    return moved


def _mixed(curve: ConfidenceCurve, shifts: FloatArray, level: float) -> float | None:
    """Bound of a mixture of shifted confidence curves; None where they do not reach so far."""
    low = float(curve.value[0] + shifts.min())
    high = float(curve.value[-1] + shifts.max())
    for _ in range(60):
        middle = 0.5 * (low + high)
        if float(curve.below(middle - shifts).mean()) < level:
            low = middle
        else:
            high = middle
    reached = float(curve.below(np.array([0.5 * (low + high)]) - shifts).mean())
    return 0.5 * (low + high) if abs(reached - level) < 1e-3 else None


def _times(of_log: Bounded) -> Bounded:
    """Turn bounds of a logarithm into those of what it is of."""
    return Bounded(
        estimate=exp(min(of_log.estimate, LARGEST)),
        lower_one_sided=_exp(of_log.lower_one_sided),
        lower=_exp(of_log.lower),
        upper=_exp(of_log.upper),
        method=of_log.method,
        approximate=of_log.approximate,
    )


def _exp(x: float | None) -> float | None:
    return None if x is None or x > LARGEST else exp(x)
