"""Moving sites off the candidates: the geometric median of each cluster on the sphere."""

from dataclasses import dataclass

import numpy as np

from solvers.greenfield.problem import Greenfield
from solvers.scenario.distance import EARTH_RADIUS_KM, great_circle_km
from solvers.values import FloatArray, IntArray

_STEPS = 200
_STILL_KM = 1e-6


@dataclass(frozen=True, slots=True)
class Refined:
    """Sites at free places.

    Parameters
    ----------
    latitude, longitude : shape (p,)
        Degrees.
    assigned : shape (n,)
        Position of the site that serves each customer.
    way_km : shape (n,)
        Its way.
    transport
        Money.
    """

    latitude: FloatArray
    longitude: FloatArray
    assigned: IntArray
    way_km: FloatArray
    transport: float


def geometric_median(
    latitude: FloatArray, longitude: FloatArray, weight: FloatArray, start: tuple[float, float]
) -> tuple[float, float]:
    """Point of the sphere with the least weighted sum of great circles to n points.

    Parameters
    ----------
    latitude, longitude, weight : shape (n,)
        Degrees, and weights that are not negative.
    start
        Latitude and longitude to begin with; the sum never rises above its own there.

    Returns
    -------
    tuple of float
        Latitude and longitude. For points within a hemisphere this is the minimum to some metres.

    References
    ----------
    Weiszfeld (1937), Tohoku Math. J. 43, 355-386; on manifolds by log and exp maps: Fletcher,
    Venkatasubramanian and Joshi (2009), NeuroImage 45(1), S143-S152. At a point of the data:
    Vardi and Zhang (2000), PNAS 97(4), 1423-1426.
    """
    points = unit_vectors(latitude, longitude)
    at = unit_vectors(np.array(start[0]), np.array(start[1]))
    now = _sum(points, weight, at)
    for _ in range(_STEPS):
        step = _step(points, weight, at)
        length = float(np.linalg.norm(step))
        while length * EARTH_RADIUS_KM > _STILL_KM:
            there = _exp(at, step)
            then = _sum(points, weight, there)
            if then < now:
                at, now = there, then
                break
            step, length = step / 2, length / 2
        else:
            break
    found = degrees(at)
    return float(found[0]), float(found[1])


def refined(
    problem: Greenfield, sites: IntArray, assigned: IntArray, *, rounds: int = 20
) -> Refined:
    """Move sites to the medians of their customers and assign anew, while the cost falls.

    A move that would leave a customer beyond the longest way, or the share that must be covered
    uncovered, is not made.

    Parameters
    ----------
    problem
        Customers, weights, limits.
    sites : shape (p,), assigned : shape (n,)
        Candidates opened, and the candidate that serves each customer.
    rounds
        Alternations of moving and assigning at most.

    References
    ----------
    Cooper (1964), SIAM Review 6(1), 37-53 (alternate location and allocation).
    """
    north = problem.candidates.latitude[sites].copy()
    east = problem.candidates.longitude[sites].copy()
    now = _served(problem, north, east, np.searchsorted(sites, assigned))
    for _ in range(rounds):
        before = now.transport
        for site in range(sites.size):
            now = _moved(problem, now, site)
        nearest = _nearest(problem, now)
        if _keeps(problem, nearest) and nearest.transport < now.transport:
            now = nearest
        if now.transport >= before * (1 - 1e-9):
            break
    return now


def _moved(problem: Greenfield, now: Refined, site: int) -> Refined:
    """Site moved to the median of its customers, if that is allowed and cheaper."""
    own = now.assigned == site
    if not own.any():
        return now
    weight = problem.weight[own] * problem.circuity[own]
    start = float(now.latitude[site]), float(now.longitude[site])
    place = geometric_median(
        problem.demand.latitude[own], problem.demand.longitude[own], weight, start
    )
    north, east = now.latitude.copy(), now.longitude.copy()
    north[site], east[site] = place
    then = _served(problem, north, east, now.assigned)
    return then if then.transport < now.transport and _keeps(problem, then) else now


def _keeps(problem: Greenfield, placed: Refined) -> bool:
    covered = float(problem.importance[placed.way_km <= problem.cover_km].sum())
    wanted = problem.cover_share * float(problem.importance.sum())
    return bool((placed.way_km <= problem.max_km).all()) and covered >= wanted * (1 - 1e-9)


def _served(
    problem: Greenfield, north: FloatArray, east: FloatArray, assigned: IntArray
) -> Refined:
    circle = great_circle_km(
        problem.demand.latitude, problem.demand.longitude, north[assigned], east[assigned]
    )
    way = problem.circuity * circle
    return Refined(north, east, assigned, way, float(way @ problem.weight))


def _nearest(problem: Greenfield, now: Refined) -> Refined:
    circles = great_circle_km(
        problem.demand.latitude[:, None],
        problem.demand.longitude[:, None],
        now.latitude,
        now.longitude,
    )
    return _served(problem, now.latitude, now.longitude, np.argmin(circles, axis=1))


def _step(points: FloatArray, weight: FloatArray, at: FloatArray) -> FloatArray:
    """Weiszfeld's step in the tangent plane; shortened, or zero, at a point of the data."""
    angle = np.arctan2(np.linalg.norm(np.cross(points, at), axis=1), points @ at)
    here = angle < 1e-12
    pull = points - (points @ at)[:, None] * at
    size = np.linalg.norm(pull, axis=1)
    far = ~here & (size > 1e-12)  # the antipode pulls nowhere
    if not far.any():
        return np.zeros(3)
    towards = pull[far] / size[far, None]
    resultant = (weight[far, None] * towards).sum(axis=0)
    scale = float((weight[far] / angle[far]).sum())
    step: FloatArray = resultant / max(scale, 1e-300)
    own, force = float(weight[here].sum()), float(np.linalg.norm(resultant))
    if own > 0.0:
        step = step * max(0.0, 1.0 - own / max(force, 1e-300))
    return step


def _exp(at: FloatArray, step: FloatArray) -> FloatArray:
    length = float(np.linalg.norm(step))
    there: FloatArray = np.cos(length) * at + np.sin(length) * step / length
    return there / np.linalg.norm(there)


def _sum(points: FloatArray, weight: FloatArray, at: FloatArray) -> float:
    angle = np.arctan2(np.linalg.norm(np.cross(points, at), axis=1), points @ at)
    return float(angle @ weight)


def unit_vectors(latitude: FloatArray, longitude: FloatArray) -> FloatArray:
    """Points in degrees as unit vectors of shape (..., 3)."""
    phi, lambda_ = np.radians(latitude), np.radians(longitude)
    parallel = np.cos(phi)
    return np.stack((parallel * np.cos(lambda_), parallel * np.sin(lambda_), np.sin(phi)), axis=-1)


def degrees(vectors: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude of vectors of shape (..., 3) of any length but zero."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
