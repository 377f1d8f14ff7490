"""Life distribution of units in the field, and its uncertainty, where reports are delayed.

A unit not known to have failed may have failed already, its report being on the way: it is good
with probability sum_j share_j S(age - delay_j). That is a mixture of censored rows; its weights and
the fit take turns (EM) until neither moves. The uncertainty is by the bootstrap of random weights
(a gamma variable for each row), which never loses all failures.

References
----------
Kalbfleisch, Lawless & Robinson (1991), Technometrics 33(3), 273-285 (warranty claims with delay);
Tian, Meng & Meeker (2022), Journal of the American Statistical Association, on predicting the
number of events (the plug-in interval is not right even for many units; the pivotal bootstrap is).
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.field.exposure import Exposure
from ops.lifetime.fit import LifeFits, fit_samples
from ops.lifetime.location_scale import (
    Family,
    standard_cdf,
    standard_log_pdf,
    standard_quantile,
    standard_sf,
    to_line,
)
from ops.values import BoolArray, FloatArray

TURNS = 200  # of weights and fit, at most
STILL, STILL_DRAWN = 1e-9, 1e-5  # change of (mu, log sigma) at which they stand still
CHUNK = 4_000_000  # numbers that are held at once


@dataclass(frozen=True, slots=True)
class FieldLife:
    """Time by which a share has failed, days: estimate, one-sided lower and two-sided bounds."""

    p: float
    estimate: float
    lower_one_sided: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class FieldFit:
    """Log-location-scale life of units in the field, days.

    `draws` are pivotal draws of (mu, sigma), shape (b, 2): what may be true, given what was seen.
    """

    family: Family
    mu: float
    sigma: float
    loglik: float
    failures: float
    units: float
    draws: FloatArray

    def life(self, p: float, confidence: float) -> FieldLife:
        """Return the time by which a share fails, days, with its bounds."""
        z = float(standard_quantile(self.family, np.array([p]))[0])
        drawn = self.draws[:, 0] + z * self.draws[:, 1]
        tail = (1.0 - confidence) / 2.0
        ends = np.exp(np.quantile(drawn, (1.0 - confidence, tail, 1.0 - tail))).tolist()
        return FieldLife(p, float(np.exp(self.mu + z * self.sigma)), *ends)

    def failed_by(self, t: FloatArray) -> FloatArray:
        """Share that has failed by an age, shape as `t`."""
        return standard_cdf(self.family, (to_line(self.family, t) - self.mu) / self.sigma)


def fit_field(
    seen: Exposure, family: Family, *, rng: np.random.Generator, draws: int = 400
) -> FieldFit:
    """Fit a life distribution to the field.

    Parameters
    ----------
    draws
        Bootstrap draws.

    Raises
    ------
    NoMaximum
        If the likelihood has no maximum.
    NotEnoughData
        If so few failures are there that most bootstrap draws have no maximum.
    """
    point = _turned(seen, family, seen.weight[None], seen.left[None])
    point.one(0)  # raises where there is no maximum
    mu, sigma = float(point.mu[0]), float(point.sigma[0])
    found = _bootstrap(seen, family, (mu, sigma), rng, draws)
    return FieldFit(
        family=family,
        mu=mu,
        sigma=sigma,
        loglik=_loglik(seen, family, mu, sigma),
        failures=seen.failures,
        units=float(seen.weight.sum() + seen.left.sum()),
        draws=found,
    )


def _bootstrap(
    seen: Exposure,
    family: Family,
    estimate: tuple[float, float],
    rng: np.random.Generator,
    draws: int,
) -> FloatArray:
    """Pivotal draws: how far resampled fits lie from the estimate, turned about it."""
    width = seen.lower.size + seen.left.size * seen.delay.days.size
    step = max(1, CHUNK // width)
    found: list[FloatArray] = []
    for first in range(0, draws, step):
        b = min(step, draws - first)
        known = rng.gamma(seen.weight, size=(b, seen.weight.size))
        left = rng.gamma(seen.left, size=(b, seen.left.size))
        fits = _turned(seen, family, known, left, start=estimate)
        good = fits.exists
        found.append(np.stack([fits.mu[good], fits.sigma[good]], axis=1))
    drawn = np.concatenate(found)
    if drawn.shape[0] < draws / 2:
        raise NotEnoughData(
            f"{seen.failures:g} failures in the field are too few: of {draws} resamples only"
            f" {drawn.shape[0]} can be fitted"
        )
    mu, sigma = estimate
    turned = sigma / drawn[:, 1]
    return np.stack([mu + (mu - drawn[:, 0]) * turned, sigma * turned], axis=1)


def _turned(
    seen: Exposure,
    family: Family,
    known: FloatArray,
    left: FloatArray,
    start: tuple[float, float] | None = None,
) -> LifeFits:
    """Let weights and fits take turns, of (b, r) and (b, c) weights of rows and cohorts."""
    b, (cohorts, delays) = known.shape[0], (left.shape[1], seen.delay.days.size)
    lasted = seen.lasted()
    some = lasted > 0
    ages = np.where(some, lasted, 1.0)
    share = np.broadcast_to(seen.delay.share, (b, cohorts, delays))
    if start is not None:
        first = (np.full(b, start[0]), np.full(b, start[1]))
        share = _shares(seen, family, ages, some, *first)
    lower = np.concatenate([seen.lower, ages.ravel()])
    upper = np.concatenate([seen.upper, np.full(ages.size, np.inf)])
    rows = (np.broadcast_to(lower, (b, lower.size)), np.broadcast_to(upper, (b, upper.size)))

    def fitted(share: FloatArray) -> LifeFits:
        apart = (left[:, :, None] * share * some).reshape(b, -1)
        return fit_samples(*rows, family, weight=np.concatenate([known, apart], axis=1))

    fits, before = fitted(share), np.full((b, 2), np.inf)
    for _ in range(TURNS if delays > 1 else 0):
        now = np.stack([fits.mu, np.log(fits.sigma)], axis=1)
        still = np.abs(now - before)[fits.exists]
        if not still.size or float(still.max()) < (STILL if start is None else STILL_DRAWN):
            break
        before = now
        fits = fitted(_shares(seen, family, ages, some, fits.mu, fits.sigma))
    return fits


def _shares(
    seen: Exposure,
    family: Family,
    ages: FloatArray,
    some: BoolArray,
    mu: FloatArray,
    sigma: FloatArray,
) -> FloatArray:
    """Probability of each delay of a cohort's unreported units, shape (b, c, k)."""
    z = (to_line(family, ages) - mu[:, None, None]) / sigma[:, None, None]
    part = seen.delay.share * np.where(some, standard_sf(family, z), 1.0)
    found: FloatArray = np.nan_to_num(part / part.sum(axis=2, keepdims=True))
    return found


def _loglik(seen: Exposure, family: Family, mu: float, sigma: float) -> float:
    """Log-likelihood of failures, losses, and of the units that nothing is known of."""

    def lasting(t: FloatArray) -> FloatArray:
        return standard_sf(family, (to_line(family, t) - mu) / sigma)

    exact = seen.lower == seen.upper
    line = to_line(family, seen.lower[exact])
    dense = standard_log_pdf(family, (line - mu) / sigma) - np.log(sigma) - line
    between = lasting(seen.lower[~exact]) - lasting(seen.upper[~exact])
    lasted = seen.lasted()
    unknown = np.where(lasted > 0, lasting(np.maximum(lasted, 1e-9)), 1.0) @ seen.delay.share
    return float(
        np.sum(seen.weight[exact] * dense)
        + np.sum(seen.weight[~exact] * np.log(between))
        + np.sum(seen.left * np.log(unknown))
    )
