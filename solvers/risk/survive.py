"""Time to survive: how long a network serves all demand without a site, from stocks and rates.

Simchi-Levi, Schmidt, Wei, Zhang, Combs, Ge, Gusikhin, Sanders and Zhang (2015), Identifying Risks
and Mitigating Disruptions in the Automotive Supply Chain, Interfaces 45(5), 375-390: a linear
program with the time as a variable. Quantities are sums over that time; whatever has a rate may do
its rate times the time. Lead times are left out: what is bought or made counts at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array

from solvers.network.highs import Solver
from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.standard_form import Block, StandardForm
from solvers.network.start import Start
from solvers.values import BoolArray, FloatArray, IntArray

LONGEST_DAYS = 3650.0  # who survives so long survives for good
Entries = tuple[IntArray, IntArray, FloatArray]


@dataclass(frozen=True, slots=True)
class Survival:
    """Days that a network serves all demand without a site; inf: for good."""

    site: str
    days: float

    def exposed(self, recover_days: float | None) -> bool | None:
        """Whether it ends before the site has recovered; None if that time is unknown."""
        return None if recover_days is None else self.days < recover_days


def survival(
    instance: Instance, sites: Sequence[str], plan: Start | None = None
) -> tuple[Survival, ...]:
    """Time to survive the loss of each of some sites.

    Parameters
    ----------
    instance
        The network: initial stocks, and rates as means over its periods.
    sites
        Codes of the sites that are lost, one at a time.
    plan
        Its closed sites do nothing, its expansions count; None: every site works.

    Returns
    -------
    tuple
        In the order of `sites`.
    """
    works = _working(instance, plan)
    form = _form(instance, _throughput(instance, plan))
    solver = Solver(form)
    found: list[Survival] = []
    for code in sites:
        at = instance.sites.code.index(code)
        lives = works.copy()
        lives[at] = False
        _let(solver, instance, lives)
        value = solver.solve(Options(duals=False)).value
        days = (
            np.inf
            if value is None or -value >= LONGEST_DAYS * (1 - 1e-9)
            else max(-value, 0.0) + 0.0
        )
        found.append(Survival(code, float(days)))
    return tuple(found)


def _working(instance: Instance, plan: Start | None) -> BoolArray:
    """Sites that are open in some period."""
    works = np.ones(len(instance.sites.code), dtype=np.bool_)
    for s, code in enumerate(instance.sites.code):
        told = [plan.open.get((code, p), True) for p in instance.periods] if plan else [True]
        works[s] = any(told)
    return works


def _throughput(instance: Instance, plan: Start | None) -> FloatArray:
    """Throughput a day of each site, with the expansions of a plan, inf without a limit."""
    sites, steps, T = instance.sites, instance.expansions, instance.horizon
    limit = sites.throughput.copy()
    for (site, period), codes in (plan.expanded if plan else {}).items():
        for code in codes:
            if code in steps.code and period in instance.periods:
                at = instance.periods.index(period)
                limit[sites.code.index(site), at:T] += steps.capacity[steps.code.index(code)]
    if plan is not None:
        for s, code in enumerate(sites.code):
            shut = [not plan.open.get((code, p), True) for p in instance.periods]
            limit[s] = np.where(np.array(shut) & np.isfinite(limit[s]), 0.0, limit[s])
    rate: FloatArray = limit.sum(axis=1) / instance.days.sum()
    return rate


def _form(instance: Instance, throughput: FloatArray) -> StandardForm:
    """Longest time; columns are flows, purchases, productions and the time."""
    sets, days = index_sets(instance), float(instance.days.sum())
    arcs, made, demands = instance.arcs, instance.productions, instance.demands
    A, U, P, N = arcs.lane.size, instance.supplies.site.size, made.site.size, sets.nodes.site.size
    buy, make, time = A + np.arange(U), A + U + np.arange(P), A + U + P
    one = np.ones
    nodes = sets.nodes
    parts: list[Entries] = [
        (nodes.destination, np.arange(A), one(A)),
        (nodes.origin, np.arange(A), -one(A)),
        (nodes.supply, buy, one(U)),
        (nodes.output, make, made.yields.mean(axis=1)),
        (nodes.ingredient, make[made.input_of], -made.input_quantity),
        (
            nodes.demand,
            np.full(demands.site.size, time),
            -demands.quantity.sum(axis=1) / days,
        ),
    ]
    top = N
    for rows, columns, values, rate in _capacities(instance, throughput, days):
        parts.append((top + rows, columns, values))
        parts.append((top + np.arange(rate.size), np.full(rate.size, time), -rate))
        top += rate.size
    row, column, value = (np.concatenate([part[i] for part in parts]) for i in range(3))
    cost = np.zeros(time + 1)
    cost[time] = -1.0
    upper = np.full(time + 1, np.inf)
    upper[time] = LONGEST_DAYS
    matrix = coo_array((value, (row, column)), shape=(top, time + 1)).tocsc()
    lower_rows, upper_rows = np.full(top, -np.inf), np.zeros(top)
    lower_rows[:N], upper_rows[:N] = 0.0, np.inf
    return StandardForm(
        cost=cost,
        lower=np.zeros(time + 1),
        upper=upper,
        integer=np.zeros(time + 1, dtype=np.bool_),
        matrix=matrix,
        row_lower=lower_rows,
        row_upper=upper_rows,
        offset=0.0,
        columns={
            "flow": Block(0, (A,)),
            "buy": Block(A, (U,)),
            "make": Block(A + U, (P,)),
            "time": Block(time, (1,)),
        },
        rows={"balance": Block(0, (N,)), "rate": Block(N, (top - N,))},
    )


def _capacities(
    instance: Instance, throughput: FloatArray, days: float
) -> Iterator[tuple[IntArray, IntArray, FloatArray, FloatArray]]:
    """Rows (from 0), columns, coefficients, and the rate a day of each row that is finite."""
    arcs, lanes, made = instance.arcs, instance.lanes, instance.productions
    A, U = arcs.lane.size, instance.supplies.site.size
    flow = np.arange(A)
    tools = np.flatnonzero(made.group >= 0)
    tables: tuple[tuple[IntArray, IntArray, FloatArray, FloatArray], ...] = (
        (lanes.origin[arcs.lane], flow, arcs.handling, throughput),
        (arcs.lane, flow, arcs.load, lanes.capacity.sum(axis=1) / days),
        (
            made.group[tools],
            A + U + tools,
            made.hours[tools],
            instance.groups.hours.sum(axis=1) / days,
        ),
        (np.arange(U), A + np.arange(U), np.ones(U), instance.supplies.maximum.sum(axis=1) / days),
        (
            np.arange(made.site.size),
            A + U + np.arange(made.site.size),
            np.ones(made.site.size),
            made.capacity.sum(axis=1) / days,
        ),
    )
    for member, column, value, rate in tables:
        finite = np.flatnonzero(np.isfinite(rate))
        place = np.full(rate.size, -1, dtype=np.int64)
        place[finite] = np.arange(finite.size)
        kept = place[member] >= 0
        yield place[member[kept]], column[kept], value[kept], rate[finite]


def _let(solver: Solver, instance: Instance, lives: BoolArray) -> None:
    """Let only some sites work: flows, purchases, productions and stocks of the others are 0."""
    arcs, lanes, stocks = instance.arcs, instance.lanes, instance.stocks
    ends = lives[lanes.origin[arcs.lane]] & lives[lanes.destination[arcs.lane]]
    able = np.concatenate((ends, lives[instance.supplies.site], lives[instance.productions.site]))
    columns = np.arange(able.size)
    solver.change_bounds(columns, np.zeros(able.size), np.where(able, np.inf, 0.0))
    balance = solver.form.rows["balance"]
    there = np.zeros(balance.size)
    held = np.where(lives[stocks.site], stocks.initial, 0.0)
    np.add.at(there, index_sets(instance).nodes.stock, held)
    solver.change_rows(balance.index, -there, np.full(balance.size, np.inf))
