"""Planning layer by layer against planning at once: what it costs that each optimises alone.

A layer minimises its own money (and that of service, which is everybody's) under what the layers
before it have settled. The plan that results is priced end to end; the price of isolation is what
it costs more than the joint plan of the same network.

Examples
--------
>>> from solvers.network.resolve import resolve
>>> from solvers.scenario.example import example_scenario
>>> found = isolation(Planner(resolve(example_scenario()).instance), (("transport", "sites"),))
>>> found.price(found.ways[0]) >= 0
True
"""

from dataclasses import dataclass

import numpy as np

from solvers.network.layer import LAYERS, Layer, LayerName, Order, own_cost
from solvers.network.money import Money, total
from solvers.network.outcome import Options, Status
from solvers.network.plan import Plan
from solvers.network.planner import Planner
from solvers.network.stage import part_of
from solvers.values import FloatArray
from solvers.watch import News, Watch, unwatched

TIES = 1e-3  # of all money in a layer's objective: what it is indifferent about goes to the whole
ROOM = 1e-5  # relative to 1 + |x|; given only where rounding of what is settled bars a layer
ORDERS: tuple[Order, ...] = (
    ("transport", "sites", "sourcing", "inventory"),
    ("sites", "transport", "sourcing", "inventory"),
    ("sourcing", "transport", "sites", "inventory"),
    ("inventory", "sourcing", "transport", "sites"),
)


@dataclass(frozen=True, slots=True)
class LayerStep:
    """What became of one layer: its own money (with service) in its own plan; None without one."""

    layer: LayerName
    status: Status
    own: float | None


@dataclass(frozen=True, slots=True)
class Layered:
    """A plan made layer by layer.

    Parameters
    ----------
    order
        Which layer came when.
    blind
        Whether a layer saw only its own rules and those of the layers before it.
    steps
        The layers, up to the first that had no plan.
    plan
        The whole, priced end to end; None if a layer had no plan.
    failed
        The layer that what came before left without a plan; None if all had one.
    """

    order: Order
    blind: bool
    steps: tuple[LayerStep, ...]
    plan: Plan | None
    failed: LayerName | None

    @property
    def total(self) -> float | None:
        """Money of the whole plan; None without one."""
        if self.plan is None or self.plan.decided is None:
            return None
        return self.plan.decided.kpis.landed_cost


@dataclass(frozen=True, slots=True)
class Isolation:
    """The joint plan of a network beside plans made layer by layer."""

    joint: Plan
    ways: tuple[Layered, ...]

    def price(self, way: Layered) -> float | None:
        """Money that a way costs more than the joint plan; None if either is missing."""
        if self.joint.decided is None or way.total is None:
            return None
        return way.total - self.joint.decided.kpis.landed_cost

    def excess(self, way: Layered) -> Money | None:
        """Money by category that a way costs more than the joint plan, shape (T,) each."""
        if self.joint.decided is None or way.plan is None or way.plan.decided is None:
            return None
        joint = self.joint.decided.money
        return {name: amount - joint[name] for name, amount in way.plan.decided.money.items()}


def isolation(
    planner: Planner,
    orders: tuple[Order, ...] = ORDERS,
    options: Options | None = None,
    watch: Watch = unwatched,
    *,
    blind: bool = False,
) -> Isolation:
    """Plan a network at once and layer by layer.

    The joint solve starts from the cheapest layered plan, so that it is never dearer, not even
    where a limit ends it.

    Parameters
    ----------
    planner
        The network; it is as it was afterwards.
    orders
        Orders of layers to try.
    options, watch
        Of each solve, see `Solver.solve`; a watch that says stop ends with the orders so far.
    blind
        Whether a layer sees only its own rules and those of the layers before it; what it settles
        may then leave a later one without a plan.
    """
    told, ways, share = _Stopping(watch), list[Layered](), 1.0 / (len(orders) + 1)
    for place, order in enumerate(orders):
        if told.stopped:
            break
        stage = part_of(told, place * share, (place + 1) * share, ", then ".join(order))
        ways.append(plan_layered(planner, order, options, stage, blind=blind))
    ready = [way.plan for way in ways if way.total is not None and way.plan is not None]
    best = min((p.decided for p in ready if p.decided), key=lambda d: total(d.money), default=None)
    if best is not None:
        planner.solver.start(best.x)
    joint = planner.plan(options, part_of(watch, len(orders) * share, 1.0, "joint plan"))
    return Isolation(joint, tuple(ways))


