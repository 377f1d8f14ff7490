"""The model of a network in Pyomo, as `docs/methods/network-plan.md` states it.

This is the formulation to read. Indices are positions in the tables of the instance; sets are in
capitals, in the letters of the page, parameters and variables in its names. Every rule can be
templated: it holds no condition on its indices, and where the page calls a row free, a bound or a
coefficient is infinite. `compiled.py` turns it into arrays; `arrays.py` builds those directly.
"""
# Pyomo ships no types: components are Unknown here, and `compiled.py` gives its numbers theirs.
# pyright: reportUnknownLambdaType=false

from math import isfinite
from typing import Any

import pyomo.environ as pyo

from solvers.network.formulation_parameters import add_parameters
from solvers.network.formulation_pieces import (
    add_safety_rows,
    add_tariff_rows,
    add_tier_rows,
    carried,
    handled,
    outflow,
)
from solvers.network.formulation_sets import add_sets
from solvers.network.instance import Instance
from solvers.network.layout import layout
from solvers.network.templates import templated

Model = Any  # pyomo.environ.ConcreteModel, whose components are added by name


def formulate(instance: Instance) -> Model:
    """State the model of `instance`; variables and constraints are named as the blocks are."""
    m = pyo.ConcreteModel()
    net = layout(instance)
    add_sets(m, net)
    add_parameters(m, net)
    add_variables(m)
    add_objective(m)
    add_balance(m)
    add_site_rows(m)
    add_lane_rows(m)
    add_tariff_rows(m)
    add_tier_rows(m)
    add_safety_rows(m)
    add_service_rows(m)
    add_rules(m, instance)
    add_shelf_life(m)
    return m


def add_variables(m: Model) -> None:
    """Declare the columns, in order."""
    whole, binary = pyo.NonNegativeIntegers, pyo.Binary
    m.flow = pyo.Var(m.A, m.T, bounds=lambda m, a, t: (0, m.flow_most[a][t]))
    m.buy = pyo.Var(m.U, m.T, bounds=lambda m, u, t: (m.buy_least[u][t], m.buy_most[u][t]))
    m.make = pyo.Var(m.P, m.T, bounds=lambda m, p, t: (0, m.make_most[p][t]))
    m.stock = pyo.Var(m.I, m.T, bounds=lambda m, i, t: (m.stock_least[i][t], m.stock_most[i][t]))
    m.lost = pyo.Var(m.D, m.T, bounds=lambda m, d, t: (0, m.lost_most[d][t]))
    m.backlog = pyo.Var(m.D, m.T, bounds=lambda m, d, t: (0, m.backlog_most[d][t]))
    m.open = pyo.Var(
        m.F, m.T, domain=binary, bounds=lambda m, s, t: (m.must_open[s][t], m.may_open[s][t])
    )
    m.opening = pyo.Var(m.F, m.T, bounds=(0, 1))
    m.closing = pyo.Var(m.F, m.T, bounds=(0, 1))
    m.expand = pyo.Var(m.E, m.T, domain=binary)
    m.used = pyo.Var(m.Z, m.T, domain=binary)
    m.shipments = pyo.Var(m.M, m.T, domain=whole)
    m.step_load = pyo.Var(m.Q, m.T, bounds=(0, None))
    m.step_on = pyo.Var(m.Q_ON, m.T, domain=binary)
    m.tier_load = pyo.Var(m.H, m.T, bounds=lambda m, h, _: (0, m.tier_most[h]))
    m.tier_on = pyo.Var(m.H_ON, m.T, domain=binary)
    m.safety_load = pyo.Var(m.C, m.T, bounds=lambda m, c, _: (0, m.safety_most[c]))
    m.safety_on = pyo.Var(m.C_ON, m.T, domain=binary)
    m.source = pyo.Var(m.W, domain=binary)


