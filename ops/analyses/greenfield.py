"""Where sites should stand if none stood yet: p-median or p-center, and how many of them."""

from math import inf, isfinite
from typing import Literal

import numpy as np
from pydantic import Field

from ops.analyses.greenfield_page import view
from ops.analyses.greenfield_result import CurvePoint, GreenfieldResult, PlacedSite, Why
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import ScenarioError
from solvers.greenfield.curve import center_curve, knee, median_curve
from solvers.greenfield.from_scenario import Asked, greenfield
from solvers.greenfield.problem import Choice, Greenfield, Placement
from solvers.greenfield.sites import added, candidate_lanes, candidate_sites
from solvers.greenfield.weiszfeld import Refined, refined
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from solvers.watch import News

MANY = 500  # customers above which each is joined to one new site only: a result stays small


class GreenfieldParams(AnalysisParams):
    """Parameters of a greenfield study."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; absent: the newest.")
    objective: Literal["median", "center"] = Field(
        default="median", description="Least transport and fixed cost, or least longest way."
    )
    sites: int | None = Field(
        default=None, ge=1, le=200, description="Number of sites; absent: cheapest, or the knee."
    )
    most: int = Field(default=10, ge=1, le=200, description="The curve goes up to this number.")
    candidates: Literal["customers", "sites", "grid"] = Field(
        default="customers",
        description="Where they may stand: at customers, at the scenario's candidates, on a grid.",
    )
    grid_degrees: float = Field(default=1.0, gt=0, le=45, description="Distance of grid points.")
    mode: str = Field(default="road", max_length=80, description="Mode of the ways to customers.")
    rate: float | None = Field(
        default=None, ge=0, description="Money for a tonne and km; absent: the mode's own."
    )
    fixed_cost: float = Field(
        default=0.0, ge=0, description="Money for a site in all periods; candidates have theirs."
    )
    max_km: float | None = Field(default=None, gt=0, description="Longest way allowed, km.")
    cover_km: float | None = Field(default=None, gt=0, description="Coverage distance, km.")
    cover_share: float = Field(
        default=0.0, ge=0, le=1, description="Share of the quantity within `cover_km`."
    )
    refine: bool = Field(default=True, description="Move the sites off the candidates at the end.")
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Seed of random starts.")


def needs(params: GreenfieldParams) -> ScenarioQuery:
    """Ask for the revision."""
    return ScenarioQuery(code=params.scenario, revision=params.revision)


def compute(data: ScenarioData, params: GreenfieldParams, progress: Progress) -> GreenfieldResult:
    """Place 1, 2, 3 ... sites and choose a number of them.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or no customer with a demand.
    BadData
        If customers have no coordinates, no cost of transport is known, or more sites are asked
        for than there are candidates.
    """
    if data.scenario is None:
        raise NotEnoughData("greenfield needs a scenario, found 0; check its code and revision")
    problem = _problem(data.scenario, params)
    if not len(problem.demand):
        raise NotEnoughData("greenfield needs 1 customer with a demand, got 0; fill /demands")
    _hold(params.sites or 1, len(problem.candidates))
    most = min(max(params.most, params.sites or 1), len(problem.candidates))

    def watch(news: News) -> bool:
        return bool(progress(0.95 * news.fraction, news.message))

    if params.objective == "median":
        found = median_curve(Choice.of(problem), most, seed=params.seed, watch=watch)
    else:
        found = center_curve(problem, most, watch=watch)
    progress(1.0, f"{len(found)} numbers of sites")
    return _result(data, params, problem, found)


def _hold(asked: int, candidates: int) -> None:
    if asked > candidates:
        detail = f"{asked} sites are asked for, {candidates} may stand: ask for fewer,"
        detail += " or take a grid as candidates"
        raise BadData(detail, (Problem("/sites", detail),))


def _problem(scenario: Scenario, params: GreenfieldParams) -> Greenfield:
    asked = Asked(
        candidates=params.candidates,
        rate=params.rate,
        mode=params.mode,
        fixed_cost=params.fixed_cost,
        grid_degrees=params.grid_degrees,
        max_km=inf if params.max_km is None else params.max_km,
        cover_km=inf if params.cover_km is None else params.cover_km,
        cover_share=params.cover_share,
    )
    try:
        return greenfield(scenario, asked)
    except ScenarioError as error:
        problems = tuple(Problem(flaw.pointer, flaw.detail) for flaw in error.flaws)
        raise BadData(str(error), problems) from error


def _result(
    data: ScenarioData,
    params: GreenfieldParams,
    problem: Greenfield,
    found: tuple[Placement, ...],
) -> GreenfieldResult:
    kept = [placement for placement in found if placement.feasible]
    bend = knee([p.transport for p in kept])
    bends_at = None if bend is None else kept[bend].sites.size
    best = min(kept, key=lambda p: p.cost, default=None)
    cheapest = None if best is None else best.sites.size
    chosen, why = _choice(params, kept, bends_at, cheapest)
    way = problem.way_km()
    common = {
        "scenario": data.code,
        "revision": data.revision,
        "money": "" if data.scenario is None else data.scenario.units.money,
        "objective": params.objective,
        "curve": tuple(_point(problem, way, p, params.objective == "center") for p in found),
        "chosen": None if chosen is None else chosen.sites.size,
        "why": why,
        "knee": bends_at,
        "cheapest": cheapest,
        "max_km": params.max_km,
        "cover_km": params.cover_km,
        "cover_share": params.cover_share,
        "customers": problem.demand.code,
        "latitude": tuple(problem.demand.latitude.tolist()),
        "longitude": tuple(problem.demand.longitude.tolist()),
        "seed": params.seed,
    }
    return GreenfieldResult.model_validate(common | _chosen(data, params, problem, chosen))


def _choice(
    params: GreenfieldParams, kept: list[Placement], bends_at: int | None, cheapest: int | None
) -> tuple[Placement | None, Why | None]:
    by_number = {placement.sites.size: placement for placement in kept}
    if not by_number:
        return None, None
    if params.sites is not None:
        asked = by_number.get(params.sites)
        return asked, None if asked is None else "asked for"
    pays = params.objective == "median" and any(p.fixed > 0 for p in kept)
    if pays and cheapest is not None:
        return by_number[cheapest], "cheapest"
    if bends_at is not None:
        return by_number[bends_at], "knee"
    limited = params.max_km is not None or params.cover_share > 0
    if limited:
        return kept[0], "first within the limits"
    return kept[-1], "most"


def _point(
    problem: Greenfield, way: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    placement: Placement, center: bool,
) -> CurvePoint:  # fmt: skip
    own = way[np.arange(placement.assigned.size), placement.assigned]
    reached = isfinite(placement.transport)
    total = float(problem.importance.sum())
    longest = float(own.max())
    gap = placement.gap if not center else max(0.0, longest - placement.bound) / max(longest, 1e-12)
    return CurvePoint(
        sites=placement.sites.size,
        transport=placement.transport if reached else None,
        fixed=placement.fixed,
        total=placement.cost if reached else None,
        longest_km=longest if reached else None,
        mean_km=float(own @ problem.importance) / total if reached else None,
        covered=float(problem.importance[own <= problem.cover_km].sum()) / total,
        bound=placement.bound if isfinite(placement.bound) else None,
        gap=gap if isfinite(gap) else None,
        feasible=placement.feasible,
    )


def _chosen(
    data: ScenarioData,
    params: GreenfieldParams,
    problem: Greenfield,
    placement: Placement | None,
) -> dict[str, object]:
    """Sites at their final places, who is served, and the edit that adds them."""
    if placement is None or data.scenario is None:
        nothing: dict[str, object] = {"sites": (), "served_by": (), "way_km": ()}
        return nothing | {"transport": None, "moved": None, "edit": None}
    moves = params.refine and params.objective == "median" and params.candidates != "sites"
    at = refined(problem, placement.sites, placement.assigned, rounds=20 if moves else 0)
    sites = candidate_sites(data.scenario, problem, at, problem.fixed_cost[placement.sites])
    codes = tuple(site.code for site in sites)
    edit: dict[str, object] | None = None
    if params.candidates == "sites":  # they stand in the scenario already
        codes = tuple(problem.candidates.code[j] for j in placement.sites)
    else:
        lanes = candidate_lanes(
            data.scenario,
            problem,
            at,
            sites,
            mode=params.mode,
            rate=params.rate,
            nearest=2 if len(problem.demand) <= MANY else 1,
        )
        edit = added(data.scenario, sites, lanes, params.mode)
    return {
        "sites": tuple(_site(problem, at, j, code) for j, code in enumerate(codes)),
        "served_by": tuple(at.assigned.tolist()),
        "way_km": tuple(round(float(km), 3) for km in at.way_km),
        "transport": at.transport,
        "moved": max(0.0, placement.transport - at.transport),
        "edit": edit,
    }


def _site(problem: Greenfield, at: Refined, j: int, code: str) -> PlacedSite:
    own = at.assigned == j
    return PlacedSite(
        code=code,
        latitude=round(float(at.latitude[j]), 5),
        longitude=round(float(at.longitude[j]), 5),
        customers=int(own.sum()),
        quantity_t=float(problem.importance[own].sum()),
        transport=float(at.way_km[own] @ problem.weight[own]),
        longest_km=float(at.way_km[own].max(initial=0.0)),
    )


GREENFIELD = Analysis(
    name="greenfield",
    title="Greenfield study",
    summary="Where sites should stand if none stood yet, how many of them pay, whom they serve.",
    version=1,
    params=GreenfieldParams,
    result=GreenfieldResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=GreenfieldParams(scenario="packaging", most=5, fixed_cost=400.0),
        data=lambda: ScenarioData(code="packaging", revision=1, scenario=example_scenario()),
    ),
)
