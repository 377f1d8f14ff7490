"""The history of the network: what was asked for every day, and what was shipped.

Demand of a customer for a package on a day is negative binomial about
``base weekday(d) (1 + growth d / 365) step(d)``; the lead time of a shipment is lognormal about
the mean of its lane, longer while the lane is disrupted. Days count from 0, the first of the
history.
"""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.network import NetworkPlan
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class DemandHistory:
    """Units asked for, one row for each day, customer and package, in this order.

    Parameters
    ----------
    day, customer, package : shape (n,)
        Day, index of the customer (CUST-01 is 0) and of the package.
    units : shape (n,)
        Units.
    """

    day: IntArray
    customer: IntArray
    package: IntArray
    units: IntArray


@dataclass(frozen=True, slots=True)
class ShipmentHistory:
    """Shipments in the order of their departure.

    Parameters
    ----------
    day : shape (n,)
        Day of departure.
    lane : shape (n,)
        Index into `NetworkPlan.lanes`.
    package : shape (n,)
        Index of the package.
    units : shape (n,)
        Units.
    lead_days : shape (n,)
        Days from departure to arrival.
    """

    day: IntArray
    lane: IntArray
    package: IntArray
    units: IntArray
    lead_days: FloatArray


def customers(plan: NetworkPlan) -> tuple[str, ...]:
    """Codes of the customers, in order."""
    return tuple(n.code for n in plan.nodes if n.kind == "customer")


def expected_demand(plan: NetworkPlan) -> FloatArray:
    """Mean of the demand.

    Returns
    -------
    shape (days, customers, packages), units a day
    """
    names, day = customers(plan), np.arange(plan.days)
    size = 1.0 / (1.0 + 0.35 * np.arange(len(names)))
    share = 1.0 / (1.0 + 0.5 * np.arange(len(plan.packages)))
    calendar = np.array(plan.weekday)[day % 7] * (1.0 + plan.growth * day / 365.0)
    stepped = np.ones((plan.days, len(names)))
    stepped[plan.step.first_day :, names.index(plan.step.customer)] = plan.step.factor
    mean: FloatArray = plan.base * calendar[:, None, None] * (size * stepped)[:, :, None] * share
    return mean


def simulate_demand(plan: NetworkPlan, *, seed: int) -> DemandHistory:
    """Demand of every day."""
    mean = expected_demand(plan)
    rng = stream(seed, "demand")
    units = rng.negative_binomial(plan.dispersion, plan.dispersion / (plan.dispersion + mean))
    day, customer, package = np.indices(mean.shape)
    return DemandHistory(day.ravel(), customer.ravel(), package.ravel(), units.ravel())


def simulate_shipments(plan: NetworkPlan, demand: DemandHistory, *, seed: int) -> ShipmentHistory:
    """One shipment of each package on each lane every week, as large as that week's demand.

    A lane carries an equal share of what is asked for behind it; lanes from suppliers carry that
    of every customer.
    """
    rng = stream(seed, "shipments")
    weeks = plan.days // 7
    every = np.indices((weeks, len(plan.lanes), len(plan.packages)))
    week, lane, package = every.reshape(3, -1)
    day = 7 * week + rng.integers(0, 5, week.size)
    units = _behind(plan, demand)[week, lane, package]
    order = np.argsort(day, kind="stable")
    mean = np.array([lane.lead_days for lane in plan.lanes])[lane]
    cv = np.array([lane.lead_cv for lane in plan.lanes])[lane]
    names = [lane.code for lane in plan.lanes]
    late = plan.disruption
    held = (lane == names.index(late.lane)) & (day >= late.first_day) & (day <= late.last_day)
    sigma = np.sqrt(np.log1p(cv**2))
    lead = mean * np.where(held, late.factor, 1.0) * rng.lognormal(-(sigma**2) / 2, sigma)
    return ShipmentHistory(
        day[order], lane[order], package[order], units[order], np.round(lead[order], 2)
    )


def _behind(plan: NetworkPlan, demand: DemandHistory) -> IntArray:
    """Units asked for behind each lane; shape (weeks, lanes, packages)."""
    names, weeks = customers(plan), plan.days // 7
    shape = (plan.days, len(names), len(plan.packages))
    weekly = demand.units.reshape(shape)[: 7 * weeks].reshape(weeks, 7, *shape[1:]).sum(axis=1)
    found = np.zeros((weeks, len(plan.lanes), len(plan.packages)))
    for index, lane in enumerate(plan.lanes):
        served = [names.index(c) for c in _served(plan, lane.destination)]
        beside = sum(other.destination == lane.destination for other in plan.lanes)
        found[:, index] = weekly[:, served].sum(axis=1) / beside
    return np.round(found).astype(np.int64)


def _served(plan: NetworkPlan, place: str) -> set[str]:
    if place in customers(plan):
        return {place}
    return {
        c for lane in plan.lanes if lane.origin == place for c in _served(plan, lane.destination)
    }
