"""How long lanes are: as given, as measured in a matrix, or great circle times circuity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.scenario.document import Scenario
from solvers.scenario.movement import Distance, Lane
from solvers.scenario.place import Site
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the WGS 84 ellipsoid (Moritz 1980, GRS 80)

# Way over great circle where the scenario has no factor of its own. Road: 1.20 to 1.58 in most of
# the countries of Ballou, Rahardja and Sakai (2002), Transportation Research Part A 36(9),
# 843-848; 1.3 is a middle of them. Others are assumptions: tracks run straighter than roads do,
# ships sail around land, aircraft follow airways.
CIRCUITY: Mapping[str, float] = {"road": 1.3, "rail": 1.25, "sea": 1.4, "air": 1.05}
CIRCUITY_OTHER = 1.3

LANE, UPLOADED, GREAT_CIRCLE, NONE = "lane", "matrix", "great circle", "none"


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of lanes, and where they come from.

    Parameters
    ----------
    km : shape (L,)
        Length; 0 where nothing tells it.
    days : shape (L,)
        Travel time that a matrix tells; NaN elsewhere.
    source
        For each lane `LANE`, `UPLOADED` or the source that the matrix names, `GREAT_CIRCLE`,
        `NONE`.
    """

    km: FloatArray
    days: FloatArray
    source: tuple[str, ...]


def great_circle_km(
    latitude: FloatArray, longitude: FloatArray, to_latitude: FloatArray, to_longitude: FloatArray
) -> FloatArray:
    """Great-circle distance of points in degrees, by the haversine, which is exact for near ones.

    References
    ----------
    Sinnott (1984), Virtues of the haversine, Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> float(great_circle_km(*(np.array([v]) for v in (0.0, 0.0, 0.0, 180.0)))[0].round(1))
    20015.1
    """
    a, b = np.radians(latitude), np.radians(to_latitude)
    across = np.radians(to_longitude - longitude)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    angle: FloatArray = 2 * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return EARTH_RADIUS_KM * angle


def circuity(scenario: Scenario, country: str, mode: str) -> float:
    """Factor for an origin's country and a mode: the most exact that the scenario has."""
    return _circuity(_factors(scenario), country, mode)


def lengths(scenario: Scenario, lanes: Sequence[Lane], yardstick: Yardstick) -> Lengths:
    """Measure lanes: their own distance, else the matrix, else great circle times circuity.

    A matrix that holds only the way back tells the way there too.
    """
    km, days = np.zeros(len(lanes)), np.full(len(lanes), np.nan)
    source = [NONE] * len(lanes)
    matrix = {(d.origin, d.destination): d for d in reversed(scenario.distances)}
    spread: list[int] = []
    for i, lane in enumerate(lanes):
        row = _row(matrix, lane)
        if row is not None and row.duration is not None:
            days[i] = yardstick.plain(row.duration, "duration")
        if lane.distance is not None:
            km[i], source[i] = yardstick.plain(lane.distance, "distance"), LANE
        elif row is not None:
            km[i], source[i] = yardstick.plain(row.distance, "distance"), row.source or UPLOADED
        else:
            spread.append(i)
    measured, known = _great_circles(scenario, [lanes[i] for i in spread])
    for i, way, is_known in zip(spread, measured.tolist(), known, strict=True):
        if is_known:
            km[i], source[i] = way, GREAT_CIRCLE
    return Lengths(km, days, tuple(source))


def _row(matrix: Mapping[tuple[str, str], Distance], lane: Lane) -> Distance | None:
    if not matrix:
        return None
    there = matrix.get((lane.origin, lane.destination))
    return there or matrix.get((lane.destination, lane.origin))


def _great_circles(scenario: Scenario, lanes: Sequence[Lane]) -> tuple[FloatArray, list[bool]]:
    """Great circle times circuity of lanes, and whether both ends have coordinates."""
    where = {s.code: i for i, s in enumerate(scenario.sites)}
    places = np.array([_place(s) for s in scenario.sites], dtype=np.float64).reshape(-1, 2)
    country = [s.country for s in scenario.sites]
    factors = _factors(scenario)
    start = np.array([where[lane.origin] for lane in lanes], dtype=np.int64)
    end = np.array([where[lane.destination] for lane in lanes], dtype=np.int64)
    keys = [(country[i], lane.mode) for i, lane in zip(start.tolist(), lanes, strict=True)]
    factor = {key: _circuity(factors, *key) for key in dict.fromkeys(keys)}
    ends = np.concatenate([places[start], places[end]], axis=1)
    known = np.isfinite(ends.sum(axis=1))
    way = great_circle_km(*np.where(known[:, None], ends, 0.0).T)
    return way * np.array([factor[key] for key in keys], dtype=np.float64), known.tolist()


def _place(site: Site) -> tuple[float, float]:
    if site.latitude is None or site.longitude is None:
        return np.nan, np.nan
    return site.latitude, site.longitude


def _factors(scenario: Scenario) -> dict[tuple[str, str], float]:
    return {(c.country, c.mode): c.factor for c in scenario.circuities}


def _circuity(factors: Mapping[tuple[str, str], float], country: str, mode: str) -> float:
    for key in ((country, mode), (country, ""), ("", mode), ("", "")):
        if key in factors:
            return factors[key]
    return CIRCUITY.get(mode, CIRCUITY_OTHER)
