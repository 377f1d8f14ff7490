"""The plan: what a solution of the model means in the network's own words and money."""

from dataclasses import dataclass, field

import numpy as np

from solvers.network.check import check, check_money
from solvers.network.excess import Breach
from solvers.network.instance import Instance
from solvers.network.kpi import Kpis, kpis
from solvers.network.money import Category, money, total
from solvers.network.note import Note
from solvers.network.numerics import Unsound
from solvers.network.outcome import Improvement, Outcome, Status, Stop
from solvers.network.quantities import Quantities, read
from solvers.network.resources import Bottleneck, bottlenecks, resources
from solvers.network.standard_form import StandardForm
from solvers.network.tables import Tables, tables
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Decided:
    """What a plan decides and what that comes to; there only where a solution was found.

    Parameters
    ----------
    x : shape (n,)
        The solution in the model's columns.
    quantities
        The same in the instance's tables.
    money
        Category to money of each period, shape (T,).
    kpis, bottlenecks
        Figures, and the capacities that are used most.
    """

    x: FloatArray
    quantities: Quantities
    money: dict[Category, FloatArray]
    kpis: Kpis
    bottlenecks: tuple[Bottleneck, ...]

    def tables(self, instance: Instance) -> Tables:
        """Rows for a reader."""
        return tables(instance, self.quantities)


@dataclass(frozen=True, slots=True)
class Plan:
    """Answer to a network: how good, how sure, and what to do.

    Parameters
    ----------
    status, stop
        See `solvers.network.outcome.Outcome`; a plan that breaks a rule of the network is
        `numerical-error`.
    value, bound, gap
        Of the objective that was minimised; `decided.kpis.landed_cost` is money, whatever it was.
    decided
        The plan itself, or None.
    breaches
        Rules that it breaks, found without the model's matrix.
    unsound
        What was wrong with the numbers before the solve.
    grows
        Of an unbounded model: what can grow for ever while the cost falls.
    notes
        What was decided when the scenario became arrays.
    improvements, nodes, iterations, time_s, log
        How the solve went.
    """

    status: Status
    stop: Stop
    value: float | None = None
    bound: float | None = None
    gap: float | None = None
    decided: Decided | None = None
    breaches: tuple[Breach, ...] = ()
    unsound: tuple[Unsound, ...] = ()
    grows: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    nodes: int = 0
    iterations: int = 0
    time_s: float = 0.0
    log: tuple[str, ...] = field(default=())


def plan_of(
    instance: Instance,
    form: StandardForm,
    outcome: Outcome,
    *,
    unsound: tuple[Unsound, ...] = (),
    grows: tuple[str, ...] = (),
) -> Plan:
    """Read an outcome as a plan, and check it against the network.

    Parameters
    ----------
    instance, form
        The network, and the model that was built of it (with its own costs).
    outcome
        What a solver answered.
    unsound, grows
        See `Plan`.
    """
    decided = None if outcome.x is None else decide(instance, form, outcome.x)
    breaches: tuple[Breach, ...] = ()
    if decided is not None:
        booked = float(form.cost @ decided.x + form.offset)
        found = check_money(decided.money, booked)
        breaches = (*check(instance, decided.quantities), *found)
    return Plan(
        status="numerical-error" if breaches else outcome.status,
        stop=outcome.stop,
        value=outcome.value,
        bound=outcome.bound,
        gap=outcome.gap,
        decided=decided,
        breaches=breaches,
        unsound=unsound,
        grows=grows,
        improvements=outcome.improvements,
        nodes=outcome.nodes,
        iterations=outcome.iterations,
        time_s=outcome.time_s,
        log=outcome.log,
    )


def decide(instance: Instance, form: StandardForm, x: FloatArray) -> Decided:
    """Quantities, money and figures of a solution."""
    quantities = read(instance, form, x)
    amounts = money(instance, form, np.clip(x, form.lower, form.upper), quantities)
    found = resources(instance, quantities)
    return Decided(
        x=x,
        quantities=quantities,
        money=amounts,
        kpis=kpis(instance, quantities, found, total(amounts)),
        bottlenecks=bottlenecks(instance, found),
    )
