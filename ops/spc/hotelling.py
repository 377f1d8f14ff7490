"""Hotelling's T-squared: one distance for several correlated characteristics of a unit.

Limits keep the two phases apart: a point that helped to estimate mean and covariance follows a beta
law (individuals) or a scaled F law with m - 1 in its factor (subgroups); a new point follows F laws
with m + 1.

References
----------
Tracy, Young and Mason (1992), J. Quality Technology 24(2), 88-95 (individuals, both phases);
Montgomery, Introduction to Statistical Quality Control, 11.3, (11.21)-(11.25) (subgroups);
Holmes and Mergen (1993), Quality Engineering 5(4), 619-625 (successive differences);
Williams, Woodall, Birch and Sullivan (2006), J. Quality Technology 38(3), 217-229 (their limits).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betaincinv, chdtri, fdtri

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

Covariance = Literal["sample", "successive-differences", "within-subgroup"]
_SINGULAR = 1e-10  # smallest eigenvalue of a correlation matrix that still tells directions apart


@dataclass(frozen=True, slots=True)
class Reference:
    """Mean and covariance of phase I, frozen.

    Parameters
    ----------
    mean : shape (p,)
        In the units of the data.
    covariance : shape (p, p)
        Of one plotted vector: of a mean of `size` values it is the covariance over `size`.
    m
        Vectors, or subgroups, behind the estimate.
    size
        Values of a subgroup; 1 for individual vectors.
    method
        How the covariance was estimated.
    """

    mean: FloatArray
    covariance: FloatArray
    m: int
    size: int
    method: Covariance

    @property
    def p(self) -> int:
        """Number of characteristics."""
        return int(self.mean.size)


def reference(x: FloatArray, *, method: Covariance = "sample") -> Reference:
    """Estimate mean and covariance from phase I vectors.

    Parameters
    ----------
    x : shape (m, p) or (m, n, p)
        Individual vectors in time order, or m subgroups of n vectors; finite.
    method
        ``sample`` (divisor m - 1); ``successive-differences``: insensitive to a step or a trend in
        phase I; subgroups always use the pooled covariance within them.

    Raises
    ------
    NotEnoughData
        With fewer than p + 2 vectors (or as many degrees of freedom within subgroups).
    BadData
        If the characteristics do not tell apart p directions (one is constant, or follows others).
    """
    if x.ndim == 3:
        return _of_subgroups(x)
    m, p = x.shape
    if m < p + 2:
        raise NotEnoughData(
            f"T-squared of {p} characteristics needs {p + 2} units in phase I, got {m}; widen the"
            " window or choose fewer characteristics"
        )
    if method == "successive-differences":
        steps = np.diff(x, axis=0)
        covariance = steps.T @ steps / (2.0 * (m - 1))
    else:
        covariance = np.cov(x, rowvar=False).reshape(p, p)
    _require_directions(covariance)
    return Reference(x.mean(axis=0), covariance, m, 1, method)


def _of_subgroups(x: FloatArray) -> Reference:
    m, n, p = x.shape
    if m * (n - 1) < p + 1 or m < 2:
        raise NotEnoughData(
            f"T-squared of {p} characteristics needs {p + 1} degrees of freedom within subgroups,"
            f" got {m} subgroups of {n}"
        )
    inner = x - x.mean(axis=1, keepdims=True)
    pooled = np.einsum("ijk,ijl->kl", inner, inner) / (m * (n - 1))
    _require_directions(pooled)
    return Reference(x.mean(axis=(0, 1)), pooled / n, m, n, "within-subgroup")


def _require_directions(covariance: FloatArray) -> None:
    sd = np.sqrt(np.diag(covariance))
    constant = np.flatnonzero(~(sd > 0))
    if constant.size:
        raise BadData(f"characteristic {int(constant[0]) + 1} is constant in phase I; leave it out")
    smallest = float(np.linalg.eigvalsh(covariance / np.outer(sd, sd))[0])
    if smallest < _SINGULAR:
        raise BadData(
            f"the characteristics depend on each other (smallest eigenvalue of their correlation"
            f" {smallest:.1e}); leave out one that is the sum or the copy of others"
        )


def t_squared(x: FloatArray, known: Reference) -> FloatArray:
    """Squared distance of each vector from the reference mean.

    Parameters
    ----------
    x : shape (n, p)
        Vectors, or means of subgroups of the reference's size.

    Returns
    -------
    shape (n,)
    """
    deviation = x - known.mean
    whitened = np.linalg.solve(np.linalg.cholesky(known.covariance), deviation.T)
    found: FloatArray = np.einsum("ij,ij->j", whitened, whitened)
    return found


def limit(known: Reference, *, alpha: float, phase: Literal[1, 2]) -> float:
    """Upper control limit of T-squared at a rate of false alarms.

    Parameters
    ----------
    alpha
        Probability that one vector of a process in control lies beyond, in (0, 1).
    phase
        1 for the vectors that the reference was estimated from, 2 for new ones.

    Examples
    --------
    Montgomery, example 11.1 (p = 2, 20 samples of 10, alpha = 0.001):

    >>> known = Reference(np.zeros(2), np.eye(2), 20, 10, "within-subgroup")
    >>> round(limit(known, alpha=0.001, phase=1), 2)
    13.72
    """
    p, m, n = known.p, known.m, known.size
    if known.method == "within-subgroup":
        df = m * n - m - p + 1
        grown = m - 1 if phase == 1 else m + 1
        return p * grown * (n - 1) / df * float(fdtri(p, df, 1.0 - alpha))
    if known.method == "successive-differences":
        return float(chdtri(p, alpha))  # its exact law is not known; this is the limit of many
    if phase == 1:
        return (m - 1) ** 2 / m * float(betaincinv(p / 2, (m - p - 1) / 2, 1.0 - alpha))
    return p * (m + 1) * (m - 1) / (m * (m - p)) * float(fdtri(p, m - p, 1.0 - alpha))
