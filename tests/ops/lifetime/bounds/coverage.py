"""How often bounds hold: tests of lives whose truth is known, each with its calibration.

A lower bound at a level covers the truth where the signed root at the truth lies below the level's
quantile of tests drawn from the fit held there; so one draw a test tells the coverage of every
level, of lower and of upper bounds alike.
"""

from typing import Literal

import numpy as np

from ops.lifetime.bounds.profile import profile_of
from ops.lifetime.bounds.resampling import resampling
from ops.lifetime.bounds.scheme import scheme_of
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.existence import NoMaximum
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family, standard_quantile
from ops.values import FloatArray

Ended = Literal["time", "failure", "readouts", "withdrawals"]
SIGMA = 0.5


def drawn_test(
    rng: np.random.Generator, family: Family, units: int, failures: int, ended: Ended
) -> LifeData:
    """One test of lives with mu 0 and sigma 0.5, `failures` of `units` expected to fail."""
    lives = np.exp(SIGMA * standard_quantile(family, rng.random(units)))
    if ended == "failure":
        lives.sort()
        last = float(lives[failures - 1])
        return failures_and_suspensions(lives[:failures], np.full(units - failures, last))
    share = failures / units
    end = np.exp(SIGMA * standard_quantile(family, np.full(units, share)))
    if ended == "withdrawals":
        end = np.exp(SIGMA * standard_quantile(family, rng.random(units) * 2.0 * share * 0.999))
    if ended == "readouts":
        looks = np.concatenate([[0.0], end[0] * np.array([0.2, 0.4, 0.6, 0.8, 1.0]), [np.inf]])
        cell = np.searchsorted(looks, lives)
        return life_data(looks[cell - 1], looks[cell])
    return failures_and_suspensions(lives[lives <= end], end[lives > end])


def levels(
    family: Family,
    units: int,
    failures: int,
    ended: Ended,
    *,
    tests: int,
    samples: int,
    seed: int = 1,
) -> FloatArray:
    """Level at which the bound of B10, and of B1, is just the truth; shape (2, tests).

    A lower bound of 95 % covers where this is at most 0.95; uniform if all is right.
    """
    rng = np.random.default_rng(seed)
    found = np.empty((2, tests))
    done = 0
    while done < tests:
        data = drawn_test(rng, family, units, failures, ended)
        try:
            fitted = fit(data, family)
        except NoMaximum:
            continue
        found[:, done] = [_level(data, fitted, p, samples, rng) for p in (0.1, 0.01)]
        done += 1
    return found


def _level(
    data: LifeData, fitted: LifeFit, p: float, samples: int, rng: np.random.Generator
) -> float:
    z0 = float(standard_quantile(fitted.family, np.array(p)))
    truth = SIGMA * z0
    held = profile_of(data, fitted).hold(truth, z0)
    drawn = resampling(scheme_of(data), fitted.family, samples=samples, rng=rng)
    roots = drawn.refit(held.mu, held.sigma, truth, z0)[:, 2]
    kept = roots[np.isfinite(roots)]
    return (float((kept < held.root).sum()) + 0.5) / (kept.size + 1.0)
