"""Flows and safety stock together: plan, position, weigh the stock in the plan, plan again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

S = TypeVar("S")
F = TypeVar("F")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Plan(Generic[F]):
    """What a planner answers.

    Parameters
    ----------
    flows
        The plan, as the positioner wants it; compared with `==` to see that plans repeat.
    cost
        Money of the plan, with what it reckoned for safety stock taken out.
    """

    flows: F
    cost: float


@dataclass(frozen=True, slots=True)
class Position(Generic[C]):
    """What a positioner answers: money for safety stock, and its curves for the next plan."""

    cost: float
    curves: C


@dataclass(frozen=True, slots=True)
class Round(Generic[F]):
    """One round: the plan's own cost, that of the stock it needs, and both."""

    flows: F
    flow_cost: float
    stock_cost: float

    @property
    def total(self) -> float:
        """End-to-end cost."""
        return self.flow_cost + self.stock_cost


@dataclass(frozen=True, slots=True)
class JointPlan(Generic[F]):
    """All rounds, and which of them is best.

    Parameters
    ----------
    rounds
        In order; the first is the plan that knows nothing of safety stock.
    best
        Position of the cheapest round, end to end.
    stop
        `repeated`: the plan came back, nothing more can change; `limit`: out of rounds; `asked`:
        the watcher had enough.
    """

    rounds: tuple[Round[F], ...]
    best: int
    stop: Literal["repeated", "limit", "asked"]

    @property
    def saved(self) -> float:
        """Share of the first round's end-to-end cost that the iteration saves."""
        first = self.rounds[0].total
        return 0.0 if first == 0 else 1.0 - self.rounds[self.best].total / first


def plan_jointly(
    scenario: S,
    *,
    plan: Callable[[S], Plan[F]],
    position: Callable[[S, F], Position[C]],
    weigh: Callable[[S, C], S],
    rounds: int = 8,
    watch: Callable[[int, Round[F]], bool] | None = None,
) -> JointPlan[F]:
    """Alternate between flows and stock; the cheapest round is kept, whatever comes after it.

    The curves are taken at the flows of the round before, so that the iteration need not descend:
    it is a search, and each round is judged by its true end-to-end cost (flows plus the stock
    positioned for them), never by what the plan reckoned.

    Parameters
    ----------
    scenario
        What is planned.
    plan
        Planner: a scenario to flows and their cost.
    position
        Positioner: scenario and flows to the cost of safety stock and its curves.
    weigh
        Scenario and curves to the scenario with them in (`Inventory.safety_cost`).
    rounds
        At most.
    watch
        Told the number and the outcome of each round; True stops.

    References
    ----------
    Shen, Coullard and Daskin (2003), Transportation Science 37(1), 40-55 (why location and safety
    stock belong together).
    """
    done: list[Round[F]] = []
    at = scenario
    stop: Literal["repeated", "limit", "asked"] = "limit"
    for number in range(max(1, rounds)):
        found = plan(at)
        placed = position(scenario, found.flows)
        this = Round(found.flows, found.cost, placed.cost)
        repeated = any(before.flows == this.flows for before in done)
        done.append(this)
        if watch is not None and watch(number, this):
            stop = "asked"
            break
        if repeated:
            stop = "repeated"
            break
        at = weigh(scenario, placed.curves)
    best = min(range(len(done)), key=lambda i: done[i].total)
    return JointPlan(tuple(done), best, stop)
