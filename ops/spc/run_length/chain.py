"""The run length as a walk: the share of histories still without a signal, step by step.

A chart's statistic is a state; its mass after each value is what has not signalled yet. On
Gauss-Legendre nodes the mass is a vector and one value a matrix (Nystrom's method), so that mean,
distribution and steady state all follow from the same matrix.

References
----------
Brook and Evans (1972), Biometrika 59(3), 539-549 (mean and distribution from the matrix);
Crowder (1986), J. Quality Technology 18(2), 129-132 (steady states).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import inf, isfinite
from typing import Protocol

import numpy as np

from ops.values import FloatArray

FARTHEST = 1e12  # beyond it the equations say no more than "practically never"
Mean = Callable[[int], float]  # of the t-th value, t = 1, 2, ..., in sigmas


class Walk(Protocol):
    """How mass moves at one value, as long as the process stays as it is."""

    def advance(self, mass: FloatArray) -> FloatArray:
        """Mass after one more value without a signal."""
        ...

    def alive(self, mass: FloatArray) -> float:
        """Share of histories without a signal."""
        ...

    def left(self, mass: FloatArray) -> float:
        """Mean number of values until the signal, times the share still without one."""
        ...

    def settled(self) -> FloatArray:
        """Mass after a long time without a signal, of share one."""
        ...

    def visits(self, mass: FloatArray) -> FloatArray:
        """Sum of the masses from `mass` on, until all have signalled."""
        ...


class Scheme(Protocol):
    """A chart, in sigmas of its plotted value."""

    def walk(self, mean: float, sd: float) -> Walk:
        """How it moves while values have this mean and standard deviation."""
        ...

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Shares alive after 0, 1, ... values, and the mass after one more: the walk goes on."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A walk whose mass is a vector.

    Parameters
    ----------
    step : shape (n, n)
        Mass at each state (columns) one value after a mass of 1 at each state (rows).
    weight : shape (n,)
        What each state counts in the share alive.
    """

    step: FloatArray
    weight: FloatArray

    def advance(self, mass: FloatArray) -> FloatArray:
        """Mass after one more value without a signal."""
        return mass @ self.step

    def alive(self, mass: FloatArray) -> float:
        """Share of histories without a signal."""
        return float(mass @ self.weight)

    def left(self, mass: FloatArray) -> float:
        """Mean number of values until the signal, times the share still without one."""
        return float(mass @ self._solve(self.weight, transposed=False))

    def settled(self) -> FloatArray:
        """Quasi-stationary mass: the left eigenvector of the largest eigenvalue."""
        mass = np.ones(self.weight.size) / self.weight.size
        inverse = np.linalg.inv(np.eye(mass.size) - self.step)
        for _ in range(60):
            before = mass
            mass = mass @ inverse
            mass = mass / self.alive(mass)
            if np.abs(mass - before).max() < 1e-13:
                break
        return mass

    def visits(self, mass: FloatArray) -> FloatArray:
        """Sum of the masses from `mass` on, until all have signalled."""
        return self._solve(mass, transposed=True)

    def _solve(self, right: FloatArray, *, transposed: bool) -> FloatArray:
        matrix = np.eye(right.size) - (self.step.T if transposed else self.step)
        try:
            found: FloatArray = np.linalg.solve(matrix, right).astype(np.float64, copy=False)
        except np.linalg.LinAlgError:
            found = np.full(right.size, inf)
        return found


def arl(scheme: Scheme, shift: float = 0.0, *, sd: float = 1.0) -> float:
    """Zero-state average run length: the change is there from the first value on.

    Parameters
    ----------
    shift
        Mean of the plotted value, in its standard deviations; 0 gives the distance of false alarms.
    sd
        Its standard deviation, in units of the one that the limits were made from.

    Returns
    -------
    float
        Number of values, the one that signals included; inf where it is beyond 1e12.
    """
    shares, mass = scheme.opening(lambda _: shift, sd)
    return bounded(float(shares.sum()) + scheme.walk(shift, sd).left(mass))


def steady_arl(scheme: Scheme, shift: float = 0.0, *, cyclical: bool = False) -> float:
    """Steady-state average run length: the change comes long after the start.

    Parameters
    ----------
    cyclical
        Whether false alarms before the change were answered by a restart, so that the change finds
        the chart anywhere in its cycle; else there was no alarm before it (conditional).

    References
    ----------
    Lucas and Saccucci (1990), Technometrics 32(1), section 2 (both); Crosier (1986).
    """
    if not cyclical:
        return steady_arls(scheme, (shift,))[0]
    shares, mass = scheme.opening(lambda _: 0.0, 1.0)
    if shares.size > 1:
        raise ValueError("the cyclical steady state is that of fixed limits")
    calm, moved = scheme.walk(0.0, 1.0), scheme.walk(shift, 1.0)
    total = 1.0 + calm.left(mass)
    return bounded((arl(scheme, shift) + moved.left(calm.visits(mass))) / total)


def steady_arls(scheme: Scheme, shifts: tuple[float, ...]) -> tuple[float, ...]:
    """Conditional steady-state average run lengths: no alarm before the change."""
    settled = scheme.walk(0.0, 1.0).settled()
    return tuple(bounded(scheme.walk(shift, 1.0).left(settled)) for shift in shifts)


def bounded(length: float) -> float:
    """Take what no run length can be, and what is beyond 1e12, for infinite."""
    return length if isfinite(length) and 0.99 <= length < FARTHEST else inf


@cache
def legendre(n: int) -> tuple[FloatArray, FloatArray]:
    """Nodes and weights of the Gauss-Legendre quadrature on [-1, 1]; read only.

    Examples
    --------
    >>> float(legendre(5)[1].sum().round(12))
    2.0
    """
    nodes, weights = np.polynomial.legendre.leggauss(n)
    nodes.flags.writeable = weights.flags.writeable = False
    return nodes, weights


def nodes_for(half: float, sd: float) -> int:
    """Nodes with which densities of width `sd` are integrated over 2 `half` to ten digits."""
    return int(min(400, 34 + 4.0 * half / sd))
