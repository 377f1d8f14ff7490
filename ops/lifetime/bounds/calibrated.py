"""Likelihood-ratio bounds whose critical value is that of the test itself, drawn many times.

The bound is the value at which the signed root of the likelihood ratio equals its quantile in
samples drawn from the fit held at that value: a test of the value, turned round. Each bound of an
interval has its own quantile. Where the root has one distribution whatever the parameters (tests
that end at a failure) the bound is exact but for the number of samples.

References
----------
DiCiccio, Martin and Stern (2001), Canadian J. Statistics 29, 67-76 (bootstrap of the signed root
at the fit held at the value: error of order n^(-3/2));
Jeng and Meeker (2000), Technometrics 42(2), 135-148 (bounds of a quantile, Type I censoring).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.bounds.profile import Held, Profile, cross
from ops.lifetime.bounds.resampling import Resampling
from ops.values import FloatArray

PASSES = 6  # times that the samples are drawn at a new value, at most
AT_REST = 0.02  # change of the critical value that ends it: a third of its chance error
LEAST = 0.1  # share of the tests that must have a maximum

Point = Callable[[float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A one-dimensional question to a profile likelihood, along which the signed root falls.

    Parameters
    ----------
    profile
        Of the sample.
    point
        From a place on the line to what is held: mu + sigma z0 = y0.
    start, step
        Place of the estimate, and a length to begin a search with.
    reach
        Beyond it a place is none.
    """

    profile: Profile
    point: Point
    start: float
    step: float
    reach: float

    def held(self, x: float) -> Held:
        """Hold the likelihood at a place."""
        return self.profile.hold(*self.point(x))

    def place(self, root: float) -> float | None:
        """Return where the signed root has a value; None if nowhere within `reach`."""
        step = -self.step if root > self.held(self.start).root else self.step
        found = cross(lambda x: self.held(x).root, self.start, step, root)
        return None if found is None or abs(found - self.start) > self.reach else found


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A bound on a line.

    Parameters
    ----------
    place
        On the line; None if there is no bound on this side.
    left_out
        Share of the samples that had no maximum.
    """

    place: float | None
    left_out: float = 0.0


@dataclass(frozen=True)
class Calibration:
    """A question and the drawn tests that its bounds are compared with."""

    line: Line
    tests: Resampling

    def bound(self, level: float) -> Calibrated:
        """Bound whose signed root is exceeded by a share ``1 - level`` of the tests.

        Parameters
        ----------
        level
            Above 1/2 for a lower bound, below for an upper one.
        """
        roots, left_out = self._at_estimate
        critical = quantile(roots, level)
        place = self.line.place(critical)
        for _ in range(PASSES):
            if place is None:
                break
            before = critical
            roots, left_out = self._roots(self.line.held(place), place)
            critical = quantile(roots, level)
            place = self.line.place(critical)
            if abs(critical - before) <= AT_REST:
                break
        return Calibrated(place, left_out)

    @cached_property
    def _at_estimate(self) -> tuple[FloatArray, float]:
        return self._roots(self.line.held(self.line.start), self.line.start)

    def _roots(self, held: Held, place: float) -> tuple[FloatArray, float]:
        """Signed roots, at a place, of tests drawn from the fit held there; share without one."""
        roots = self.tests.refit(held.mu, held.sigma, *self.line.point(place))[:, 2]
        kept = roots[np.isfinite(roots)]
        if kept.size < LEAST * roots.size:
            raise NotEnoughData(
                f"only {kept.size} of {roots.size} tests drawn from the fit have a maximum;"
                " bound the life by Weibayes or by a prior on the shape"
            )
        return kept, 1.0 - kept.size / roots.size


def quantile(values: FloatArray, level: float) -> float:
    """Order statistic number ``level (n + 1)``, between its neighbours."""
    return float(np.quantile(values, level, method="weibull"))
