"""Joint region of both parameters by the likelihood ratio: its edge, to be drawn.

In (mu / sigma, 1 / sigma) the region is convex, for the log-likelihood is concave there; so every
ray from the estimate leaves it once.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, chapter 8;
Burridge (1981), J. Royal Statistical Society B 43, 41-45.
"""

from math import inf, isfinite, log, sqrt

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.bounds.profile import Profile, cross, profile_of
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.values import FloatArray

POINTS = 120


def contour(
    data: LifeData, fit: LifeFit, confidence: float = 0.95, *, points: int = POINTS
) -> FloatArray:
    """Edge of the joint likelihood-ratio region of (mu, log sigma).

    Parameters
    ----------
    data, fit
        The sample and its maximum.
    confidence
        Of the region, in (0, 1): twice the fall of the log-likelihood is compared with a
        chi-square of 2 degrees of freedom.
    points
        Rays.

    Returns
    -------
    FloatArray
        Shape (n, 2), once around, the first point repeated at the end; rays along which the
        region has no edge are left out.

    Raises
    ------
    BadData
        If the confidence is out of range, or sigma was given.
    """
    if not 0.0 < confidence < 1.0:
        detail = f"the confidence is {confidence:g}; give one between 0 and 1"
        raise BadData(detail, (Problem("/confidence", detail),))
    if fit.sigma_known:
        detail = "the fit was made with sigma given; there is no joint region"
        raise BadData(detail, (Problem("/fit", detail),))
    profile = profile_of(data, fit)
    fall = sqrt(-2.0 * log(1.0 - confidence))  # root of the chi-square of 2 degrees
    axes = _axes(fit)
    found: list[tuple[float, float]] = []
    for angle in np.linspace(0.0, 2.0 * np.pi, points, endpoint=False):
        edge = _edge(profile, axes @ np.array([np.cos(angle), np.sin(angle)]), fall)
        if edge is not None:
            found.append(edge)
    return np.array([*found, *found[:1]], dtype=np.float64).reshape(-1, 2)


def _axes(fit: LifeFit) -> FloatArray:
    """Root of the covariance of (mu / sigma about the estimate, log of 1 / sigma)."""
    turned = np.array([[1.0 / fit.sigma, 0.0], [0.0, -1.0]])
    root = np.linalg.cholesky(turned @ fit.covariance @ turned.T)
    return np.asarray(root, dtype=np.float64)


def _edge(profile: Profile, ray: FloatArray, fall: float) -> tuple[float, float] | None:
    """Return where a ray leaves the region; it shifts mu by sigma and stretches 1 / sigma."""
    shift, stretch = float(ray[0]), float(ray[1])

    def place(x: float) -> tuple[float, float]:
        sigma = profile.sigma / (1.0 + x * stretch)
        return profile.mu + x * shift * sigma, sigma

    def root(x: float) -> float:
        if not 1.0 + x * stretch > 0.0:
            return inf
        value = profile.value(*place(x))
        return sqrt(2.0 * max(profile.best - value, 0.0)) if isfinite(value) else inf

    last = inf if stretch >= 0.0 else -1.0 / stretch
    found = cross(root, 0.0, 0.5, fall, last=last)
    return None if found is None else (place(found)[0], log(place(found)[1]))
