from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.greenfield.exact import exact_median
from solvers.greenfield.interchange import greedy, interchange, total
from solvers.greenfield.lagrangian import dual_bound
from solvers.greenfield.median import SMALL, p_median
from solvers.greenfield.problem import Choice, Placement
from solvers.values import FloatArray


def _ways(rng: np.random.Generator, n: int, m: int) -> FloatArray:
    a, b = rng.uniform(0, 100, (n, 2)), rng.uniform(0, 100, (m, 2))
    return np.hypot(*(a[:, None] - b[None]).transpose(2, 0, 1))


def _choice(rng: np.random.Generator, n: int, m: int, *, limit: float = inf) -> Choice:
    way = _ways(rng, n, m)
    weight = rng.lognormal(0, 1, n)
    cost = np.where(way <= limit, way * weight[:, None], inf)
    return Choice(cost, rng.uniform(0, 60, m), way <= 30.0, weight)


def _least(choice: Choice, p: int) -> float:
    """Least cost over all sets of p sites without a coverage share: no code is shared."""
    n, m = choice.cost.shape
    return min(
        sum(min(choice.cost[i, j] for j in s) for i in range(n)) + sum(choice.fixed[j] for j in s)
        for s in combinations(range(m), p)
    )


def _median(choice: Choice, p: int) -> Placement:
    return p_median(choice, p, rng=np.random.default_rng(0))


@given(seed=st.integers(0, 10_000), p=st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_small_medians_are_those_of_all_sets(seed: int, p: int) -> None:
    choice = _choice(np.random.default_rng(seed), 9, 8)
    found = _median(choice, p)
    assert found.cost == pytest.approx(_least(choice, p))
    assert found.bound <= found.cost * (1 + 1e-9)
    assert found.gap < 1e-6


@given(seed=st.integers(0, 10_000), p=st.integers(1, 4), limit=st.floats(25, 80))
@settings(max_examples=30, deadline=None)
def test_no_customer_is_served_from_too_far(seed: int, p: int, limit: float) -> None:
    choice = _choice(np.random.default_rng(seed), 8, 7, limit=limit)
    least, found = _least(choice, p), _median(choice, p)
    assert found.feasible == (least < inf)
    if found.feasible:
        assert found.cost == pytest.approx(least)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_the_covered_share_is_kept_at_the_least_cost(seed: int, share: float) -> None:
    plain = _choice(np.random.default_rng(seed), 7, 6)
    choice = Choice(plain.cost, plain.fixed, plain.near, plain.importance, share)
    found = _median(choice, 2)
    least = _least_covering(choice, 2)
    assert found.feasible == (least < inf)
    if found.feasible:
        assert choice.covered(found.assigned) >= choice.wanted - 1e-9
        assert found.cost == pytest.approx(least)


def _least_covering(choice: Choice, p: int) -> float:
    """Every set of sites, every assignment to them."""
    n, m = choice.cost.shape
    best = inf
    for s in combinations(range(m), p):
        for pick in np.ndindex(*(p,) * n):
            at = [s[k] for k in pick]
            covered = sum(choice.importance[i] for i in range(n) if choice.near[i, at[i]])
            if covered >= choice.wanted - 1e-9:
                cost = sum(choice.cost[i, at[i]] for i in range(n))
                best = min(best, cost + sum(choice.fixed[j] for j in s))
    return best


@pytest.mark.parametrize("p", [2, 5, 9])
def test_the_bound_and_the_program_meet(p: int) -> None:
    choice = _choice(np.random.default_rng(p), 60, 60)
    sites = interchange(choice.cost, choice.fixed, greedy(choice.cost, choice.fixed, p))
    dual, solved = dual_bound(choice.cost, choice.fixed, sites), exact_median(choice, p)
    assert solved.sites is not None
    least = total(choice.cost, choice.fixed, solved.sites)
    assert dual.bound <= least * (1 + 1e-9)
    assert dual.bound >= 0.98 * least
    assert _median(choice, p).cost == pytest.approx(least)


def test_no_exchange_pays_at_the_end() -> None:
    choice = _choice(np.random.default_rng(7), 30, 20)
    sites = interchange(choice.cost, choice.fixed, np.array([0, 1, 2, 3]))
    end = total(choice.cost, choice.fixed, sites)
    for out in range(4):
        for in_ in set(range(20)) - set(sites.tolist()):
            swapped = np.append(np.delete(sites, out), in_)
            assert total(choice.cost, choice.fixed, swapped) >= end - 1e-9


def test_a_large_median_has_a_small_gap() -> None:
    rng = np.random.default_rng(11)
    cost = _ways(rng, 300, 300) * rng.lognormal(0, 1, 300)[:, None]
    assert cost.size > SMALL
    found = _median(Choice.plain(cost), 10)
    assert found.gap < 0.01


def test_more_sites_never_cost_more_transport() -> None:
    choice = Choice.plain(_ways(np.random.default_rng(2), 40, 40))
    costs = [_median(choice, p).cost for p in range(1, 8)]
    assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize("p", [0, 9])
def test_the_number_of_sites_is_checked(p: int) -> None:
    with pytest.raises(ValueError, match="must be 1 to 8"):
        _median(_choice(np.random.default_rng(0), 9, 8), p)
