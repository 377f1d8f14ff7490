"""Confidence at every level at once: the signed root of the likelihood ratio of one quantity.

A quantity ``y = a . coefficients + z sigma`` (a constant, the logarithm of an acceleration factor
or of a life) is held at values around its estimate while all else is fitted; the signed root of
the likelihood ratio is nearly straight in y, so that a few points give bounds at any confidence.

References
----------
Barndorff-Nielsen and Cox (1994), Inference and Asymptotics, section 3.2 (signed root);
Doganaksoy and Schmee (1993), Technometrics 35, 175-184 (its mean and spread by simulation).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from ops.lifetime.accelerated.surface import Surface, climb
from ops.values import FloatArray

REACH = 4.2  # signed root at which the walk ends: confidence beyond 0.9999
STEPS = 40  # of half a standard error each, before a side is called open


@dataclass(frozen=True, slots=True)
class Quantity:
    """``y = a . coefficients + z sigma + given``, or the logarithm of sigma.

    Parameters
    ----------
    a : shape (p,)
        Multiplies the coefficients of the surface.
    z
        Multiplies sigma.
    given
        Part that is not estimated.
    spread
        Whether it is the logarithm of sigma instead.
    """

    a: FloatArray
    z: float = 0.0
    given: float = 0.0
    spread: bool = False

    def at(self, theta: FloatArray) -> float:
        """Value at ``theta = (coefficients, log sigma)``."""
        if self.spread:
            return float(theta[-1])
        return float(self.a @ theta[:-1] + self.z * np.exp(theta[-1]) + self.given)

    def error(self, theta: FloatArray, covariance: FloatArray) -> float:
        """Tell its standard error by the delta method."""
        if self.spread:
            return sqrt(max(0.0, float(covariance[-1, -1])))
        slope = np.append(self.a, self.z * np.exp(theta[-1]))
        return sqrt(max(0.0, float(slope @ covariance @ slope)))


@dataclass(frozen=True, slots=True)
class ConfidenceCurve:
    """Signed root of the likelihood ratio over a quantity.

    Parameters
    ----------
    estimate
        Where the root is 0.
    value : shape (k,)
        Values of the quantity, ascending.
    root : shape (k,)
        Signed root at each, ascending.
    mean, spread
        Of the root when the value is true: 0 and 1, or what a bootstrap found.
    """

    estimate: float
    value: FloatArray
    root: FloatArray
    mean: float = 0.0
    spread: float = 1.0

    def bound(self, confidence: float) -> float | None:
        """Value below which the quantity lies with this confidence; None where there is none."""
        wanted = self.mean + self.spread * float(ndtri(confidence))
        if not self.root[0] <= wanted <= self.root[-1]:
            return None
        i = int(np.clip(np.searchsorted(self.root, wanted) - 2, 0, max(self.root.size - 4, 0)))
        return _through(self.root[i : i + 4], self.value[i : i + 4], wanted)

    def below(self, value: FloatArray) -> FloatArray:
        """Confidence that the quantity lies below `value`, shape as `value`."""
        root = np.interp(value, self.value, self.root)
        outside = (value < self.value[0], value > self.value[-1])
        root = np.where(outside[0], -np.inf, np.where(outside[1], np.inf, root))
        return np.asarray(ndtr((root - self.mean) / self.spread), dtype=np.float64)


def _through(x: FloatArray, y: FloatArray, at: float) -> float:
    """Value at `at` of the polynomial through a few points (Lagrange)."""
    total = 0.0
    for j in range(x.size):
        others = np.delete(x, j)
        total += float(y[j] * np.prod((at - others) / (x[j] - others)))
    return total


def confidence_curve(
    surface: Surface, theta: FloatArray, covariance: FloatArray, quantity: Quantity
) -> ConfidenceCurve:
    """Walk from the top of a surface to both sides of a quantity.

    Parameters
    ----------
    surface
        Log-likelihood; without shift.
    theta : shape (p + 1,)
        Its top.
    covariance : shape (p + 1, p + 1)
        Of `theta`.
    quantity
        What is held.
    """
    step = 0.5 * quantity.error(theta, covariance)
    centre = quantity.at(theta)
    top = surface.value(theta)
    below = _walk(surface, theta, quantity, -step, top)
    above = _walk(surface, theta, quantity, step, top)
    points = [*reversed(below), (centre, 0.0), *above]
    value, root = np.array(points).T
    keep = np.concatenate([[True], np.diff(np.maximum.accumulate(root)) > 0])
    return ConfidenceCurve(centre, value[keep], root[keep])


def _walk(
    surface: Surface, theta: FloatArray, quantity: Quantity, step: float, top: float
) -> list[tuple[float, float]]:
    """Walk to one side until the signed root is beyond `REACH`."""
    points: list[tuple[float, float]] = []
    value, here = quantity.at(theta), theta
    for _ in range(STEPS):
        value += step
        here, height = held(surface, here, quantity, value)
        root = sqrt(max(0.0, 2.0 * (top - height)))
        points.append((value, root if step > 0 else -root))
        if root > REACH or not step:
            break
        if len(points) % 8 == 0:
            step *= 2.0  # a long tail is walked with longer steps
    return points


@dataclass(frozen=True, slots=True)
class _AtSigma:
    """A surface at one sigma."""

    whole: Surface
    log_sigma: float

    def value(self, theta: FloatArray) -> float:
        return self.whole.value(np.append(theta, self.log_sigma))

    def derivatives(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        gradient, hessian = self.whole.derivatives(np.append(theta, self.log_sigma))
        return gradient[:-1], hessian[:-1, :-1]


def held(
    surface: Surface, near: FloatArray, quantity: Quantity, value: float
) -> tuple[FloatArray, float]:
    """Fit all else with a quantity held at `value`: where, and how high.

    The coefficient that moves the quantity most is eliminated, so that the rest is free.
    """
    if quantity.spread:
        phi, height = climb(_AtSigma(surface, value), near[:-1])
        return np.append(phi, value), height
    size = np.abs(quantity.a) * np.maximum(np.ptp(surface.design, axis=0), 1e-300)
    size[0] = abs(quantity.a[0]) * 1e300  # the intercept, wherever it takes part
    j = int(np.argmax(size))
    rest = np.arange(quantity.a.size) != j
    share = surface.design[:, j] / quantity.a[j]
    inside = Surface(
        rows=surface.rows,
        design=surface.design[:, rest] - np.outer(share, quantity.a[rest]),
        offset=surface.offset + share * (value - quantity.given),
        shift=surface.shift - share * quantity.z,
    )
    phi, height = climb(inside, np.append(near[:-1][rest], near[-1]))
    full = np.empty_like(near)
    full[:-1][rest] = phi[:-1]
    full[-1] = phi[-1]
    known = float(quantity.a[rest] @ phi[:-1]) + quantity.z * float(np.exp(phi[-1]))
    full[j] = (value - quantity.given - known) / quantity.a[j]
    return full, height
