"""Result of a greenfield study: what is stored, exported and shown."""

from typing import Any, Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue

Objective = Literal["median", "center"]
Why = Literal["asked for", "cheapest", "knee", "most", "first within the limits"]


class CurvePoint(PageValue):
    """The best sites found for one number of them."""

    sites: int = Field(description="Number of sites.")
    transport: float | None = Field(description="Transport, money; null: somebody is not reached.")
    fixed: float = Field(description="Fixed cost of the sites, money.")
    total: float | None = Field(description="Transport and fixed cost, money.")
    longest_km: float | None = Field(description="Longest way from a customer to its site, km.")
    mean_km: float | None = Field(description="Mean way, weighted by quantity, km.")
    covered: float = Field(description="Share of the quantity within the coverage distance, 0-1.")
    bound: float | None = Field(
        description="No sites of this number have less: money (median) or km (center)."
    )
    gap: float | None = Field(description="How far it may be above the least, 0-1; 0: proven.")
    feasible: bool = Field(description="Whether it keeps the longest way and the coverage.")


class PlacedSite(PageValue):
    """One site, and whom it serves."""

    code: str = Field(description="Code of the new candidate site.")
    latitude: float = Field(description="Degrees north.")
    longitude: float = Field(description="Degrees east.")
    customers: int = Field(description="Customers it serves.")
    quantity_t: float = Field(description="What they take in all periods, t.")
    transport: float = Field(description="Transport to them, money.")
    longest_km: float = Field(description="Longest way to one of them, km.")


class GreenfieldResult(AnalysisResult):
    """Sites, whom they serve, and cost against their number."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was studied.")
    money: str = Field(description="Currency, ISO 4217.")
    objective: Objective = Field(description="Least cost (median), or least longest way (center).")
    curve: tuple[CurvePoint, ...] = Field(description="For 1, 2, 3 ... sites.")
    chosen: int | None = Field(description="Number of sites chosen; null: none keeps the limits.")
    why: Why | None = Field(description="Why this number.")
    knee: int | None = Field(description="Number of sites after which more of them save little.")
    cheapest: int | None = Field(description="Number of sites with the least total cost.")
    sites: tuple[PlacedSite, ...] = Field(description="The sites of the chosen number.")
    transport: float | None = Field(
        description="Transport once the sites are moved off the candidates, money."
    )
    moved: float | None = Field(description="What moving them saved of the transport, money.")
    max_km: float | None = Field(description="Longest way that is allowed, km; null: any.")
    cover_km: float | None = Field(description="Coverage distance, km; null: any.")
    cover_share: float = Field(description="Share of the quantity to be covered, 0-1.")
    customers: tuple[str, ...] = Field(description="Codes of the customers.")
    served_by: tuple[int, ...] = Field(description="Position in `sites` for each customer.")
    way_km: tuple[float, ...] = Field(description="Way of each customer, km.")
    latitude: tuple[float, ...] = Field(description="Of the customers, degrees north.")
    longitude: tuple[float, ...] = Field(description="Of the customers, degrees east.")
    edit: dict[str, Any] | None = Field(
        description="Edit of the scenario, of kind `add`: the sites as candidates, with lanes."
    )
    seed: int = Field(description="Seed of the search.")
