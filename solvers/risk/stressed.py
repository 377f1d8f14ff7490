"""What a stress test finds out: a plan under a disruption, a contingency in money."""

from collections.abc import Mapping
from dataclasses import dataclass

from solvers.network.outcome import Status
from solvers.risk.case import Disruption
from solvers.risk.tail import Tail
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Stressed:
    """A plan under one disruption, in R outcomes that were answered.

    Parameters
    ----------
    case
        The disruption.
    status : shape (R,) of words
        Of the solves.
    cost, penalty, lost, service : shape (R,)
        Money with penalties, penalties apart, units lost, share served.
    tail
        Measures of the cost.
    customers
        Customers to mean units lost, the worst first.
    bottleneck
        What is short most often, kind and code; "" if nothing is.
    """

    case: Disruption
    status: tuple[Status, ...]
    cost: FloatArray
    penalty: FloatArray
    lost: FloatArray
    service: FloatArray
    tail: Tail
    customers: Mapping[str, float]
    bottleneck: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a contingency is worth a year, in money.

    Parameters
    ----------
    avoided
        Sum over the disruptions of chance times mean cost without less mean cost with it.
    fee
        What it costs a year.
    undisturbed
        Mean cost without less mean cost with it while nothing happens (not in `value`).
    """

    avoided: float
    fee: float
    undisturbed: float

    @property
    def value(self) -> float:
        """Expected loss avoided minus the fee."""
        return self.avoided - self.fee
