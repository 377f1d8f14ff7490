"""The most likely distribution of life data of any kind, without a model (Turnbull)."""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.innermost import Innermost, innermost
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier, survival_bounds
from ops.lifetime.nonparametric.mass import climb, curvature, is_small, loglik
from ops.values import FloatArray, IntArray

TOLERANCE = 1e-9
_EMPTY = 1e-11
_ATTAINED = 1e-6


@dataclass(frozen=True, slots=True)
class Turnbull:
    """Mass in each innermost interval; where in it the mass lies the data do not say.

    Parameters
    ----------
    lower, upper : shape (m,)
        Intervals (lower, upper] that hold mass, rising; one time where both are equal, no end
        where `upper` is infinite.
    mass, survival : shape (m,)
        Share that fails within, and share that lasts beyond `upper`.
    std_error, bound_low, bound_high : shape (m,)
        Of `survival`, pointwise, by the information of the positive masses: approximate. NaN
        where survival is 0, or where there are too many masses for the matrix.
    loglik
        Log-likelihood of the data, exact times as point masses.
    gap
        Largest slope of the log-likelihood towards any mass, a unit: 0 at the maximum; large where
        the climb never arrives (`attained`).
    rounds
        Rounds of the climb; 0 where the estimate is a formula.
    confidence
        Of the bounds, two-sided.
    unit
        Of the times.
    """

    lower: FloatArray
    upper: FloatArray
    mass: FloatArray
    survival: FloatArray
    std_error: FloatArray
    bound_low: FloatArray
    bound_high: FloatArray
    loglik: float
    gap: float
    rounds: int
    confidence: float
    unit: str

    @property
    def attained(self) -> bool:
        """Whether the climb came to the top.

        With truncation it may not: where all units at risk at some time fail, whatever lies later
        fades to no mass beside what lies before, and the slopes there stay large.
        """
        return self.gap <= _ATTAINED

    def between(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Least and largest survival at `t` that the estimate allows, shape as `t`.

        They differ only within an innermost interval.
        """
        steps = np.concatenate([[1.0], self.survival])
        low = steps[np.searchsorted(self.lower, t, side="left")]
        low = np.where(np.isin(t, self.lower[self.lower == self.upper]), np.nan, low)
        high = steps[np.searchsorted(self.upper, t, side="right")]
        return np.where(np.isnan(low), high, low), high


def turnbull(data: LifeData, *, confidence: float = 0.95, tolerance: float = TOLERANCE) -> Turnbull:
    """Nonparametric maximum likelihood of exact, censored, interval and truncated rows.

    Parameters
    ----------
    data
        Rows of any kind. Failures in (lower, upper]; a time of failure that is also one of
        censoring failed first.
    confidence
        Two-sided, pointwise.
    tolerance
        Largest `gap`, a unit.

    Raises
    ------
    NotEnoughData
        If nothing failed.

    Notes
    -----
    With truncation the likelihood may have several maxima: what is found is one of them.

    References
    ----------
    Turnbull (1976), JRSS B 38, 290-295; Gentleman and Geyer (1994), Biometrika 81, 618-623;
    Meeker and Escobar (1998), section 3.8 (variance).
    """
    if not data.failed.any():
        raise NotEnoughData("an estimate of the life needs 1 failure, got 0")
    found = innermost(data)
    if data.truncated or (data.failed & ~data.exact).any():
        return _climbed(data, found, confidence, tolerance)
    return _product_limit(data, found, confidence)


def _climbed(data: LifeData, found: Innermost, confidence: float, tolerance: float) -> Turnbull:
    made = climb(found, tolerance=tolerance)
    kept = made.mass > _EMPTY
    mass = made.mass[kept]
    survival = np.maximum(1.0 - np.cumsum(mass), 0.0)
    survival[survival < 1e-12] = 0.0
    std_error = _std_error(found, np.flatnonzero(kept), made.mass)
    low, high = survival_bounds(survival, std_error, confidence)
    return Turnbull(
        found.lower[kept], found.upper[kept], mass, survival, std_error, low, high,
        made.loglik, made.gap, made.rounds, confidence, data.unit,
    )  # fmt: skip


def _product_limit(data: LifeData, found: Innermost, confidence: float) -> Turnbull:
    """Kaplan-Meier, which is the answer where failures are exact and nothing is truncated."""
    km = kaplan_meier(data, confidence=confidence)
    rest = float(km.survival[-1])
    open_end = [np.inf] if rest > 0.0 else []
    mass = -np.diff(km.survival, prepend=1.0)

    def whole(steps: FloatArray, end: float) -> FloatArray:
        return np.append(steps, [end] * len(open_end))

    last = float(data.lower[data.right].max()) if open_end else np.nan
    return Turnbull(
        whole(km.time, last), whole(km.time, np.inf), whole(mass, rest), whole(km.survival, 0.0),
        whole(km.std_error, 0.0), whole(km.lower, np.nan), whole(km.upper, np.nan),
        loglik(found, whole(mass, rest)), 0.0, 0, confidence, data.unit,
    )  # fmt: skip


def _std_error(found: Innermost, kept: IntArray, mass: FloatArray) -> FloatArray:
    """Find the standard error of survival after each mass; the last is one minus the rest."""
    m = kept.size
    if m < 2 or not is_small(found, m):
        return np.full(m, np.nan if m > 1 else 0.0)
    bend = curvature(found, kept, mass)
    free = np.vstack([np.eye(m - 1), -np.ones(m - 1)])
    total = np.tril(np.ones((m - 1, m - 1)))
    try:
        spread = np.linalg.solve(free.T @ bend @ free, total.T)
    except np.linalg.LinAlgError:
        return np.full(m, np.nan)
    return np.append(np.sqrt(np.maximum(np.einsum("ij,ji->i", total, spread), 0.0)), 0.0)
