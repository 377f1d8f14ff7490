"""Plotting positions: which share of the population each failure of a sample stands for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import betaincinv

from ops.errors import BadData
from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.risk_set import risk_set
from ops.values import FloatArray

Ranks = Literal["median", "benard", "hazen", "mean"]
Ties = Literal["each", "last", "middle"]


@dataclass(frozen=True, slots=True)
class PlottingPositions:
    """Failures in order of time, with rank and plotting position.

    Parameters
    ----------
    time, order, probability : shape (k,)
        Time of a failure, its rank among all units (adjusted for suspensions, so no whole number
        in general), and the share of the population that has failed by then.
    weight : shape (k,)
        Units that the point stands for.
    units
        Size of the sample.
    """

    time: FloatArray
    order: FloatArray
    probability: FloatArray
    weight: FloatArray
    units: float


def plotting_positions(
    data: LifeData, *, ranks: Ranks = "median", ties: Ties = "each"
) -> PlottingPositions:
    """Plot each failure at its rank, adjusted for suspensions.

    After Johnson, a failure moves the rank on by (n + 1 - rank) / (1 + units still at risk). A row
    of weight `w` is `w` units that fail together and takes the rank of the last of them.

    Parameters
    ----------
    data
        Exact failures and right-censored units, not truncated.
    ranks
        Rank to share: exact median of the beta distribution, Benard's approximation to it
        (i - 0.3) / (n + 0.4), Hazen's (i - 0.5) / n, or the mean i / (n + 1).
    ties
        Rows that failed at one time: each its own rank, all in one point at the last of their
        ranks, or in one point at the middle of them.

    Raises
    ------
    NotEnoughData
        If nothing failed.
    BadData
        If a failure is only known to lie in an interval, or rows are truncated.

    References
    ----------
    Johnson (1964), The Statistical Treatment of Fatigue Experiments; Nelson (1982), section 4.2;
    Benard and Bos-Levenbach (1953), Statistica Neerlandica 7, 163-173 (approximation).

    Examples
    --------
    >>> from ops.lifetime.data import failures_and_suspensions
    >>> found = plotting_positions(failures_and_suspensions([5, 10, 15], [7]), ranks="benard")
    >>> found.order.round(4).tolist()
    [1.0, 2.3333, 3.6667]
    """
    if data.truncated:
        raise BadData("ranks say nothing of truncated rows: use `turnbull`")
    found = risk_set(data)
    n, weight = data.units, data.weight[found.row]
    before = np.concatenate([[0.0], np.cumsum(found.failed)])[:-1][found.place]
    seen = np.cumsum(weight) - before  # units of the row's tie that failed up to the row's last
    last = _orders(found.at_risk, found.failed, n)
    first = np.concatenate([[0.0], last])[:-1]
    each = _moved(first[found.place], found.at_risk[found.place], seen, n)
    if ties == "each":
        order, time = each, found.time[found.place]
    else:
        start = _moved(first, found.at_risk, np.ones(first.size), n)
        order = last if ties == "last" else (np.minimum(start, last) + last) / 2.0
        time, weight = found.time, found.failed
    return PlottingPositions(time, order, probability_of_rank(order, n, ranks), weight, n)


def probability_of_rank(order: FloatArray, n: float, ranks: Ranks = "median") -> FloatArray:
    """Share of the population at the `order`-th of `n`; both may lie between whole numbers.

    Parameters
    ----------
    order : shape (k,)
        From 1 to `n`.

    Examples
    --------
    >>> probability_of_rank(np.array([1.0, 2.0]), 2).round(4).tolist()
    [0.2929, 0.7071]
    """
    if ranks == "median":
        return np.asarray(betaincinv(order, n - order + 1.0, 0.5), dtype=np.float64)
    if ranks == "benard":
        return (order - 0.3) / (n + 0.4)
    return (order - 0.5) / n if ranks == "hazen" else order / (n + 1.0)


def _moved(order: FloatArray, at_risk: FloatArray, failed: FloatArray, n: float) -> FloatArray:
    """Rank after some units fail one after the other: Johnson's step, its product telescoped."""
    return n + 1.0 - (n + 1.0 - order) * (at_risk - failed + 1.0) / (at_risk + 1.0)


def _orders(at_risk: FloatArray, failed: FloatArray, n: float) -> FloatArray:
    return (n + 1.0) * (
        1.0 - np.cumprod((at_risk - failed + 1.0) / (at_risk + 1.0), dtype=np.float64)
    )
