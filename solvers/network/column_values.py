"""Bounds, cost and integrality of the columns of a network."""

import numpy as np

from solvers.network.instance import Instance
from solvers.network.layout import Layout
from solvers.values import BoolArray, FloatArray

BINARY = ("open", "expand", "used", "step_on", "tier_on", "safety_on", "source")
INTEGER = (*BINARY, "shipments")


def bounds(net: Layout) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bounds of all columns, each of shape (n,)."""
    instance, sets, columns = net.instance, net.sets, net.columns
    size = sum(block.size for block in columns.values())
    lower, upper = np.zeros(size), np.full(size, np.inf)
    sites, stocks = instance.sites, instance.stocks
    columns["flow"].of(upper)[:] = arriving_limit(instance)
    columns["buy"].of(lower)[:] = instance.supplies.minimum
    columns["buy"].of(upper)[:] = instance.supplies.maximum
    columns["make"].of(upper)[:] = instance.productions.capacity
    columns["stock"].of(lower)[:] = stocks.safety
    columns["stock"].of(lower)[:, -1:] = np.maximum(stocks.safety[:, -1:], stocks.final[:, None])
    columns["stock"].of(upper)[:] = stocks.capacity
    columns["lost"].of(upper)[:] = lost_limit(instance)
    columns["backlog"].of(upper)[:] = backlog_limit(instance)
    columns["open"].of(lower)[:] = sites.must_open[sets.designed]
    columns["open"].of(upper)[:] = sites.may_open[sets.designed]
    for name in ("opening", "closing", *BINARY[1:]):
        columns[name].of(upper)[:] = 1.0
    columns["tier_load"].of(upper)[:] = sets.tiers.length[:, None]
    columns["safety_load"].of(upper)[:] = sets.safety.length[:, None]
    return lower, upper


def cost(net: Layout) -> FloatArray:
    """Objective of all columns, of shape (n,)."""
    instance, sets, columns = net.instance, net.sets, net.columns
    sites, lanes, demands = instance.sites, instance.lanes, instance.demands
    values = np.zeros(sum(block.size for block in columns.values()))
    flow = columns["flow"].of(values)
    np.add(instance.arcs.transport, instance.arcs.duty, out=flow)
    flow += instance.arcs.capital
    flow += instance.rules.carbon_price * instance.arcs.co2_kg[:, None]
    columns["buy"].of(values)[:] = instance.supplies.unit_cost
    columns["make"].of(values)[:] = instance.productions.unit_cost
    columns["stock"].of(values)[:] = instance.stocks.holding
    columns["lost"].of(values)[:] = allowed(demands.lost_cost)[:, None]
    columns["backlog"].of(values)[:] = allowed(demands.backlog_cost)[:, None]
    columns["open"].of(values)[:] = sites.fixed_cost[sets.designed]
    columns["opening"].of(values)[:] = sites.open_cost[sets.designed, None]
    columns["closing"].of(values)[:] = sites.close_cost[sets.designed, None]
    columns["expand"].of(values)[:] = instance.expansions.cost[:, None]
    columns["used"].of(values)[:] = lanes.fixed_cost[sets.choice]
    columns["shipments"].of(values)[:] = lanes.shipment_cost[sets.shipped, None]
    columns["step_load"].of(values)[:] = sets.steps.slope[:, None]
    columns["step_on"].of(values)[:] = instance.steps.fixed[sets.steps.binary, None]
    columns["tier_load"].of(values)[:] = sets.tiers.slope[:, None]
    columns["safety_load"].of(values)[:] = sets.safety.slope[:, None]
    return values


def integer(net: Layout) -> BoolArray:
    """Which columns are integral, of shape (n,)."""
    values = np.zeros(sum(block.size for block in net.columns.values()), dtype=np.bool_)
    for name in INTEGER:
        block = net.columns[name]
        values[block.start : block.start + block.size] = True
    return values


def offset(instance: Instance) -> float:
    """Cost of every plan: sites that are not designed, and the safety cost of no outflow."""
    stocks = instance.stocks
    first = np.diff(stocks.safety_of, prepend=-1) != 0
    still = instance.sites.fixed_cost[~instance.sites.designed]
    return float(still.sum() + instance.horizon * stocks.safety_cost[first].sum())


def arriving_limit(instance: Instance) -> FloatArray:
    """Upper bound of the flows (A, T): nothing leaves that would arrive after the last period."""
    lag = instance.lanes.lag[instance.arcs.lane]
    if not lag.any():
        return instance.arcs.limit
    arrives = np.arange(instance.horizon) + lag[:, None] < instance.horizon
    return np.where(arrives, instance.arcs.limit, 0.0)


def lost_limit(instance: Instance) -> FloatArray:
    """Demand that may be lost (D, T)."""
    demands = instance.demands
    return np.where(np.isfinite(demands.lost_cost)[:, None], demands.quantity, 0.0)


def backlog_limit(instance: Instance) -> FloatArray:
    """Demand that may wait (D, T): any or none, and none at the end."""
    waits = np.where(np.isfinite(instance.demands.backlog_cost), np.inf, 0.0)
    limit = np.repeat(waits[:, None], instance.horizon, axis=1)
    limit[:, -1:] = 0.0
    return limit


def allowed(price: FloatArray) -> FloatArray:
    """Price of what is allowed, 0 for what is not."""
    return np.where(np.isfinite(price), price, 0.0)
