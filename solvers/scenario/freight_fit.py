"""Fit of what shipments cost: a fixed charge and a rate, with intervals and residuals."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from solvers.values import FloatArray

FreightMethod = Literal["fixed and rate", "rate", "mean rate"]
HUBER = 1.345  # 95 % efficient where errors are normal (Huber 1981, Robust Statistics, ch. 7)
MAD_SD = 1.4826  # median absolute deviation to standard deviation of a normal
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class FreightFit:
    """Cost of a shipment as ``fixed + rate x load``.

    Parameters
    ----------
    method
        Which form holds; `mean rate` is all money over all load, where shipments are few or alike.
    fixed, fixed_lower, fixed_upper : money for a shipment
        Estimate and its interval; the bounds are None where the form has none.
    rate, rate_lower, rate_upper : money for a unit of load
        Estimate and its interval.
    r2, residual_sd
        Explained share of the variance of cost, and standard deviation of what is not; None
        where it is undefined.
    residual : shape (n,)
        Cost less fitted cost of each shipment.
    note
        Why the form is not the full one; else "".
    """

    method: FreightMethod
    fixed: float
    rate: float
    residual: FloatArray
    fixed_lower: float | None = None
    fixed_upper: float | None = None
    rate_lower: float | None = None
    rate_upper: float | None = None
    r2: float | None = None
    residual_sd: float | None = None
    note: str = ""


def fit_freight(
    load: FloatArray,
    cost: FloatArray,
    *,
    robust: bool = True,
    confidence: float = 0.95,
    fewest: int = 8,
) -> FreightFit:
    """Fit the cost of shipments of one lane.

    Parameters
    ----------
    load, cost : shape (n,)
        Load of each shipment, and money.
    robust
        Huber's M-estimate by reweighting; False: least squares.
    fewest
        Shipments below which only the mean rate is told.

    References
    ----------
    Huber (1981), Robust Statistics, section 7.6: covariance of the M-estimate with the factor K.
    """
    if load.size < fewest:
        return _mean_rate(load, cost, f"only {load.size} shipments, a fit needs {fewest}")
    if np.ptp(load) <= 1e-9 * max(float(np.abs(load).max()), 1e-300):
        return _mean_rate(
            load, cost, "all shipments are of one size: fixed and rate cannot be told"
        )
    full = _fitted(np.column_stack([np.ones_like(load), load]), cost, robust, confidence)
    (fixed, rate), (fixed_low, rate_low), (fixed_high, rate_high) = full
    if fixed_low > 0 and rate >= 0:
        residual = cost - fixed - rate * load
        return FreightFit(
            "fixed and rate", fixed, rate, residual, fixed_low, fixed_high, rate_low, rate_high,
            *_quality(cost, residual, 2),
        )  # fmt: skip
    (rate,), (low,), (high,) = _fitted(load[:, None], cost, robust, confidence)
    residual = cost - rate * load
    note = f"a fixed charge is not proven ({fixed_low:.4g} to {fixed_high:.4g})"
    return FreightFit(
        "rate", 0.0, rate, residual, None, None, low, high, *_quality(cost, residual, 1), note
    )


def _mean_rate(load: FloatArray, cost: FloatArray, note: str) -> FreightFit:
    whole = float(load.sum())
    rate = float(cost.sum()) / whole if whole > 0 else 0.0
    return FreightFit("mean rate", 0.0, rate, cost - rate * load, note=note)


def _fitted(
    X: FloatArray, y: FloatArray, robust: bool, confidence: float
) -> tuple[list[float], list[float], list[float]]:
    """Coefficients with the bounds of their intervals."""
    n, p = X.shape
    weight = np.ones(n)
    beta = np.linalg.lstsq(X, y, rcond=None)[0]
    scale = 0.0
    for _ in range(ROUNDS if robust else 0):
        residual = y - X @ beta
        scale = MAD_SD * float(np.median(np.abs(residual)))
        if scale <= 1e-12 * max(float(np.abs(y).max()), 1e-300):
            break  # more than half of them fit exactly
        weight = np.minimum(1.0, HUBER * scale / np.maximum(np.abs(residual), 1e-300))
        root = np.sqrt(weight)
        new = np.linalg.lstsq(X * root[:, None], y * root, rcond=None)[0]
        done = np.allclose(new, beta, rtol=1e-10, atol=1e-12)
        beta = new
        if done:
            break
    psi = weight * (y - X @ beta)
    flat = float(np.mean(weight >= 1.0)) if robust else 1.0  # mean of the derivative of psi
    K = 1.0 + p / n * (1.0 - flat) / flat if flat > 0 else np.inf
    variance = K**2 * float(psi @ psi) / (n - p) / flat**2 if flat > 0 else np.inf
    sd = np.sqrt(variance * np.diag(np.linalg.inv(X.T @ X)))
    half = float(stdtrit(n - p, 0.5 + confidence / 2)) * sd
    return beta.tolist(), (beta - half).tolist(), (beta + half).tolist()


def _quality(
    cost: FloatArray, residual: FloatArray, parameters: int
) -> tuple[float | None, float | None]:
    spread = float(((cost - cost.mean()) ** 2).sum())
    left = float(residual @ residual)
    sd = float(np.sqrt(left / (cost.size - parameters)))
    return (1.0 - left / spread if spread > 0 else None), sd
