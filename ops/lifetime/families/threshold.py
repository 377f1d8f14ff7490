"""Weibull and lognormal with a threshold: no unit fails before gamma.

The density of such a model grows without bound as gamma nears the first failure (Weibull of shape
below 1, every lognormal), so its likelihood has no maximum there and says nothing. A reading does
have a resolution: with each time t as the interval (t - h, t + h] the likelihood is bounded. A
maximum of it that is regular (a Weibull shape above 1, a gap to the first failure of several
resolutions, or the boundary 0) is the estimate, and there the density has its own maximum, which is
what is reported, so that it does not depend on h. Where there is none, the highest likelihood of
the readings is, and the fit says so.

References
----------
Smith (1985), Biometrika 72(1), 67-90 (where maximum likelihood of a threshold is regular);
Giesbrecht and Kempthorne (1976), J. R. Stat. Soc. B 38(3), 257-264 (grouped likelihood, lognormal);
Meeker and Escobar (1998), Statistical Methods for Reliability Data, 11.7 (correct likelihood).
"""

from dataclasses import dataclass, replace
from math import exp, log
from typing import Literal

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import FittedLife, fitted
from ops.lifetime.families.peak import Peak, climb
from ops.lifetime.families.resolution import grouped, resolution_of
from ops.lifetime.families.rows import life_rows, log_likelihood
from ops.lifetime.families.shifted import Shifted, shift
from ops.lifetime.fit import LifeFit, fit, fit_many
from ops.values import FloatArray

Base = Literal["weibull", "lognormal"]
Admissible = Literal["physical", "any"]

GRID = 24  # thresholds that the profile looks at before it climbs
FARTHEST = (
    1e4  # gap to the first failure, in its own size, at which the family has left for a limit
)
_CLEAR = 5.0  # resolutions between threshold and first failure of a regular maximum
_LIMIT = {"weibull": "smallest extreme value", "lognormal": "normal"}


@dataclass(frozen=True, slots=True)
class _Problem:
    """Data as readings, the model, and where the threshold may lie."""

    data: LifeData
    readings: LifeData
    form: Shifted
    resolution: float
    widest: float  # of the gap

    def climb(self, data: LifeData, start: FloatArray) -> Peak:
        rows = life_rows(data)
        scale = np.array([max(exp(start[1]), 1e-9), 1.0, 1.0])
        return climb(lambda theta: log_likelihood(self.form, rows, theta), start, scale)

    def holds(self, peak: Peak) -> bool:
        """Whether a peak is a maximum with an admissible threshold."""
        return peak.is_maximum and self.nearest < exp(peak.theta[2]) < self.widest

    @property
    def nearest(self) -> float:
        """Smallest gap: the threshold lies below the first failure as it was read."""
        return min(max(self.resolution, 1e-3 * self.form.last), 0.5 * self.widest)

    @property
    def per_reading(self) -> float:
        """What turns the likelihood of readings into one of times."""
        exact = float(self.data.weight[self.data.exact].sum())
        return -exact * log(self.resolution) if exact else 0.0


def fit_threshold(
    data: LifeData,
    base: Base = "weibull",
    *,
    admissible: Admissible = "physical",
    resolution: float | None = None,
) -> FittedLife:
    """Fit a Weibull or lognormal distribution with a threshold.

    Parameters
    ----------
    base
        The distribution of what lies beyond the threshold.
    admissible
        ``physical``: no failure-free time is negative, and a likelihood that rises below 0 gives
        the boundary 0, told in `notes`; ``any``: the threshold may be negative.
    resolution
        To what the times were read, in their unit; inferred from their digits if None.

    Raises
    ------
    NotEnoughData
        With fewer than 3 failures, or if the likelihood rises without end as the threshold falls
        (``any`` only).
    """
    if data.failures < 3:
        raise NotEnoughData(f"three parameters need 3 failures, got {data.failures:g}")
    size = resolution_of(data) if resolution is None else resolution
    readings = grouped(data, size)
    last = float(readings.upper[readings.failed].min())
    widest = last if admissible == "physical" else FARTHEST * last
    problem = _Problem(data, readings, Shifted(base, last), size, widest)
    gaps, values, starts = _profile(problem)
    if not np.isfinite(values).any():
        raise NotEnoughData("no threshold gives a likelihood with a maximum")
    peak = _regular_peak(problem, values, starts)
    best = int(np.argmax(values))
    falling = values[-1] > values[-2]
    if peak is not None and (not falling or peak.value >= values[-1]):
        return _inner(problem, peak)
    if falling and admissible == "physical":
        return _at_zero(problem)
    if falling and best == GRID - 1:
        raise NotEnoughData(
            "the likelihood rises as the threshold falls without end: the data ask for a"
            f" {_LIMIT[base]} distribution"
        )
    return _of_readings(problem, gaps[best], starts[best], float(values[best]))


