"""Demand over a lead time, in the families of the field: what policies are computed from."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

import numpy as np
from scipy.special import betainc, gammainc, gammaincc, gammaincinv, pdtr, pdtrc

from solvers.errors import SolverError
from solvers.inventory.normal import density, probability, quantile
from solvers.values import FloatArray

Family = Literal["normal", "gamma", "poisson", "negative-binomial"]
DISCRETE = frozenset({"poisson", "negative-binomial"})


@dataclass(frozen=True, slots=True)
class LeadTimeDemand:
    """Demand over a stretch of time, by its first two moments.

    Parameters
    ----------
    family
        `poisson` takes its variance from the mean; `negative-binomial` needs a variance above it.
    mean, sd
        In units; mean >= 0, sd >= 0. With sd = 0 the demand is certain, in every family but
        `poisson`.

    Raises
    ------
    SolverError
        If a moment is negative, or a negative binomial is not overdispersed.
    """

    family: Family
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (0 <= self.mean < inf and 0 <= self.sd < inf):
            raise SolverError(f"demand has mean {self.mean} and sd {self.sd}: both must be >= 0")
        if self.family == "negative-binomial" and self.sd**2 <= self.mean:
            raise SolverError(
                f"a negative binomial demand has a variance above its mean, got {self.sd**2:g} and"
                f" {self.mean:g}: use poisson"
            )

    @property
    def discrete(self) -> bool:
        """Whether it counts whole units."""
        return self.family in DISCRETE

    @property
    def certain(self) -> bool:
        """Whether it has no spread."""
        return self.mean == 0 if self.family == "poisson" else self.sd == 0 or self._empty

    @property
    def _empty(self) -> bool:
        return self.mean == 0 and self.family != "normal"

    def covered(self, level: float) -> float:
        """Probability that demand is at most `level`."""
        if self.certain:
            return float(level >= self.mean)
        if self.family == "normal":
            return probability((level - self.mean) / self.sd)
        if level < 0:
            return 0.0
        if self.family == "gamma":
            return float(gammainc(self._shape, level / self._scale))
        if self.family == "poisson":
            return float(pdtr(np.floor(level), self.mean))
        return float(betainc(self._size, np.floor(level) + 1, self._success))

    def excess(self, level: float) -> float:
        """Mean demand above `level`: E max(0, X - level).

        References
        ----------
        Zipkin (2000), Foundations of Inventory Management, appendix C.
        """
        if self.certain:
            return max(0.0, self.mean - level)
        if self.family == "normal":
            z = (level - self.mean) / self.sd
            return self.sd * (density(z) - z * probability(-z))
        if level <= 0:
            return self.mean - level
        if self.family == "gamma":
            at = level / self._scale
            beyond = self.mean * gammaincc(self._shape + 1, at)
            return max(0.0, float(beyond - level * gammaincc(self._shape, at)))
        whole = float(np.floor(level))
        return self._excess_whole(whole) - (level - whole) * (1.0 - self.covered(whole))

    def _excess_whole(self, level: float) -> float:
        """Excess of a counted demand over a whole level >= 0."""
        if self.family == "poisson":
            at_least = pdtrc(level - 1, self.mean) if level > 0 else 1.0
            return max(0.0, float(self.mean * at_least - level * pdtrc(level, self.mean)))
        # E[X; X > n] = mean P(Y >= n), Y negative binomial of size r + 1
        fail = 1.0 - self._success
        at_least = float(betainc(level, self._size + 1, fail)) if level > 0 else 1.0
        above = float(betainc(level + 1, self._size, fail))
        return max(0.0, self.mean * at_least - level * above)

    def level(self, service: float) -> float:
        """Least level that covers demand with probability `service`, in (0, 1)."""
        if self.certain:
            return self.mean
        if self.family == "normal":
            return self.mean + self.sd * quantile(service)
        if self.family == "gamma":
            return float(self._scale * gammaincinv(self._shape, service))
        return least_whole(lambda n: self.covered(n) >= service, around=self.mean, width=self.sd)

    def probabilities(self, tail: float = 1e-12) -> FloatArray:
        """Probability of 0, 1, 2 ... units; a continuous demand is rounded to whole units."""
        top = int(least_whole(lambda n: 1 - self.covered(n) < tail, self.mean, self.sd)) + 1
        half = 0.0 if self.discrete else 0.5
        below = np.array([self.covered(n + half) for n in range(top + 1)])
        mass = np.diff(below, prepend=0.0)
        shares: FloatArray = mass / mass.sum()
        return shares

    @property
    def _scale(self) -> float:
        return self.sd**2 / self.mean

    @property
    def _shape(self) -> float:
        return (self.mean / self.sd) ** 2

    @property
    def _success(self) -> float:
        return self.mean / self.sd**2

    @property
    def _size(self) -> float:
        return self.mean**2 / (self.sd**2 - self.mean)


def over(demand: LeadTimeDemand, time: float, time_sd: float = 0.0) -> LeadTimeDemand:
    """Demand of one unit of time to that over `time` of them, independent of each other.

    With random time the variance is ``time sd^2 + mean^2 time_sd^2`` (Hadley and Whitin 1963,
    section 3.4); a Poisson demand over a random time becomes negative binomial.
    """
    unit = sqrt(demand.mean) if demand.family == "poisson" else demand.sd
    mean = demand.mean * time
    sd = sqrt(time * unit**2 + (demand.mean * time_sd) ** 2)
    family = demand.family
    if family == "poisson" and time_sd > 0 and demand.mean > 0:
        family = "negative-binomial"
    if family == "negative-binomial" and sd**2 <= mean * (1 + 1e-9):
        family = "poisson"
    return LeadTimeDemand(family, mean, sd)


def least_whole(holds: Callable[[float], bool], around: float, width: float) -> float:
    """Least whole number >= 0 for which a rising claim holds."""
    upper = max(1.0, np.ceil(around + 2 * width))
    while not holds(upper):
        upper *= 2
    lower = -1.0
    while upper - lower > 1:
        middle = np.floor((lower + upper) / 2)
        lower, upper = (lower, middle) if holds(middle) else (middle, upper)
    return float(upper)
