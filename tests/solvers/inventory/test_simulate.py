from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.errors import SolverError
from solvers.inventory import base_stock
from solvers.inventory.bound import square_root_bound
from solvers.inventory.chance import Chance, bounded, draw_chance
from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.inventory.simulate import simulate
from solvers.inventory.stage import NO_PROMISE, StageNetwork

NONE = np.zeros(0, dtype=np.int64)


def _poisson(mean: float):
    return lambda rng, shape: rng.poisson(mean, shape).astype(np.float64)


def _network(time: list[int], links: list[tuple[int, int, int]]) -> StageNetwork:
    size = len(time)
    return StageNetwork(
        code=tuple(f"S{k}" for k in range(size)),
        time=np.array(time, dtype=np.int64),
        inbound=np.zeros(size, dtype=np.int64),
        outbound=np.full(size, NO_PROMISE),
        cost=np.zeros((size, sum(time) + sum(d for _, _, d in links) + 1)),
        tail=np.array([a for a, _, _ in links], dtype=np.int64),
        head=np.array([b for _, b, _ in links], dtype=np.int64),
        delay=np.array([d for _, _, d in links], dtype=np.int64),
    )


@pytest.mark.parametrize("level", [50, 55, 62])
def test_a_single_stage_serves_as_the_formulas_say(level: int) -> None:
    rng = np.random.default_rng(level)
    chance = draw_chance(rng, (_poisson(10.0),), replications=60, periods=1050)
    found = simulate(
        _network([5], []),
        np.ones((1, 1)),
        service=np.zeros(1, dtype=np.int64),
        base_stock=np.array([float(level)]),
        chance=chance,
        warm_up=50,
        confidence=0.999,
    )[0]
    demand = LeadTimeDemand("poisson", 10.0, 0.0)
    type_1, type_2 = found.cycle_service, found.fill_rate
    assert type_1.lower <= base_stock.cycle_service(demand, level, 5) <= type_1.upper
    assert type_2.lower <= base_stock.fill_rate(demand, level, 5) <= type_2.upper


def _step_by_step(asked: np.ndarray, time: list[int], service: list[int], stock: list[float]):
    """A serial line stepped through time with queues: nothing shared with the code."""
    periods, last = asked.size, len(time) - 1
    made = [deque([0.0] * time[k]) for k in range(len(time))]
    due = [deque([0.0] * service[k]) for k in range(len(time))]
    on_hand, owed = list(stock), [0.0] * len(time)
    late = np.zeros(periods)
    for t in range(periods):
        arrives = float(asked[t])  # what the outside supplier sends the first stage
        for k in range(len(time)):
            made[k].append(arrives)
            on_hand[k] += made[k].popleft()
            due[k].append(float(asked[t]))
            owed[k] += due[k].popleft()
            arrives = min(on_hand[k], owed[k])
            on_hand[k] -= arrives
            owed[k] -= arrives
        late[t] = owed[last]
    return late


@settings(max_examples=40)
@given(seed=st.integers(0, 1000), size=st.integers(1, 4))
def test_a_line_is_late_as_a_step_by_step_run_of_it(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    time = rng.integers(0, 5, size).tolist()
    service = [int(min(s, t)) for s, t in zip(rng.integers(0, 3, size), time, strict=True)]
    stock = rng.integers(0, 60, size).astype(float).tolist()
    asked = rng.poisson(8.0, (2, 80)).astype(np.float64)
    found = simulate(
        _network(time, [(k, k + 1, 0) for k in range(size - 1)]),
        np.ones((size, 1)),
        service=np.array(service),
        base_stock=np.array(stock),
        chance=Chance(asked[:, None, :]),
    )[-1]
    late = np.stack([_step_by_step(a, time, service, stock) for a in asked])
    assert found.backorders.value == pytest.approx(late.mean(), abs=1e-5)
    assert found.cycle_service.value == pytest.approx((late < 1e-6).mean())


def test_a_random_lead_time_costs_about_what_the_formula_says() -> None:
    rng = np.random.default_rng(11)
    draws = (lambda g, shape: g.normal(10.0, 3.0, shape),)
    chance = draw_chance(rng, draws, replications=60, periods=1100, lead_time_sd=np.array([1.0]))
    found = simulate(
        _network([5], []),
        np.ones((1, 1)),
        service=np.zeros(1, dtype=np.int64),
        base_stock=np.array([65.0]),
        chance=chance,
        warm_up=100,
    )[0]
    formula = base_stock.cycle_service(LeadTimeDemand("normal", 10.0, 3.0), 65.0, 5, 1.0)
    assert found.cycle_service.value == pytest.approx(formula, abs=0.02)


def test_bounded_demand_is_always_served_on_a_line() -> None:
    rng = np.random.default_rng(2)
    factor, mean, sd = 1.645, 10.0, 3.0
    network, service = _network([3, 4, 2], [(0, 1, 1), (1, 2, 0)]), np.array([2, 0, 1])
    net = np.array([1, 7, 1])
    safety = square_root_bound(np.array([factor]), np.array([sd]), 20)[0]
    most = mean * np.arange(21) + safety
    asked = np.maximum(rng.normal(mean, sd, (5, 1, 400)), 0.0)
    kept = bounded(asked, most[None, :])
    assert kept.sum() < asked.sum()
    for n in (1, 5, 20):
        windows = np.lib.stride_tricks.sliding_window_view(kept[:, 0], n, axis=1).sum(axis=2)
        assert windows.max() <= most[n] + 1e-9
    found = simulate(
        network,
        np.ones((3, 1)),
        service=service,
        base_stock=mean * net + safety[net],
        chance=Chance(kept),
    )
    assert all(stage.cycle_service.value == 1.0 for stage in found)
    assert all(stage.fill_rate.value == pytest.approx(1.0) for stage in found)


def test_equal_chance_compares_policies_closely() -> None:
    network, weight = _network([4], []), np.ones((1, 1))
    rng = np.random.default_rng(8)
    chance = draw_chance(rng, (_poisson(10.0),), replications=20, periods=400)
    more, less = (
        simulate(
            network,
            weight,
            service=np.zeros(1, dtype=np.int64),
            base_stock=np.array([level]),
            chance=chance,
        )[0]
        for level in (46.0, 45.0)
    )
    assert more.fill_rate.value > less.fill_rate.value
    assert more.backorders.value < less.backorders.value


def test_a_shared_supplier_that_is_short_makes_all_its_customers_late() -> None:
    network = _network([5, 1, 1], [(0, 1, 0), (0, 2, 0)])
    weight = np.array([[1.0, 2.0], [1.0, 0.0], [0.0, 1.0]])
    rng = np.random.default_rng(4)
    chance = draw_chance(rng, (_poisson(5.0), _poisson(3.0)), replications=10, periods=300)

    def served(first: float) -> list[float]:
        found = simulate(
            network,
            weight,
            service=np.zeros(3, dtype=np.int64),
            base_stock=np.array([first, 9.0, 6.0]),
            chance=chance,
            warm_up=20,
        )
        return [stage.fill_rate.value for stage in found]

    enough, short = served(90.0), served(50.0)
    assert all(s < e for s, e in zip(short, enough, strict=True))


def test_too_little_to_simulate_is_refused() -> None:
    with pytest.raises(SolverError, match="2 replications"):
        simulate(
            _network([1], []),
            np.ones((1, 1)),
            service=np.zeros(1, dtype=np.int64),
            base_stock=np.zeros(1),
            chance=Chance(np.ones((1, 1, 10))),
        )
