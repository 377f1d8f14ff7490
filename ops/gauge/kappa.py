"""Agreement beyond chance of nominal ratings: Cohen's kappa of two raters, Fleiss' of many.

References
----------
Cohen (1960), Educational and Psychological Measurement 20(1), 37-46;
Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72(5), 323-327 (its standard errors);
Fleiss (1971), Psychological Bulletin 76(5), 378-382;
Fleiss, Nee and Landis (1979), Psychological Bulletin 86(5), 974-977 (standard error under chance).
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from ops.capability.index import Interval
from ops.capability.outside import clopper_pearson
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

_NO_SPREAD = 1e-9  # of a standard error: what rounding leaves of 0


@dataclass(frozen=True, slots=True)
class Kappa:
    """A coefficient of agreement.

    Parameters
    ----------
    value
        With its interval; NaN where everything is in one category: chance agreement is 1 then.
        Where all agree the lower bound is that of the exact binomial bound of the agreement; where
        nothing varies otherwise there are no bounds: NaN.
    se
        Standard error for the interval: large-sample (Cohen), jackknife over items (Fleiss).
    se_chance, z, p
        Standard error if agreement were by chance, and the one-sided test that it is not better.
    agreement
        Share of pairs that agree.
    """

    value: Interval
    se: float
    se_chance: float
    z: float
    p: float
    agreement: float


def cohen_kappa(table: IntArray, *, confidence: float = 0.95) -> Kappa:
    """Agreement of two raters, or of a rater with a standard.

    Parameters
    ----------
    table : shape (categories, categories)
        Items by the first's and the second's category.

    Raises
    ------
    NotEnoughData
        Without an item.

    Examples
    --------
    >>> round(cohen_kappa(np.array([[20, 5], [10, 15]])).value.value, 6)
    0.4
    """
    n = int(table.sum())
    if n < 1:
        raise NotEnoughData("kappa needs 1 item rated twice, got 0")
    share = table / n
    row, column = share.sum(axis=1), share.sum(axis=0)
    agreed, chance = float(np.trace(share)), float(row @ column)
    if not chance < 1 - 1e-12:
        return _undefined(agreed)
    kappa = (agreed - chance) / (1 - chance)
    pair = row[None, :] + column[:, None]  # column total of i, row total of j
    own = row + column
    spread = (
        float(np.diag(share) @ (1 - own * (1 - kappa)) ** 2)
        + (1 - kappa) ** 2 * float(np.sum(share * pair**2) - np.diag(share) @ (np.diag(pair) ** 2))
        - (kappa - chance * (1 - kappa)) ** 2
    )
    by_chance = chance + chance**2 - float(np.sum(row * column * own))
    scale = (1 - chance) * sqrt(n)
    return _made(
        kappa,
        sqrt(max(spread, 0.0)) / scale,
        sqrt(max(by_chance, 0.0)) / scale,
        (agreed, chance, n),
        confidence,
    )


def fleiss_kappa(counts: IntArray, *, confidence: float = 0.95) -> Kappa:
    """Agreement of equally many ratings of each item.

    Parameters
    ----------
    counts : shape (items, categories)
        How often each item was put into each category; rows of equal sum, at least 2.

    Raises
    ------
    NotEnoughData
        Without an item, or with fewer than 2 ratings of each.
    ValueError
        If rows differ in sum.
    """
    ratings = counts.sum(axis=1)
    if counts.shape[0] < 1 or ratings.min() < 2:
        raise NotEnoughData(
            "Fleiss' kappa needs 2 ratings of each item,"
            f" got {ratings.min() if ratings.size else 0} of {counts.shape[0]} items"
        )
    m = int(ratings[0])
    if np.any(ratings != m):
        raise ValueError(f"items have {ratings.min()} to {ratings.max()} ratings")
    pairs = (np.sum(counts * counts, axis=1) - m) / (m * (m - 1))
    value = _fleiss(pairs.mean(), counts.mean(axis=0) / m)
    agreed, n = float(pairs.mean()), counts.shape[0]
    if np.isnan(value):
        return _undefined(agreed)
    p = counts.mean(axis=0) / m
    q = 1 - p
    pq = float(p @ q)
    chance = max(2 * (pq**2 - float(np.sum(p * q * (q - p)))), 0.0)
    se_chance = sqrt(chance) / (pq * sqrt(n * m * (m - 1)))
    spread = _jackknife(pairs, counts / m)
    return _made(value, spread, se_chance, (agreed, float(p @ p), n), confidence)


def _jackknife(pairs: FloatArray, shares: FloatArray) -> float:
    n = pairs.size
    if n < 2:
        return nan
    without = [
        _fleiss((pairs.sum() - pairs[i]) / (n - 1), (shares.sum(axis=0) - shares[i]) / (n - 1))
        for i in range(n)
    ]
    left = np.array(without)
    return sqrt((n - 1) / n * float(np.sum((left - left.mean()) ** 2)))


def _fleiss(agreed: float, share: FloatArray) -> float:
    chance = float(share @ share)
    return (float(agreed) - chance) / (1 - chance) if chance < 1 - 1e-12 else nan


def _made(
    value: float, se: float, se_chance: float, of: tuple[float, float, int], confidence: float
) -> Kappa:
    """Interval and test; `of` is the agreement, that of chance, and the items behind them."""
    agreed, chance, n = of
    half = float(ndtri(0.5 + confidence / 2)) * se
    z = value / se_chance if se_chance > 0 else nan
    bounds = Interval(value, max(value - half, -1.0), min(value + half, 1.0))
    if not se > _NO_SPREAD and agreed > 1 - _NO_SPREAD:
        least = clopper_pearson(n, n, confidence).lower
        bounds = Interval(value, max((least - chance) / (1 - chance), -1.0), 1.0)
    elif not se > _NO_SPREAD:  # one rater knows one category only: kappa is 0 whatever comes
        bounds = Interval(value, nan, nan)
    return Kappa(bounds, se, se_chance, z, float(ndtr(-z)), agreed)


def _undefined(agreed: float) -> Kappa:
    return Kappa(Interval(nan, nan, nan), nan, nan, nan, nan, agreed)
