"""EWMA chart: run lengths with fixed limits and with exact limits that widen at the start.

The integral equation is solved on Gauss-Legendre nodes; the kernel is smooth, so some forty nodes
give ten digits. The one-sided chart is reflected at the target, which is a state of its own.

References
----------
Crowder (1987), Technometrics 29(4), 401-407, equation (3);
Lucas and Saccucci (1990), Technometrics 32(1), 1-12;
Steiner (1999), J. Quality Technology 31(1), 75-86 (limits that vary in time).
"""

from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtr

from ops.spc.run_length.chain import Chain, Mean, arl, legendre, nodes_for
from ops.spc.run_length.shewhart import shewhart_width
from ops.values import FloatArray

GONE = 1e-14  # share alive that no longer counts

SETTLED = 1e-10  # relative distance from the asymptote at which limits no longer widen


@dataclass(frozen=True, slots=True)
class EwmaScheme:
    """An EWMA chart, in sigmas of the plotted value.

    Parameters
    ----------
    lambda_
        Weight of the newest value, in (0, 1].
    width
        Half-width of the limits, in standard deviations of the statistic.
    sides
        2, or 1: upper limit only, the statistic reset to the target where it falls below.
    limits
        ``fixed`` at the asymptote, or ``exact``: they widen with the statistic's own variance.
    """

    lambda_: float = 0.2
    width: float = 2.859
    sides: int = 2
    limits: Literal["fixed", "exact"] = "fixed"

    @property
    def half(self) -> float:
        """Asymptotic distance of a limit from the target."""
        return self.width * sqrt(self.lambda_ / (2.0 - self.lambda_))

    def walk(self, mean: float, sd: float) -> Chain:
        """How it moves within its asymptotic limits."""
        at, _ = self._states(self.half)
        step = self._moves(at, self.half, mean, sd)
        return Chain(step, np.ones(at.size))

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Shares alive while the limits widen, and the mass once they stand."""
        start, first = np.zeros(1), self.half
        if self.limits == "fixed":
            return np.ones(1), self._moves(start, first, mean(1), sd)[0]
        kept, t = (1.0 - self.lambda_) ** 2, 1
        first = self.half * sqrt(1.0 - kept)
        shares, mass = [1.0], self._moves(start, first, mean(1), sd)[0]
        while kept**t > SETTLED and shares[-1] > GONE:
            at, _ = self._states(first)
            shares.append(float(mass.sum()))
            t += 1
            first = self.half * sqrt(1.0 - kept**t)
            mass = mass @ self._moves(at, first, mean(t), sd)
        return np.array(shares), mass

    def _states(self, half: float) -> tuple[FloatArray, FloatArray]:
        """Nodes within limits at `half`, and their weights; first the target of a one-sided one."""
        reach = self.half if self.sides == 2 else 0.5 * self.half
        nodes, weights = legendre(nodes_for(reach, self.lambda_))
        if self.sides == 2:
            return half * nodes, half * weights
        at = np.concatenate([np.zeros(1), 0.5 * half * (nodes + 1.0)])
        return at, np.concatenate([np.zeros(1), 0.5 * half * weights])

    def _moves(self, start: FloatArray, half: float, mean: float, sd: float) -> FloatArray:
        """Mass at the states within `half`, one value after a mass of 1 at each of `start`."""
        at, w = self._states(half)
        spread = self.lambda_ * sd
        middle = (1.0 - self.lambda_) * start + self.lambda_ * mean
        z = (at[None, :] - middle[:, None]) / spread
        moves: FloatArray = np.exp(-0.5 * z * z) * (w / (spread * sqrt(2.0 * pi)))
        if self.sides == 1:
            moves[:, 0] = ndtr(z[:, 0])
        return moves


def ewma_arl(*, lambda_: float, width: float, shift: float = 0.0) -> float:
    """Mean number of values until a chart with fixed limits signals, from a start at the target.

    Parameters
    ----------
    shift
        Of the mean, in standard deviations; 0 gives the distance of false alarms.

    Examples
    --------
    >>> round(ewma_arl(lambda_=0.25, width=3.0, shift=1.0), 9)
    11.154267016
    """
    return arl(EwmaScheme(lambda_, width), shift)


def ewma_width(
    arl0: float, *, lambda_: float, sides: int = 2, limits: Literal["fixed", "exact"] = "fixed"
) -> float:
    """Width of the limits with a false alarm in `arl0` values.

    Examples
    --------
    >>> round(ewma_width(500.0, lambda_=0.5), 3)
    3.071
    """

    def excess(width: float) -> float:
        return float(np.log(arl(EwmaScheme(lambda_, width, sides, limits)) / arl0))

    high = shewhart_width(max(arl0, 1.5), sides=sides) + 0.2
    low = 0.5 * high
    while excess(low) > 0 and low > 1e-6:
        low *= 0.5
    while excess(high) < 0:
        high += 0.2
    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, low, high, xtol=1e-7))
