import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.errors import ScenarioError, SolverError
from solvers.inventory.general import place, place_in_network
from solvers.inventory.placement import Placement, placement_of, self_covered
from solvers.inventory.stage import NO_PROMISE, StageNetwork
from solvers.inventory.tree import place_in_tree
from tests.solvers.inventory.trees import FROZEN, Tree, stage_network

REFERENCE = json.loads(FROZEN.read_text())


@pytest.mark.parametrize("entry", REFERENCE["trees"] + REFERENCE["published"])
def test_trees_cost_what_stockpyl_and_the_book_say(entry: dict[str, Any]) -> None:
    network = stage_network(Tree(**entry["tree"]))
    placed = place_in_tree(network)
    assert placed.total == pytest.approx(entry["cost"], rel=1e-9)
    theirs = placement_of(network, np.array(entry["service"], dtype=np.int64))
    assert theirs.total == pytest.approx(placed.total, rel=1e-9)


@pytest.mark.parametrize("entry", REFERENCE["trees"][:8])
def test_the_program_agrees_with_the_recursion_on_trees(entry: dict[str, Any]) -> None:
    placed = place_in_network(stage_network(Tree(**entry["tree"])))
    assert placed.status == "optimal"
    assert placed.total == pytest.approx(entry["cost"], rel=1e-6)


def _network(
    time: list[int],
    links: list[tuple[int, int, int]],
    outbound: list[int],
    rng: np.random.Generator,
) -> StageNetwork:
    size = len(time)
    horizon = sum(time) + sum(d for _, _, d in links) + 1
    unit = rng.uniform(1, 10, size)
    return StageNetwork(
        code=tuple(f"S{k}" for k in range(size)),
        time=np.array(time, dtype=np.int64),
        inbound=np.zeros(size, dtype=np.int64),
        outbound=np.array(outbound, dtype=np.int64),
        cost=unit[:, None] * np.sqrt(np.arange(horizon)),
        tail=np.array([a for a, _, _ in links], dtype=np.int64),
        head=np.array([b for _, b, _ in links], dtype=np.int64),
        delay=np.array([d for _, _, d in links], dtype=np.int64),
    )


def _cheapest_by_enumeration(network: StageNetwork, top: int) -> float:
    grid = np.stack(np.meshgrid(*[np.arange(top + 1)] * network.size), axis=-1)
    choices = grid.reshape(-1, network.size)
    return min(placement_of(network, c).total for c in choices)


DIAMOND = [(0, 1, 1), (0, 2, 0), (1, 3, 0), (2, 3, 2)]


@pytest.mark.parametrize("seed", range(4))
def test_a_diamond_is_placed_as_enumeration_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    outbound = [NO_PROMISE, NO_PROMISE, NO_PROMISE, 1]
    network = _network(rng.integers(0, 3, 4).tolist(), DIAMOND, outbound, rng)
    placed = place(network)
    assert placed.status == "optimal"
    assert placed.total == pytest.approx(_cheapest_by_enumeration(network, 5), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_transit_times_in_a_tree_are_placed_as_enumeration_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    links = [(0, 1, 2), (1, 2, 1), (1, 3, 0)]
    network = _network([1, 2, 1, 0], links, [NO_PROMISE, NO_PROMISE, 0, 1], rng)
    assert place(network).total == pytest.approx(_cheapest_by_enumeration(network, 6), rel=1e-9)


@given(seed=st.integers(0, 10_000), size=st.integers(1, 9))
def test_no_service_times_are_cheaper_and_promises_are_kept(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    links = [(int(rng.integers(0, k)), k, int(rng.integers(0, 3))) for k in range(1, size)]
    outbound = [int(o) for o in rng.integers(0, 4, size)]
    network = _network(rng.integers(0, 5, size).tolist(), links, outbound, rng)
    placed = place_in_tree(network)
    _keeps_its_promises(network, placed)
    assert placed.total <= self_covered(network).total * (1 + 1e-12)
    other = placement_of(network, rng.integers(0, 6, size))
    assert placed.total <= other.total * (1 + 1e-12)


def _keeps_its_promises(network: StageNetwork, placed: Placement) -> None:
    assert np.all(placed.net >= 0)
    assert np.all(placed.service <= network.outbound)
    for tail, head, delay in zip(network.tail, network.head, network.delay, strict=True):
        assert placed.received[head] >= placed.service[tail] + delay


def test_the_program_says_what_it_has_not_proven() -> None:
    rng = np.random.default_rng(3)
    links = [(a, b, 0) for a in range(4) for b in range(4, 8)]
    links += [(b, c, 0) for b in range(4, 8) for c in range(8, 10)]
    network = _network([3] * 10, links, [NO_PROMISE] * 8 + [0, 0], rng)
    placed = place_in_network(network, node_limit=0)
    best = place_in_network(network)
    assert best.status == "optimal"
    assert placed.bound <= best.total * (1 + 1e-9) <= placed.total * (1 + 1e-6)


def test_one_stage_and_none() -> None:
    rng = np.random.default_rng(1)
    alone = _network([4], [], [1], rng)
    assert place(alone).net.tolist() == [3]
    assert place(_network([], [], [], rng)).total == 0.0


def test_what_is_no_tree_or_no_network_is_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(SolverError, match="not a tree"):
        place_in_tree(_network([1] * 4, DIAMOND, [NO_PROMISE] * 4, rng))
    with pytest.raises(ScenarioError, match="circle"):
        _network([1, 1], [(0, 1, 0), (1, 0, 0)], [0, 0], rng)
    with pytest.raises(ScenarioError, match=r"/time/1"):
        _network([3, -1], [], [0, 0], rng)
