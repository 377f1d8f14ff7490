"""End-to-end figures of a plan."""

from dataclasses import dataclass
from math import nan

import numpy as np

from solvers.network.instance import Instance
from solvers.network.quantities import Quantities
from solvers.network.resources import Resources
from solvers.values import FloatArray

DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Kpis:
    """Figures over all sites and periods; NaN where there is nothing to divide by.

    Parameters
    ----------
    landed_cost, cost_per_unit
        Money in all, and for one unit served.
    demand, served, lost
        Units.
    service_level
        Share of the demand that is served, early or late.
    fill_rate
        Share that is served in its own period; a backlog counts as the newest demand.
    lead_days, distance_km
        Means of the lanes that end at customers, each unit counted once.
    co2_kg
        Emission of transport.
    utilisation
        Used share of all throughput of sites that have a limit, while they are open.
    turns
        Units served a year for each unit of mean stock.
    open_sites
        Mean number of designed sites that are open; NaN if none is designed.
    """

    landed_cost: float
    cost_per_unit: float
    demand: float
    served: float
    lost: float
    service_level: float
    fill_rate: float
    lead_days: float
    distance_km: float
    co2_kg: float
    utilisation: float
    turns: float
    open_sites: float


def kpis(instance: Instance, quantities: Quantities, found: Resources, cost: float) -> Kpis:
    """Figures of a plan.

    Parameters
    ----------
    instance, quantities
        The network and what the plan does in it.
    found
        Its capacities, see `resources`.
    cost
        Money in all.
    """
    asked = float(instance.demands.quantity.sum())
    lost = float(quantities.lost.sum())
    served = asked - lost
    lead, distance = _to_customers(instance, quantities.flow)
    stock = float((quantities.stock.sum(axis=0) @ instance.days) / instance.days.sum())
    years = float(instance.days.sum()) / DAYS_OF_A_YEAR
    designed = instance.sites.designed
    return Kpis(
        landed_cost=cost,
        cost_per_unit=_over(cost, served),
        demand=asked,
        served=served,
        lost=lost,
        service_level=1.0 - _over(lost, asked),
        fill_rate=_over(float(on_time(instance, quantities).sum()), asked),
        lead_days=lead,
        distance_km=distance,
        co2_kg=float(instance.arcs.co2_kg @ quantities.flow.sum(axis=1)),
        utilisation=_utilisation(found),
        turns=_over(served / years, stock),
        open_sites=float(quantities.open[designed].sum(axis=0).mean()) if designed.any() else nan,
    )


def on_time(instance: Instance, quantities: Quantities) -> FloatArray:
    """Units of each demand that are served in their own period, shape (D, T)."""
    asked = instance.demands.quantity
    return np.asarray(np.clip(asked - quantities.lost - quantities.backlog, 0.0, asked))


def _to_customers(instance: Instance, flow: FloatArray) -> tuple[float, float]:
    """Flow-weighted lead time and distance of arcs that end where their commodity is wanted."""
    arcs, lanes, wanted = instance.arcs, instance.lanes, instance.demands
    count = max(len(instance.commodities), 1)
    ends = np.isin(
        lanes.destination[arcs.lane] * count + arcs.commodity,
        wanted.site * count + wanted.commodity,
    )
    units, lane = flow.sum(axis=1)[ends], arcs.lane[ends]
    whole = float(units.sum())
    return (
        _over(float(units @ lanes.lead_days[lane]), whole),
        _over(float(units @ lanes.distance_km[lane]), whole),
    )


def _utilisation(found: Resources) -> float:
    rows = np.array([kind == "throughput" for kind in found.kind], dtype=np.bool_)
    used, capacity = found.used[rows], found.capacity[rows]
    limited = np.isfinite(capacity)
    return _over(float(used[limited].sum()), float(capacity[limited].sum()))


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
