"""Shewhart chart with run rules: the exact chain of whatever rules are in use.

Rules that depend on zones alone make a Markov chain with finitely many states: exact. Trend and
alternation compare a point with the one before: there the state holds the density of the last
point as well, on Gauss-Legendre nodes of each zone with spectral integration; at `NODES` nodes a
zone the mean run length is good to 1e-6.

References
----------
Champ and Woodall (1987), Technometrics 29(4), 393-399; Nelson (1984), J. Quality Technology 16(4).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ops.spc.rules import Rule
from ops.spc.run_length.chain import Mean
from ops.spc.run_length.quantile import follow
from ops.spc.run_length.steps import StepWalk, step_walk
from ops.spc.run_length.walk import SteppedWalk
from ops.spc.run_length.zones import Zones, zones_of
from ops.values import FloatArray, IntArray

_zones = lru_cache(maxsize=64)(zones_of)


@dataclass(frozen=True, slots=True)
class RuleScheme:
    """A Shewhart chart with run rules; all signal where a pattern is complete.

    Parameters
    ----------
    rules
        Rules in use, at least one.
    """

    rules: tuple[Rule, ...]

    def walk(self, mean: float, sd: float) -> "ZoneWalk | StepWalk":
        """How the memory of the rules moves."""
        zones = _zones(self.rules)
        if zones.of_steps is None:
            return ZoneWalk(zones, zones.probabilities(mean, sd))
        return step_walk(zones, mean, sd)

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Begin with no memory and the first value."""
        return np.ones(1), self.walk(mean(1), sd).first()

    @property
    def states(self) -> int:
        """Number of states of the merged chain, the signal left out."""
        return self.walk(0.0, 1.0).first().size


@dataclass(frozen=True, slots=True, eq=False)
class ZoneWalk(SteppedWalk):
    """A walk over the states of an automaton that reads zones.

    Parameters
    ----------
    zones
        Automaton and borders.
    share : shape (letters,)
        Probability of each zone.
    """

    zones: Zones
    share: FloatArray

    def first(self) -> FloatArray:
        """Mass after the first value."""
        start = np.zeros(self._next.shape[0])
        start[0] = 1.0
        return self.advance(start)

    def advance(self, mass: FloatArray) -> FloatArray:
        """Mass after one more value without a signal."""
        moved = mass[:, None] * self.share
        after = np.bincount(self._next.ravel() + 1, moved.ravel(), mass.size + 1)
        return after[1:].astype(np.float64, copy=False)

    @property
    def _next(self) -> IntArray:
        return self.zones.of_zones.next


@lru_cache(maxsize=256)
def arl0_of(rules: tuple[Rule, ...], *, shift: float = 0.0) -> float:
    """Mean number of points until a set of rules signals, kept for each set.

    Parameters
    ----------
    shift
        Of the mean, in sigmas of the plotted value; 0: the distance of false alarms.

    Examples
    --------
    >>> from ops.spc.rules import WESTERN_ELECTRIC
    >>> round(arl0_of(WESTERN_ELECTRIC), 2)
    91.75
    """
    scheme = RuleScheme(rules)
    shares, mass = scheme.opening(lambda _: shift, 1.0)
    return follow(scheme.walk(shift, 1.0), mass, shares, tolerance=1e-9).mean