def add_objective(m: Model) -> None:
    """State the cost of a plan."""
    m.cost = pyo.Objective(
        rule=lambda m: (
            m.offset
            + sum(m.flow_cost[a, t] * m.flow[a, t] for a in m.A for t in m.T)
            + sum(m.buy_cost[u, t] * m.buy[u, t] for u in m.U for t in m.T)
            + sum(m.make_cost[p, t] * m.make[p, t] for p in m.P for t in m.T)
            + sum(m.holding[i, t] * m.stock[i, t] for i in m.I for t in m.T)
            + sum(m.lost_cost[d] * m.lost[d, t] for d in m.D for t in m.T)
            + sum(m.backlog_cost[d] * m.backlog[d, t] for d in m.D for t in m.T)
            + sum(m.fixed_cost[s, t] * m.open[s, t] for s in m.F for t in m.T)
            + sum(m.open_cost[s] * m.opening[s, t] for s in m.F for t in m.T)
            + sum(m.close_cost[s] * m.closing[s, t] for s in m.F for t in m.T)
            + sum(m.expand_cost[e] * m.expand[e, t] for e in m.E for t in m.T)
            + sum(m.lane_cost[k, t] * m.used[k, t] for k in m.Z for t in m.T)
            + sum(m.shipment_cost[k] * m.shipments[k, t] for k in m.M for t in m.T)
            + sum(m.step_rate[q] * m.step_load[q, t] for q in m.Q for t in m.T)
            + sum(m.step_fixed[q] * m.step_on[q, t] for q in m.Q_ON for t in m.T)
            + sum(m.tier_cost[h] * m.tier_load[h, t] for h in m.H for t in m.T)
            + sum(m.safety_slope[c] * m.safety_load[c, t] for c in m.C for t in m.T)
        )
    )


def add_balance(m: Model) -> None:
    """Conserve units at the nodes."""
    m.balance = templated(
        m.N,
        m.T,
        rule=lambda m, n, t: (
            sum(
                sum(m.flow[a, s] for a in m.ARRIVING[n, lag] for s in m.BEFORE[lag, t])
                for lag in m.LAGS
            )
            + sum(m.buy[u, t] for u in m.BUYING[n])
            + sum(m.yields[p, t] * m.make[p, t] for p in m.MAKING[n])
            + sum(m.stock[i, s] for i in m.HELD[n] for s in m.BEFORE[1, t])
            + sum(m.lost[d, t] + m.backlog[d, t] for d in m.ASKED[n])
            - sum(m.backlog[d, s] for d in m.ASKED[n] for s in m.BEFORE[1, t])
            - sum(m.flow[a, t] for a in m.LEAVING[n])
            - sum(m.input_quantity[b] * m.make[m.input_of[b], t] for b in m.TAKING[n])
            - sum(m.stock[i, t] for i in m.HELD[n])
            == m.demand[n, t]
        ),
    )


def add_site_rows(m: Model) -> None:
    """State what sites allow."""
    m.throughput = templated(
        m.LIMITED,
        m.T,
        rule=lambda m, s, t: (
            handled(m, s, t)
            - sum(m.site_throughput[f, t] * m.open[f, t] for f in m.DESIGN[s])
            - sum(m.expand_capacity[e] * m.expand[e, u] for e in m.EXPANDING[s] for u in m.UNTIL[t])
            <= m.fixed_throughput[s, t]
        ),
    )
    m.expand_open = templated(
        m.E_DESIGN, m.T, rule=lambda m, e, t: m.expand[e, t] - m.open[m.expand_site[e], t] <= 0
    )
    m.expand_once = templated(m.E, rule=lambda m, e: sum(m.expand[e, t] for t in m.T) <= 1)
    m.origin_link = templated(
        m.A_FROM,
        m.T,
        rule=lambda m, a, t: m.flow[a, t] <= m.limit[a, t] * m.open[m.origin[a], t],
    )
    m.destination_link = templated(
        m.A_INTO,
        m.T,
        rule=lambda m, a, t: (
            m.flow[a, t]
            <= (m.limit[a, t] + m.beyond[m.arc_lag[a], t])
            * m.open[m.destination[a], m.arrival[m.arc_lag[a], t]]
        ),
    )
    m.make_link = templated(
        m.P_DESIGN,
        m.T,
        rule=lambda m, p, t: m.make[p, t] <= m.make_limit[p, t] * m.open[m.make_site[p], t],
    )
    m.change = templated(
        m.F,
        m.T,
        rule=lambda m, s, t: (
            m.open[s, t]
            - sum(m.open[s, u] for u in m.BEFORE[1, t])
            - m.opening[s, t]
            + m.closing[s, t]
            == m.open_before[s, t]
        ),
    )
    m.hours = templated(
        m.G,
        m.T,
        rule=lambda m, g, t: (
            sum(m.make_hours[p] * m.make[p, t] for p in m.GROUPED[g]) <= m.group_hours[g, t]
        ),
    )


