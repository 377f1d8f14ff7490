"""Profile likelihood of a quantile: how well any value of it, or of a reliability, can be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, isfinite, log

import numpy as np

from ops.lifetime.columns import columns_of
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import STANDARD, STANDARDS, is_log
from ops.values import FloatArray, IntArray

FARTHEST = 60  # times that the search for a bound doubles its reach
ACCURATE = 1e-10  # of the root, in units of the signed root


@dataclass(frozen=True)
class Profile:
    """The log-likelihood of one sample, to be held anywhere.

    Parameters
    ----------
    standard
        Code of W in the kernels.
    rows, ends, exacts, origin
        As the kernels lay the sample out: positions are on the line, less the origin.
    mu, sigma, best
        At the maximum; `mu` on the line as it stands, `best` up to the constant of the layout.
    """

    standard: int
    rows: FloatArray
    ends: IntArray
    exacts: float
    origin: float
    mu: float
    sigma: float
    best: float

    def hold(self, y0: float, z0: float, sigma: float | None = None) -> "Held":
        """Hold mu + sigma z0 at y0; `sigma` is where the climb begins."""
        from ops.lifetime.bounds.profile_kernel import hold, signed_root  # noqa: PLC0415  (numba)

        at, sums = np.array([0.0, sigma or self.sigma]), np.empty(7)
        sums[6] = self.exacts
        value = hold(self.standard, self.rows, self.ends, y0 - self.origin, z0, at, sums)
        above = self.mu + self.sigma * z0 - y0
        found = float(at[1])
        return Held(y0 - found * z0, found, value, signed_root(above, self.best, value))

    def hold_sigma(self, sigma: float) -> "Held":
        """Hold sigma; the root is positive where it is held below its estimate."""
        from ops.lifetime.bounds.profile_kernel import signed_root  # noqa: PLC0415  (numba)
        from ops.lifetime.climb_kernel import climb  # noqa: PLC0415  (numba)

        at, sums = np.array([self.mu - self.origin, sigma]), np.empty(7)
        sums[6] = self.exacts
        climb(self.standard, self.rows, self.ends, True, at, sums)
        value = float(sums[0])
        root = signed_root(self.sigma - sigma, self.best, value)
        return Held(self.origin + float(at[0]), sigma, value, root)

    def value(self, mu: float, sigma: float) -> float:
        """Log-likelihood at parameters, up to the constant of the layout."""
        from ops.lifetime.climb_kernel import add_up  # noqa: PLC0415  (numba)

        at, sums = np.array([mu - self.origin, sigma]), np.empty(7)
        sums[6] = self.exacts
        add_up(self.standard, self.rows, self.ends, at, sums)
        return float(sums[0])


@dataclass(frozen=True, slots=True)
class Held:
    """Where the likelihood is highest with something held: parameters, value, signed root."""

    mu: float
    sigma: float
    value: float
    root: float


def profile_of(data: LifeData, fit: LifeFit) -> Profile:
    """Lay out a sample for its profile likelihoods.

    Parameters
    ----------
    fit
        Its maximum, of `ops.lifetime.fit.fit`.
    """
    from ops.lifetime.rows_kernel import ORIGIN, W_EXACT, lay_all  # noqa: PLC0415  (numba)

    log_line = is_log(fit.family)
    rows, ends, facts = lay_all(columns_of(data), 0, data.lower.size, log_line)
    origin = float(facts[ORIGIN])
    laid = Profile(
        standard=STANDARDS.index(STANDARD[fit.family]),
        rows=rows,
        ends=ends,
        exacts=float(facts[W_EXACT]),
        origin=log(origin) if log_line else origin,
        mu=fit.mu,
        sigma=fit.sigma,
        best=0.0,
    )
    return replace(laid, best=laid.value(fit.mu, fit.sigma))


def cross(
    root: Callable[[float], float],
    start: float,
    step: float,
    target: float,
    *,
    last: float = inf,
) -> float | None:
    """Find where a monotone function reaches a value, None if nowhere on this side.

    Parameters
    ----------
    root
        Rises, or falls, on the side of `start` that `step` points to.
    start, step
        Where the search begins, and its first step; each later one is twice as long.
    last
        Beyond this place the function has no values.
    """
    near, at_near = start, root(start) - target
    if at_near == 0.0:
        return start
    for _ in range(FARTHEST):
        far = near + step
        while not far < last or not isfinite(at_far := root(far) - target):
            step *= 0.5
            far = near + step
            if far == near or abs(step) < 1e-12 * (1.0 + abs(near)):
                return None
        if (at_far > 0.0) != (at_near > 0.0):
            return _between(lambda x: root(x) - target, (near, at_near), (far, at_far))
        near, at_near, step = far, at_far, 2.0 * step
    return None


def _between(
    f: Callable[[float], float], one: tuple[float, float], other: tuple[float, float]
) -> float:
    """Zero between two ends of different sign, by false position that halves a stuck end."""
    (a, fa), (b, fb) = one, other
    stuck = 0
    for _ in range(100):
        x = (a * fb - b * fa) / (fb - fa)
        fx = f(x)
        if abs(fx) <= ACCURATE or abs(b - a) <= 1e-14 * (abs(a) + abs(b)):
            return x
        if (fx > 0.0) == (fb > 0.0):
            b, fb = x, fx
            fa = 0.5 * fa if stuck == 1 else fa
            stuck = 1
        else:
            a, fa = x, fx
            fb = 0.5 * fb if stuck == -1 else fb
            stuck = -1
    return 0.5 * (a + b)
