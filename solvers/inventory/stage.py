"""A network of stages that could hold stock, in arrays: what the guaranteed-service model is of."""

from dataclasses import dataclass

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.values import FloatArray, IntArray

NO_PROMISE = np.iinfo(np.int64).max  # a stage that owes nobody outside a service time


@dataclass(frozen=True, slots=True)
class StageNetwork:
    """Stages N and the links E that feed them; times are whole units (days, say).

    Parameters
    ----------
    code
        Names, N of them.
    time : shape (N,)
        Processing time: from when all inputs are there until the output can be used.
    inbound : shape (N,)
        Service time that outside suppliers promise to the stage; 0 if it has none.
    outbound : shape (N,)
        Longest service time that the stage may promise; `NO_PROMISE` where nobody asks.
    cost : shape (N, H + 1)
        Money for each unit of time that the safety stock costs at a net replenishment time of
        0 ... H; rising (concave for the usual bounds, which nothing here relies on). Infinite where
        a stage cannot hold stock: it promises all that it takes.
    tail, head, delay : shape (E,)
        Positions of the supplying and of the supplied stage, and the transit time between them.

    Raises
    ------
    ScenarioError
        If links run in a circle, times are negative, or `cost` is too narrow or falls.

    References
    ----------
    Graves and Willems (2000), Manufacturing & Service Operations Management 2(1), 68-83, and its
    erratum (2003), 5(2), 176-177.
    """

    code: tuple[str, ...]
    time: IntArray
    inbound: IntArray
    outbound: IntArray
    cost: FloatArray
    tail: IntArray
    head: IntArray
    delay: IntArray

    def __post_init__(self) -> None:
        for name in ("time", "inbound", "outbound", "delay"):
            values = getattr(self, name)
            if values.size and values.min() < 0:
                raise _refusal(f"/{name}/{int(values.argmin())}", f"{values.min()} is negative")
        reach = longest_replenishment(self)
        if self.size and self.cost.shape[1] <= reach.max():
            raise _refusal(
                "/cost",
                f"{self.cost.shape[1]} columns, the longest replenishment takes {reach.max()}",
            )
        known = np.where(np.isfinite(self.cost), self.cost, np.finfo(np.float64).max)
        if np.any(known[:, 1:] < known[:, :-1] * (1 - 1e-9)):
            raise _refusal("/cost", "the cost of safety stock falls with the time it covers")

    @property
    def size(self) -> int:
        """Number of stages."""
        return len(self.code)


def _refusal(pointer: str, detail: str) -> ScenarioError:
    return ScenarioError(f"stages: {detail} at {pointer}", (Flaw(pointer, detail),))


def upstream_first(size: int, tail: IntArray, head: IntArray) -> IntArray:
    """Order of the stages in which every supplier stands before whom it supplies.

    Raises
    ------
    ScenarioError
        If the links run in a circle.
    """
    waiting = np.bincount(head, minlength=size)
    fed: list[list[int]] = [[] for _ in range(size)]
    for supplier, supplied in zip(tail.tolist(), head.tolist(), strict=True):
        fed[supplier].append(supplied)
    ready = [k for k in range(size) if waiting[k] == 0]
    order: list[int] = []
    while ready:
        k = ready.pop()
        order.append(k)
        for supplied in fed[k]:
            waiting[supplied] -= 1
            if waiting[supplied] == 0:
                ready.append(supplied)
    if len(order) < size:
        circle = int(np.flatnonzero(waiting > 0)[0])
        raise _refusal(f"/head/{circle}", "the links run in a circle: a stage feeds itself")
    return np.array(order, dtype=np.int64)


def longest_replenishment(network: StageNetwork) -> IntArray:
    """Longest time in which a stage is replenished if nobody before it holds stock; shape (N,)."""
    return longest_paths(network.time, network.inbound, (network.tail, network.head, network.delay))


def longest_paths(
    time: IntArray, inbound: IntArray, links: tuple[IntArray, IntArray, IntArray]
) -> IntArray:
    """Longest way to the end of each stage, all times on it summed; links: tail, head, delay."""
    tail, head, delay = links
    reach, into = inbound.copy(), _links(time.size, head)
    for k in upstream_first(time.size, tail, head):
        for e in into[k]:
            reach[k] = max(reach[k], reach[tail[e]] + delay[e])
        reach[k] += time[k]
    return reach


def links_into(network: StageNetwork) -> list[list[int]]:
    """Links that feed each stage."""
    return _links(network.size, network.head)


def links_out_of(network: StageNetwork) -> list[list[int]]:
    """Links that each stage feeds."""
    return _links(network.size, network.tail)


def _links(size: int, end: IntArray) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for e, k in enumerate(end.tolist()):
        found[k].append(e)
    return found
