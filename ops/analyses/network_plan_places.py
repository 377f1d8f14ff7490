"""Where a plan happens: its sites with coordinates, its lanes with what goes over them."""

import numpy as np
from pydantic import Field

from ops.page_value import PageValue
from solvers.network.instance import Instance
from solvers.network.plan import Decided
from solvers.network.quantities import Quantities, handled, lane_load
from solvers.network.resources import room
from solvers.scenario.document import Scenario
from solvers.scenario.place import SiteKind
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray

MOST_LANES = 2000  # the largest are kept; a map draws fewer
SOME = 1e-6  # units below which nothing moves


class PlannedPlace(PageValue):
    """A site, where it is, and what the plan does with it."""

    site: str = Field(description="Code.")
    title: str = Field(default="", description="Name for readers.")
    kind: SiteKind = Field(description="Role in the network.")
    longitude: float | None = Field(description="Degrees east; null: not known.")
    latitude: float | None = Field(description="Degrees north; null: not known.")
    state: str = Field(description="open, closed, opened, shut: closed by the plan; or customer.")
    utilisation: float | None = Field(description="Of its throughput at most, 0-1; null: no limit.")


class PlannedLane(PageValue):
    """A lane that the plan uses, all periods together."""

    lane: str = Field(description="Origin, destination and mode: A>B/road.")
    origin: str = Field(description="Code of the site.")
    destination: str = Field(description="Code of the site.")
    mode: str = Field(description="Code of the mode.")
    volume: float = Field(description="What goes over it, in `volume_unit` of the result.")
    utilisation: float | None = Field(description="Of its capacity at most, 0-1; null: no limit.")
    distance_km: float | None = Field(description="Length, km; null: not known.")
    lead_days: float = Field(description="Mean lead time, days.")


def places_of(scenario: Scenario, instance: Instance, decided: Decided) -> dict[str, object]:
    """Fields of a result that tell where a plan happens.

    Parameters
    ----------
    scenario, instance, decided
        The network in words and in arrays, and what was decided in it.
    """
    weighed = _weights(scenario)
    return {
        "places": _places(scenario, instance, decided),
        "lanes": _lanes(instance, decided.quantities, weighed),
        "volume_unit": "units" if weighed is None else "t",
        "units": {c.code: c.unit for c in scenario.commodities},
    }


def _weights(scenario: Scenario) -> FloatArray | None:
    """Tonnes of one unit of each commodity, shape (K,); None if one of them weighs nothing."""
    measure = Yardstick(scenario)
    kilograms = np.array([measure.weight_of(c) for c in scenario.commodities], dtype=np.float64)
    return kilograms / 1000.0 if kilograms.size and np.all(kilograms > 0) else None


def _places(scenario: Scenario, instance: Instance, decided: Decided) -> tuple[PlannedPlace, ...]:
    states, used = _states(instance, decided.quantities), _utilisation(instance, decided)
    return tuple(
        PlannedPlace(
            site=site.code,
            title=site.title,
            kind=site.kind,
            longitude=site.longitude,
            latitude=site.latitude,
            state="customer" if site.kind == "customer" else states.get(site.code, "closed"),
            utilisation=used.get(site.code),
        )
        for site in scenario.sites
    )


def _states(instance: Instance, quantities: Quantities) -> dict[str, str]:
    states: dict[str, str] = {}
    for s, code in enumerate(instance.sites.code):
        open_ = bool((quantities.open[s] > 0.5).any())
        if (quantities.opening[s] > 0.5).any():
            states[code] = "opened"
        elif (quantities.closing[s] > 0.5).any():
            states[code] = "shut"
        else:
            states[code] = "open" if open_ else "closed"
    return states


def _utilisation(instance: Instance, decided: Decided) -> dict[str, float]:

    used, limit = handled(instance, decided.quantities.flow), room(instance, decided.quantities)
    limited = np.isfinite(limit) & (limit > 0)
    share = np.divide(used, limit, out=np.zeros_like(used), where=limited)
    return {
        code: float(share[s].max())
        for s, code in enumerate(instance.sites.code)
        if limited[s].any()
    }


def _lanes(
    instance: Instance, quantities: Quantities, weight: FloatArray | None
) -> tuple[PlannedLane, ...]:
    arcs, lanes = instance.arcs, instance.lanes
    each = np.ones(len(instance.commodities)) if weight is None else weight
    moved = np.zeros(len(lanes.code))
    np.add.at(moved, arcs.lane, each[arcs.commodity] * quantities.flow.sum(axis=1))
    load, limited = lane_load(instance, quantities.flow), np.isfinite(lanes.capacity)
    share = np.divide(
        load, lanes.capacity, out=np.zeros_like(load), where=limited & (lanes.capacity > 0)
    )
    largest = np.argsort(-moved, kind="stable")[:MOST_LANES]
    codes = instance.sites.code
    return tuple(
        PlannedLane(
            lane=lanes.code[i],
            origin=codes[lanes.origin[i]],
            destination=codes[lanes.destination[i]],
            mode=lanes.mode[i],
            volume=float(moved[i]),
            utilisation=float(share[i].max()) if limited[i].any() else None,
            distance_km=float(lanes.distance_km[i]) or None,
            lead_days=float(lanes.lead_days[i]),
        )
        for i in largest
        if moved[i] > SOME * each.min()
    )
