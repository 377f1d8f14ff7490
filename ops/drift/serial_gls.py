"""Least squares whose errors are serially correlated at irregular times, phi integrated out.

The errors of a group follow a first-order autoregression that decays with time: neighbours one
usual step apart have the correlation phi, ones k steps apart phi^k. Phi is not plugged in as if it
were known: every statement is averaged over a grid of phi, weighted by the restricted likelihood,
so that short records get the width that they deserve.

References
----------
Harville (1974), Biometrika 61(2), 383-385 (restricted likelihood);
Jones (1981), in Applied Time Series Analysis II, 651-682 (autoregression at unequal times).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import fdtrc, stdtr, stdtrit

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

PHI = np.linspace(0.0, 0.975, 40)  # a negative phi counts as 0: intervals are then too wide


@dataclass(frozen=True, slots=True)
class Bounded:
    """An estimate with its standard error and its interval."""

    value: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class SerialGls:
    """A fitted linear model; K values of phi, p coefficients.

    Parameters
    ----------
    weight : shape (K,)
        Posterior weight of each phi.
    beta : shape (K, p)
    covariance : shape (K, p, p)
    value, variance : shapes (p,), (p, p)
        Coefficients and their covariance, averaged; what they move with phi is in it.
    df
        Values less coefficients.
    sigma, phi
        Marginal standard deviation of an error and correlation over one usual step, averaged.
    """

    weight: FloatArray
    beta: FloatArray
    covariance: FloatArray
    value: FloatArray
    variance: FloatArray
    df: int
    sigma: float
    phi: float
    n: int

    def estimate(self, contrast: FloatArray, *, confidence: float = 0.95) -> Bounded:
        """Estimate a linear combination of the coefficients, `contrast` of shape (p,)."""
        value = float(self.value @ contrast)
        se = sqrt(max(float(contrast @ self.variance @ contrast), 0.0))
        half = float(stdtrit(self.df, 0.5 + confidence / 2)) * se
        return Bounded(value, se, value - half, value + half)

    def p_beyond(self, contrast: FloatArray, margin: float = 0.0) -> float:
        """p-value of |combination| <= `margin`: the larger of both edges, two-sided at 0."""
        found = self.estimate(contrast)
        if not found.se > 0:
            return 1.0 if abs(found.value) <= margin else 0.0
        near = float(stdtr(self.df, -(abs(found.value) - margin) / found.se))
        far = float(stdtr(self.df, -(abs(found.value) + margin) / found.se))
        return min(1.0, near + far)

    def p_within(self, contrast: FloatArray, margin: float) -> float:
        """p-value of |combination| >= `margin` (two one-sided tests)."""
        found = self.estimate(contrast)
        if not found.se > 0:
            return 0.0 if abs(found.value) < margin else 1.0
        return float(stdtr(self.df, -(margin - abs(found.value)) / found.se))

    def p_zero(self, contrasts: FloatArray) -> float:
        """p-value of all `contrasts`, shape (q, p), being 0 together (F test for each phi)."""
        q, total = contrasts.shape[0], 0.0
        for weight, beta, covariance in zip(self.weight, self.beta, self.covariance, strict=True):
            away = contrasts @ beta
            matrix = contrasts @ covariance @ contrasts.T
            f = float(away @ np.linalg.lstsq(matrix, away, rcond=None)[0]) / q
            total += float(weight) * float(fdtrc(q, self.df, max(f, 0.0)))
        return min(1.0, total)


def serial_gls(
    t: FloatArray, design: FloatArray, y: FloatArray, *, group: IntArray | None = None
) -> SerialGls:
    """Fit `y` on the columns of `design`.

    Parameters
    ----------
    t : shape (n,)
        Days, not decreasing within a group; the usual step is the median positive difference.
        Values closer than that count as one step apart.
    design : shape (n, p)
        A column that others span is given the coefficient of least norm.
    group : shape (n,)
        Stretches of neighbouring rows with errors of their own; absent: one.

    Raises
    ------
    NotEnoughData
        With fewer than p + 2 values.
    """
    n, p = design.shape
    if n < p + 2:
        raise NotEnoughData(f"a fit of {p} coefficients needs {p + 2} values, got {n}")
    steps = _steps(t, np.zeros(n, dtype=np.int64) if group is None else group)
    size = np.sqrt(np.mean(design**2, axis=0))
    size[size == 0] = 1.0
    scale = float(np.std(y)) or 1.0
    level = _level(design)
    shift = 0.0 if level is None else float(y[0])
    fits = [_fit(phi, steps, design / size, (y - shift) / scale) for phi in PHI]
    told = np.array([fit[0] for fit in fits])
    weight = np.exp(told - told.max())
    weight /= weight.sum()
    beta = np.array([fit[1] for fit in fits]) * scale / size
    beta += 0.0 if level is None else level * shift
    covariance = np.array([fit[2] for fit in fits]) * scale**2 / np.outer(size, size)
    sigma = scale * float(np.sqrt(weight @ np.array([fit[3] for fit in fits])))
    value = weight @ beta
    away = beta - value
    variance = np.tensordot(weight, covariance, 1) + (away.T * weight) @ away
    return SerialGls(
        weight, beta, covariance, value, variance, n - p, sigma, float(weight @ PHI), n
    )


def _steps(t: FloatArray, group: IntArray) -> FloatArray:
    """Usual steps to the value before in the same group; infinite for the first of a group."""
    gap = np.diff(t)
    same = group[1:] == group[:-1]
    positive = gap[same & (gap > 0)]
    usual = float(np.median(positive)) if positive.size else 1.0
    found = np.full(t.size, np.inf)
    found[1:][same] = np.maximum(gap[same] / usual, 1.0)
    return found


def _level(design: FloatArray) -> FloatArray | None:
    """Coefficients that make the constant 1, if any do: an offset is taken off and put back."""
    raw = np.linalg.lstsq(design, np.ones(design.shape[0]), rcond=None)[0]
    found: FloatArray = np.where(np.abs(raw) < 1e-12, 0.0, raw)
    return found if np.allclose(design @ found, 1.0, atol=1e-9) else None


def _fit(
    phi: float, steps: FloatArray, design: FloatArray, y: FloatArray
) -> tuple[float, FloatArray, FloatArray, float]:
    """Restricted log likelihood, coefficients, their covariance, and marginal variance."""
    rho = np.where(np.isinf(steps), 0.0, phi ** np.where(np.isinf(steps), 1.0, steps))
    scale = np.sqrt(1.0 - rho**2)
    x, z = design / scale[:, None], y / scale
    x[1:] -= (rho[1:] / scale[1:])[:, None] * design[:-1]
    z[1:] -= rho[1:] / scale[1:] * y[:-1]
    values, vectors = np.linalg.eigh(x.T @ x)
    kept = values > 1e-10 * max(float(values[-1]), 1e-300)
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    beta = inverse @ (x.T @ z)
    residual = z - x @ beta
    df = y.size - int(np.count_nonzero(kept))
    square = max(float(residual @ residual), 1e-28 * y.size)
    logs = float(np.sum(np.log(scale))) + 0.5 * float(np.sum(np.log(values[kept])))
    return -0.5 * df * float(np.log(square)) - logs, beta, inverse * square / df, square / df
