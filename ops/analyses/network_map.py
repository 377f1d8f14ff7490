"""A network as a map: sites by kind and state, lanes by mode, flows by volume and utilisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ops.page_chart import Link, Map, Place
from ops.page_value import Level
from solvers.scenario.document import Scenario
from solvers.scenario.place import Site

MOST_LINKS = 600  # the widest; more would cover the map
_SHAPE: Mapping[str, str] = {
    "supplier": "triangle", "plant": "square", "cross-dock": "diamond", "dc": "diamond",
    "die-bank": "diamond", "customer": "circle",
}  # fmt: skip
_SIZE: Mapping[str, float] = {"plant": 0.9, "dc": 0.7, "supplier": 0.6}
FULL = 0.999  # utilisation from which a lane or a site is at its limit


@dataclass(frozen=True, slots=True)
class Drawn:
    """What goes over a lane, for a map.

    Parameters
    ----------
    volume
        What its width shows; comparable among the lanes of one map. Where all are equal, none
        stands out: all are thin.
    utilisation
        Share of its capacity; None without one.
    note
        What a pointer over it says.
    """

    origin: str
    destination: str
    mode: str
    volume: float
    utilisation: float | None = None
    note: str = ""


def network_map(
    sites: Iterable[Site],
    flows: Iterable[Drawn],
    *,
    title: str,
    levels: Mapping[str, Level] | None = None,
    closed: Iterable[str] = (),
    notes: Mapping[str, str] | None = None,
) -> Map | None:
    """Map of the sites that have coordinates; None if none has.

    Parameters
    ----------
    levels
        Site code to how good or bad it is; ``info`` where it is not named.
    closed
        Codes of sites that take no part.
    notes
        Site code to what a pointer over it says.
    """
    placed = [s for s in sites if s.latitude is not None and s.longitude is not None]
    if not placed:
        return None
    shut = frozenset(closed)
    places = tuple(_place(s, (levels or {}).get(s.code), shut, notes or {}) for s in placed)
    index = {site.code: i for i, site in enumerate(placed)}
    return Map(title=title, places=places, links=_links(flows, index))


def scenario_map(scenario: Scenario, *, title: str) -> Map | None:
    """Map of a scenario as it is written: every lane as wide as any other."""
    lanes = (lane for lane in scenario.lanes if lane.open)
    flows = (Drawn(lane.origin, lane.destination, lane.mode, 1.0) for lane in lanes)
    closed = [s.code for s in scenario.sites if s.status == "closed"]
    levels: dict[str, Level] = {s.code: "warn" for s in scenario.sites if s.status == "candidate"}
    return network_map(scenario.sites, flows, title=title, levels=levels, closed=closed)


def _place(
    site: Site, level: Level | None, closed: frozenset[str], notes: Mapping[str, str]
) -> Place:
    assert site.latitude is not None
    assert site.longitude is not None
    named = site.title or site.code
    return Place.model_validate(
        {
            "label": site.code,
            "longitude": site.longitude,
            "latitude": site.latitude,
            "shape": _SHAPE[site.kind],
            "group": site.kind,
            "size": _SIZE.get(site.kind, 0.35),
            "level": level or "info",
            "faded": site.code in closed,
            "note": notes.get(site.code, f"{named} ({site.kind}, {site.status})"),
        }
    )


def _links(flows: Iterable[Drawn], index: Mapping[str, int]) -> tuple[Link, ...]:
    known = [f for f in flows if f.origin in index and f.destination in index and f.volume > 0]
    widest = sorted(known, key=lambda f: -f.volume)[:MOST_LINKS]
    most, least = (widest[0].volume, widest[-1].volume) if widest else (1.0, 1.0)
    scale = 1.0 if most > least else 0.15
    return tuple(
        Link(
            origin=index[f.origin],
            destination=index[f.destination],
            group=f.mode,
            width=scale * (f.volume / most) ** 0.5,
            level="bad" if f.utilisation is not None and f.utilisation >= FULL else "info",
            note=f.note or f"{f.origin} → {f.destination} ({f.mode})",
        )
        for f in widest
    )