def _regular_peak(problem: _Problem, values: FloatArray, starts: FloatArray) -> Peak | None:
    """Find the highest maximum of the profile between its ends, if it is a regular one."""
    around = np.concatenate([[np.inf], values, [-np.inf]])  # a top may lie beyond the last gap
    high = (values >= around[:-2]) & (values >= around[2:]) & np.isfinite(values)
    tops = np.flatnonzero(high)
    for top in tops[np.argsort(-values[tops])]:
        peak = problem.climb(problem.readings, starts[top])
        if problem.holds(peak) and _is_regular(problem, peak):
            return peak
    return None


def _of_readings(problem: _Problem, gap: float, start: FloatArray, value: float) -> FittedLife:
    """Fit by the likelihood of readings where none is regular."""
    peak = problem.climb(problem.readings, start)
    if problem.holds(peak) and peak.value >= value - 1e-6:
        return _inner(problem, peak)
    return _at_reading(problem, gap)


def _profile(problem: _Problem) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Gaps, the highest likelihood of readings at each, and the points where it is."""
    gaps = np.geomspace(problem.nearest, problem.widest, GRID)
    parts = [shift(problem.readings, problem.form.last - gap) for gap in gaps]
    offsets = np.cumsum([0, *(part.lower.size for part in parts)])
    fits = fit_many(_stacked(parts), offsets, problem.form.base)
    values = np.where(fits.exists, fits.loglik, -np.inf)
    with np.errstate(all="ignore"):
        points = np.column_stack([fits.mu, np.log(fits.sigma), np.log(gaps)])
    return gaps, values, points


def _stacked(parts: list[LifeData]) -> LifeData:
    return LifeData(
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        entry=np.concatenate([part.entry for part in parts]),
        exit=np.concatenate([part.exit for part in parts]),
        mode=np.concatenate([part.mode for part in parts]),
        group=np.concatenate([part.group for part in parts]),
    )


def _inner(problem: _Problem, peak: Peak) -> FittedLife:
    """Take the maximum of the density beside that of the readings where both are regular."""
    exact = bool(problem.data.exact.any())
    if not exact:
        return fitted(problem.form, peak, problem.data)
    dense = problem.climb(problem.data, peak.theta) if _is_regular(problem, peak) else peak
    beside = abs(dense.theta[2] - peak.theta[2]) < log(2.0) and exp(dense.theta[2]) < problem.widest
    if dense is not peak and dense.is_maximum and beside and _is_regular(problem, dense):
        return fitted(problem.form, dense, problem.data)
    note = (
        "likelihood of readings to the nearest"
        f" {problem.resolution:g} {problem.data.unit}: the density has no maximum here"
    )
    return fitted(problem.form, peak, problem.data, notes=(note,), shift=problem.per_reading)


def _is_regular(problem: _Problem, peak: Peak) -> bool:
    steep = problem.form.base == "lognormal" or peak.theta[1] < 0.0  # a Weibull shape above 1
    return bool(steep and exp(peak.theta[2]) > _CLEAR * problem.resolution)


def _at_zero(problem: _Problem) -> FittedLife:
    note = "the threshold lies on its boundary 0: the data ask for none, or for less"
    last = float(problem.data.upper[problem.data.failed].min())
    return _on_boundary(problem, fit(problem.data, problem.form.base), last, last, 0.0, note)


def _at_reading(problem: _Problem, gap: float) -> FittedLife:
    """Put the threshold as near to the first failure as its reading lets it be."""
    last = problem.form.last
    note = (
        f"the threshold lies on its boundary, the first failure as it was read: likelihood of"
        f" readings to the nearest {problem.resolution:g} {problem.data.unit}"
    )
    plain = fit(shift(problem.readings, last - gap), problem.form.base)
    return _on_boundary(problem, plain, last, gap, problem.per_reading, note)


def _on_boundary(
    problem: _Problem, plain: LifeFit, last: float, gap: float, more: float, note: str
) -> FittedLife:
    covariance = np.zeros((3, 3))
    covariance[:2, :2] = plain.covariance
    return FittedLife(
        form=replace(problem.form, last=last),
        theta=np.array([plain.mu, log(plain.sigma), log(gap)]),
        covariance=covariance,
        loglik=plain.loglik + more,
        units=problem.data.units,
        failures=problem.data.failures,
        notes=(note,),
    )
