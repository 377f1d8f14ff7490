"""Log-likelihood of life data under any life distribution, to score anybody's fit alike."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ops.lifetime.columns import columns_of
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family, is_log
from ops.lifetime.model import LifeModel
from ops.values import FloatArray

CANCELLED = 1e-6  # of a survival: below it the density tells the probability of an interval


def loglik(data: LifeData, model: LifeModel) -> float:
    """Full log-likelihood of the times under `model`: -inf where it rules a row out.

    Exact rows count by the density, the others by the probability of where they failed, each
    given that it failed within its truncation, times its weight.
    """
    if isinstance(model, LifeFit):
        return derivatives_at(data, model.family, model.mu, model.sigma).loglik
    exact = data.exact
    upper = np.where(exact, data.upper, np.minimum(data.upper, data.exit))
    value = np.empty(data.lower.size)
    with np.errstate(divide="ignore"):
        value[exact] = np.log(np.asarray(model.density(data.lower[exact])))
        value[~exact] = np.log(_probability(model, data.lower[~exact], upper[~exact]))
        if data.truncated:
            value -= np.log(_probability(model, data.entry, data.exit))
    ruled_out = np.isnan(value) | np.isneginf(value)
    return -np.inf if bool(ruled_out.any()) else float(np.dot(data.weight, value))


@dataclass(frozen=True, slots=True)
class Derivatives:
    """Log-likelihood of a location-scale family with its derivatives in (mu, log sigma).

    Parameters
    ----------
    gradient : shape (2,)
        Slopes.
    hessian : shape (2, 2)
        Curvatures; the observed information is their negative.
    """

    loglik: float
    gradient: FloatArray
    hessian: FloatArray


def derivatives_at(data: LifeData, family: Family, mu: float, sigma: float) -> Derivatives:
    """Exact derivatives of the full log-likelihood at (mu, log sigma), right in the far tails."""
    from ops.lifetime.population_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        derivatives,
    )

    out = np.empty(6)
    standard = STANDARDS.index(STANDARD[family])
    derivatives(columns_of(data), standard, is_log(family), mu, sigma, out)
    return Derivatives(float(out[0]), out[1:3].copy(), np.array([out[3:5], out[4:6]]))


def slopes(
    data: LifeData, model_of: Callable[[FloatArray], LifeModel], parameters: FloatArray
) -> FloatArray:
    """Numerical slope of the log-likelihood by each parameter; 0 at a maximum.

    Parameters
    ----------
    model_of
        Makes a model from parameters, shape (p,).
    parameters : shape (p,)
        Where the slope is asked.

    Returns
    -------
    FloatArray
        Shape (p,), change of the log-likelihood for a relative change of the parameter (absolute
        where the parameter is 0).
    """
    at = np.asarray(parameters, dtype=np.float64)
    found = np.empty(at.size)
    for i in range(at.size):
        step = np.zeros(at.size)
        step[i] = 1e-4 * (abs(at[i]) or 1.0)
        near = loglik(data, model_of(at + step)) - loglik(data, model_of(at - step))
        far = loglik(data, model_of(at + 2.0 * step)) - loglik(data, model_of(at - 2.0 * step))
        found[i] = (8.0 * near - far) / 12e-4
    return found


def _probability(model: LifeModel, low: FloatArray, high: FloatArray) -> FloatArray:
    """Probability to fail in (low, high], shape as `low`.

    By the cdf, where the model tells it, among the early, and by the density where it is narrow.
    """
    before = np.where(low > 0.0, model.survival(low), 1.0)
    after = np.where(np.isinf(high), 0.0, model.survival(np.where(np.isinf(high), low, high)))
    share = np.asarray(before - after)
    cdf: Callable[[FloatArray], FloatArray] | None = getattr(model, "cdf", None)
    if cdf is not None:
        early = np.flatnonzero((after > 0.5) & np.isfinite(high))
        share[early] = cdf(high[early]) - np.where(low[early] > 0.0, cdf(low[early]), 0.0)
    narrow = np.flatnonzero(
        (share < CANCELLED * np.minimum(before, 1.0 - after)) & (low > 0.0) & np.isfinite(high)
    )
    if narrow.size:
        a, b = low[narrow], high[narrow]
        heights = model.density(a) + 4.0 * model.density(0.5 * (a + b)) + model.density(b)
        share[narrow] = (b - a) / 6.0 * heights
    return share
