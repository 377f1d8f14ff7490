"""Tabular CUSUM: run lengths of one side, and of two sides that stop each other.

One sum lives on [0, h] with an atom at 0; the integral equation is solved on Gauss-Legendre nodes
and the atom. Two sums never interact: when one signals the other is at 0 (for headstarts up to
h/2 + k). The mass of each sum, less what the other side's signal takes away at 0, is therefore a
linear walk of twice the states: exact for mean, distribution, steady state and drift alike.

References
----------
Page (1954), Biometrika 41, 100-115; van Dobben de Bruyn (1968), Cumulative Sum Tests, 2.5 (no
interaction); Lucas and Crosier (1982), Technometrics 24(3), 199-205 (headstart);
Hawkins (1993), Quality Engineering 5(4), 463-477 (designs).
"""

from dataclasses import dataclass
from functools import cache
from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from ops.spc.run_length.chain import Chain, Mean, arl, legendre, nodes_for
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class CusumScheme:
    """A tabular CUSUM, in sigmas of the plotted value.

    Parameters
    ----------
    k, h
        Reference value (half the shift to be found) and decision interval.
    headstart
        Where the sums start; ``h / 2`` is the fast initial response.
    sides
        2, or 1: upper sum only.
    """

    k: float = 0.5
    h: float = 4.77
    headstart: float = 0.0
    sides: int = 2

    def walk(self, mean: float, sd: float) -> Chain:
        """How the sums move."""
        at, _ = self._states()
        up = self._moves(at, mean, sd)
        if self.sides == 1:
            return Chain(up, np.ones(at.size))
        down = self._moves(at, -mean, sd)
        step = np.vstack([self._both(up, down[0]), self._lower(down[1:] - down[0])])
        weight = np.concatenate([np.ones(at.size), np.zeros(at.size - 1)])
        return Chain(step, weight)

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Begin at the headstart with the first value."""
        start = np.full(1, self.headstart)
        up = self._moves(start, mean(1), sd)
        if self.sides == 2:
            up = self._both(up, self._moves(start, -mean(1), sd)[0])
        return np.ones(1), up[0]

    def _states(self) -> tuple[FloatArray, FloatArray]:
        nodes, weights = legendre(nodes_for(0.5 * self.h, 1.0))
        at = np.concatenate([np.zeros(1), 0.5 * self.h * (nodes + 1.0)])
        return at, np.concatenate([np.zeros(1), 0.5 * self.h * weights])

    def _moves(self, start: FloatArray, mean: float, sd: float) -> FloatArray:
        """Mass at 0 and at each node one value after a mass of 1 at each of `start`."""
        at, w = self._states()
        z = (at[None, :] + self.k - mean - start[:, None]) / sd
        moves: FloatArray = np.exp(-0.5 * z * z) * (w / (sd * sqrt(2.0 * pi)))
        moves[:, 0] = ndtr(z[:, 0])
        return moves

    def _both(self, up: FloatArray, down: FloatArray) -> FloatArray:
        """Join the moves of the upper sum to those of the lower one from where `down` says.

        The lower sum's mass at 0 is what is alive less its mass elsewhere, so that it is no state.
        """
        step = np.hstack([up, np.tile(down[1:], (up.shape[0], 1))])
        step[:, 0] -= 1.0 - down.sum()
        return step

    def _lower(self, gain: FloatArray) -> FloatArray:
        """Move the lower sum from its nodes, over what it does from 0."""
        step = np.hstack([np.zeros((gain.shape[0], gain.shape[1])), gain[:, 1:]])
        step[:, 0] = gain.sum(axis=1)
        return step


def cusum_arl(*, k: float, h: float, shift: float = 0.0, headstart: float = 0.0) -> float:
    """Mean number of values until a two-sided CUSUM signals.

    Parameters
    ----------
    shift
        Of the mean, in standard deviations; 0 gives the distance of false alarms.
    headstart
        Value at which both sums start.

    Examples
    --------
    >>> round(cusum_arl(k=0.5, h=4.0, shift=1.0), 6)
    8.383132
    """
    return arl(CusumScheme(k, h, headstart), shift)


@cache
def cusum_h(arl0: float, *, k: float = 0.5, sides: int = 2) -> float:
    """Decision interval that gives a false alarm in `arl0` values.

    Examples
    --------
    >>> round(cusum_h(370.0), 2)
    4.77
    """

    def excess(h: float) -> float:
        return float(np.log(arl(CusumScheme(k, h, 0.0, sides)) / arl0))

    above = 1.0
    while excess(above) < 0:
        above *= 1.5  # not far: the integral equation is singular where no alarm ever comes
    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, 1e-6, above, xtol=1e-6))
