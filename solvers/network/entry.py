"""What an unused lane must cost before it is used: measured by planning again.

The LP with the integers of the plan fixed gives a first guess by its reduced costs; a bisection
over plans finds the unit cost at which the arc comes in, to a stated width.
"""

from dataclasses import dataclass, replace

import numpy as np

from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.plan import Plan
from solvers.network.planner import Planner
from solvers.network.revision import revise
from solvers.network.stage import part_of
from solvers.network.worth import fixed_form
from solvers.values import FloatArray
from solvers.watch import Watch, unwatched

STEPS = 6  # plans of one bisection
USED = 1e-6  # of what an arc may carry: less is not used


@dataclass(frozen=True, slots=True)
class Entry:
    """What must happen to an unused arc before it is used.

    Parameters
    ----------
    lane, commodity
        Which arc.
    cost
        Freight of one unit now, mean of the periods.
    enters_at, stays_out_at
        Freight of one unit at which it is used, and a higher one at which it is not: both
        planned.
    """

    lane: str
    commodity: str
    cost: float
    enters_at: float
    stays_out_at: float


def entries(
    instance: Instance,
    plan: Plan,
    options: Options | None = None,
    watch: Watch = unwatched,
    most: int = 5,
) -> tuple[Entry, ...]:
    """Unused arcs that are nearest to being used, the nearest first; none that never would be.

    Parameters
    ----------
    instance, plan
        The network and its plan of least cost.
    options
        Of each solve.
    watch
        Told of each solve; its True keeps what is measured so far.
    most
        How many arcs are looked at.
    """
    if plan.decided is None:
        return ()
    asked = replace(options or Options(), gap=min(1e-6, (options or Options()).gap))
    nearest = _nearest(instance, plan)[:most]
    planner, found = Planner(instance), list[Entry]()
    for place, (arc, guess) in enumerate(nearest):
        stage = part_of(watch, place / len(nearest), (place + 1) / len(nearest), "lane entry")
        search = _Search(planner, instance, arc, plan.decided.x)
        entry = search.between(guess, asked, stage)
        planner = search.planner
        if search.stopped:
            break
        if entry is not None:
            found.append(entry)
    return tuple(sorted(found, key=lambda e: e.cost - e.enters_at))


def _nearest(instance: Instance, plan: Plan) -> list[tuple[int, float]]:
    """Unused arcs between open sites, and by how much they are too dear."""
    assert plan.decided is not None
    form = Planner(instance).form
    answer = Solver(fixed_form(form, plan.decided.x)).solve(Options(time_s=60.0))
    if answer.reduced_costs is None:
        return []
    q, arcs, lanes = plan.decided.quantities, instance.arcs, instance.lanes
    usable = (arcs.limit > 0) & (q.open[lanes.origin[arcs.lane]] > 0.5)
    unused = (q.flow <= USED * (1.0 + arcs.limit)).all(axis=1) & usable.any(axis=1)
    dear = form.columns["flow"].of(answer.reduced_costs)
    gap = np.where(usable & (dear > 0), dear, np.inf).min(axis=1)
    unused &= gap <= arcs.transport.mean(axis=1)  # others would stay out even free of charge
    order = np.argsort(np.where(unused, gap, np.inf), kind="stable")
    return [(int(a), float(gap[a])) for a in order if unused[a] and np.isfinite(gap[a])]


class _Search:
    """Bisection over the freight of one arc."""

    def __init__(self, planner: Planner, instance: Instance, arc: int, x: FloatArray) -> None:
        self.planner, self.stopped = planner, False
        self._instance, self._arc, self._x = instance, arc, x

    def between(self, guess: float, options: Options, watch: Watch) -> Entry | None:
        """Cuts of the freight at which the arc stays out and comes in, close to each other."""
        out, used = 0.0, guess * 1.01 + 1e-6
        tries = 0
        while not self._used(used, options, watch):
            out, used, tries = used, 2.0 * used, tries + 1
            if tries > STEPS or self.stopped:
                return None
        near = max(0.99 * guess - 1e-6, out)  # the guess is exact unless integers move
        for _ in range(STEPS):
            if used - out <= 0.02 * used:
                break
            if self._used(near, options, watch):
                used = near
            else:
                out = near
            near = (out + used) / 2
        return self._entry(out, used)

    def _used(self, cut: float, options: Options, watch: Watch) -> bool:
        transport = self._instance.arcs.transport.copy()
        transport[self._arc] -= cut
        arcs = replace(self._instance.arcs, transport=transport)
        self.planner = revise(self.planner, replace(self._instance, arcs=arcs), self._x)
        plan = self.planner.plan(options, watch)
        self.stopped = self.stopped or plan.stop == "cancelled"
        if plan.decided is None:
            return False
        flow = plan.decided.quantities.flow[self._arc]
        return bool((flow > USED * (1.0 + self._instance.arcs.limit[self._arc])).any())

    def _entry(self, out: float, used: float) -> Entry:
        arcs, lanes = self._instance.arcs, self._instance.lanes
        cost = float(arcs.transport[self._arc].mean())
        return Entry(
            lane=lanes.code[arcs.lane[self._arc]],
            commodity=self._instance.commodities[arcs.commodity[self._arc]],
            cost=cost,
            enters_at=cost - used,
            stays_out_at=cost - out,
        )
