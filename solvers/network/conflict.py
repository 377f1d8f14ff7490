"""Why a network has no plan: ways out of it, each the cheapest of its kind, each tried.

`ways_out` answers several: bending whatever is cheapest, forgoing demand only, adding capacity
only, loosening rules only, opening lanes that are closed or too long. Each is verified by planning
the network after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from solvers.network.bend import CAPACITIES, RULES
from solvers.network.bent import bent
from solvers.network.bounds import flow_limits
from solvers.network.elastic import Elastic, elastic
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.planner import plan
from solvers.network.resolve import resolve
from solvers.network.softness import BendKind, Softness, softness
from solvers.network.stage import part_of
from solvers.scenario.document import Scenario
from solvers.values import BoolArray, FloatArray
from solvers.watch import Watch, unwatched

WayName = Literal["anything", "less-demand", "more-capacity", "looser-rules", "more-lanes"]
_KINDS: dict[WayName, tuple[BendKind, ...]] = {
    "anything": tuple(k for k in get_args(BendKind) if k != "closed-lane"),
    "less-demand": ("demand",),
    "more-capacity": CAPACITIES,
    "looser-rules": RULES,
}


@dataclass(frozen=True, slots=True)
class Bending:
    """One thing to bend.

    Parameters
    ----------
    kind, code, period
        What, and when ("" for all periods).
    amount
        By how much, in its own unit.
    share
        The same relative to what it is now.
    """

    kind: BendKind
    code: str
    period: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class WayOut:
    """A set of bends after which there is a plan.

    Parameters
    ----------
    name
        What may be bent.
    bendings
        What is bent, the largest share first.
    price
        Sum of weight times share.
    verified
        Whether the network was planned after them.
    cost
        Landed cost of that plan, None if it was not found within the limits.
    """

    name: WayName
    bendings: tuple[Bending, ...]
    price: float
    verified: bool
    cost: float | None


def ways_out(
    scenario: Scenario, options: Options | None = None, watch: Watch = unwatched
) -> tuple[WayOut, ...]:
    """Ways to make an infeasible scenario feasible, the cheapest first.

    Parameters
    ----------
    scenario
        A scenario without flaws. A feasible one has the answer that nothing is to be bent.
    options, watch
        Of each solve.

    Returns
    -------
    tuple of WayOut
        Empty if not even bending everything helps, or within the limits.
    """
    instance, soft = resolve(scenario).instance, softness(scenario)
    found: list[WayOut] = []
    stages = len(_KINDS) + 1
    for place, name in enumerate(_KINDS):
        stage = part_of(watch, place / stages, (place + 1) / stages, name)
        way = _way(instance, name, soft, options or Options(), stage)
        if way is not None:
            found.append(way)
    lanes = _more_lanes(scenario, soft, options or Options(), part_of(watch, 0.8, 1.0, "lanes"))
    if lanes is not None:
        found.append(lanes)
    return tuple(sorted(_distinct(found), key=lambda way: (not way.verified, way.price)))


def _way(
    instance: Instance, name: WayName, soft: Softness, options: Options, watch: Watch
) -> WayOut | None:
    model = elastic(instance, _KINDS[name], soft)
    outcome = Solver(model.form).solve(options, watch)
    if outcome.x is None:
        return None
    amounts = model.amounts(outcome.x)
    mended = bent(instance, {k: v for k, v in amounts.items() if v.any()})
    verified, cost = _tried(mended, options, watch)
    return WayOut(name, _bendings(model, amounts), float(outcome.value or 0.0), verified, cost)


def _tried(instance: Instance, options: Options, watch: Watch) -> tuple[bool, float | None]:
    answer = plan(instance, options, watch)
    if answer.decided is None or answer.status not in ("optimal", "feasible"):
        return False, None
    return True, answer.decided.kpis.landed_cost


def _bendings(model: Elastic, amounts: dict[int, FloatArray]) -> tuple[Bending, ...]:
    found = [
        Bending(b.kind, b.code[i], b.period[i], float(amount[i]), float(amount[i] / b.size[i]))
        for b, amount in ((model.every[n], a) for n, a in amounts.items())
        for i in np.flatnonzero(amount)
    ]
    return tuple(sorted(found, key=lambda bending: -bending.share))


def _distinct(ways: Sequence[WayOut]) -> list[WayOut]:
    kept: list[WayOut] = []
    for way in ways:
        same = {(b.kind, b.code, b.period, round(b.share, 6)) for b in way.bendings}
        if all(same != {(b.kind, b.code, b.period, round(b.share, 6)) for b in other.bendings}
               for other in kept):  # fmt: skip
            kept.append(way)
    return kept


def _more_lanes(
    scenario: Scenario, soft: Softness, options: Options, watch: Watch
) -> WayOut | None:
    """Open lanes that are closed, or longer than is allowed, for as little flow as will do."""
    policy = scenario.policy.model_copy(update={"max_distance": None})
    lanes = tuple(lane.model_copy(update={"open": True}) for lane in scenario.lanes)
    opened = scenario.model_copy(update={"lanes": lanes, "policy": policy})
    instance = resolve(opened).instance
    known = set(resolve(scenario).instance.lanes.code)
    new = np.array([code not in known for code in instance.lanes.code], dtype=np.bool_)
    if not new.any():
        return None
    arcs = new[instance.arcs.lane]
    model = elastic(instance, (), soft)
    wanted = float(instance.demands.quantity.sum()) or 1.0
    weight = [soft.weight("closed-lane", instance.lanes.code[lane]) for lane in instance.arcs.lane]
    cost = model.form.cost.copy()
    model.form.columns["flow"].of(cost)[arcs] = np.array(weight)[arcs, None] / wanted
    outcome = Solver(replace(model.form, cost=cost)).solve(options, watch)
    if outcome.x is None:
        return None
    flow = np.where(arcs[:, None], model.form.columns["flow"].of(outcome.x), 0.0)
    used = _by_lane(instance, flow)
    verified, money = _tried(_only(instance, ~new | (used > 1e-6 * wanted)), options, watch)
    bendings = tuple(
        Bending("closed-lane", instance.lanes.code[lane], "", float(used[lane]),
                float(used[lane] / wanted))
        for lane in np.argsort(-used, kind="stable") if used[lane] > 1e-6 * wanted
    )  # fmt: skip
    return WayOut("more-lanes", bendings, float(outcome.value or 0.0), verified, money)


def _by_lane(instance: Instance, flow: FloatArray) -> FloatArray:
    total = np.zeros(len(instance.lanes.code))
    np.add.at(total, instance.arcs.lane, flow.sum(axis=1))
    return total


def _only(instance: Instance, open_: BoolArray) -> Instance:
    """Instance whose other lanes carry nothing."""
    capacity = np.where(open_[:, None], instance.lanes.capacity, 0.0)
    shut = replace(instance, lanes=replace(instance.lanes, capacity=capacity))
    limit = np.where(open_[instance.arcs.lane, None], flow_limits(shut), 0.0)
    return replace(shut, arcs=replace(shut.arcs, limit=limit))