def plan_layered(
    planner: Planner,
    order: Order,
    options: Options | None = None,
    watch: Watch = unwatched,
    *,
    blind: bool = False,
) -> Layered:
    """Plan layer by layer; a layer left out of `order` decides last, with the whole money in view.

    Parameters
    ----------
    planner
        The network; it is as it was afterwards.
    order
        Layers, the first to decide first.
    options, watch, blind
        See `isolation`.

    Raises
    ------
    ValueError
        If no layer is named, or one twice.
    """
    if not order or len(set(order)) != len(order):
        raise ValueError(f"an order names each layer at most once, and one at least, got {order}")
    steps, share = list[LayerStep](), 1.0 / (len(order) + 1)
    try:
        for place, name in enumerate(order):
            _see(planner, order[place + 1 :] if blind else ())
            stage = part_of(watch, place * share, (place + 1) * share, name)
            step = _decide(planner, LAYERS[name], options, stage)
            steps.append(step)
            if step.own is None:
                return Layered(order, blind, tuple(steps), None, name)
        _see(planner, ())
        priced = part_of(watch, 1.0 - share, 1.0, "end-to-end cost")
        plan = planner.plan(options, priced)
        if plan.status == "infeasible" and _widen(planner):
            plan = planner.plan(options, priced)
    finally:
        _release(planner)
    return Layered(order, blind, tuple(steps), plan, None if plan.decided else order[-1])


def _decide(planner: Planner, layer: Layer, options: Options | None, watch: Watch) -> LayerStep:
    """Solve for one layer, and settle its columns."""
    solver, form = planner.solver, planner.form
    columns = np.arange(form.cost.size)
    own = own_cost(planner.instance, form, layer)
    solver.change_costs(columns, own + TIES * form.cost)
    solver.change_offset(0.0)
    found = solver.solve(options, watch)
    if found.status == "infeasible" and _widen(planner):
        found = solver.solve(options, watch)
    solver.change_costs(columns, form.cost)
    solver.change_offset(form.offset)
    if found.x is None or found.status == "numerical-error":
        return LayerStep(layer.name, found.status, None)
    _settle(planner, layer, found.x)
    solver.start(found.x)
    return LayerStep(layer.name, found.status, float(own @ found.x))


def _settle(planner: Planner, layer: Layer, x: FloatArray) -> None:
    """Hold what a layer decided."""
    form = planner.form
    blocks = [form.columns[name] for name in layer.decides]
    at = np.concatenate([np.arange(b.start, b.start + b.size) for b in blocks])
    value = np.where(form.integer[at], np.round(x[at]), x[at])
    held = np.clip(value, form.lower[at], form.upper[at])
    if at.size:
        planner.solver.change_bounds(at, held, held)


def _widen(planner: Planner) -> bool:
    """Give what is held a little room, whole numbers none; False if nothing is held."""
    form, now = planner.form, planner.solver.form
    held = (now.lower == now.upper) & (form.lower < form.upper) & ~form.integer
    at = np.flatnonzero(held)
    room = ROOM * (1.0 + np.abs(now.lower[at]))
    lower = np.clip(now.lower[at] - room, form.lower[at], form.upper[at])
    upper = np.clip(now.upper[at] + room, form.lower[at], form.upper[at])
    if at.size:
        planner.solver.change_bounds(at, lower, upper)
    return bool(at.size)


def _see(planner: Planner, hidden: Order) -> None:
    """Free the rules of the layers in `hidden`, and bind all others."""
    form = planner.form
    lower, upper = form.row_lower.copy(), form.row_upper.copy()
    for name in (rule for layer in hidden for rule in LAYERS[layer].rules):
        form.rows[name].of(lower)[...] = -np.inf
        form.rows[name].of(upper)[...] = np.inf
    now = planner.solver.form
    at = np.flatnonzero((now.row_lower != lower) | (now.row_upper != upper))
    if at.size:
        planner.solver.change_rows(at, lower[at], upper[at])


def _release(planner: Planner) -> None:
    form = planner.form
    _see(planner, ())
    planner.solver.change_bounds(np.arange(form.cost.size), form.lower, form.upper)


class _Stopping:
    """A watch that keeps in mind that it has been asked to stop."""

    def __init__(self, watch: Watch) -> None:
        self.stopped = False
        self._watch = watch

    def __call__(self, news: News) -> bool:
        self.stopped = self.stopped or self._watch(news)
        return self.stopped
