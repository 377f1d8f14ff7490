"""How goods move, in arrays: lanes, their tariff steps, commodities on them.

Conventions are those of `solvers.network.instance`.
"""

from dataclasses import dataclass

from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Lanes:
    """Connections L.

    Parameters
    ----------
    code, mode
        Names; L of each.
    origin, destination : shape (L,)
        Positions of sites.
    lag : shape (L,)
        Whole periods between departure and arrival.
    fixed_cost, capacity : shape (L, T)
        Money for a period of use; load at most.
    minimum : shape (L,)
        Load of a period in which it is used, at least.
    shipment_cost, shipment_size : shape (L,)
        Money for a shipment, load of one (inf if shipments are not counted).
    distance_km, lead_days, lead_sd_days : shape (L,)
        Length; mean and standard deviation of the lead time.
    """

    code: tuple[str, ...]
    mode: tuple[str, ...]
    origin: IntArray
    destination: IntArray
    lag: IntArray
    fixed_cost: FloatArray
    capacity: FloatArray
    minimum: FloatArray
    shipment_cost: FloatArray
    shipment_size: FloatArray
    distance_km: FloatArray
    lead_days: FloatArray
    lead_sd_days: FloatArray


@dataclass(frozen=True, slots=True)
class Steps:
    """Tariff steps Q: neighbours and rising for each lane that has a tariff.

    Parameters
    ----------
    lane : shape (Q,)
        Position of the lane.
    start, end : shape (Q,)
        Load at which the step begins and ends (inf for the last one).
    rate, fixed : shape (Q,)
        Money for one unit of load; money once the step is reached.
    all_units : shape (Q,)
        Whether every unit pays the rate of the step that the load reaches.
    """

    lane: IntArray
    start: FloatArray
    end: FloatArray
    rate: FloatArray
    fixed: FloatArray
    all_units: BoolArray


@dataclass(frozen=True, slots=True)
class Arcs:
    """A commodity on a lane: A.

    Parameters
    ----------
    lane, commodity : shape (A,)
        Positions.
    load, handling, co2_kg : shape (A,)
        Load, throughput and emission of one unit.
    transport, duty, capital : shape (A, T)
        Money for one unit: freight (0 under a tariff), customs, capital tied up in transit.
    limit : shape (A, T)
        An upper bound of the flow that every plan can live with (see `bounds.py`); finite
        wherever something asks for a bound; the coefficient of the strong links.
    """

    lane: IntArray
    commodity: IntArray
    load: FloatArray
    handling: FloatArray
    co2_kg: FloatArray
    transport: FloatArray
    duty: FloatArray
    capital: FloatArray
    limit: FloatArray
