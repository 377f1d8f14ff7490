"""A routing problem in plain numbers: kinds of vehicles, stops, and the ways between places.

Places are the depots, in order, and then the stops, in order: stop ``i`` stands at place
``len(depots) + i``. Times are hours after midnight, distances and money are the scenario's.
"""

from dataclasses import dataclass
from math import inf

from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class VehicleKind:
    """Vehicles that are alike; what has no limit is inf.

    Parameters
    ----------
    code
        Name.
    depot
        Place where each starts and ends.
    count
        How many there are.
    capacity, max_distance
        Load on board at most, and distance of a route at most.
    fixed_cost, cost_per_distance, cost_per_hour
        Money for a vehicle that is used, a unit of distance, an hour from start to return.
    shift_start_h, shift_end_h
        Earliest start and latest return.
    skills
        What it can serve.
    """

    code: str
    depot: int
    count: int = 1
    capacity: float = inf
    fixed_cost: float = 0.0
    cost_per_distance: float = 1.0
    cost_per_hour: float = 0.0
    shift_start_h: float = 0.0
    shift_end_h: float = inf
    max_distance: float = inf
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit.

    Parameters
    ----------
    code
        Name.
    load, pickup
        Load delivered there, and load taken on there.
    service_h
        Hours it takes.
    window_start_h, window_end_h
        Earliest and latest begin of the service.
    required, prize
        Whether it must be made; else what making it is worth.
    skills
        What the vehicle must have.
    """

    code: str
    load: float = 0.0
    pickup: float = 0.0
    service_h: float = 0.0
    window_start_h: float = 0.0
    window_end_h: float = inf
    required: bool = True
    prize: float = 0.0
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoutingProblem:
    """Vehicles, stops and ways.

    Parameters
    ----------
    depots
        Codes of the depots.
    kinds, stops
        The fleet, and what is to be visited.
    distance : shape (n, n)
        From place to place, n depots and stops.
    hours
        Travel times of each kind of vehicle, each of shape (n, n).
    latitude, longitude : shape (n,)
        Degrees, nan where a place is known to the matrix only.
    measured
        Share of the ways that come from an uploaded matrix; the others are great circles times
        a circuity factor.
    """

    depots: tuple[str, ...]
    kinds: tuple[VehicleKind, ...]
    stops: tuple[Stop, ...]
    distance: FloatArray
    hours: tuple[FloatArray, ...]
    latitude: FloatArray
    longitude: FloatArray
    measured: float = 1.0

    def place(self, stop: int) -> int:
        """Place of a stop."""
        return len(self.depots) + stop

    @property
    def required(self) -> tuple[int, ...]:
        """Stops that must be made."""
        return tuple(i for i, stop in enumerate(self.stops) if stop.required)
