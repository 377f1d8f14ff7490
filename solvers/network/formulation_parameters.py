"""Parameters of the Pyomo model; letters are those of `docs/methods/network-plan.md`."""
# pyright: reportUnknownLambdaType=false

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from solvers.network import column_values, tariff
from solvers.network.balance import node_demand
from solvers.network.bounds import make_limits
from solvers.network.layout import Layout
from solvers.network.pieces import Pieces
from solvers.values import FloatArray, IntArray

Model = Any
Numbers = FloatArray | IntArray | NDArray[np.bool_]


def add_parameters(m: Model, net: Layout) -> None:
    """Declare the numbers of the model; those of bounds are plain lists."""
    _add_bounds(m, net)
    _add_costs(m, net)
    _add_site_numbers(m, net)
    _add_lane_numbers(m, net)
    _add_step_numbers(m, net)
    _add_piece_numbers(m, net, "tier", net.sets.tiers)
    _add_piece_numbers(m, net, "safety", net.sets.safety)
    _add_service_numbers(m, net)


def _table(values: Numbers, *sets: Any) -> Any:
    """Parameter over sets of positions in a table of that shape, which it keeps as `table`.

    The rule is a default, so that no number is looked up before it is asked for.
    """
    rule = (lambda _, i: values[i]) if values.ndim == 1 else (lambda _, i, j: values[i, j])
    parameter: Any = pyo.Param(*sets, default=rule, within=pyo.Any)
    parameter.table = values
    return parameter


def _add_bounds(m: Model, net: Layout) -> None:
    instance, stocks = net.instance, net.instance.stocks
    stock_least = stocks.safety.copy()
    stock_least[:, -1:] = np.maximum(stock_least[:, -1:], stocks.final[:, None])
    bounds: dict[str, Numbers] = {
        "flow_most": column_values.arriving_limit(instance),
        "buy_least": instance.supplies.minimum,
        "buy_most": instance.supplies.maximum,
        "make_most": instance.productions.capacity,
        "stock_least": stock_least,
        "stock_most": stocks.capacity,
        "lost_most": column_values.lost_limit(instance),
        "backlog_most": column_values.backlog_limit(instance),
        "must_open": instance.sites.must_open,
        "may_open": instance.sites.may_open,
        "tier_most": net.sets.tiers.length,
        "safety_most": net.sets.safety.length,
    }
    for name, values in bounds.items():
        setattr(m, name, values.tolist())


def _add_costs(m: Model, net: Layout) -> None:
    instance, sites, lanes = net.instance, net.instance.sites, net.instance.lanes
    arcs, demands = instance.arcs, instance.demands
    carbon = instance.rules.carbon_price * arcs.co2_kg[:, None]
    m.offset = column_values.offset(instance)
    m.flow_cost = _table(arcs.transport + arcs.duty + arcs.capital + carbon, m.A, m.T)
    m.buy_cost = _table(instance.supplies.unit_cost, m.U, m.T)
    m.make_cost = _table(instance.productions.unit_cost, m.P, m.T)
    m.holding = _table(instance.stocks.holding, m.I, m.T)
    m.lost_cost = _table(column_values.allowed(demands.lost_cost), m.D)
    m.backlog_cost = _table(column_values.allowed(demands.backlog_cost), m.D)
    m.fixed_cost = _table(sites.fixed_cost, m.F, m.T)
    m.open_cost = _table(sites.open_cost, m.F)
    m.close_cost = _table(sites.close_cost, m.F)
    m.expand_cost = _table(instance.expansions.cost, m.E)
    m.lane_cost = _table(lanes.fixed_cost, m.Z, m.T)
    m.shipment_cost = _table(lanes.shipment_cost, m.M)
    m.step_rate = _table(instance.steps.rate, m.Q)
    m.step_fixed = _table(instance.steps.fixed, m.Q_ON)
    m.tier_cost = _table(instance.tiers.unit_cost, m.H)
    m.safety_slope = _table(net.sets.safety.slope, m.C)


def _add_site_numbers(m: Model, net: Layout) -> None:
    sets, sites, made = net.sets, net.instance.sites, net.instance.productions
    before = np.zeros((len(sites.code), net.horizon))
    before[:, :1] = sites.initially_open[:, None]
    fixed = np.where(sites.designed[:, None], 0.0, sites.throughput)
    m.handling = _table(net.instance.arcs.handling, m.A)
    m.site_throughput = _table(sites.throughput, m.F, m.T)
    m.fixed_throughput = _table(fixed, m.LIMITED, m.T)
    m.open_before = _table(before, m.F, m.T)
    m.expand_site = _table(net.instance.expansions.site, m.E)
    m.expand_capacity = _table(net.instance.expansions.capacity, m.E)
    m.demand = _table(_net_demand(net), m.N, m.T)
    m.origin = _table(sets.arc_origin, m.A_FROM)
    m.destination = _table(sets.arc_destination, m.A_INTO)
    m.limit = _table(net.instance.arcs.limit, m.A_LINKED, m.T)
    m.make_site = _table(made.site, m.P)
    m.make_limit = _table(make_limits(net.instance), m.P_DESIGN, m.T)
    m.yields = _table(made.yields, m.P, m.T)
    m.input_of = _table(made.input_of, m.B)
    m.input_quantity = _table(made.input_quantity, m.B)
    m.make_hours = _table(made.hours, m.P)
    m.group_hours = _table(net.instance.groups.hours, m.G, m.T)


