"""Plotting positions in the middle of each step of the nonparametric estimate."""

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.turnbull import turnbull
from ops.values import FloatArray


def midpoints(data: LifeData) -> tuple[FloatArray, FloatArray]:
    """Place all failures, whatever is known of their times.

    A step at one time is plotted at its middle: (i - 0.5) / n for a complete sample without ties.
    Mass in an interval is plotted where the interval ends, with all that has failed by then; mass
    without end, or after which nothing is left, has no place on paper and is left out.

    Returns
    -------
    time, probability : shape (k,)

    References
    ----------
    Meeker and Escobar (1998), section 6.4.1.
    """
    if not (data.failed & ~data.exact).any() and not np.isfinite(data.exit).any():
        found = kaplan_meier(data)
        survival = np.concatenate([[1.0], found.survival])
        return found.time, 1.0 - (survival[:-1] + survival[1:]) / 2.0
    estimate = turnbull(data)
    after = np.cumsum(estimate.mass)
    sharp = estimate.lower == estimate.upper
    place = np.where(sharp, after - estimate.mass / 2.0, after)
    drawn = np.isfinite(estimate.upper) & (estimate.mass > 0.0) & (place < 1.0 - 1e-9)
    return estimate.upper[drawn], place[drawn]
