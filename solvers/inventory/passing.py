"""Stages that cannot hold stock, taken out: what they wait for becomes delay of others' links."""

from dataclasses import dataclass

import numpy as np

from solvers.inventory.placement import Placement, placement_of
from solvers.inventory.stage import NO_PROMISE, StageNetwork
from solvers.values import IntArray


@dataclass(frozen=True, slots=True)
class Reduced:
    """A network without stages that only pass on, and the positions of those that are left."""

    network: StageNetwork
    kept: IntArray

    def placement(self, network: StageNetwork, placed: Placement) -> Placement:
        """Placement of the whole network that a placement of the reduced one stands for."""
        service = np.full(network.size, NO_PROMISE)
        service[self.kept] = placed.service
        return placement_of(network, service, bound=placed.bound)


def without_passing(network: StageNetwork) -> Reduced:
    """Take out stages that cannot hold stock; the cost of every placement stays the same.

    Such a stage promises what it takes, so that its links can be joined: S_i <= SI_k and
    S_k = SI_k + T_k <= SI_j become S_i + T_k <= SI_j. Only where it has one supplier or one
    customer at most: else links would multiply. Networks of assembly often become trees.
    """
    inbound, gone = network.inbound.copy(), np.zeros(network.size, dtype=np.bool_)
    before: list[dict[int, int]] = [{} for _ in range(network.size)]  # supplier to delay
    after: list[dict[int, int]] = [{} for _ in range(network.size)]  # customer to delay

    def join(i: int, j: int, delay: int) -> None:
        before[j][i] = after[i][j] = max(delay, after[i].get(j, 0))

    for tail, head, delay in zip(network.tail, network.head, network.delay, strict=True):
        join(int(tail), int(head), int(delay))
    holds = np.isfinite(network.cost).all(axis=1) | (network.outbound < NO_PROMISE)
    waiting = np.flatnonzero(~holds).tolist()
    while waiting:
        k = waiting.pop()
        if gone[k] or not after[k] or min(len(before[k]), len(after[k])) > 1:
            continue
        gone[k] = True
        for j, delay in after[k].items():
            takes = int(network.time[k]) + delay
            inbound[j] = max(inbound[j], inbound[k] + takes)
            del before[j][k]
            for i, reached in before[k].items():
                join(i, j, reached + takes)
        for i in before[k]:
            del after[i][k]
        # with these links gone, neighbours may have become simple
        waiting += [i for i in (*before[k], *after[k]) if not holds[i]]
    links = {
        (i, j): delay for i in range(network.size) if not gone[i] for j, delay in after[i].items()
    }
    kept = np.flatnonzero(~gone)
    return Reduced(_part(network, kept, inbound, links), kept)


def _part(
    network: StageNetwork, kept: IntArray, inbound: IntArray, links: dict[tuple[int, int], int]
) -> StageNetwork:
    at = {int(k): i for i, k in enumerate(kept)}
    return StageNetwork(
        code=tuple(network.code[k] for k in kept),
        time=network.time[kept],
        inbound=inbound[kept],
        outbound=network.outbound[kept],
        cost=network.cost[kept],
        tail=np.array([at[i] for i, _ in links], dtype=np.int64),
        head=np.array([at[j] for _, j in links], dtype=np.int64),
        delay=np.array(list(links.values()), dtype=np.int64),
    )
