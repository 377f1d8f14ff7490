"""A placement of safety stock: the service times that stages promise, and what follows of them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.inventory.stage import NO_PROMISE, StageNetwork, links_into, upstream_first
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Placement:
    """Service times of a stage network and their cost.

    Parameters
    ----------
    service, received, net : shape (N,)
        Service time promised, service time received, and net replenishment time between them
        (received + processing - promised): the time that the stage's stock must cover.
    cost : shape (N,)
        Money for each unit of time.
    bound
        Proven lower bound of the total.
    status
        `optimal` if the total meets the bound, `feasible` if the search was cut short.
    """

    service: IntArray
    received: IntArray
    net: IntArray
    cost: FloatArray
    bound: float
    status: Literal["optimal", "feasible"]

    @property
    def total(self) -> float:
        """Money for each unit of time, of all stages."""
        return float(self.cost.sum())

    @property
    def gap(self) -> float:
        """Share of the total that is not proven."""
        return 0.0 if self.total <= self.bound else (self.total - self.bound) / self.total


def placement_of(
    network: StageNetwork, service: IntArray, *, bound: float | None = None
) -> Placement:
    """Placement that follows of promised service times; promises nobody can keep are cut down.

    A stage promises at most what it would take with no stock of its own, and at most `outbound`.

    Parameters
    ----------
    service : shape (N,)
        Service times wanted.
    bound
        Proven bound; None means that the service times are given, and their cost is the bound.
    """
    promised = np.minimum(service, network.outbound)
    received = network.inbound.copy()
    into = links_into(network)
    for k in upstream_first(network.size, network.tail, network.head):
        for e in into[k]:
            received[k] = max(received[k], promised[network.tail[e]] + network.delay[e])
        promised[k] = min(promised[k], received[k] + network.time[k])
    net = received + network.time - promised
    cost = network.cost[np.arange(network.size), net]
    total = float(cost.sum())
    proven = total if bound is None else min(bound, total)
    closed = total - proven <= 1e-6 * max(1.0, abs(total))
    return Placement(promised, received, net, cost, proven, "optimal" if closed else "feasible")


def self_covered(network: StageNetwork) -> Placement:
    """Every stage that can covers itself: service times 0, the stages are decoupled."""
    can = np.isfinite(network.cost[:, -1:]).any(axis=1)
    return placement_of(network, np.where(can, 0, NO_PROMISE))
