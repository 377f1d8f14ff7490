"""What a plan aims at besides cost: weights of service and CO2, goals in order, the trade-off."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from solvers.network.outcome import Options
from solvers.network.plan import Plan
from solvers.network.planner import Planner
from solvers.network.stage import part_of
from solvers.values import FloatArray
from solvers.watch import News, Watch, unwatched

Aim = Literal["cost", "service", "co2"]
AIMS: tuple[Aim, ...] = ("cost", "service", "co2")
ROOM = 1e-6  # relative; what a goal may give back so that rounding bars no plan


@dataclass(frozen=True, slots=True)
class Weights:
    """A mix of aims, as prices.

    Parameters
    ----------
    cost
        Weight of money.
    service
        Money for a unit that is lost or waits for a period, on top of what the demand says.
    co2
        Money for a kg of CO2, on top of the carbon price.
    """

    cost: float = 1.0
    service: float = 0.0
    co2: float = 0.0


def terms(planner: Planner) -> dict[Aim, FloatArray]:
    """Coefficients of each aim over the model's columns, shape (n,).

    `service` counts units lost and units that wait, `co2` kg; both are to be small, as `cost` is.
    """
    form, T = planner.form, planner.instance.horizon
    service, co2 = np.zeros(form.cost.size), np.zeros(form.cost.size)
    form.columns["lost"].of(service)[:] = 1.0
    form.columns["backlog"].of(service)[:] = 1.0
    form.columns["flow"].of(co2)[:] = np.repeat(planner.instance.arcs.co2_kg[:, None], T, axis=1)
    return {"cost": form.cost, "service": service, "co2": co2}


def plan_weighted(
    planner: Planner,
    weights: Weights,
    options: Options | None = None,
    watch: Watch = unwatched,
) -> Plan:
    """Plan at the least weighted sum of the aims; `value` is that sum.

    Parameters
    ----------
    planner
        The network; its costs are as they were afterwards.
    weights
        What each aim counts.
    options, watch
        See `Solver.solve`.
    """
    of = terms(planner)
    mixed = weights.cost * of["cost"] + weights.service * of["service"] + weights.co2 * of["co2"]
    return _least(planner, mixed, weights.cost * planner.form.offset, options, watch)


def plan_in_order(
    planner: Planner,
    order: tuple[Aim, ...],
    options: Options | None = None,
    watch: Watch = unwatched,
    slack: float = 0.0,
) -> Plan:
    """Plan at the best of the first aim, then of the next among those plans, and so on.

    Parameters
    ----------
    planner
        The network; its costs are as they were afterwards, and no row binds that did not.
    order
        Aims, the most important first.
    options, watch
        Of each solve, see `Solver.solve`.
    slack
        Share of each goal that the later ones may give back.

    Returns
    -------
    Plan
        `value` is that of the last aim; an earlier plan where a limit ended the way.
    """
    of, rows = terms(planner), list[int]()
    found: Plan | None = None
    for place, aim in enumerate(order):
        stage = part_of(watch, place / len(order), (place + 1) / len(order), aim)
        if found is not None and found.decided is not None:
            planner.solver.start(found.decided.x)
        offset = planner.form.offset if aim == "cost" else 0.0
        plan = _least(planner, of[aim], offset, options, stage)
        if plan.decided is None:
            found = found or plan
            break
        found = plan
        if plan.status != "optimal":
            break
        reached = float(of[aim] @ plan.decided.x)
        limit = reached + (slack + ROOM) * abs(reached) + ROOM
        rows.append(planner.solver.add_row(f"goal {place}", of[aim], -np.inf, limit))
    _release(planner, rows)
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """Best plan under a cap on CO2."""

    cap_kg: float
    co2_kg: float
    cost: float
    plan: Plan


def trade_off(
    planner: Planner,
    points: int,
    options: Options | None = None,
    watch: Watch = unwatched,
) -> tuple[FrontPoint, ...]:
    """Cost against CO2 (epsilon constraint): the least cost under each of several caps.

    The first cap is the least CO2 that any plan emits, the last what the cheapest plan emits; each
    solve starts from the plan before it, which keeps the looser cap too.

    Parameters
    ----------
    planner
        The network; it is as it was afterwards.
    points
        How many points of the front, 2 at least.
    options, watch
        Of each solve, see `Solver.solve`; a watch that says stop keeps the points so far.

    Returns
    -------
    tuple of FrontPoint
        By rising CO2 and falling cost; fewer than `points` if plans coincide, none without a plan.
    """
    if points < 2:
        raise ValueError(f"a front has 2 points at least, got {points}")
    co2, told = terms(planner)["co2"], _Stopping(watch)
    share = 1.0 / (points + 1)
    first = planner.plan(options, part_of(told, 0.0, share, "cheapest"))
    least = _least(planner, co2, 0.0, options, part_of(told, share, 2 * share, "least CO2"))
    if first.decided is None or least.decided is None:
        return ()
    high, low = float(co2 @ first.decided.x), float(co2 @ least.decided.x)
    row = planner.solver.add_row("CO2", co2, -np.inf, np.inf)
    start, found = least.decided.x, [_point(high, co2, first)]
    for place, cap in enumerate(np.linspace(low, high, points)[:-1]):
        if told.stopped:
            break
        begin = (2 + place) * share
        stage = part_of(told, begin, begin + share, f"cap {cap:.4g} kg")
        plan = _capped(planner, row, float(cap), start, options, stage)
        if plan.decided is not None:
            found.append(_point(float(cap), co2, plan))
            start = plan.decided.x
    _release(planner, [row])
    return _front(found)


class _Stopping:
    """A watch that keeps in mind that it has been asked to stop."""

    def __init__(self, watch: Watch) -> None:
        self.stopped = False
        self._watch = watch

    def __call__(self, news: News) -> bool:
        self.stopped = self.stopped or self._watch(news)
        return self.stopped


def _capped(
    planner: Planner,
    row: int,
    cap: float,
    start: FloatArray,
    options: Options | None,
    watch: Watch,
) -> Plan:
    limit = cap + ROOM * (1.0 + abs(cap))
    planner.solver.change_rows(np.array([row]), np.array([-np.inf]), np.array([limit]))
    planner.solver.start(start)
    return planner.plan(options, watch)


def _least(
    planner: Planner, cost: FloatArray, offset: float, options: Options | None, watch: Watch
) -> Plan:
    solver, form = planner.solver, planner.form
    columns = np.arange(cost.size)
    solver.change_costs(columns, cost)
    solver.change_offset(offset)
    plan = planner.plan(options, watch)
    solver.change_costs(columns, form.cost)
    solver.change_offset(form.offset)
    return plan


def _release(planner: Planner, rows: list[int]) -> None:
    free = np.full(len(rows), np.inf)
    if rows:
        planner.solver.change_rows(np.array(rows), -free, free)


def _point(cap: float, co2: FloatArray, plan: Plan) -> FrontPoint:
    assert plan.decided is not None
    emitted = float(co2 @ plan.decided.x)
    cost = plan.decided.kpis.landed_cost
    return FrontPoint(cap, emitted, cost, replace(plan, log=()))


def _front(points: list[FrontPoint]) -> tuple[FrontPoint, ...]:
    """Points that no other beats in both, by rising CO2."""
    kept: list[FrontPoint] = []
    for point in sorted(points, key=lambda p: (p.co2_kg, p.cost)):
        if not kept or point.cost < kept[-1].cost * (1 - 1e-9) - 1e-9:
            kept.append(point)
    return tuple(kept)
