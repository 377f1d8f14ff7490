"""Demand of every stage, from the demand that comes from outside."""

from dataclasses import dataclass

import numpy as np

from solvers.inventory.stage import upstream_first
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class StageDemand:
    """Demand of one unit of time at each stage.

    Parameters
    ----------
    weight : shape (N, D)
        Units of the stage that one unit of each outside demand takes, bill of materials and
        shares of sourcing multiplied along all paths.
    mean, sd : shape (N,)
        Mean and standard deviation.
    """

    weight: FloatArray
    mean: FloatArray
    sd: FloatArray


def propagate(
    weight: FloatArray,
    links: tuple[IntArray, IntArray, FloatArray],
    mean: FloatArray,
    sd: FloatArray,
    *,
    correlation: FloatArray | None = None,
) -> StageDemand:
    """Demand of all stages, if each orders what it was asked for, at once.

    A stage's demand is a weighted sum of the outside demands, so that its variance is exact, also
    where one outside demand reaches a stage by several paths (adding variances stage by stage
    would take these for independent).

    Parameters
    ----------
    weight : shape (N, D)
        1 where outside demand d falls on stage k directly, else 0.
    links
        Supplying stage, supplied stage, and units of the first in one of the second; (E,) each.
    mean, sd : shape (D,)
        Outside demands of one unit of time.
    correlation : shape (D, D)
        Of the outside demands; None means that they are independent: pooling them saves most.
        All ones means that they move together: pooling saves nothing.
    """
    tail, head, quantity = links
    total = weight.astype(np.float64).copy()
    for k in upstream_first(weight.shape[0], tail, head)[::-1]:
        for e in np.flatnonzero(tail == k):
            total[k] += quantity[e] * total[head[e]]
    spread = total * sd[None, :]
    if correlation is None:
        variance = (spread**2).sum(axis=1)
    else:
        variance = np.einsum("kd,de,ke->k", spread, correlation, spread)
    return StageDemand(total, total @ mean, np.sqrt(np.maximum(variance, 0.0)))
