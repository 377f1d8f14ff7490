"""What a placement found, as candidate sites and lanes of the scenario."""

import re

import numpy as np

from solvers.greenfield.problem import Greenfield
from solvers.greenfield.weiszfeld import Refined
from solvers.scenario.distance import great_circle_km
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Lane
from solvers.scenario.place import Site
from solvers.values import FloatArray

_INBOUND = ("supplier", "plant", "die-bank")


def candidate_sites(
    scenario: Scenario, problem: Greenfield, placed: Refined, fixed_cost: FloatArray
) -> tuple[Site, ...]:
    """Sites of kind dc and status candidate, named by the customer that stands nearest.

    Parameters
    ----------
    scenario
        Its site codes are taken; its customers tell the country.
    problem, placed
        Customers, and where the sites stand.
    fixed_cost : shape (p,)
        Money for all periods; a site of a scenario pays a period's part in each.
    """
    taken = {site.code for site in scenario.sites}
    of = {site.code: site for site in scenario.sites}
    made: list[Site] = []
    for north, east, fixed in zip(placed.latitude, placed.longitude, fixed_cost, strict=True):
        circle = great_circle_km(
            problem.demand.latitude, problem.demand.longitude, np.array(north), np.array(east)
        )
        nearest = of[problem.demand.code[int(np.argmin(circle))]]
        code = _free(f"GF-{nearest.code}", taken)
        taken.add(code)
        made.append(
            Site(
                code=code,
                title=f"Near {nearest.title or nearest.code}",
                kind="dc",
                status="candidate",
                latitude=round(float(north), 5),
                longitude=round(float(east), 5),
                country=nearest.country,
                fixed_cost=float(fixed) / len(scenario.periods),
            )
        )
    return tuple(made)


def candidate_lanes(
    scenario: Scenario,
    problem: Greenfield,
    placed: Refined,
    sites: tuple[Site, ...],
    *,
    mode: str = "road",
    rate: float | None = None,
    nearest: int = 2,
) -> tuple[Lane, ...]:
    """Lanes to the sites from every source, and from each site to the customers near it.

    Parameters
    ----------
    scenario
        Its suppliers, plants and die banks that already send to some dc (all plants, if none
        does) become origins.
    problem, placed, sites
        Customers, places, and the sites that stand there.
    mode
        Mode of the lanes.
    rate
        Money for a tonne and kilometre of a lane to a customer; None: what the mode costs.
    nearest
        Sites that each customer is joined to: the one that serves it, and further near ones.
    """
    inbound = [
        Lane(origin=origin, destination=site.code, mode=mode, basis="weight")
        for site in sites
        for origin in _origins(scenario)
    ]
    way = great_circle_km(
        problem.demand.latitude[:, None],
        problem.demand.longitude[:, None],
        placed.latitude,
        placed.longitude,
    )
    outbound: list[Lane] = []
    for customer, code in enumerate(problem.demand.code):
        order = [int(j) for j in np.argsort(way[customer], kind="stable")]
        served = int(placed.assigned[customer])
        chosen = dict.fromkeys((served, *order[:nearest]))
        for j in list(chosen)[:nearest]:
            km = float(problem.circuity[customer] * way[customer, j])
            cost = None if rate is None else f"{rate * km:.6g} {scenario.units.money}/t"
            outbound.append(
                Lane(
                    origin=sites[j].code,
                    destination=code,
                    mode=mode,
                    basis="weight",
                    unit_cost=cost,
                )
            )
    return (*inbound, *outbound)


def with_candidates(
    scenario: Scenario, sites: tuple[Site, ...], lanes: tuple[Lane, ...]
) -> Scenario:
    """Scenario with the sites and lanes added."""
    return scenario.model_copy(
        update={"sites": (*scenario.sites, *sites), "lanes": (*scenario.lanes, *lanes)}
    )


def _origins(scenario: Scenario) -> list[str]:
    kinds = {site.code: site.kind for site in scenario.sites}
    senders = dict.fromkeys(
        lane.origin for lane in scenario.lanes if kinds.get(lane.destination) == "dc"
    )
    found = [code for code in senders if kinds.get(code) in _INBOUND]
    return found or [site.code for site in scenario.sites if site.kind == "plant"]


def _free(code: str, taken: set[str]) -> str:
    stem = re.sub(r"/", "-", code)[:74]
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def added(
    scenario: Scenario, sites: tuple[Site, ...], lanes: tuple[Lane, ...], mode: str
) -> dict[str, object]:
    """Write sites and lanes as an edit of kind `add`, in JSON, defaults left out."""
    edit: dict[str, object] = {
        "kind": "add",
        "sites": [_written(site) for site in sites],
        "lanes": [_written(lane) for lane in lanes],
    }
    if all(known.code != mode for known in scenario.modes):
        edit["modes"] = [{"code": mode}]
    return edit


def _written(part: Site | Lane) -> dict[str, object]:
    return part.model_dump(mode="json", exclude_defaults=True)
