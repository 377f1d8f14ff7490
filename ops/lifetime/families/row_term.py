"""Log-likelihood of each row under a location-scale component, with its derivatives.

A component is (mu, log sigma) of log T; what is derived is by these two.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.lifetime.location_scale import STANDARD, STANDARDS
from ops.values import FloatArray

LogFamily = Literal["weibull", "lognormal", "loglogistic"]
LOG_FAMILIES: tuple[LogFamily, ...] = ("weibull", "lognormal", "loglogistic")


@dataclass(frozen=True, slots=True)
class Terms:
    """Value of each row and its derivatives, all of shape (n,).

    Parameters
    ----------
    value
        Log-likelihood; -inf where the row cannot be.
    by_mu, by_log_sigma
        First derivatives.
    mu_mu, mu_log_sigma, log_sigma_log_sigma
        Second derivatives.
    """

    value: FloatArray
    by_mu: FloatArray
    by_log_sigma: FloatArray
    mu_mu: FloatArray
    mu_log_sigma: FloatArray
    log_sigma_log_sigma: FloatArray


def terms_of(
    family: LogFamily, log_lower: FloatArray, log_upper: FloatArray, mu: float, log_sigma: float
) -> Terms:
    """Terms of rows between two log times.

    Parameters
    ----------
    log_lower, log_upper : shape (n,)
        Equal for an exact time, of which the density counts; -inf and inf where there is no limit.
    """
    from ops.lifetime.families.class_kernel import (  # noqa: PLC0415  (numba loads half a second)
        fill_terms,
    )

    out = np.empty((6, log_lower.size))
    fill_terms(standard_of(family), log_lower, log_upper, (float(mu), float(log_sigma)), out)
    return Terms(*out)


def standard_of(family: LogFamily) -> int:
    """Look up the number of the standard distribution in machine code."""
    return STANDARDS.index(STANDARD[family])
