"""The routing part of a scenario, read into a `RoutingProblem`: kilometres, hours, its money."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.routing.problem import RoutingProblem, Stop, VehicleKind
from solvers.routing.ways import Place, Ways
from solvers.scenario.delivery import Vehicle, Visit
from solvers.scenario.document import Scenario
from solvers.scenario.part import Amount
from solvers.scenario.place import Site
from solvers.scenario.units import UnitError, kind_of, parsed
from solvers.scenario.yardstick import Yardstick


def routing_problem(scenario: Scenario) -> RoutingProblem:
    """Read vehicles, visits and ways.

    Parameters
    ----------
    scenario
        Its `routing`, and the sites, distances and circuity factors that this names.

    Returns
    -------
    RoutingProblem
        Distances in kilometres, times in hours, loads in the scenario's bare unit, money in the
        scenario's.

    Raises
    ------
    ScenarioError
        If codes dangle or stand twice, places have no coordinates, windows are empty, or units do
        not fit; every flaw with its pointer.
    """
    sites = {site.code: site for site in scenario.sites}
    reader = _Reader(sites, Yardstick(scenario), {}, [])
    routing = scenario.routing
    stops = tuple(reader.stop(v, f"/routing/visits/{i}") for i, v in enumerate(routing.visits))
    reader.unique("visits", [v.code for v in routing.visits])
    reader.unique("vehicles", [v.code for v in routing.vehicles])
    kinds = tuple(reader.kind(v, f"/routing/vehicles/{i}") for i, v in enumerate(routing.vehicles))
    depots = tuple(reader.depots)
    places = [reader.depots[code] for code in depots]
    places += [reader.place(v, i) for i, v in enumerate(routing.visits)]
    reader.refuse()
    ways = Ways.of(scenario, reader.yardstick, places)
    hours = {v.speed_km_per_h: ways.hours(v.speed_km_per_h) for v in routing.vehicles}
    return RoutingProblem(
        depots=depots,
        kinds=kinds,
        stops=stops,
        distance=ways.km,
        hours=tuple(hours[v.speed_km_per_h] for v in routing.vehicles),
        latitude=np.array([p.latitude for p in places], dtype=np.float64),
        longitude=np.array([p.longitude for p in places], dtype=np.float64),
        measured=ways.measured,
    )


@dataclass(slots=True)
class _Reader:
    """Reads parts one by one and gathers what is wrong with them."""

    sites: dict[str, Site]
    yardstick: Yardstick
    depots: dict[str, Place]
    flaws: list[Flaw]

    def stop(self, visit: Visit, pointer: str) -> Stop:
        end = inf if visit.window_end_h is None else visit.window_end_h
        if end < visit.window_start_h:
            said = f"the window ends at {end:g} h, before it starts at {visit.window_start_h:g} h"
            self.flaws.append(Flaw(f"{pointer}/window_end_h", f"{said}; give a later end"))
        return Stop(
            code=visit.code,
            load=self._load(visit.load, f"{pointer}/load"),
            pickup=self._load(visit.pickup, f"{pointer}/pickup"),
            service_h=visit.service_h,
            window_start_h=visit.window_start_h,
            window_end_h=end,
            required=visit.required,
            prize=self._money(visit.prize, f"{pointer}/prize"),
            skills=frozenset(visit.skills),
        )

    def kind(self, vehicle: Vehicle, pointer: str) -> VehicleKind:
        end = inf if vehicle.shift_end_h is None else vehicle.shift_end_h
        if end < vehicle.shift_start_h:
            said = f"the shift ends at {end:g} h, before it starts at {vehicle.shift_start_h:g} h"
            self.flaws.append(Flaw(f"{pointer}/shift_end_h", f"{said}; give a later end"))
        self.depots.setdefault(vehicle.depot, self._site(vehicle.depot, f"{pointer}/depot"))
        far, room = vehicle.max_distance, vehicle.capacity
        return VehicleKind(
            code=vehicle.code,
            depot=list(self.depots).index(vehicle.depot),
            count=vehicle.count,
            capacity=inf if room is None else self._load(room, f"{pointer}/capacity"),
            fixed_cost=self._money(vehicle.fixed_cost, f"{pointer}/fixed_cost"),
            cost_per_distance=self._rate(
                vehicle.cost_per_distance, "distance", f"{pointer}/cost_per_distance"
            ),
            cost_per_hour=self._rate(vehicle.cost_per_hour, "hours", f"{pointer}/cost_per_hour"),
            shift_start_h=vehicle.shift_start_h,
            shift_end_h=end,
            max_distance=inf if far is None else self._km(far, f"{pointer}/max_distance"),
            skills=frozenset(vehicle.skills),
        )

    def place(self, visit: Visit, index: int) -> Place:
        if visit.site is not None:
            site = self._site(visit.site, f"/routing/visits/{index}/site")
            return Place(visit.code, site.latitude, site.longitude, site.country, visit.site)
        assert visit.latitude is not None
        assert visit.longitude is not None
        return Place(visit.code, visit.latitude, visit.longitude)

    def unique(self, part: str, codes: list[str]) -> None:
        seen: set[str] = set()
        for i, code in enumerate(codes):
            if code in seen:
                said = f"{code!r} stands twice; give each its own code"
                self.flaws.append(Flaw(f"/routing/{part}/{i}/code", said))
            seen.add(code)

    def refuse(self) -> None:
        if self.flaws:
            first = self.flaws[0]
            said = f"the routing cannot be read: {first.pointer}: {first.detail}"
            raise ScenarioError(said, tuple(self.flaws))

    def _site(self, code: str, pointer: str) -> Place:
        if code not in self.sites:
            self.flaws.append(Flaw(pointer, f"there is no site {code!r}; add it to sites"))
            return Place(code, np.nan, np.nan, depot=True)
        site = self.sites[code]
        latitude = np.nan if site.latitude is None else site.latitude
        longitude = np.nan if site.longitude is None else site.longitude
        return Place(code, latitude, longitude, site.country, code, depot=True)

    def _load(self, amount: Amount, pointer: str) -> float:
        return self._read(pointer, lambda: self._bare(amount))

    def _bare(self, amount: Amount) -> float:
        """Read a load in the bare unit of its kind: "2 t" is 2000 where weights are in kg."""
        unit = parsed(amount).unit if isinstance(amount, str) else ""
        kind = (kind_of(unit) if unit else None) or "count"
        if kind not in {"weight", "volume", "count"}:
            raise UnitError(f"{amount!r} is no load; give a number, a weight or a volume")
        return self.yardstick.plain(amount, kind) / self.yardstick.bare(kind)

    def _km(self, amount: Amount, pointer: str) -> float:
        return self._read(pointer, lambda: self.yardstick.plain(amount, "distance"))

    def _money(self, amount: Amount, pointer: str) -> float:
        return self._read(pointer, lambda: self.yardstick.money_once(amount))

    def _rate(self, amount: Amount, kind: str, pointer: str) -> float:
        return self._read(pointer, lambda: float(np.ravel(self.yardstick.rate(amount, kind))[0]))

    def _read(self, pointer: str, read: Callable[[], float]) -> float:
        try:
            value = read()
        except UnitError as error:
            self.flaws.append(Flaw(pointer, str(error)))
            return 0.0
        if value < 0:
            self.flaws.append(Flaw(pointer, f"{value:g} is negative; give 0 or more"))
        return value
