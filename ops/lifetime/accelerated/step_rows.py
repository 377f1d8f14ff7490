"""Log-likelihood of rows by their standardized ends, with its slope by each end."""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.location_scale import (
    STANDARD,
    Family,
    standard_log_cdf,
    standard_log_pdf,
    standard_log_sf,
)
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Piece:
    """Log-likelihood of rows and its slopes, each of shape (n,).

    An exact row has its only end in the low one.
    """

    value: FloatArray
    by_low: FloatArray
    by_high: FloatArray


def piece(family: Family, low: FloatArray, high: FloatArray, exact: BoolArray) -> Piece:
    """Log-likelihood of standardized rows, without the 1/sigma of exact ones."""
    value, by_low, by_high = np.zeros(low.size), np.zeros(low.size), np.zeros(low.size)
    value[exact] = standard_log_pdf(family, low[exact])
    by_low[exact] = _density_slope(family, low[exact])
    between = ~exact
    a, b = low[between], high[between]
    mass = _log_mass(family, a, b)
    with np.errstate(over="ignore", invalid="ignore"):
        pa = np.where(np.isfinite(a), np.exp(standard_log_pdf(family, a) - mass), 0.0)
        pb = np.where(np.isfinite(b), np.exp(standard_log_pdf(family, b) - mass), 0.0)
    value[between], by_low[between], by_high[between] = mass, -pa, pb
    return Piece(value, by_low, by_high)


def _density_slope(family: Family, z: FloatArray) -> FloatArray:
    """Slope of the logarithm of the standard density."""
    match STANDARD[family]:
        case "sev":
            with np.errstate(over="ignore"):
                return 1.0 - np.exp(z)
        case "normal":
            return -z
        case "logistic":
            return -np.tanh(0.5 * z)


def _log_mass(family: Family, a: FloatArray, b: FloatArray) -> FloatArray:
    """Logarithm of the probability between `a` and `b`, from the tail that keeps its digits."""
    mass = np.empty_like(a)
    open_above, open_below = np.isposinf(b), np.isneginf(a)
    mass[open_above] = standard_log_sf(family, a[open_above])
    mass[open_below] = standard_log_cdf(family, b[open_below])
    mass[open_above & open_below] = 0.0
    both = ~(open_above | open_below)
    lo, hi = a[both], b[both]
    upper = lo > 0.0
    far = np.where(upper, standard_log_sf(family, lo), standard_log_cdf(family, hi))
    near = np.where(upper, standard_log_sf(family, hi), standard_log_cdf(family, lo))
    with np.errstate(divide="ignore"):
        mass[both] = far + np.log(-np.expm1(np.minimum(near - far, -0.0)))
    return mass
