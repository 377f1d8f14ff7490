"""The weighted p-median: interchange, its gap by a Lagrangian bound, proven by a MIP if small."""

import numpy as np

from solvers.greenfield.exact import exact_median
from solvers.greenfield.interchange import greedy, interchange
from solvers.greenfield.lagrangian import dual_bound
from solvers.greenfield.problem import Choice, Placement, placed
from solvers.values import FloatArray, IntArray

SMALL = 12_000  # ways up to which a gap that is left is closed by a MIP
_PROVEN = 1e-7  # a gap below it is one of rounding
_REWARDS = 20  # halvings of the reward for coverage


def p_median(
    choice: Choice,
    p: int,
    *,
    rng: np.random.Generator,
    restarts: int = 3,
    start: IntArray | None = None,
) -> Placement:
    """Sites for p of m candidates at the least cost of transport and opening.

    Parameters
    ----------
    choice
        Costs and limits.
    p
        Number of sites, 1 to m.
    rng
        For the random starts.
    restarts
        Random starts beside the greedy one.
    start
        Sites of a smaller problem to begin with too.

    Returns
    -------
    Placement
        With a bound; `gap` 0 means proven. Infeasible if the limits cannot be kept with p sites, or
        if the heuristic of a large problem does not keep them.

    Raises
    ------
    ValueError
        If p is not between 1 and m.
    """
    m = choice.cost.shape[1]
    if not 1 <= p <= m:
        raise ValueError(f"the number of sites must be 1 to {m}, got {p}")
    finite, forbidden = _finite(choice)
    found = _heuristic(choice, finite, p, rng, restarts, start)
    if choice.wanted > choice.covered(found.assigned) * (1 + 1e-9):
        found = _covering(choice, found, p, rng)
    small = choice.cost.size <= SMALL
    if small and (found.gap > _PROVEN or (forbidden and not found.feasible)):
        return _proven(choice, found, p)
    return found


def _finite(choice: Choice) -> tuple[FloatArray, bool]:
    """Costs in which a forbidden way is dearer than every plan without one."""
    allowed = np.isfinite(choice.cost)
    if allowed.all():
        return choice.cost, False
    dearest = float(np.where(allowed, choice.cost, 0.0).max(axis=1).sum())
    return np.where(allowed, choice.cost, 2 * (dearest + float(choice.fixed.sum())) + 1.0), True


def _heuristic(
    choice: Choice,
    cost: FloatArray,
    p: int,
    rng: np.random.Generator,
    restarts: int,
    start: IntArray | None,
) -> Placement:
    m = cost.shape[1]
    starts = [greedy(cost, choice.fixed, p)]
    if start is not None:
        starts.append(greedy(cost, choice.fixed, p, start[:p]))
    starts += [np.sort(rng.choice(m, p, replace=False)) for _ in range(restarts if p > 1 else 0)]
    ends = [interchange(cost, choice.fixed, sites) for sites in starts]
    found = min((placed(choice, s, bound=-np.inf) for s in ends), key=_rank)
    dual = dual_bound(cost, choice.fixed, found.sites)
    better = interchange(cost, choice.fixed, dual.sites)
    found = min(found, placed(choice, better, bound=-np.inf), key=_rank)
    return placed(choice, found.sites, bound=dual.bound)


def _rank(placement: Placement) -> tuple[bool, float]:
    return not placement.feasible, placement.cost


def _covering(choice: Choice, free: Placement, p: int, rng: np.random.Generator) -> Placement:
    """Pay a reward for covered importance, as small a one as keeps the share.

    For any reward r, (least cost - r * covered) + r * wanted is a bound of the limited problem.
    """
    spread = float(np.where(np.isfinite(choice.cost), choice.cost, 0.0).max())
    least = float(choice.importance[choice.importance > 0].min(initial=np.inf))
    low, high = 0.0, 2 * (spread + float(choice.fixed.max(initial=0.0))) / least
    best, bound = None, free.bound
    for _ in range(_REWARDS):
        reward = high if best is None else np.sqrt(max(low, 1e-9 * high) * high)
        eased = Choice(choice.rewarded(reward), choice.fixed, choice.near, choice.importance)
        finite, _ = _finite(eased)
        found = _heuristic(eased, finite, p, rng, 1, free.sites)
        kept = placed(choice, found.sites, bound=-np.inf, reward=reward)
        bound = max(bound, found.bound + reward * choice.wanted)
        if kept.feasible:
            high = reward
            best = kept if best is None or kept.cost < best.cost else best
        elif best is None:
            break
        else:
            low = reward
        if low > 0.9 * high:
            break
    if best is None:
        return placed(choice, free.sites, bound=free.bound)
    return Placement(best.sites, best.assigned, best.transport, best.fixed, min(bound, best.cost))


def _proven(choice: Choice, found: Placement, p: int) -> Placement:
    solved = exact_median(choice, p)
    if solved.sites is None or solved.assigned is None:
        return found
    paid = choice.cost[np.arange(solved.assigned.size), solved.assigned]
    exact = Placement(
        sites=solved.sites,
        assigned=solved.assigned,
        transport=float(paid.sum()),
        fixed=float(choice.fixed[solved.sites].sum()),
        bound=0.0,
    )
    best = min(found, exact, key=_rank)
    bound = min(max(solved.bound, found.bound), best.cost)
    return Placement(best.sites, best.assigned, best.transport, best.fixed, bound)
