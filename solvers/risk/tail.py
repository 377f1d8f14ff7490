"""Measures of a distribution of costs, all outcomes equally likely."""

from dataclasses import dataclass

import numpy as np

from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Tail:
    """Mean, quantile at the level, mean of what is beyond it, and the worst."""

    mean: float
    quantile: float
    cvar: float
    worst: float


def tail(cost: FloatArray, level: float) -> Tail:
    """Measures of `cost`, shape (R,), R > 0.

    CVaR is the mean of the worst ``1 - level`` of the mass, an outcome at its edge counted in part
    (Rockafellar and Uryasev 2002, Journal of Banking and Finance 26, 1443-1471, prop. 8).

    Examples
    --------
    >>> tail(np.array([1.0, 2.0, 3.0, 10.0]), 0.75)
    Tail(mean=4.0, quantile=3.0, cvar=10.0, worst=10.0)
    """
    ordered = np.sort(cost)[::-1]
    mass = (1.0 - level) * cost.size
    weight = np.clip(mass - np.arange(cost.size), 0.0, 1.0)
    return Tail(
        mean=float(cost.mean()),
        quantile=float(np.quantile(cost, level, method="inverted_cdf")),
        cvar=float(ordered @ weight / mass),
        worst=float(ordered[0]),
    )
