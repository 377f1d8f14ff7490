"""Trees of stages as the reference file writes them, and as the model takes them."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from solvers.inventory.bound import square_root_bound
from solvers.inventory.demand import propagate
from solvers.inventory.stage import NO_PROMISE, StageNetwork

FROZEN = Path(__file__).parents[2] / "reference" / "guaranteed_service.json"


@dataclass
class Tree:
    """Stages by number; links from supplier to customer."""

    time: list[int]
    holding_cost: list[float]
    links: list[tuple[int, int]]
    factor: float
    sd: dict[int, float]
    outbound: dict[int, int]
    inbound: dict[int, int]

    def __post_init__(self) -> None:
        self.links = [(int(a), int(b)) for a, b in self.links]
        self.sd = {int(k): v for k, v in self.sd.items()}
        self.outbound = {int(k): v for k, v in self.outbound.items()}
        self.inbound = {int(k): v for k, v in self.inbound.items()}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def stage_network(tree: Tree) -> StageNetwork:
    size = len(tree.time)
    tail = np.array([a for a, _ in tree.links], dtype=np.int64)
    head = np.array([b for _, b in tree.links], dtype=np.int64)
    places = list(tree.sd)
    weight = np.zeros((size, len(places)))
    weight[places, range(len(places))] = 1.0
    sd = np.array([tree.sd[k] for k in places])
    demand = propagate(weight, (tail, head, np.ones(tail.size)), np.zeros(sd.size), sd)
    horizon = sum(tree.time) + max(tree.inbound.values(), default=0)
    bound = square_root_bound(np.full(size, tree.factor), demand.sd, horizon)
    inbound = np.array([tree.inbound.get(k, 0) for k in range(size)], dtype=np.int64)
    outbound = [tree.outbound.get(k, NO_PROMISE) for k in range(size)]
    return StageNetwork(
        code=tuple(str(k) for k in range(size)),
        time=np.array(tree.time, dtype=np.int64),
        inbound=inbound,
        outbound=np.array(outbound, dtype=np.int64),
        cost=np.array(tree.holding_cost)[:, None] * bound,
        tail=tail,
        head=head,
        delay=np.zeros(tail.size, dtype=np.int64),
    )
