"""Customers and products put together by rule or by place, and what that does to cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.cluster.vq import vq

from solvers.scenario.distance import great_circle_km
from solvers.scenario.past_row import PastSite
from solvers.values import FloatArray, IntArray

ROUNDS = 100
Place = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Which names were put together, and how far that moves deliveries.

    Parameters
    ----------
    rule
        What was done, for readers.
    of
        Name to the name it became.
    places
        Latitude and longitude of the customers that result, where they are known.
    volume_share
        Share of the volume of names that were put together with others.
    unit_km, aggregated_unit_km
        Great-circle work of the deliveries, to the members and to where they were put; None
        where a place is not known.
    cost_error
        ``(aggregated - exact) / exact``: what the freight of these deliveries is wrong by, as far
        as it goes by distance; None as above.
    """

    rule: str
    of: Mapping[str, str]
    places: Mapping[str, Place]
    volume_share: float
    unit_km: float | None = None
    aggregated_unit_km: float | None = None
    cost_error: float | None = None


def top_names(volume: Mapping[str, float], most: int, rest: Mapping[str, str]) -> dict[str, str]:
    """Keep the `most` names of the largest volume; others become the name that `rest` gives."""
    order = sorted(volume, key=lambda name: (-volume[name], name))
    kept = set(order[:most])
    return {name: name if name in kept else rest[name] for name in volume}


def clusters(places: FloatArray, weight: FloatArray, count: int, *, seed: int) -> IntArray:
    """Cluster points on the sphere by k-means, weighted; position of the cluster of each.

    Parameters
    ----------
    places : shape (n, 2)
        Latitude and longitude in degrees.
    weight : shape (n,)
        Volumes; points without any follow the others.

    References
    ----------
    Lloyd (1982), IEEE Trans. Information Theory 28(2), 129-137; starts after Arthur and
    Vassilvitskii (2007), k-means++, SODA, 1027-1035. Chords stand for arcs.
    """
    points, rng = _on_sphere(places), np.random.default_rng(seed)
    centre = _starts(points, weight, min(count, points.shape[0]), rng)
    label = np.zeros(points.shape[0], dtype=np.int64)
    for _ in range(ROUNDS):
        now = vq(points, centre)[0].astype(np.int64)
        for k in range(centre.shape[0]):
            mine = (now == k) & (weight > 0)
            if mine.any():
                centre[k] = np.average(points[mine], axis=0, weights=weight[mine])
        if (now == label).all():
            break
        label = now
    return label


def aggregated(
    rule: str,
    of: Mapping[str, str],
    volume: Mapping[str, float],
    sites: Mapping[str, PastSite],
    deliveries: Mapping[tuple[str, str], float],
) -> Aggregation:
    """Place what was put together at its centre of volume, and weigh what that does.

    Parameters
    ----------
    deliveries
        Units by origin and customer.
    """
    members = Counter(of.values())
    joined = sum(v for name, v in volume.items() if members[of[name]] > 1)
    whole = sum(volume.values())
    places = {
        new: place
        for new in dict.fromkeys(of.values())
        if (place := _centre([n for n in of if of[n] == new], volume, sites)) is not None
    }
    share = joined / whole if whole > 0 else 0.0
    moved = [(o, c, q) for (o, c), q in deliveries.items() if c in of]
    ends = [(_place(sites, o), _place(sites, c), places.get(of[c])) for o, c, _ in moved]
    if not moved or any(p is None for triple in ends for p in triple):
        return Aggregation(rule, of, places, share)
    units = np.array([q for _, _, q in moved])
    origin, member, centre = (np.array([t[i] for t in ends], dtype=np.float64) for i in range(3))
    exact = float(units @ great_circle_km(*origin.T, *member.T))
    moved_km = float(units @ great_circle_km(*origin.T, *centre.T))
    error = (moved_km - exact) / exact if exact > 0 else None
    return Aggregation(rule, of, places, share, exact, moved_km, error)


def _centre(
    names: Iterable[str], volume: Mapping[str, float], sites: Mapping[str, PastSite]
) -> Place | None:
    found = [(p, volume.get(n, 0.0)) for n in names if (p := _place(sites, n)) is not None]
    if not found:
        return None
    if len(found) == 1:
        return found[0][0]
    points = _on_sphere(np.array([p for p, _ in found], dtype=np.float64))
    weight = np.array([w for _, w in found])
    middle = np.average(points, axis=0, weights=weight if weight.sum() > 0 else None)
    x, y, z = middle.tolist()
    latitude, longitude = np.degrees([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)]).tolist()
    return latitude, longitude


def _place(sites: Mapping[str, PastSite], name: str) -> Place | None:
    site = sites.get(name)
    if site is None or site.latitude is None or site.longitude is None:
        return None
    return site.latitude, site.longitude


def _on_sphere(places: FloatArray) -> FloatArray:
    """Turn latitudes and longitudes in degrees to unit vectors, shape (n, 3)."""
    a, b = np.radians(places.T)
    return np.column_stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])


def _starts(
    points: FloatArray, weight: FloatArray, count: int, rng: np.random.Generator
) -> FloatArray:
    weight = weight if weight.sum() > 0 else np.ones_like(weight)
    first = int(rng.choice(weight.size, p=weight / weight.sum()))
    centre = [points[first]]
    while len(centre) < count:
        far = weight * np.min([((points - c) ** 2).sum(axis=1) for c in centre], axis=0)
        if far.sum() <= 0:
            break  # fewer different places than clusters
        centre.append(points[int(rng.choice(far.size, p=far / far.sum()))])
    return np.array(centre)
