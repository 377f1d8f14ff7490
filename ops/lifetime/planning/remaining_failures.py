"""How long must I still run this test: until so many units have failed."""

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import is_log, standard_cdf, standard_log_sf, standard_quantile
from ops.lifetime.planning.remaining_test import RemainingTime, running_units
from ops.values import FloatArray

DRAWS = 2000


def until_failures(
    data: LifeData,
    fit: LifeFit,
    failures: int,
    *,
    rng: np.random.Generator,
    confidence: float = 0.9,
) -> RemainingTime:
    """Further time until so many units have failed in all, with a predictive interval.

    The remaining life of each running unit is drawn given what it has lasted, under parameters
    drawn from their normal approximation (mu, log sigma): both the chance of the units and the
    doubt about the fit are in the interval. The estimate is the median.

    Parameters
    ----------
    fit
        To the test so far.
    failures
        In all; those so far count.

    References
    ----------
    Escobar and Meeker (1999), Technometrics 41(2), 113-124.
    """
    running, weight = running_units(data)
    units = np.repeat(running, np.rint(weight).astype(np.int64))
    more = failures - round(data.failures)
    if more <= 0:
        return RemainingTime(0.0, 0.0, 0.0, confidence, reached=True)
    if more > units.size:
        said = (
            f"{failures} failures are wanted and {units.size} of {data.units:g} units still run"
            f" after {data.failures:g} failures: ask for at most {data.failures + units.size:g}"
        )
        raise BadData(said, (Problem("/failures", said),))
    mu, sigma = _drawn(fit, rng)
    sample = np.empty(mu.size)
    block = max(1, 2_000_000 // units.size)
    for at in range(0, mu.size, block):
        part = slice(at, at + block)
        left = _residual(fit, mu[part, None], sigma[part, None], units, rng)
        sample[part] = np.partition(left, more - 1, axis=1)[:, more - 1]
    low, middle, high = np.quantile(sample, [0.5 - confidence / 2, 0.5, 0.5 + confidence / 2])
    return RemainingTime(float(middle), float(low), float(high), confidence, reached=False)


def expected_failures(data: LifeData, fit: LifeFit, further: FloatArray) -> FloatArray:
    """Failures to be expected of the running units within further times, shape as `further`.

    ``sum of weight * (1 - S(t + further) / S(t))`` over the units that still run.
    """
    running, weight = running_units(data)
    now = standard_log_sf(fit.family, _standard(fit, running))
    then = standard_log_sf(fit.family, _standard(fit, running + np.asarray(further)[:, None]))
    return np.asarray(np.sum(weight * -np.expm1(then - now), axis=1), dtype=np.float64)


def chance_of_no_failure(data: LifeData, fit: LifeFit, further: float) -> float:
    """Probability that no running unit fails within a further time, by the fit."""
    running, weight = running_units(data)
    now = standard_log_sf(fit.family, _standard(fit, running))
    then = standard_log_sf(fit.family, _standard(fit, running + further))
    return float(np.exp(np.sum(weight * (then - now))))


def _standard(fit: LifeFit, t: FloatArray) -> FloatArray:
    return np.asarray(((np.log(t) if is_log(fit.family) else t) - fit.mu) / fit.sigma)


def _drawn(fit: LifeFit, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    drawn = rng.multivariate_normal(np.zeros(2), fit.covariance, size=DRAWS, method="eigh")
    return fit.mu + drawn[:, 0], fit.sigma * np.exp(np.clip(drawn[:, 1], -5.0, 5.0))


def _residual(
    fit: LifeFit, mu: FloatArray, sigma: FloatArray, units: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Remaining lives of the units, drawn given what they have lasted, shape (draws, units)."""
    start = np.log(units) if is_log(fit.family) else units
    before = standard_cdf(fit.family, (start - mu) / sigma)
    u = before + (1.0 - before) * rng.random(before.shape)
    z = standard_quantile(fit.family, np.minimum(u, 1.0 - 1e-16))
    end = mu + sigma * z
    life = np.exp(np.minimum(end, 700.0)) if is_log(fit.family) else end
    return np.maximum(life - units, 0.0)
