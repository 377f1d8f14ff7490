"""The customers of a scenario, what they take, and the places where sites may stand."""

from dataclasses import dataclass
from math import inf

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.greenfield.problem import Greenfield, Points
from solvers.scenario.distance import circuity
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand
from solvers.scenario.part import Amount
from solvers.scenario.place import Site
from solvers.scenario.units import UnitError
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray

GRID_MOST = 2_000  # points of a grid
NAMED = 5  # sites that a message names
CUSTOMERS_MOST = 1_000  # customers that may be candidates: those who take most


@dataclass(frozen=True, slots=True)
class Asked:
    """What a greenfield study is asked.

    Parameters
    ----------
    candidates
        `customers`: a site may stand where a customer is. `sites`: at the candidate sites of the
        scenario. `grid`: at points of a grid over the customers.
    rate
        Money for a tonne and kilometre; None takes the mode's own.
    mode
        Code of the mode.
    fixed_cost
        Money for a site in all periods together; candidate sites have their own.
    grid_degrees
        Distance of grid points.
    max_km, cover_km, cover_share
        Limits of `Greenfield`.
    """

    candidates: str = "customers"
    rate: float | None = None
    mode: str = "road"
    fixed_cost: float = 0.0
    grid_degrees: float = 1.0
    max_km: float = inf
    cover_km: float = inf
    cover_share: float = 0.0


def greenfield(scenario: Scenario, asked: Asked) -> Greenfield:
    """Read a scenario.

    Demand of all periods and commodities is added up, in tonnes; where no commodity has a weight
    it is added up in units, and the rate counts for a thousand of them.

    Raises
    ------
    ScenarioError
        If customers with demand or candidate sites have no coordinates, units do not fit, there
        are no candidates, or the grid has too many points.
    """
    tonnes = _tonnes(scenario)
    customers = [site for site in scenario.sites if tonnes.get(site.code, 0.0) > 0]
    demand = _points(scenario, customers)
    weight = np.array([tonnes[site.code] for site in customers])
    candidates, fixed = _candidates(scenario, asked, demand, weight)
    return Greenfield(
        demand=demand,
        candidates=candidates,
        weight=weight * _rate(scenario, asked),
        circuity=np.array([circuity(scenario, s.country, asked.mode) for s in customers]),
        fixed_cost=fixed,
        importance=weight,
        max_km=asked.max_km,
        cover_km=asked.cover_km,
        cover_share=asked.cover_share,
    )


def _tonnes(scenario: Scenario) -> dict[str, float]:
    """Weight that each customer takes in all periods; thousands of units if nothing has weight."""
    yardstick = Yardstick(scenario)
    goods = {c.code: c for c in scenario.commodities}
    try:
        weights = {code: yardstick.weight_of(c) for code, c in goods.items()}
        weighed = any(weights.values())
        total: dict[str, float] = {}
        for demand in scenario.demands:
            if demand.commodity not in goods:
                continue
            units = _units(scenario, yardstick, demand)
            each = weights[demand.commodity] if weighed else 1.0
            total[demand.customer] = total.get(demand.customer, 0.0) + units * each / 1000.0
    except UnitError as error:
        raise ScenarioError(str(error), (Flaw("/demands", str(error)),)) from error
    return total


def _units(scenario: Scenario, yardstick: Yardstick, demand: Demand) -> float:
    commodity = next(c for c in scenario.commodities if c.code == demand.commodity)

    def read(amount: Amount) -> float:
        return yardstick.quantity(amount, commodity)

    row = yardstick.by_period(demand.quantity, demand.quantity_by_period, read, absent=0.0)
    return float(row.sum())


def _rate(scenario: Scenario, asked: Asked) -> float:
    if asked.rate is not None:
        return asked.rate
    mode = next((m for m in scenario.modes if m.code == asked.mode), None)
    if mode is None:
        there = [m.code for m in scenario.modes if m.cost_per_tonne_km is not None]
        named = f"name {' or '.join(there)} as mode" if there else "add it with cost_per_tonne_km"
        raise _no_rate(f"the scenario has no mode {asked.mode!r}; {named}")
    if mode.cost_per_tonne_km is None:
        raise _no_rate(f"mode {asked.mode!r} has no cost_per_tonne_km; give it one")
    return Yardstick(scenario).money_once(mode.cost_per_tonne_km)


def _no_rate(said: str) -> ScenarioError:
    detail = f"{said}, or give a rate: money for a tonne and km"
    return ScenarioError(detail, (Flaw("/modes", detail),))


def _candidates(
    scenario: Scenario, asked: Asked, demand: Points, weight: FloatArray
) -> tuple[Points, FloatArray]:
    if asked.candidates == "sites":
        sites = [s for s in scenario.sites if s.status == "candidate"]
        if not sites:
            said = "the scenario has no candidate sites; add some, or let customers be candidates"
            raise ScenarioError(said, (Flaw("/sites", said),))
        yardstick = Yardstick(scenario)
        periods = len(scenario.periods)
        fixed = [
            periods * yardstick.money_once(s.fixed_cost) + yardstick.money_once(s.open_cost)
            for s in sites
        ]
        return _points(scenario, sites), np.array(fixed)
    if asked.candidates == "grid":
        points = _grid(demand, asked.grid_degrees)
    else:
        heaviest = np.sort(np.argsort(-weight, kind="stable")[:CUSTOMERS_MOST])
        points = demand.only(heaviest)
    return points, np.full(len(points), asked.fixed_cost)


def _grid(demand: Points, step: float) -> Points:
    """Grid over the box of the customers, and the customers' own places."""
    if not len(demand):
        return demand
    north = np.arange(demand.latitude.min(), demand.latitude.max() + step, step)
    east = np.arange(demand.longitude.min(), demand.longitude.max() + step, step)
    if north.size * east.size > GRID_MOST:
        raise ScenarioError(
            f"a grid of {step:g} degrees has {north.size * east.size} points,"
            f" at most {GRID_MOST} are allowed; take a wider one"
        )
    latitude, longitude = (v.ravel() for v in np.meshgrid(np.minimum(north, 90.0), east))
    codes = tuple(f"grid {a:.2f} {b:.2f}" for a, b in zip(latitude, longitude, strict=True))
    return Points(
        (*demand.code, *codes),
        np.concatenate((demand.latitude, latitude)),
        np.concatenate((demand.longitude, longitude)),
    )


def _points(scenario: Scenario, sites: list[Site]) -> Points:
    at = {site.code: i for i, site in enumerate(scenario.sites)}
    lost = [s.code for s in sites if s.latitude is None or s.longitude is None]
    if lost:
        raise ScenarioError(
            f"sites without coordinates: {', '.join(lost[:NAMED])}"
            f"{f' and {len(lost) - NAMED} more' if len(lost) > NAMED else ''};"
            " give each a latitude and a longitude",
            tuple(
                Flaw(f"/sites/{at[code]}/latitude", f"{code!r} has no coordinates; give it some")
                for code in lost
            ),
        )
    return Points(
        tuple(s.code for s in sites),
        np.array([s.latitude for s in sites], dtype=np.float64),
        np.array([s.longitude for s in sites], dtype=np.float64),
    )
