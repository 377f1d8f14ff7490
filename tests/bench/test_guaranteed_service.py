"""Safety stock in trees against stockpyl, live and frozen; run as a script to freeze anew.

`python -m tests.bench.test_guaranteed_service` writes `tests/reference/guaranteed_service.json`,
which the suite asserts against without stockpyl.
"""

import json
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from solvers.inventory.tree import place_in_tree
from tests.solvers.inventory.trees import FROZEN, Tree, stage_network

pytestmark = pytest.mark.benchmark
TREES = 20
PUBLISHED = (
    (
        "example_6_5",
        "Snyder and Shen (2019), Fundamentals of Supply Chain Theory, 2nd ed., example 6.5",
    ),
    ("figure_6_14", "Snyder and Shen (2019), the same, figure 6.14: ten stages"),
)


def _random_tree(rng: np.random.Generator) -> Tree:
    size = int(rng.integers(3, 13))
    links = []
    for k in range(1, size):
        other = int(rng.integers(0, k))
        links.append((other, k) if rng.random() < 0.5 else (k, other))
    customers = [k for k in range(size) if k not in {tail for tail, _ in links}]
    suppliers = [k for k in range(size) if k not in {head for _, head in links}]
    return Tree(
        time=rng.integers(0, 7, size).tolist(),
        holding_cost=rng.uniform(1, 10, size).round(2).tolist(),
        links=links,
        factor=1.645,
        sd={k: round(float(rng.uniform(1, 20)), 2) for k in customers},
        outbound={k: int(rng.integers(0, 5)) for k in customers},
        inbound={k: int(rng.integers(0, 4)) for k in suppliers},
    )


def _stockpyl(tree: Tree) -> Any:
    from stockpyl.supply_chain_network import SupplyChainNetwork  # noqa: PLC0415  (bench lock only)
    from stockpyl.supply_chain_node import SupplyChainNode  # noqa: PLC0415

    network = SupplyChainNetwork()
    for k, (time, holding_cost) in enumerate(zip(tree.time, tree.holding_cost, strict=True)):
        node = SupplyChainNode(
            k,
            network=network,
            processing_time=time,
            local_holding_cost=holding_cost,
            demand_bound_constant=tree.factor,
        )
        if k in tree.inbound:
            node.external_inbound_cst = tree.inbound[k]
        if k in tree.outbound:
            node.external_outbound_cst = tree.outbound[k]
            node.demand_source.type = "N"
            node.demand_source.mean = 100
            node.demand_source.standard_deviation = tree.sd[k]
        network.add_node(node)
    for tail, head in tree.links:
        network.add_edge(tail, head)
    return network


def _solved(tree: Tree) -> tuple[list[int], float, float]:
    """Service times and cost by stockpyl, and the seconds that it took."""
    from stockpyl.gsm_tree import (  # noqa: PLC0415  (bench lock only)
        optimize_committed_service_times,
    )

    network = _stockpyl(tree)
    start = process_time()
    service, cost = optimize_committed_service_times(network)
    return [int(service[k]) for k in range(len(tree.time))], float(cost), process_time() - start


def test_20_random_trees_cost_what_stockpyl_says() -> None:
    rng = np.random.default_rng(20261126)
    frozen = json.loads(FROZEN.read_text())["trees"]
    ratios = []
    for entry in frozen:
        tree = _random_tree(rng)
        assert Tree(**entry["tree"]) == tree  # the generator makes what was frozen
        _, cost, theirs = _solved(tree)
        start = process_time()
        placed = place_in_tree(stage_network(tree))
        ratios.append(theirs / max(1e-9, process_time() - start))
        assert placed.total == pytest.approx(cost, rel=1e-9)
        assert entry["cost"] == pytest.approx(cost, rel=1e-12)
    print(
        f"\n{TREES} trees of 3-12 stages: stockpyl {version('stockpyl')} takes"
        f" {median(ratios):.0f} times as long (median; {min(ratios):.0f} to {max(ratios):.0f})"
    )


def test_a_hundred_stages_of_a_hundred_service_times() -> None:
    rng = np.random.default_rng(7)
    size = 100
    links = [(max(0, k - int(rng.integers(1, 4))), k) for k in range(1, size)]
    depth = [0] * size
    for tail, head in links:
        depth[head] = depth[tail] + 1
    time = [max(1, 100 // (max(depth) + 1))] * size
    customers = [k for k in range(size) if k not in {tail for tail, _ in links}]
    tree = Tree(
        time=time,
        holding_cost=[1.0 + d for d in depth],
        links=links,
        factor=1.645,
        sd=dict.fromkeys(customers, 10.0),
        outbound=dict.fromkeys(customers, 0),
        inbound={},
    )
    network = stage_network(tree)
    start = process_time()
    placed = place_in_tree(network)
    print(
        f"\n100 stages, longest time {sum(time[: max(depth) + 1])}: {process_time() - start:.3f} s"
    )
    assert placed.status == "optimal"


def _instance(name: str, said: str) -> dict[str, Any]:
    """Instance of the book that stockpyl carries, with its answer."""
    from stockpyl.instances import load_instance  # noqa: PLC0415  (bench lock only)

    nodes = load_instance(name).nodes
    place = {node.index: k for k, node in enumerate(nodes)}
    customers = [node for node in nodes if not node.successor_indices()]
    factor = next(node.demand_bound_constant for node in customers)
    tree = Tree(
        time=[int(node.processing_time) for node in nodes],
        holding_cost=[float(node.local_holding_cost) for node in nodes],
        links=[(place[n.index], place[m]) for n in nodes for m in n.successor_indices()],
        factor=float(factor),
        sd={place[n.index]: float(n.demand_source.standard_deviation) for n in customers},
        outbound={
            place[n.index]: int(n.external_outbound_cst)
            for n in nodes
            if n.external_outbound_cst is not None
        },
        inbound={place[n.index]: int(n.external_inbound_cst or 0) for n in nodes},
    )
    service, cost, _ = _solved(tree)
    return {"source": said, "tree": tree.to_json(), "service": service, "cost": cost}


def freeze(path: Path = FROZEN) -> None:
    """Write inputs and stockpyl's answers."""
    rng = np.random.default_rng(20261126)
    entries = []
    for _ in range(TREES):
        tree = _random_tree(rng)
        service, cost, _ = _solved(tree)
        entries.append({"tree": tree.to_json(), "service": service, "cost": cost})
    published = [_instance(name, said) for name, said in PUBLISHED]
    said = f"stockpyl {version('stockpyl')}, gsm_tree.optimize_committed_service_times"
    path.write_text(
        json.dumps({"source": said, "published": published, "trees": entries}, indent=1) + "\n"
    )


if __name__ == "__main__":
    freeze()
