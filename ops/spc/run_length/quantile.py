"""Distribution of the run length: probabilities, quantiles, mean and spread.

The share alive is followed value by value until it falls by the same factor each time; from there
on the distribution is geometric and known in closed form.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from ops.spc.run_length.chain import FARTHEST, Scheme, Walk
from ops.values import FloatArray

LONGEST = 20_000  # values followed one by one
GONE = 1e-14  # share alive that no longer counts


@dataclass(frozen=True, slots=True, eq=False)
class RunLength:
    """Distribution of the number of values until the signal.

    Parameters
    ----------
    alive : shape (t + 1,)
        P(N > i) for i = 0, 1, ..., t.
    ratio
        P(N > i + 1) / P(N > i) from i = t on.
    """

    alive: FloatArray
    ratio: float

    def survival(self, t: int) -> float:
        """P(N > t)."""
        last = self.alive.size - 1
        return float(self.alive[t] if t <= last else self.alive[last] * self.ratio ** (t - last))

    def pmf(self, t: int) -> float:
        """P(N = t)."""
        return self.survival(t - 1) - self.survival(t) if t > 0 else 0.0

    def cdf(self, t: int) -> float:
        """P(N <= t)."""
        return 1.0 - self.survival(t)

    @property
    def mean(self) -> float:
        """Average run length; inf where no signal ever comes."""
        if self.ratio >= 1.0:
            return inf
        return float(self.alive[:-1].sum() + self.alive[-1] / (1.0 - self.ratio))

    def quantile(self, p: float) -> float:
        """Smallest t with P(N <= t) >= p; inf where no signal ever comes.

        Parameters
        ----------
        p
            In (0, 1).
        """
        rest = 1.0 - p
        if self.alive[-1] <= rest:
            return float(np.argmax(self.alive <= rest))
        if self.ratio >= 1.0:
            return inf
        further = np.log(rest / self.alive[-1]) / np.log(self.ratio)
        t = float(self.alive.size - 1 + np.ceil(further - 1e-9))
        return t if t < FARTHEST else inf


def run_length(
    scheme: Scheme, shift: float = 0.0, *, sd: float = 1.0, tolerance: float = 1e-10
) -> RunLength:
    """Distribution of the run length, from the start of the chart.

    Parameters
    ----------
    tolerance
        Relative change of the hazard from one value to the next at which it counts as constant.

    Examples
    --------
    >>> from ops.spc.run_length.shewhart import ShewhartScheme
    >>> run_length(ShewhartScheme()).quantile(0.5)
    257.0
    """
    shares, mass = scheme.opening(lambda _: shift, sd)
    return follow(scheme.walk(shift, sd), mass, shares, tolerance=tolerance)


def follow(
    walk: Walk, mass: FloatArray, shares: FloatArray, *, tolerance: float = 1e-11
) -> RunLength:
    """Follow a mass until the share alive falls by the same factor each time.

    Parameters
    ----------
    shares : shape (t,)
        Shares alive before `mass`, the first of them 1.
    """
    alive, calm, hazard = list(shares), 0, 0.0
    alive.append(walk.alive(mass))
    while alive[-1] > GONE and len(alive) < LONGEST:
        mass = walk.advance(mass)
        alive.append(max(0.0, walk.alive(mass)))
        now = 1.0 - alive[-1] / alive[-2]
        calm = calm + 1 if abs(now - hazard) <= tolerance * max(now, 1e-4) else 0
        hazard = now
        if calm >= 16:  # longer than the memory of any run rule that counts points in a row
            break
    gone = alive[-1] <= GONE
    return RunLength(np.array(alive), 0.0 if gone else min(1.0, 1.0 - hazard))
