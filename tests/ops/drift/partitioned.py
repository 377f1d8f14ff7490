"""Optimal partitioning by trying all: the oracle of every cost, and series to try it on."""

from collections.abc import Callable
from itertools import combinations, pairwise
from math import inf, log, sqrt

import numpy as np
from hypothesis import strategies as st
from scipy.signal import lfilter

from ops.values import FloatArray

Loss = Callable[[FloatArray], float]


def squares(x: FloatArray) -> float:
    return float(np.sum((x - x.mean()) ** 2))


def bounded(bound: float) -> Loss:
    def loss(x: FloatArray) -> float:
        ends = np.unique(np.concatenate((x - bound, x + bound)))
        best = inf
        for lo, hi in pairwise(ends):
            near = x[np.abs(x - (lo + hi) / 2) < bound]
            level = min(max(near.mean(), lo), hi) if near.size else lo
            best = min(best, float(np.sum(np.minimum((x - level) ** 2, bound**2))))
        return best

    return loss


def likelihood(floor: float) -> Loss:
    def loss(x: FloatArray) -> float:
        variance = max(float(x.var()), floor)
        return x.size * log(variance) + x.size * float(x.var()) / variance

    return loss


def about_line(x: FloatArray) -> float:
    if x.size < 3:
        return 0.0
    t = np.arange(x.size) - (x.size - 1) / 2
    return squares(x) - float(t @ x) ** 2 / float(t @ t)


def least_cost(y: FloatArray, loss: Loss, penalty: float, least: int) -> float:
    """Penalised cost of the best partition, by the recursion over all last segments."""
    cost = [-penalty] + [inf] * y.size
    for t in range(least, y.size + 1):
        for s in range(t - least + 1):
            if cost[s] < inf:
                cost[t] = min(cost[t], cost[s] + penalty + loss(y[s:t]))
    return cost[-1]


def innovation_cost(y: FloatArray, phi: float, steps: tuple[int, ...]) -> float:
    """Least sum of squared innovations about a level with these steps, by least squares."""
    bounds = [0, *steps, y.size]
    x = np.zeros((y.size, len(bounds) - 1))
    for i, (a, b) in enumerate(pairwise(bounds)):
        x[a:b, i] = 1.0
    w = np.eye(y.size) - phi * np.eye(y.size, k=-1)
    w[0, 0] = sqrt(1.0 - phi**2)
    left = w @ y - w @ x @ np.linalg.lstsq(w @ x, w @ y, rcond=None)[0]
    return float(left @ left)


def least_innovation_cost(y: FloatArray, phi: float, penalty: float, least: int) -> float:
    best = inf
    for k in range(y.size // least):
        for steps in combinations(range(least, y.size - least + 1), k):
            if min(np.diff([0, *steps, y.size])) >= least:
                best = min(best, innovation_cost(y, phi, steps) + penalty * k)
    return best


def autoregression(
    rng: np.random.Generator, n: int, phi: float = 0.0, theta: float = 0.0
) -> FloatArray:
    """First-order mixed noise with unit innovations, past its start."""
    e = rng.normal(size=n + 200)
    return np.asarray(lfilter([1.0, theta], [1.0, -phi], e)[200:], dtype=np.float64)


@st.composite
def stepped(draw: st.DrawFn, most: int = 24) -> FloatArray:
    """Short series with a step, now and then rounded, so that there are ties."""
    n = draw(st.integers(6, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    y = rng.normal(size=n) + draw(st.sampled_from([0.0, 3.0])) * (np.arange(n) >= n // 2)
    y = np.round(y) if draw(st.booleans()) else y
    return y - y.mean()