def add_lane_rows(m: Model) -> None:
    """State what lanes allow."""
    m.lane_capacity = templated(
        m.METERED, m.T, rule=lambda m, lane, t: carried(m, lane, t) <= m.capacity[lane, t]
    )
    m.lane_minimum = templated(
        m.LEAST,
        m.T,
        rule=lambda m, lane, t: carried(m, lane, t) - m.minimum[lane] * m.used[lane, t] >= 0,
    )
    m.lane_used = templated(
        m.A_CHOICE,
        m.T,
        rule=lambda m, a, t: m.flow[a, t] <= m.limit[a, t] * m.used[m.lane[a], t],
    )
    m.shipment = templated(
        m.M,
        m.T,
        rule=lambda m, lane, t: carried(m, lane, t) <= m.shipment_size[lane] * m.shipments[lane, t],
    )


def add_service_rows(m: Model) -> None:
    """State how customers are served."""
    m.single = templated(
        m.SINGLE,
        rule=lambda m, d: (
            m.source_least[d],
            sum(m.source[w] for w in m.SOURCES[d]),
            m.source_most[d],
        ),
    )
    m.single_link = templated(
        m.W,
        m.T,
        rule=lambda m, w, t: (
            m.flow[m.source_arc[w], t] <= m.limit[m.source_arc[w], t] * m.source[w]
        ),
    )
    m.fill_rate = templated(
        m.FILLED, rule=lambda m, d: sum(m.lost[d, t] for t in m.T) <= m.lost_share[d]
    )


def add_rules(m: Model, instance: Instance) -> None:
    """State the rules over the network, each where it is there."""
    rules = instance.rules
    if rules.service_level > 0:
        m.service_level = templated(
            rule=lambda m: sum(m.lost[d, t] for d in m.D for t in m.T) <= m.lost_share_of_all
        )
    if isfinite(rules.carbon_cap):
        m.carbon_cap = templated(
            rule=lambda m: (
                sum(m.co2[a] * m.flow[a, t] for a in m.A for t in m.T) <= rules.carbon_cap
            )
        )
    if any(isfinite(cap) for cap in rules.carbon_cap_of):
        m.carbon_cap_of = templated(
            m.T,
            rule=lambda m, t: sum(m.co2[a] * m.flow[a, t] for a in m.A) <= m.carbon_most[t],
        )
    if isfinite(rules.budget):
        m.budget = templated(
            rule=lambda m: (
                sum(m.open_cost[s] * m.opening[s, t] for s in m.F for t in m.T)
                + sum(m.expand_cost[e] * m.expand[e, t] for e in m.E for t in m.T)
                <= rules.budget
            )
        )
    m.site_count = templated(
        m.K,
        m.T,
        rule=lambda m, k, t: (
            m.count_least[k],
            sum(m.open[s, t] for s in m.OF_KIND[k]),
            m.count_most[k],
        ),
    )


def add_shelf_life(m: Model) -> None:
    """Use stock up before its shelf life is over."""
    m.shelf_life = templated(
        m.I_SHELF,
        m.T,
        rule=lambda m, i, t: (
            m.stock[i, t]
            - sum(m.backlog[d, t] for d in m.WANTED[i])
            + sum(m.backlog[d, u] for d in m.WANTED[i] for u in m.END[i, t])
            - sum(outflow(m, i, u) for u in m.AHEAD[i, t])
            + sum(m.lost[d, u] for d in m.WANTED[i] for u in m.AHEAD[i, t])
            <= m.wanted[i, t]
        ),
    )
