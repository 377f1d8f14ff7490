"""How far a fitted distribution lies from the plotted points, adjusted for censoring.

The distance weighs the tails: the failures times the integral of (F_n - F)^2 / (F (1 - F)) over F,
with F_n the plotting positions, constant between two points and after the last. It ranks candidates
that were fitted to the same data; it is no test, for its law depends on the censoring and the fit.

References
----------
Anderson and Darling (1954), JASA 49, 765-769 (the statistic); D'Agostino and Stephens (1986),
Goodness-of-Fit Techniques, 4.7 (censored samples). The adjusted form, by plotting positions, is
the one that statistical packages print as AD*.
"""

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.model import LifeModel
from ops.lifetime.nonparametric.plotting import plotting_positions
from ops.values import FloatArray

_ALMOST_ONE = 1.0 - 1e-12  # where the last stretch ends; the integral would not


def points_of(data: LifeData) -> tuple[FloatArray, FloatArray]:
    """Give times and plotting positions of the failures, shape (k,) each.

    Exact failures and survivors: Benard's median ranks, adjusted for suspensions; else the
    middle of the steps of the nonparametric estimate.
    """
    if data.truncated or (data.failed & ~data.exact).any():
        from ops.lifetime.nonparametric.positions import midpoints  # noqa: PLC0415 (needs numba)

        return midpoints(data)
    found = plotting_positions(data, ranks="benard")
    return found.time, found.probability


def anderson_darling(
    model: LifeModel, points: tuple[FloatArray, FloatArray], failures: float
) -> float | None:
    """Measure the adjusted Anderson-Darling distance of a fit; None where it is not finite.

    Parameters
    ----------
    points
        Times and plotting positions, of `points_of`.
    failures
        How many there are: the n of the statistic.

    Examples
    --------
    >>> from ops.lifetime.data import life_data
    >>> points_of(life_data([3.0, 5.0]))[1].round(3).tolist()
    [0.292, 0.708]
    """
    times, positions = points
    share = np.clip(1.0 - model.survival(times), 1e-300, _ALMOST_ONE)
    z = np.append(share, _ALMOST_ONE)
    before = np.append(0.0, share)
    level = np.append(0.0, positions)
    left = np.log1p(-z) - np.log1p(-before)
    with np.errstate(divide="ignore", invalid="ignore"):
        risen = np.where(level > 0.0, level**2 * (np.log(z) - np.log(before)), 0.0)
    total = np.sum(-(z - before) - left + 2.0 * left * level + risen - left * level**2)
    distance = float(failures * total)
    return distance if np.isfinite(distance) else None
