"""Location-scale families: the time, or its logarithm, is mu + sigma W with a standard W.

W is smallest extreme value (Weibull, Gumbel of minima), normal (lognormal, normal) or logistic
(loglogistic, logistic). Weibull: eta = exp(mu), beta = 1 / sigma.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, chapter 4.
"""

from collections.abc import Mapping
from math import exp, inf
from typing import Literal

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, logit, ndtr, ndtri

from ops.values import FloatArray

Family = Literal["weibull", "lognormal", "loglogistic", "gumbel", "normal", "logistic"]
FAMILIES: tuple[Family, ...] = (
    "weibull",
    "lognormal",
    "loglogistic",
    "gumbel",
    "normal",
    "logistic",
)
Standard = Literal["sev", "normal", "logistic"]
STANDARDS: tuple[Standard, ...] = ("sev", "normal", "logistic")
STANDARD: Mapping[Family, Standard] = {
    "weibull": "sev",
    "lognormal": "normal",
    "loglogistic": "logistic",
    "gumbel": "sev",
    "normal": "normal",
    "logistic": "logistic",
}
LOG_FAMILIES = frozenset[Family]({"weibull", "lognormal", "loglogistic"})
LOG_ROOT_TWO_PI = 0.5 * np.log(2.0 * np.pi)


def is_log(family: Family) -> bool:
    """Whether the logarithm of the time, not the time, is mu + sigma W."""
    return family in LOG_FAMILIES


def standard_quantile(family: Family, p: FloatArray) -> FloatArray:
    """Value of the standard W below which the share `p` lies, shape as `p`."""
    share = np.asarray(p, dtype=np.float64)
    match STANDARD[family]:
        case "sev":
            with np.errstate(divide="ignore"):
                return np.log(-np.log1p(-share))
        case "normal":
            return np.asarray(ndtri(share))
        case "logistic":
            return np.asarray(logit(share))


def standard_cdf(family: Family, z: FloatArray) -> FloatArray:
    """Share of the standard W at or below `z`, shape as `z`."""
    match STANDARD[family]:
        case "sev":
            with np.errstate(over="ignore"):
                return -np.expm1(-np.exp(z))
        case "normal":
            return np.asarray(ndtr(z))
        case "logistic":
            return np.asarray(expit(z))


def standard_sf(family: Family, z: FloatArray) -> FloatArray:
    """Share of the standard W above `z`, shape as `z`; right in the upper tail."""
    return np.exp(standard_log_sf(family, z))


def standard_log_sf(family: Family, z: FloatArray) -> FloatArray:
    """Logarithm of the share of the standard W above `z`, shape as `z`."""
    at = np.asarray(z, dtype=np.float64)
    match STANDARD[family]:
        case "sev":
            with np.errstate(over="ignore"):
                return -np.exp(at)
        case "normal":
            return np.asarray(log_ndtr(-at))
        case "logistic":
            return np.asarray(log_expit(-at))


def standard_log_cdf(family: Family, z: FloatArray) -> FloatArray:
    """Logarithm of the share of the standard W at or below `z`, shape as `z`."""
    at = np.asarray(z, dtype=np.float64)
    match STANDARD[family]:
        case "sev":
            with np.errstate(over="ignore", divide="ignore"):
                e = np.exp(at)
                early = np.where(at < -30.0, at - 0.5 * e, np.log(-np.expm1(-e)))
                return np.where(e < 0.7, early, np.log1p(-np.exp(-e)))
        case "normal":
            return np.asarray(log_ndtr(at))
        case "logistic":
            return np.asarray(log_expit(at))


def standard_log_pdf(family: Family, z: FloatArray) -> FloatArray:
    """Logarithm of the density of the standard W at `z`, shape as `z`."""
    at = np.asarray(z, dtype=np.float64)
    match STANDARD[family]:
        case "sev":
            with np.errstate(over="ignore"):
                return np.asarray(at - np.exp(at))
        case "normal":
            return np.asarray(-0.5 * at * at - LOG_ROOT_TWO_PI)
        case "logistic":
            return np.asarray(log_expit(at) + log_expit(-at))


def to_line(family: Family, t: FloatArray) -> FloatArray:
    """See times as the family does: their logarithms, or themselves; shape as `t`."""
    times = np.asarray(t, dtype=np.float64)
    if not is_log(family):
        return times
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(times > 0.0, np.log(times), -np.inf)


def from_line(family: Family, x: FloatArray) -> FloatArray:
    """Turn values on the line of the family into times, shape as `x`."""
    with np.errstate(over="ignore"):
        return np.exp(x) if is_log(family) else np.asarray(x, dtype=np.float64)


def named_parameters(family: Family, mu: float, sigma: float) -> Mapping[str, float]:
    """Parameters by the field's names: eta and beta of a Weibull, mu and sigma of a lognormal."""
    if family == "weibull":
        return {"eta": exp(mu) if mu < 709.0 else inf, "beta": 1.0 / sigma}
    if family == "loglogistic":
        return {"alpha": exp(mu) if mu < 709.0 else inf, "beta": 1.0 / sigma}
    return {"mu": mu, "sigma": sigma}
