"""Run rules that compare a point with the one before: the density of the last point as a state.

The mass is held for each state of the zone rules, each state of the step rules and each node of the
zone of the last point. A point falls above all of the lower zones' mass and above that part of its
own zone's mass that the integral up to it holds; the integral is that of the interpolating
polynomial, so that all errors fall exponentially with the nodes.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sqrt

import numpy as np
from scipy.sparse import csr_array

from ops.spc.run_length.chain import legendre
from ops.spc.run_length.walk import SteppedWalk
from ops.spc.run_length.zones import Zones
from ops.values import FloatArray, IntArray

NODES = 6  # of a zone


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Where mass goes, for a set of rules; the same for every mean.

    Parameters
    ----------
    state, zone : shape (pairs,)
        State of the zone rules and zone of the last point.
    above, below, same
        From pair (columns) to pair (rows) for a point in a higher, a lower, the same zone.
    up, down : shape (steps,)
        State of the step rules after a rise and a fall; -1: a signal.
    """

    state: IntArray
    zone: IntArray
    above: "csr_array[np.float64]"
    below: "csr_array[np.float64]"
    same: "csr_array[np.float64]"
    up: IntArray
    down: IntArray


@lru_cache(maxsize=16)
def plan_of(zones: Zones) -> Plan:
    """Pairs of state and zone that occur, and the moves between them."""
    follows = zones.of_zones.next
    letters = follows.shape[1]
    source, letter = np.nonzero(follows >= 0)
    code = np.unique(follows[source, letter] * letters + letter)
    inner = np.isfinite(zones.edges[:-1]) & np.isfinite(zones.edges[1:])
    code = code[inner[code % letters]]
    state, zone = code // letters, code % letters
    after = follows[state]  # (pairs, letters)
    target = after * letters + np.arange(letters)
    row = np.searchsorted(code, target)
    row[row == code.size] = 0
    known = (after >= 0) & (code[row] == target)

    def moves(chosen: FloatArray) -> "csr_array[np.float64]":
        pair, to = np.nonzero(known & chosen)
        ones = np.ones(pair.size)
        return csr_array((ones, (row[pair, to], pair)), shape=(code.size, code.size))

    ahead = np.arange(letters)[None, :] - zone[:, None]
    assert zones.of_steps is not None
    down, up = zones.of_steps.next.T
    return Plan(state, zone, moves(ahead > 0), moves(ahead < 0), moves(ahead == 0), up, down)


def _moved(mass: FloatArray, after: IntArray) -> FloatArray:
    """Mass by state (first axis) once each state has become the one after it."""
    moved = np.zeros_like(mass)
    for state, target in enumerate(after.tolist()):
        if target >= 0:
            moved[target] += mass[state]
    return moved


@lru_cache(maxsize=4)
def _integral(n: int) -> FloatArray:
    """From masses at nodes to their integral up to each node."""
    nodes, weights = legendre(n)
    powers = np.polynomial.legendre.legvander(nodes, n - 1)
    whole = np.empty((n, n))
    for degree in range(n):
        series = np.polynomial.legendre.legint(np.eye(n)[degree], lbnd=-1)
        whole[:, degree] = np.polynomial.legendre.legval(nodes, series)
    integral: FloatArray = (whole @ np.linalg.inv(powers)) / weights
    return integral


@dataclass(frozen=True, slots=True, eq=False)
class StepWalk(SteppedWalk):
    """A walk over zone states, step states and the place of the last point.

    Parameters
    ----------
    plan
        Where mass goes.
    share : shape (pairs, nodes)
        Probability of each node of a pair's zone.
    start : shape (pairs,)
        Whether a first point may lead to the pair.
    """

    plan: Plan
    share: FloatArray
    start: FloatArray

    def first(self) -> FloatArray:
        """Mass after the first value: (steps, pairs, nodes), flat."""
        mass = np.zeros(self._shape)
        mass[0] = self.start[:, None] * self.share
        return mass.ravel()

    def advance(self, mass: FloatArray) -> FloatArray:
        """Mass after one more value without a signal."""
        steps, pairs, nodes = self._shape
        at = mass.reshape(self._shape)
        plan, whole = self.plan, at.sum(axis=2)
        rises, falls = _moved(whole, plan.up).T, _moved(whole, plan.down).T
        other: FloatArray = np.asarray(plan.above @ rises + plan.below @ falls)
        lower = at @ _integral(nodes).T
        own = _moved(lower, plan.up) + _moved(whole[:, :, None] - lower, plan.down)
        kept: FloatArray = np.asarray(plan.same @ own.transpose(1, 0, 2).reshape(pairs, -1))
        moved = (kept.reshape(pairs, steps, nodes) + other[:, :, None]) * self.share[:, None, :]
        return moved.transpose(1, 0, 2).ravel()

    @property
    def _shape(self) -> tuple[int, int, int]:
        return (self.plan.up.size, *self.share.shape)


def step_walk(zones: Zones, mean: float, sd: float) -> StepWalk:
    """How it moves while values have this mean and standard deviation."""
    plan = plan_of(zones)
    nodes, weights = legendre(NODES)
    low, high = zones.edges[:-1], zones.edges[1:]
    middle = 0.5 * (low + high)[plan.zone, None]
    half = 0.5 * (high - low)[plan.zone, None]
    z = (middle + half * nodes - mean) / sd
    share = half * weights * np.exp(-0.5 * z * z) / (sd * sqrt(2.0 * pi))
    began = zones.of_zones.next[0, plan.zone] == plan.state
    return StepWalk(plan, share, began.astype(np.float64))
