"""Ways between the places of a routing: measured where a matrix has them, else by great circle."""

from dataclasses import dataclass

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.delivery import WayMatrix
from solvers.scenario.distance import circuity, great_circle_km
from solvers.scenario.document import Scenario
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray

_MODE = "road"


@dataclass(frozen=True, slots=True)
class Place:
    """A depot or a visit: its code, degrees (nan if unknown), country, site, and role."""

    code: str
    latitude: float
    longitude: float
    country: str = ""
    site: str | None = None
    depot: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Kilometres, measured hours (nan where speed tells), each of shape (n, n), and their origin.

    Parameters
    ----------
    km, measured_h
        From row to column.
    measured
        Share of the ways between different places that a matrix gave.
    """

    km: FloatArray
    measured_h: FloatArray
    measured: float

    @classmethod
    def of(cls, scenario: Scenario, yardstick: Yardstick, places: list[Place]) -> "Ways":
        """Take each way from `routing.matrix`, else from `distances`, else from the great circle.

        Raises
        ------
        ScenarioError
            If a way is in no matrix and a place at its end has no coordinates.
        """
        n = len(places)
        km, hours = np.full((n, n), np.nan), np.full((n, n), np.nan)
        _from_pairs(scenario, yardstick, places, km, hours)
        if scenario.routing.matrix is not None:
            _from_matrix(scenario.routing.matrix, yardstick, places, km, hours)
        np.fill_diagonal(km, 0.0)
        np.fill_diagonal(hours, 0.0)
        absent = np.isnan(km)
        if absent.any():
            circles = _circles(scenario, places)
            km[absent] = circles[absent]
        _refuse_unplaced(places, km)
        return cls(km, hours, 1.0 - float(absent.sum()) / max(1, n * (n - 1)))

    def hours(self, speed_km_per_h: float) -> FloatArray:
        """Travel times: measured, else by speed; shape (n, n)."""
        return np.where(np.isnan(self.measured_h), self.km / speed_km_per_h, self.measured_h)


def _from_matrix(
    matrix: WayMatrix, yardstick: Yardstick, places: list[Place], km: FloatArray, hours: FloatArray
) -> None:
    row_of = {code: row for row, code in enumerate(matrix.places)}
    rows = [row_of.get(p.code, row_of.get(p.site or "", -1)) for p in places]
    known = np.flatnonzero(np.array(rows, dtype=np.int64) >= 0)
    taken = np.array(rows, dtype=np.int64)[known]
    into = np.ix_(known, known)
    distance = np.array(matrix.distance, dtype=np.float64)
    km[into] = distance[np.ix_(taken, taken)] * yardstick.bare("distance")
    hours[into] = np.nan
    if matrix.duration_h:
        hours[into] = np.array(matrix.duration_h, dtype=np.float64)[np.ix_(taken, taken)]


def _from_pairs(
    scenario: Scenario,
    yardstick: Yardstick,
    places: list[Place],
    km: FloatArray,
    hours: FloatArray,
) -> None:
    at: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        for code in {place.code, place.site or place.code}:
            at.setdefault(code, []).append(index)
    for back in (True, False):  # a matrix with one direction only tells the other too
        for pair in reversed(scenario.distances):
            ends = (pair.destination, pair.origin) if back else (pair.origin, pair.destination)
            here = np.ix_(at.get(ends[0], []), at.get(ends[1], []))
            km[here] = yardstick.plain(pair.distance, "distance")
            hours[here] = np.nan
            if pair.duration is not None:
                hours[here] = yardstick.plain(pair.duration, "duration") * 24.0


def _circles(scenario: Scenario, places: list[Place]) -> FloatArray:
    latitude = np.array([p.latitude for p in places], dtype=np.float64)
    longitude = np.array([p.longitude for p in places], dtype=np.float64)
    factor = np.array([circuity(scenario, p.country, _MODE) for p in places])
    circles: FloatArray = (
        great_circle_km(latitude[:, None], longitude[:, None], latitude, longitude)
        * factor[:, None]
    )
    return circles


def _refuse_unplaced(places: list[Place], km: FloatArray) -> None:
    lost = np.flatnonzero(np.isnan(km).any(axis=1))
    flaws = [
        Flaw(
            pointer,
            f"{place.code!r} has no coordinates and a way to it is in no matrix;"
            " give its site a latitude and longitude, or complete the matrix",
        )
        for pointer, place in ((_pointer(places, int(i)), places[i]) for i in lost)
        if np.isnan(place.latitude)
    ]
    if lost.size:
        raise ScenarioError(f"{lost.size} places have no way to others", tuple(flaws))


def _pointer(places: list[Place], index: int) -> str:
    depots = sum(place.depot for place in places)
    return f"/routing/visits/{index - depots}" if index >= depots else "/routing/vehicles"
