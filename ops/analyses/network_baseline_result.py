"""Result of a network baseline: what is stored, exported, shown, and compared with plans."""

from math import isfinite
from typing import Any, Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue
from solvers.network.baseline import Baseline
from solvers.network.baseline_books import Gap
from solvers.network.baseline_figure import BaselineFigures

MOST_ROWS = 200  # lanes, sites and nodes that are kept, the worst first


class ReconciledAmount(PageValue):
    """What the books say beside what the prices of the scenario make of the flows."""

    name: str = Field(description="Category, period, lane or site.")
    booked: float | None = Field(description="Money in the books; null: they do not tell it.")
    computed: float = Field(description="Money by the prices of the scenario.")
    unexplained: float | None = Field(description="Computed less booked; null as above.")
    share: float | None = Field(description="Unexplained over booked, 0.01 is 1 %.")


class BaselineKpis(PageValue):
    """Figures of the past that savings are reported against; null: nothing to divide by."""

    landed_cost: float = Field(description="Money of all categories but tied-up capital and CO2.")
    cost_per_unit: float | None = Field(description="Money for one unit delivered to customers.")
    capital_cost: float = Field(description="Money of capital tied up in transit.")
    carbon_cost: float = Field(description="Money of CO2 at the price of the policy.")
    demand: float = Field(description="Units asked for.")
    served: float = Field(description="Units delivered in their period, or before.")
    delivered: float = Field(description="Units that left for customers.")
    fill_rate: float | None = Field(description="Served over demand, 0-1.")
    lead_days: float | None = Field(description="Mean lead time to customers, by flow, days.")
    distance_km: float | None = Field(description="Mean distance to customers, by flow, km.")
    co2_kg: float = Field(description="Emission of transport, kg.")
    turns: float | None = Field(description="Units delivered a year for each unit of mean stock.")


class UnbalancedUnits(PageValue):
    """Units that the flows do not explain."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="Code of the commodity.")
    units: float = Field(description="Below 0: left without a source; above 0: came for nothing.")


class NetworkBaselineResult(AnalysisResult):
    """The past, priced by a scenario and reconciled to the books."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was read.")
    title: str = Field(description="Title of the scenario.")
    money: str = Field(description="Currency, ISO 4217.")
    status: Literal["calibrated", "uncalibrated"] = Field(
        description="uncalibrated: the gap exceeds the tolerance, or cannot be told."
    )
    tolerance: float = Field(description="Gap up to which it is calibrated, 0.02 is 2 %.")
    gap: float | None = Field(
        description="Sum of the absolute gaps of the booked categories over all booked; null:"
        " nothing is booked."
    )
    net_gap: float | None = Field(description="The same with signs: gaps may hide each other.")
    booked: float = Field(description="Money in the books.")
    kpis: BaselineKpis = Field(description="What savings are reported against.")
    categories: tuple[ReconciledAmount, ...] = Field(description="By category.")
    periods: tuple[ReconciledAmount, ...] = Field(description="By period, booked categories only.")
    lanes: tuple[ReconciledAmount, ...] = Field(description="By lane, the worst first.")
    sites: tuple[ReconciledAmount, ...] = Field(description="By site, the worst first.")
    lanes_in_all: int = Field(description="Lanes that were used; `lanes` holds the worst.")
    unbalanced: tuple[UnbalancedUnits, ...] = Field(description="Largest first.")
    unknown_lanes: tuple[str, ...] = Field(description="Used, but not lanes of the scenario.")
    unknown_units: float = Field(description="Units that went over them, and are not priced.")


def fields_of(found: Baseline, tolerance: float) -> dict[str, Any]:
    """Fields of the result that come from the kernel."""
    told = isfinite(found.gap)
    calibrated = told and found.gap <= tolerance and not found.left_out
    return {
        "status": "calibrated" if calibrated else "uncalibrated",
        "tolerance": tolerance,
        "gap": found.gap if told else None,
        "net_gap": found.net_gap if told else None,
        "booked": sum(gap.booked or 0.0 for gap in found.categories),
        "kpis": _kpis(found.figures),
        "categories": tuple(map(_amount, found.categories)),
        "periods": tuple(map(_amount, found.periods)),
        "lanes": tuple(map(_amount, found.lanes[:MOST_ROWS])),
        "sites": tuple(map(_amount, found.sites[:MOST_ROWS])),
        "lanes_in_all": len(found.lanes),
        "unbalanced": tuple(
            UnbalancedUnits(site=u.site, commodity=u.commodity, units=u.units)
            for u in found.unbalanced[:MOST_ROWS]
        ),
        "unknown_lanes": found.left_out[:MOST_ROWS],
        "unknown_units": found.left_out_units,
    }


def _amount(gap: Gap) -> ReconciledAmount:
    return ReconciledAmount(
        name=gap.name,
        booked=gap.booked,
        computed=gap.computed,
        unexplained=gap.difference,
        share=gap.share,
    )


def _kpis(found: BaselineFigures) -> BaselineKpis:
    values = {name: getattr(found, name) for name in BaselineKpis.model_fields}
    return BaselineKpis.model_validate({k: v if isfinite(v) else None for k, v in values.items()})
