"""Charts of an AR(1) series: what autocorrelation does to run lengths.

All is told in marginal standard deviations of the series. The Shewhart chart is a walk of the last
value; the EWMA needs the last value and the statistic: collocation in the value, Nystrom in the
statistic.

References
----------
Schmid (1995), Statistics 27, 111-130 (Shewhart chart of AR(1));
Vander Wiel (1996), Technometrics 38(2), 139-151; Lu and Reynolds (1999), J. Quality Technology
31(2), 166-188 (EWMA of AR(1)).
"""

from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np

from ops.spc.run_length.chain import Chain, Mean, arl, legendre, nodes_for
from ops.spc.run_length.lagrange import cardinals
from ops.values import FloatArray

Sigma = Literal["marginal", "moving-range"]
REACH = 6.5  # of a value from its mean, in marginal standard deviations


@dataclass(frozen=True, slots=True)
class Ar1Shewhart:
    """A Shewhart chart of an AR(1) series.

    Parameters
    ----------
    width
        Of the limits, in sigmas.
    phi
        Autocorrelation at lag 1, in (-1, 1).
    sigma
        Which sigma: the marginal one, or that of the average moving range, which autocorrelation
        makes ``sqrt(1 - phi)`` times as large.
    """

    width: float = 3.0
    phi: float = 0.0
    sigma: Sigma = "marginal"

    @property
    def half(self) -> float:
        """Distance of a limit from the centre, in marginal standard deviations."""
        return self.width * (sqrt(1.0 - self.phi) if self.sigma == "moving-range" else 1.0)

    def walk(self, mean: float, sd: float) -> Chain:
        """How the last value moves; `mean` and `sd` are marginal."""
        spread = sqrt(1.0 - self.phi**2)
        nodes, weights = legendre(nodes_for(self.half, min(1.0, spread / max(abs(self.phi), 0.1))))
        x, w = self.half * nodes, self.half * weights
        middle = mean + self.phi * (x - mean)
        step = _normal(x[None, :], middle[:, None], spread * sd) * w
        return Chain(step, np.ones(x.size))

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Begin with a value of the stationary series."""
        size = self.walk(mean(1), sd).weight.size
        nodes, weights = legendre(size)
        return np.ones(1), _normal(self.half * nodes, mean(1), sd) * self.half * weights


@dataclass(frozen=True, slots=True)
class Ar1Ewma:
    """An EWMA chart of an AR(1) series, with limits that know of the autocorrelation.

    Parameters
    ----------
    lambda_
        Weight of the newest value.
    width
        Half-width of the fixed limits, in asymptotic standard deviations that the statistic has
        under the autocorrelation.
    phi
        Autocorrelation at lag 1, in (-1, 1).
    """

    lambda_: float = 0.2
    width: float = 2.859
    phi: float = 0.0

    @property
    def nodes(self) -> tuple[int, int]:
        """For the last value and for the statistic: mean run lengths are good to 1e-3."""
        spread = sqrt(1.0 - self.phi**2)
        last = int(14 + 1.5 * REACH * abs(self.phi) / spread)
        return last, int(14 + 2.2 * self.half / (self.lambda_ * spread))

    @property
    def half(self) -> float:
        """Distance of a limit from the target, in marginal standard deviations."""
        kept = self.phi * (1.0 - self.lambda_)
        factor = self.lambda_ / (2.0 - self.lambda_) * (1.0 + kept) / (1.0 - kept)
        return self.width * sqrt(factor)

    def walk(self, mean: float, sd: float) -> Chain:
        """How last value and statistic move."""
        x = mean + REACH * sd * legendre(self.nodes[0])[0]
        z = self.half * legendre(self.nodes[1])[0]
        middle = mean + self.phi * (x - mean)
        moves = self._moves(middle, z, mean, sqrt(1.0 - self.phi**2) * sd, sd)
        size = x.size * z.size
        return Chain(moves.reshape(size, size), np.ones(size))

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Begin at the target with a value of the stationary series."""
        moves = self._moves(np.full(1, mean(1)), np.zeros(1), mean(1), sd, sd)
        return np.ones(1), moves.ravel()

    def _moves(
        self, middle: FloatArray, start: FloatArray, mean: float, spread: float, sd: float
    ) -> FloatArray:
        """Mass (middle, start, x node, z node) after a value about `middle` and a statistic."""
        nodes, weights = legendre(self.nodes[1])
        z, w = self.half * nodes, self.half * weights / self.lambda_
        value = (z[None, :] - (1.0 - self.lambda_) * start[:, None]) / self.lambda_
        place = (value - mean) / (REACH * sd)
        inside = np.abs(place) <= 1.0
        shape = cardinals(self.nodes[0], np.clip(place, -1.0, 1.0)) * inside[:, :, None]
        mass = _normal(value[None, :, :], middle[:, None, None], spread) * w
        moves: FloatArray = np.einsum("ijq,jqk->ijkq", mass, shape)
        return moves


def ar1_ewma_width(arl0: float, *, lambda_: float, phi: float) -> float:
    """Width of an EWMA of an AR(1) series with a false alarm in `arl0` values."""

    def excess(width: float) -> float:
        return float(np.log(arl(Ar1Ewma(lambda_, width, phi)) / arl0))

    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, 0.5, 4.5, xtol=1e-4))


def _normal(x: FloatArray, mean: FloatArray | float, sd: float) -> FloatArray:
    z = (x - mean) / sd
    density: FloatArray = np.exp(-0.5 * z * z) / (sd * sqrt(2.0 * pi))
    return density
