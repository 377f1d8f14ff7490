"""Bounds of fitted variances, of their shares and of their total.

Where a variance has many degrees of freedom its likelihood is quadratic in the logarithm, and the
profile is not followed; inner variances of that kind are held while outer ones are profiled. Shares
have delta-method bounds on the logit scale, or those of their variance beside the others as fitted
where it may be zero; the total has those of Satterthwaite.

References
----------
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114;
Searle, Casella and McCulloch (1992), Variance Components, Wiley, 6.8 (information).
"""

from dataclasses import dataclass
from math import exp, inf, log, sqrt
from typing import Literal

import numpy as np
from scipy.special import chdtri, ndtri

from ops.values import BoolArray, FloatArray
from ops.variance.likelihood import Likelihood, Method, Structure, likelihood
from ops.variance.profile import profile_bounds
from ops.variance.tree import Tree

ENOUGH_LEVELS = 1000  # the likelihood of a variance near zero is quadratic in the variance
ENOUGH_DF = 300.0  # profile and Wald bounds on the logarithm agree to 1 % of the width


@dataclass(frozen=True, slots=True)
class Bounded:
    """An estimate with its confidence bounds; an upper bound may be infinite."""

    value: float
    lower: float
    upper: float

    def times(self, factor: float) -> "Bounded":
        """In another unit."""
        return Bounded(self.value * factor, self.lower * factor, self.upper * factor)


ZERO = Bounded(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of every variance, the residual last."""

    variances: tuple[Bounded, ...]
    shares: tuple[Bounded, ...]
    df: FloatArray
    intervals: tuple[Literal["profile", "wald"], ...]
    total: Bounded
    total_df: float
    covariance: FloatArray


def bounded(structure: Structure, top: Likelihood, *, method: Method, confidence: float) -> Bounds:
    """Bounds at the top of a likelihood."""
    theta, covariance = top.theta, _covariance(top)
    spread = np.diag(covariance)
    df = np.where(spread > 0, 2 * theta**2 / np.where(spread > 0, spread, 1.0), 0.0)
    z = float(ndtri(0.5 + confidence / 2))
    sure = df >= ENOUGH_DF
    sure[:-1] |= np.array(structure.levels) >= ENOUGH_LEVELS
    narrow, near, free = _narrowed(structure, top, sure, method)
    variances: list[Bounded] = []
    intervals: list[Literal["profile", "wald"]] = []
    for k, value in enumerate(theta.tolist()):
        if sure[k]:
            variances.append(_wald(top, covariance, k, z))
            intervals.append("wald")
            continue
        low, high = profile_bounds(narrow, near, k, free=free, method=method, confidence=confidence)
        variances.append(Bounded(value, min(low, value), max(high, value)))
        intervals.append("profile")
    total = float(theta.sum())
    total_df = 2 * total**2 / float(covariance.sum())
    tail = (1.0 - confidence) / 2
    low = total * total_df / float(chdtri(total_df, tail))
    least = float(chdtri(total_df, 1.0 - tail))
    high = total * total_df / least if least > 0 else inf
    shares = tuple(_share(theta, covariance, k, b, z) for k, b in enumerate(variances))
    return Bounds(
        tuple(variances),
        shares,
        df,
        tuple(intervals),
        Bounded(total, low, high),
        total_df,
        covariance,
    )


def _narrowed(
    structure: Structure, top: Likelihood, sure: BoolArray, method: Method
) -> tuple[Structure, Likelihood, BoolArray]:
    """Hold the inner variances that are known well: outer profiles then cost next to nothing."""
    unsure = np.flatnonzero(~sure)
    depth = int(unsure.max()) + 1 if unsure.size else 0
    if not isinstance(structure, Tree) or depth >= len(structure.levels) or depth == 0:
        return structure, top, np.ones(top.theta.size, dtype=np.bool_)
    trunk = structure.hold(top.theta, depth)
    theta = np.append(top.theta[:depth], top.theta[-1])
    free = np.append(np.ones(depth, dtype=np.bool_), False)
    return trunk, likelihood(trunk, theta, method), free


def _wald(top: Likelihood, covariance: FloatArray, k: int, z: float) -> Bounded:
    """Bounds where the likelihood is quadratic: in the logarithm, near zero in the variance."""
    value, variance = float(top.theta[k]), float(covariance[k, k])
    if value > 0 and 2 * value**2 / variance >= ENOUGH_DF:
        stretch = exp(z * sqrt(variance) / value)
        return Bounded(value, value / stretch, value * stretch)
    if value > 0:
        half = z * sqrt(variance)
        return Bounded(value, max(value - half, 0.0), value + half)
    score, curve = float(top.score[k]), max(float(top.information[k, k]), 1e-300)
    return Bounded(0.0, 0.0, (score + sqrt(score**2 + curve * z**2)) / curve)


def _covariance(top: Likelihood) -> FloatArray:
    """Inverse information of the variances that are not at zero."""
    inside = top.theta > 0
    covariance = np.zeros((top.theta.size, top.theta.size))
    inner = top.information[np.ix_(inside, inside)]
    scale = 1.0 / np.sqrt(np.maximum(np.diag(inner), 1e-300))
    inverse = np.linalg.pinv(inner * scale * scale[:, None], hermitian=True)
    covariance[np.ix_(inside, inside)] = inverse * scale * scale[:, None]
    return covariance


def _share(
    theta: FloatArray, covariance: FloatArray, k: int, variance: Bounded, z: float
) -> Bounded:
    total = float(theta.sum())
    share = float(theta[k]) / total
    if share >= 1:
        return Bounded(1.0, 0.0, 1.0)
    if variance.lower <= 0:  # near zero the logit has no slope: the others stay as they are
        rest = total - float(theta[k])
        return Bounded(share, 0.0, variance.upper / (variance.upper + rest))
    slope = -np.full(theta.size, share / total)
    slope[k] += 1.0 / total
    se = sqrt(max(float(slope @ covariance @ slope), 0.0)) / (share * (1.0 - share))
    middle = log(share / (1.0 - share))
    low, high = (1.0 / (1.0 + exp(-min(max(middle + s * z * se, -700.0), 700.0))) for s in (-1, 1))
    return Bounded(share, low, high)
