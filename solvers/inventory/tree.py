"""Safety stock in a tree of stages: exact, by dynamic programming over service times."""

import numpy as np

from solvers.errors import SolverError
from solvers.inventory.placement import Placement, placement_of
from solvers.inventory.stage import StageNetwork, longest_replenishment
from solvers.values import FloatArray, IntArray


def is_forest(network: StageNetwork) -> bool:
    """Whether the links, their direction forgotten, close no circle."""
    group = list(range(network.size))

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
        a, b = root(tail), root(head)
        if a == b:
            return False
        group[a] = b
    return True


def place_in_tree(network: StageNetwork) -> Placement:
    """Cheapest guaranteed service times of a tree (or forest) of stages.

    Stages are taken from the leaves inwards; each hands its one remaining neighbour the least
    cost of all that hangs on it, as a function of the service time between the two. O(N H^2),
    vectorised over the H^2 pairs of service times.

    Raises
    ------
    SolverError
        If the network is not a tree.

    References
    ----------
    Graves and Willems (2000), section 5, with the erratum of 2003 (the state of a stage is its
    outgoing service time where the remaining neighbour is downstream, else its incoming one).
    """
    if not is_forest(network):
        raise SolverError("the stages are not a tree: place them with solvers.inventory.general")
    return placement_of(network, _Elimination(network).service())


class _Elimination:
    """Leaf by leaf: the cost that hangs on each stage, then the choices on the way back."""

    def __init__(self, network: StageNetwork) -> None:
        self.network = network
        self.reach = longest_replenishment(network)
        self.width = int(self.reach.max(initial=0)) + 1
        self.links: list[set[int]] = [set() for _ in range(network.size)]
        for e, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
            self.links[tail].add(e)
            self.links[head].add(e)
        self.hung: list[list[int]] = [[] for _ in range(network.size)]  # links already taken in
        self.given: dict[int, FloatArray] = {}  # least cost beyond a link by the leaf's time

    def service(self) -> IntArray:
        """Promised service times of a cheapest placement."""
        order = self._eliminate()
        promised = np.zeros(self.network.size, dtype=np.int64)
        received = np.zeros(self.network.size, dtype=np.int64)
        for k, link in reversed(order):
            pairs = self._pairs(k)  # made again: to keep them all would take N H^2 numbers
            if link < 0:
                received[k], promised[k] = np.unravel_index(int(pairs.argmin()), pairs.shape)
            elif self.network.tail[link] == k:  # neighbour is downstream: it has set its receipt
                latest = received[self.network.head[link]] - self.network.delay[link]
                promised[k] = int(self.given[link][: latest + 1].argmin())
                received[k] = int(pairs[:, promised[k]].argmin())
            else:
                earliest = promised[self.network.tail[link]] + self.network.delay[link]
                received[k] = earliest + int(self.given[link][earliest:].argmin())
                promised[k] = int(pairs[received[k]].argmin())
        return promised

    def _eliminate(self) -> list[tuple[int, int]]:
        """Stages in order, each with the link to its remaining neighbour (-1: the last one)."""
        order: list[tuple[int, int]] = []
        ready = [k for k in range(self.network.size) if len(self.links[k]) <= 1]
        while ready:
            k = ready.pop()
            link = next(iter(self.links[k]), -1)
            order.append((k, link))
            if link < 0:
                continue
            downstream = self.network.tail[link] == k
            self.given[link] = self._pairs(k).min(axis=0 if downstream else 1)
            other = int(self.network.head[link] if downstream else self.network.tail[link])
            self.links[other].discard(link)
            self.links[k].clear()
            self.hung[other].append(link)
            if len(self.links[other]) <= 1 and other not in ready:
                ready.append(other)
        return order

    def _pairs(self, k: int) -> FloatArray:
        """Cost of stage k and of all that hangs on it, by its (received, promised) times."""
        network, times = self.network, np.arange(self.width)
        net = times[:, None] + network.time[k] - times[None, :]
        latest = self.reach[k] - network.time[k]
        allowed = (net >= 0) & (times[None, :] <= network.outbound[k])
        allowed &= (times[:, None] >= network.inbound[k]) & (times[:, None] <= latest)
        cost = np.where(allowed, network.cost[k][np.where(allowed, net, 0)], np.inf)
        for link in self.hung[k]:
            delay = int(network.delay[link])
            if network.head[link] == k:  # a supplier: it may promise up to what k reckons with
                best = np.minimum.accumulate(self.given[link])
                cost += _shifted(best, delay)[:, None]
            else:  # a customer: it may reckon with k's promise or more
                best = np.minimum.accumulate(self.given[link][::-1])[::-1]
                cost += _shifted(best[::-1], delay)[::-1][None, :]
        return cost


def _shifted(values: FloatArray, by: int) -> FloatArray:
    """Values moved to later places; infinity comes in."""
    kept = values[: max(0, values.size - by)]
    return np.concatenate([np.full(values.size - kept.size, np.inf), kept])
