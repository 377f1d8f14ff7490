"""Shewhart chart: one limit on each side, no memory."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from ops.spc.run_length.chain import Chain, Mean
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class ShewhartScheme:
    """A Shewhart chart of individual values or of means.

    Parameters
    ----------
    width
        Distance of the limits from the centre, in sigmas of the plotted value.
    sides
        2, or 1 for an upper limit only.
    """

    width: float = 3.0
    sides: int = 2

    def walk(self, mean: float, sd: float) -> Chain:
        """How it moves: one state, left with the power of one point."""
        inside = 1.0 - signal_probability(self.width, (mean / sd), sd=sd, sides=self.sides)
        return Chain(np.full((1, 1), inside), np.ones(1))

    def opening(self, mean: Mean, sd: float) -> tuple[FloatArray, FloatArray]:
        """Begin with the first value."""
        return np.ones(1), self.walk(mean(1), sd).step[0]


def signal_probability(
    width: float, shift: float, *, n: int = 1, sd: float = 1.0, sides: int = 2
) -> float:
    """Power of one point of a Shewhart chart; one minus it is the operating characteristic.

    Parameters
    ----------
    width
        Of the limits, in sigmas of the plotted mean.
    shift
        Of the process mean, in standard deviations of one value.
    n
        Size of the subgroups.
    sd
        True standard deviation over the one that the limits were made from.

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 6.2.6, equation (6.19).

    Examples
    --------
    >>> round(1 / signal_probability(3.0, 1.0, n=5), 4)
    4.4953
    """
    at = shift * n**0.5
    beyond = float(ndtr(at - width / sd))
    return beyond + float(ndtr(-at - width / sd)) if sides == 2 else beyond


def shewhart_width(arl0: float, *, sides: int = 2) -> float:
    """Width of the limits with a false alarm in `arl0` values.

    Examples
    --------
    >>> round(shewhart_width(370.398), 4)
    3.0
    """
    return float(-ndtri(1.0 / (sides * arl0)))
