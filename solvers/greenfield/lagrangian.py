"""A lower bound of the p-median, and good sites on the way: subgradients on the assignment."""

from dataclasses import dataclass

import numpy as np

from solvers.greenfield.interchange import total
from solvers.values import FloatArray, IntArray

_HALVE_AFTER = 10  # steps without a better bound
_MEMORY = 0.3  # of the last direction: damps the zigzag
_LOOK = 5  # steps between two looks at what the relaxed sites cost


@dataclass(frozen=True, slots=True)
class Dual:
    """Bound, the multipliers that give it (shape (n,)), and the best sites met."""

    bound: float
    multipliers: FloatArray
    sites: IntArray


def dual_bound(
    cost: FloatArray,
    fixed: FloatArray,
    sites: IntArray,
    *,
    steps: int = 400,
    start: FloatArray | None = None,
) -> Dual:
    """Bound the p-median from below.

    "Each customer is served once" is relaxed with a multiplier u for each customer; what is left
    opens the p candidates whose reduced cost, fixed + sum of min(0, cost - u), is least.

    Parameters
    ----------
    cost : shape (n, m); fixed : shape (m,)
        Finite.
    sites : shape (p,)
        Known sites; their cost is the target of the steps.
    steps
        Subgradient steps at most.
    start : shape (n,)
        Multipliers of a neighbouring problem; None begins with the cheapest ways.

    References
    ----------
    Cornuejols, Fisher and Nemhauser (1977), Management Science 23(8), 789-810. Step lengths: Held,
    Wolfe and Crowder (1974), Mathematical Programming 6, 62-88.
    """
    p, best_sites = sites.size, sites
    upper = total(cost, fixed, sites)
    u = _between(cost, sites) if start is None else start.copy()
    best, best_u, scale, idle = -np.inf, u, 1.0, 0
    direction = np.zeros(cost.shape[0])
    for step in range(steps):
        below = np.minimum(cost - u[:, None], 0.0)
        reduced = fixed + below.sum(axis=0)
        chosen = np.argpartition(reduced, p - 1)[:p]
        value = float(u.sum() + reduced[chosen].sum())
        idle += 1
        if value > best:
            best, best_u, idle = value, u, 0
        if step % _LOOK == 0 and total(cost, fixed, chosen) < upper:
            upper, best_sites = total(cost, fixed, chosen), np.sort(chosen)
        slope = 1.0 - np.count_nonzero(below[:, chosen], axis=1)
        direction = _MEMORY * direction + (1 - _MEMORY) * slope
        length = float(direction @ direction)
        if length == 0.0 or upper - best <= 1e-9 * abs(upper) or scale < 1e-4:
            break
        if idle >= _HALVE_AFTER:
            scale, idle, u = scale / 2, 0, best_u
        u = u + scale * (upper - value) / length * direction
    return Dual(min(best, upper), best_u, best_sites)


def _between(cost: FloatArray, sites: IntArray) -> FloatArray:
    """Multipliers to begin with: half-way between the cheapest and the second cheapest site."""
    own = np.sort(cost[:, sites], axis=1)[:, :2]
    middle: FloatArray = own.mean(axis=1)
    return middle