def _net_demand(net: Layout) -> FloatArray:
    """Demand of the nodes, less what they hold before the first period."""
    demand = node_demand(net)
    for node, initial in zip(net.sets.nodes.stock, net.instance.stocks.initial, strict=True):
        demand[node, :1] -= initial
    return demand


def _add_lane_numbers(m: Model, net: Layout) -> None:
    lanes, arcs = net.instance.lanes, net.instance.arcs
    m.lane = _table(arcs.lane, m.A_CHOICE)
    m.arc_lag = _table(lanes.lag[arcs.lane], m.A_INTO)
    m.arc_load = _table(arcs.load, m.A)
    m.co2 = _table(arcs.co2_kg, m.A)
    m.capacity = _table(lanes.capacity, m.METERED, m.T)
    m.minimum = _table(lanes.minimum, m.LEAST)
    m.shipment_size = _table(lanes.shipment_size, m.M)


def _add_step_numbers(m: Model, net: Layout) -> None:
    steps, whole = net.sets.steps, net.instance.steps.all_units
    limit = tariff.step_ends(net)
    plain = (steps.binary_of < 0)[:, None]
    m.step_end = _table(limit, m.Q, m.T)
    m.step_room = _table(np.where(plain, limit, 0.0), m.Q, m.T)
    m.step_begin = _table(np.where(whole, steps.start, 0.0), m.Q_ON)
    m.step_full = _table(np.where(whole | steps.last, 0.0, steps.length), m.Q_ON)
    m.step_floor = _table(np.where(steps.last & ~whole, -np.inf, 0.0), m.Q_ON)
    m.step_next = _table(_next(steps), m.Q_ON)
    most = np.full(len(net.instance.lanes.code), np.inf)
    most[net.instance.steps.lane[whole]] = 1.0
    m.step_most = _table(most, m.R_ON)


def _next(pieces: Pieces) -> IntArray:
    """Piece after each, itself after the last."""
    return np.arange(pieces.owner.size) + ~pieces.last


def _add_piece_numbers(m: Model, net: Layout, name: str, pieces: Pieces) -> None:
    if name == "tier":
        limit, members, binary = tariff.tier_ends(net), m.H, m.H_ON
    else:
        limit, members, binary = tariff.safety_ends(net), m.C, m.C_ON
    m.add_component(f"{name}_size", _table(pieces.length, members))
    m.add_component(f"{name}_end", _table(limit, binary, m.T))
    m.add_component(f"{name}_full", _table(np.where(pieces.last, 0.0, pieces.length), binary))
    m.add_component(f"{name}_floor", _table(np.where(pieces.last, -np.inf, 0.0), binary))
    m.add_component(f"{name}_next", _table(_next(pieces), binary))


def _add_service_numbers(m: Model, net: Layout) -> None:
    sets, demands, rules = net.sets, net.instance.demands, net.instance.rules
    some = np.isin(np.arange(demands.site.size), sets.single[sets.single_of])
    total = demands.quantity.sum(axis=1)
    m.source_arc = _table(sets.single_arcs, m.W)
    m.source_least = _table(np.where(some, 1.0, -np.inf), m.SINGLE)
    m.source_most = _table(np.where(some, 1.0, np.inf), m.SINGLE)
    m.lost_share = _table((1 - demands.fill_rate) * total, m.FILLED)
    m.lost_share_of_all = (1 - rules.service_level) * float(total.sum())
    kind = np.array(net.instance.sites.kind, dtype=np.str_)
    always = np.array(
        [((kind == name) & ~net.instance.sites.designed).sum() for name in rules.count_kind]
    )
    m.count_least = _table(rules.count_minimum - always, m.K)
    m.count_most = _table(rules.count_maximum - always, m.K)
    m.carbon_most = _table(rules.carbon_cap_of, m.T)
    demand, periods = node_demand(net), range(net.horizon)
    wanted = np.full((net.instance.stocks.site.size, net.horizon), np.inf)
    for i in m.I_SHELF:
        life = int(net.instance.stocks.shelf_life[i])
        for t in periods[: max(net.horizon - life, 0)]:
            wanted[i, t] = demand[sets.nodes.stock[i], t + 1 : t + life + 1].sum()
    m.wanted = _table(wanted, m.I_SHELF, m.T)
