"""How long a series remembers: what blocks, and what frequencies, its noise must be judged by.

The autocorrelation is taken to decay by one factor after its first lag, ``r_k = r_1 d^(k-1)``: an
AR(1) has d = r_1; an AR(1) seen through the noise of a gauge is an ARMA(1,1), whose r_1 is small
and whose d is not. Negative correlation counts as none: blocks are then a little longer than
needed, and never too short.

References
----------
Box, Jenkins and Reinsel (1994), Time Series Analysis, 3rd ed., 3.4 (autocorrelation of ARMA(1,1)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.autocorrelation import autocorrelation
from ops.values import FloatArray

MOST_DECAY = 0.97


@dataclass(frozen=True, slots=True)
class Dependence:
    """Serial correlation that several windows share.

    Parameters
    ----------
    r1
        First autocorrelation, corrected for its bias; at least 0.
    decay
        Factor from each lag to the next, in [0, 0.97].
    n
        Values that it was estimated from.
    """

    r1: float
    decay: float
    n: int

    @property
    def growth(self) -> float:
        """Variance of a long mean over that of as many independent values."""
        return 1.0 + 2.0 * self.r1 / (1.0 - self.decay)

    @property
    def curvature(self) -> float:
        """Sum of k^2 r_k over both sides and over `growth`: how sharp the spectrum is at 0."""
        return 2.0 * self.r1 * (1.0 + self.decay) / (1.0 - self.decay) ** 3 / self.growth

    def block_length(self, deficit: float) -> int:
        """Length whose block means miss at most a share of the variance of the long mean.

        Examples
        --------
        >>> Dependence(0.6, 0.6, 400).block_length(0.1)
        19
        """
        lost = 2.0 * self.r1 / (1.0 - self.decay) ** 2 / self.growth
        return max(1, ceil(lost / deficit - 1e-9))


INDEPENDENT = Dependence(0.0, 0.0, 0)


def dependence(windows: Sequence[FloatArray]) -> Dependence:
    """Estimate the correlation of windows that each have a mean of their own.

    Parameters
    ----------
    windows
        Values in time order, finite, each of shape (n_i,).

    Returns
    -------
    Dependence
        None at all where the values are too few or all equal: nothing can be said then.
    """
    value = np.concatenate(list(windows))
    stream = np.repeat(np.arange(len(windows)), [w.size for w in windows])
    try:
        found = autocorrelation(value, stream)
    except NotEnoughData:
        return Dependence(0.0, 0.0, value.size)
    r1 = min(max(found.phi, 0.0), MOST_DECAY)
    decay = r1
    if found.r.size > 1 and float(found.r[0]) > 2.0 / sqrt(found.n):
        clear = float(found.r[1]) - 1.0 / sqrt(found.n)  # one standard error less: else mere noise
        decay = max(decay, clear / float(found.r[0]))
    return Dependence(r1, min(decay, MOST_DECAY), found.n)
