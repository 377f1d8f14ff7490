"""Hierarchies of series: total, each factor, bottom; forecasts made coherent.

The summing matrix S, shape (m, n), says which of the n bottom series each of the m series adds up.
Base forecasts of all m become bottom forecasts by a matrix G, shape (n, m), and coherent ones by
S G. A G with ``G S = I`` leaves unbiased forecasts unbiased.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray

ANY = "*"  # level of a factor that a series adds up over
LEAST_SHRINKAGE = 1e-6  # errors of one size and all signs leave no noise, and no inverse without it


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Series over the levels of some factors.

    Parameters
    ----------
    keys
        Levels of each series, `ANY` where it adds up; aggregates first, then the bottom.
    summing : shape (m, n)
        1 where a series contains a bottom series.
    """

    keys: tuple[tuple[str, ...], ...]
    summing: FloatArray

    @property
    def bottom(self) -> int:
        """How many series are at the bottom, n."""
        return int(self.summing.shape[1])

    def summed(self, bottom: FloatArray) -> FloatArray:
        """Every series from the bottom ones: (n, ...) to (m, ...)."""
        return np.asarray(np.tensordot(self.summing, bottom, axes=1), dtype=np.float64)


def hierarchy(bottom: Sequence[tuple[str, ...]]) -> Hierarchy:
    """Total, every level of every factor, and the bottom.

    Parameters
    ----------
    bottom
        Distinct keys, one level for each factor.

    Examples
    --------
    >>> hierarchy([("A", "x"), ("A", "y"), ("B", "x")]).keys[:4]
    (('*', '*'), ('A', '*'), ('B', '*'), ('*', 'x'))
    """
    width = len(bottom[0])
    aggregates: list[tuple[str, ...]] = [(ANY,) * width] if len(bottom) > 1 else []
    for factor in range(width if width > 1 else 0):
        for level in sorted({key[factor] for key in bottom}):
            aggregates.append((ANY,) * factor + (level,) + (ANY,) * (width - factor - 1))
    rows = [[float(_contains(above, key)) for key in bottom] for above in aggregates]
    above = np.array(rows, dtype=np.float64).reshape(len(aggregates), len(bottom))
    return Hierarchy((*aggregates, *bottom), np.vstack([above, np.eye(len(bottom))]))


def _contains(above: tuple[str, ...], key: tuple[str, ...]) -> bool:
    return all(wanted in (ANY, level) for wanted, level in zip(above, key, strict=True))


def bottom_up(summing: FloatArray) -> FloatArray:
    """G of the bottom-up method: the base forecasts of the bottom as they are."""
    m, n = summing.shape
    return np.hstack([np.zeros((n, m - n)), np.eye(n)])


def mint(summing: FloatArray, covariance: FloatArray) -> FloatArray:
    """G that minimizes the trace of the error covariance of coherent, unbiased forecasts.

    Parameters
    ----------
    covariance : shape (m, m)
        Of the errors of the base forecasts, positive definite: `shrunk` gives one.

    References
    ----------
    Wickramasuriya, Athanasopoulos and Hyndman (2019), J. American Statistical Association 114,
    804-819, theorem 1: ``G = (S' W^-1 S)^-1 S' W^-1``.
    """
    weighted = np.linalg.solve(covariance, summing).T  # S' W^-1, W symmetric
    return np.asarray(np.linalg.solve(weighted @ summing, weighted), dtype=np.float64)


def shrunk(residual: FloatArray) -> FloatArray:
    """Covariance of base errors, shrunk towards its diagonal.

    Parameters
    ----------
    residual : shape (r, m)
        Errors of m series at the same r occasions, r >= 2.

    Returns
    -------
    FloatArray
        Shape (m, m), positive definite: a series without error gets a ten thousandth of the mean
        variance, and correlations are shrunk by a millionth at least.

    References
    ----------
    Schäfer and Strimmer (2005), Statistical Applications in Genetics and Molecular Biology 4(1),
    article 32: the shrinkage intensity of correlations; errors are taken to have mean 0, as in
    Wickramasuriya et al. (2019), section 2.4.
    """
    r, m = residual.shape
    variance = np.mean(residual**2, axis=0)
    floor = 1e-4 * float(np.mean(variance)) or 1.0
    variance = np.maximum(variance, floor)
    scaled = residual / np.sqrt(variance)
    correlation = scaled.T @ scaled / r
    of_products = (scaled**2).T @ (scaled**2) / r - correlation**2
    off = ~np.eye(m, dtype=np.bool_)
    signal = float(np.sum(correlation[off] ** 2))
    noise = float(np.sum(of_products[off])) / max(r - 1, 1)
    intensity = min(1.0, max(LEAST_SHRINKAGE, noise / signal)) if signal > 0 else 1.0
    blended = np.where(off, (1.0 - intensity) * correlation, 1.0)
    sd = np.sqrt(variance)
    return np.asarray(blended * sd[:, None] * sd[None, :], dtype=np.float64)


def reconciled(tree: Hierarchy, base: FloatArray, matrix: FloatArray) -> FloatArray:
    """Coherent forecasts of every series, not negative.

    Parameters
    ----------
    base : shape (m, h)
        Base forecasts of all series.
    matrix : shape (n, m)
        G: `bottom_up` or `mint`.

    Returns
    -------
    FloatArray
        Shape (m, h). Bottom forecasts below 0 become 0 and the sums follow, as no demand is
        negative; where that happens the forecast is no longer the one of least variance.
    """
    bottom: FloatArray = np.clip(matrix @ base, 0.0, None)
    return tree.summed(bottom)
