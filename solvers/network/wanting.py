"""Demands of a scenario, as arrays: a row for each customer and commodity."""

from dataclasses import dataclass, field

import numpy as np

from solvers.network.codes import Codes, rows
from solvers.network.places import Demands
from solvers.scenario.goods import Demand
from solvers.scenario.part import Amount
from solvers.values import FloatArray


@dataclass(slots=True)
class _Sum:
    """Demands of one customer and commodity; the first one tells the terms."""

    terms: Demand
    quantity: FloatArray
    variance: FloatArray
    single: bool = field(default=False)


def resolve_demands(codes: Codes) -> Demands:
    """Demands; those stated twice are summed, their spreads as if independent."""
    policy = codes.scenario.policy
    sums: dict[tuple[str, str], _Sum] = {}
    for demand in codes.scenario.demands:
        if demand.customer not in codes.sites:
            continue
        quantity = _quantity(codes, demand)
        row = _Sum(demand, quantity, _sd(codes, demand, quantity) ** 2)
        known = sums.setdefault((demand.customer, demand.commodity), row)
        if known is not row:
            known.quantity = known.quantity + row.quantity
            known.variance = known.variance + row.variance
        asked = policy.single_source if demand.single_source is None else demand.single_source
        known.single = known.single or asked
    terms = [s.terms for s in sums.values()]
    return Demands(
        site=np.array([codes.sites[d.customer] for d in terms], dtype=np.int64),
        commodity=np.array([codes.commodities[d.commodity] for d in terms], dtype=np.int64),
        quantity=rows([s.quantity for s in sums.values()], codes.horizon),
        sd=np.sqrt(rows([s.variance for s in sums.values()], codes.horizon)),
        lost_cost=np.array([_cost(codes, d, d.lost_cost) for d in terms]),
        backlog_cost=np.array([_cost(codes, d, d.backlog_cost) for d in terms]),
        fill_rate=np.array([d.fill_rate for d in terms]),
        price=np.array([_cost(codes, d, d.price) for d in terms]),
        single=np.array([s.single for s in sums.values()], dtype=np.bool_),
    )


def _quantity(codes: Codes, demand: Demand) -> FloatArray:
    commodity = codes.commodity(demand.commodity)
    return codes.yardstick.by_period(
        demand.quantity,
        demand.quantity_by_period,
        lambda a: codes.yardstick.quantity(a, commodity),
        absent=0.0,
    )


def _sd(codes: Codes, demand: Demand, mean: FloatArray) -> FloatArray:
    """Spread of each period; a Poisson demand has that of its mean."""
    spread = demand.spread
    if spread is None:
        return np.zeros_like(mean)
    if spread.sd is not None:
        sd = codes.yardstick.quantity(spread.sd, codes.commodity(demand.commodity))
        return np.where(mean > 0, sd, 0.0)
    if spread.cv is not None:
        return spread.cv * mean
    return np.sqrt(mean) if spread.kind == "poisson" else np.zeros_like(mean)


def _cost(codes: Codes, demand: Demand, amount: Amount | None) -> float:
    if amount is None:
        return np.inf
    return codes.yardstick.price_once(amount, codes.commodity(demand.commodity))
