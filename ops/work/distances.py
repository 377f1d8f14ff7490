"""The matrix of a scenario's distances, filled by a router for the pairs that it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ops.errors import BadData, Problem
from ops.work.road import Road, Router, Spot, measure
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Distance

Which = Literal["lanes", "all"]
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A scenario with its distances, and what could not be measured.

    Parameters
    ----------
    scenario
        The document; one that lacked nothing is returned as it was.
    measured
        How many pairs are new.
    unreachable
        Pairs between which the router knows no way.
    unplaced
        Sites without coordinates that a pair needs.
    source
        Who measured.
    """

    scenario: Scenario
    measured: int
    unreachable: tuple[tuple[str, str], ...]
    unplaced: tuple[str, ...]
    source: str


def with_distances(
    scenario: Scenario,
    router: Router,
    *,
    which: Which = "lanes",
    mode: str = "road",
    replace: bool = False,
) -> Filled:
    """Fill `distances` from a router.

    Parameters
    ----------
    which
        ``lanes``: pairs of lanes of `mode`; ``all``: every pair of sites.
    replace
        Measure also the pairs that the document has; else those stay: an uploaded matrix is
        worth more than a router.

    Raises
    ------
    BadData
        If more than `MOST_PAIRS` pairs would be asked for.
    Conflict, NotReady
        As `ops.work.road.measure`.
    """
    spots = {
        s.code: Spot(s.code, s.latitude, s.longitude)
        for s in scenario.sites
        if s.latitude is not None and s.longitude is not None
    }
    known = set() if replace else {(d.origin, d.destination) for d in scenario.distances}
    asked = [p for p in dict.fromkeys(_pairs(scenario, which, mode)) if p not in known]
    pairs = [p for p in asked if p[0] in spots and p[1] in spots]
    if len(pairs) > MOST_PAIRS:
        mend = "measure the lanes only, or upload a matrix"
        raise BadData(
            f"{len(pairs)} pairs are more than the {MOST_PAIRS} that are asked for at once; {mend}",
            (Problem("/pairs", mend),),
        )
    found = measure(router, list(spots.values()), pairs)
    unplaced = {code for pair in asked for code in pair if code not in spots}
    return Filled(
        _merged(scenario, found.roads),
        len(found.roads),
        found.unreachable,
        tuple(sorted(unplaced)),
        found.source,
    )


def _pairs(scenario: Scenario, which: Which, mode: str) -> Iterable[tuple[str, str]]:
    if which == "lanes":
        return ((x.origin, x.destination) for x in scenario.lanes if x.mode == mode)
    sites = [s.code for s in scenario.sites if s.status != "closed"]
    return ((a, b) for a in sites for b in sites if a != b)


def _merged(scenario: Scenario, roads: tuple[Road, ...]) -> Scenario:
    if not roads:
        return scenario
    # each carries its unit: what bare numbers mean is for the scenario to say
    new = {
        (r.origin, r.destination): Distance(
            origin=r.origin,
            destination=r.destination,
            distance=f"{r.distance_km:.3f} km",
            duration=f"{r.duration_h:.4f} hour",
        )
        for r in roads
    }
    kept = tuple(d for d in scenario.distances if (d.origin, d.destination) not in new)
    return scenario.model_copy(update={"distances": (*kept, *new.values())})
