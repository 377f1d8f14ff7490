"""A disruption in the arrays of a network: what is lost in each period."""

from dataclasses import replace

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.network.instance import Instance
from solvers.risk.case import Disruption
from solvers.values import FloatArray


def shifted(instance: Instance, case: Disruption, *, lags: bool) -> Instance:
    """Network with the demand and the lead times of a disruption; limits of flows are left."""
    if case.lead_factor != 1.0:
        factor = np.full(len(instance.lanes.code), case.lead_factor)
        instance = with_lead(instance, factor, lags=lags)
    if case.demand_factor != 1.0:
        demands, times = instance.demands, case.demand_factor
        changed = replace(demands, quantity=times * demands.quantity, sd=times * demands.sd)
        instance = replace(instance, demands=changed)
    return instance


def cut(instance: Instance, case: Disruption) -> Instance:
    """Network without what a disruption takes; its edits are not looked at.

    A site that is lost ships, receives, makes and buys nothing; it stays open and costs what it
    costs. Of a period lost in part, that share of every capacity and of what flows bound is gone:
    nothing is caught up within the period.

    Parameters
    ----------
    instance
        With limits of its flows.
    case
        What happens.

    Raises
    ------
    ScenarioError
        If it names a site, lane or period that the network does not have.
    """
    if not case.lost_sites and not case.lost_lanes:
        return instance
    gone = case.severity * lost_share(instance, case)
    return _without_lanes(_without_sites(instance, case, gone), case, gone)


def lost_share(instance: Instance, case: Disruption) -> FloatArray:
    """Share of each period in which the disruption lasts, shape (T,)."""
    ends = np.cumsum(instance.days)
    begins = ends - instance.days
    start = 0.0
    if case.from_period is not None:
        place = _at(instance.periods, (case.from_period,), "/from_period", "period")
        start = float(begins[place[0]])
    stop = np.inf if case.duration_days is None else start + case.duration_days
    inside = np.minimum(ends, stop) - np.maximum(begins, start)
    return np.asarray(np.clip(inside, 0.0, None) / instance.days)


def with_lead(instance: Instance, factor: FloatArray, *, lags: bool) -> Instance:
    """Network whose lanes take `factor` times as long, shape (L,).

    Capital in transit follows; arrivals are delayed by whole periods where `lags`.
    """
    lanes, arcs = instance.lanes, instance.arcs
    days = factor * lanes.lead_days
    lag = lanes.lag
    if lags:
        lag = np.floor(days / float(instance.days.mean()) + 0.5).astype(np.int64)
    return replace(
        instance,
        lanes=replace(lanes, lead_days=days, lead_sd_days=factor * lanes.lead_sd_days, lag=lag),
        arcs=replace(arcs, capital=factor[arcs.lane, None] * arcs.capital),
    )


def _without_sites(instance: Instance, case: Disruption, gone: FloatArray) -> Instance:
    if not case.lost_sites:
        return instance
    left = np.ones((len(instance.sites.code), gone.size))
    left[_at(instance.sites.code, case.lost_sites, "/lost_sites", "site")] -= gone
    lanes, arcs, T = instance.lanes, instance.arcs, gone.size
    leaves = left[lanes.origin[arcs.lane]]
    arrival = np.arange(T)[None, :] + lanes.lag[arcs.lane][:, None]
    row = lanes.destination[arcs.lane][:, None]
    enters = left[row, np.minimum(arrival, T - 1)]
    made, bought, groups = instance.productions, instance.supplies, instance.groups
    return replace(
        instance,
        arcs=replace(arcs, limit=_cut(arcs.limit, np.minimum(leaves, enters))),
        sites=replace(instance.sites, throughput=_cut(instance.sites.throughput, left)),
        productions=replace(made, capacity=_cut(made.capacity, left[made.site])),
        groups=replace(groups, hours=_cut(groups.hours, left[groups.site])),
        supplies=replace(
            bought,
            maximum=_cut(bought.maximum, left[bought.site]),
            minimum=np.where(left[bought.site] < 1.0, 0.0, bought.minimum),
        ),
    )


def _without_lanes(instance: Instance, case: Disruption, gone: FloatArray) -> Instance:
    if not case.lost_lanes:
        return instance
    left = np.ones((len(instance.lanes.code), gone.size))
    left[_at(instance.lanes.code, case.lost_lanes, "/lost_lanes", "lane")] -= gone
    lanes, arcs = instance.lanes, instance.arcs
    return replace(
        instance,
        lanes=replace(lanes, capacity=_cut(lanes.capacity, left)),
        arcs=replace(arcs, limit=_cut(arcs.limit, left[arcs.lane])),
    )


def _cut(limit: FloatArray, left: FloatArray) -> FloatArray:
    """Limits times what is left; no limit stays none unless nothing is left."""
    finite = np.where(np.isfinite(limit), limit, 0.0) * left
    return np.where(np.isfinite(limit) | (left <= 0.0), finite, np.inf)


def _at(known: tuple[str, ...], wanted: tuple[str, ...], field: str, noun: str) -> list[int]:
    missing = [code for code in wanted if code not in known]
    if missing:
        detail = f"there is no {noun} {missing[0]!r} in the network; name one that takes part"
        raise ScenarioError(detail, (Flaw(field, detail),))
    return [known.index(code) for code in wanted]
