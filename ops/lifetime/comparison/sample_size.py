"""How many units tell two groups apart whose lives are at a ratio.

The likelihood-ratio statistic of a ratio of 1 is chi-square of 1 degree, its noncentrality that of
the expected information: the squared log ratio over its large-sample variance.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, chapter 10;
Self and Mauritsen (1988), Biometrics 44, 79-86 (power of likelihood-ratio tests).
"""

from dataclasses import dataclass
from math import ceil, log

import numpy as np
from scipy.special import ndtr, ndtri

from ops.errors import BadData, Problem
from ops.lifetime.comparison.ratio import Shapes
from ops.lifetime.location_scale import Family, standard_cdf, standard_quantile
from ops.lifetime.planning.information import unit_information
from ops.values import FloatArray

LEAST_INFORMATION = 1e-9


@dataclass(frozen=True, slots=True)
class LifeContrast:
    """Two groups and how they are tested.

    Parameters
    ----------
    family, mu, sigma
        Of the lives of the group that the other is compared with.
    share
        Whose lives are at the ratio: 0.1 for B10.
    end
        Time at which the test ends, in the unit of the lives; infinite: all fail.
    shapes
        Whether the test takes the shapes as `own` or as `common`; they are equal in truth.
    """

    family: Family
    mu: float
    sigma: float
    share: float
    end: float
    shapes: Shapes = "own"

    def failed(self, ratio: float) -> tuple[float, float]:
        """Shares that fail until the end: of the group compared with, and of the other."""
        z = standard_cdf(self.family, self._ends(ratio))
        return float(z[0]), float(z[1])

    def variance(self, ratio: float) -> float:
        """Large-sample variance of the log ratio, times the units of each group."""
        one, other = (_matrix(row) for row in unit_information(self.family, self._ends(ratio)))
        if self.shapes == "common":
            both = np.zeros((3, 3))
            both[0, 0], both[0, 2], both[2, 2] = one[0, 0], one[0, 1], one[1, 1] + other[1, 1]
            both[1, 1], both[1, 2] = other[0, 0], other[0, 1]
            both[2, 0], both[2, 1] = both[0, 2], both[1, 2]
            return self.sigma**2 * _quadratic(both, np.array([1.0, -1.0, 0.0]))
        z = float(standard_quantile(self.family, np.array(self.share)))
        way = np.array([1.0, z])
        return self.sigma**2 * (_quadratic(one, way) + _quadratic(other, way))

    def power(self, ratio: float, units: float, *, level: float = 0.05) -> float:
        """Chance that the test tells the groups apart with so many units in each.

        Examples
        --------
        A complete sample of 20 lognormal units each, sigma 0.5, a median of half: 3.16 standard
        errors of the difference of the logarithms (0.693 over 0.158 is 4.38).

        >>> contrast = LifeContrast("lognormal", 0.0, 0.5, 0.5, np.inf)
        >>> round(contrast.power(0.5, 20), 3)
        0.992
        """
        root = abs(log(ratio)) * float(np.sqrt(units / self.variance(ratio)))
        critical = float(ndtri(1.0 - level / 2.0))
        return float(ndtr(root - critical) + ndtr(-root - critical))

    def units(self, ratio: float, *, power: float = 0.9, level: float = 0.05) -> int:
        """Units of each group with which the test tells them apart with a chance of `power`.

        Raises
        ------
        BadData
            If the ratio is 1 or not positive, or the test ends before anything can fail.
        """
        if not ratio > 0.0 or ratio == 1.0:
            detail = f"the ratio is {ratio:g}; give one above 0 other than 1"
            raise BadData(detail, (Problem("/ratio", detail),))
        reach = float(ndtri(1.0 - level / 2.0)) + float(ndtri(power))
        return max(2, ceil(self.variance(ratio) * (reach / log(ratio)) ** 2 - 1e-9))

    def _ends(self, ratio: float) -> FloatArray:
        end = np.log(self.end)
        return np.array([(end - self.mu) / self.sigma, (end - self.mu - log(ratio)) / self.sigma])


def _matrix(row: FloatArray) -> FloatArray:
    return np.array([[row[0], row[1]], [row[1], row[2]]])


def _quadratic(information: FloatArray, way: FloatArray) -> float:
    """Variance along a way; refused where the test tells nothing."""
    if float(np.linalg.eigvalsh(information).min()) < LEAST_INFORMATION:
        detail = "almost no unit fails until the end of the test; let it end later"
        raise BadData(detail, (Problem("/end", detail),))
    return float(way @ np.linalg.solve(information, way))
