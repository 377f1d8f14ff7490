"""How a history becomes a scenario, and what was found on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field

from solvers.scenario.aggregation import Aggregation
from solvers.scenario.freight_fit import FreightMethod
from solvers.scenario.part import Part
from solvers.scenario.past_row import (
    PastLane,
    PastOrder,
    PastShipment,
    PastSite,
    PastStock,
    past_rows,
)

Rows = Sequence[Mapping[str, Any]]


class PastOptions(Part):
    """Choices of `scenario_from_history`."""

    title: str = Field(default="From history", max_length=200, description="Of the scenario.")
    money: str = Field(default="USD", pattern=r"^[A-Z]{3}$", description="Currency of costs.")
    period: Literal["week", "month"] = Field(default="month", description="Length of a period.")
    basis: Literal["quantity", "weight"] = Field(
        default="quantity", description="What rates count; weight needs it on every shipment."
    )
    customers: Literal["each", "top", "cluster"] = Field(
        default="each", description="top: the largest, the rest by region; cluster: by place."
    )
    customer_count: int = Field(default=50, ge=1, description="Customers kept, or clusters.")
    products: Literal["each", "top"] = Field(
        default="each", description="top: the largest, the rest together."
    )
    product_count: int = Field(default=50, ge=1, description="Products kept.")
    robust: bool = Field(default=True, description="Huber's fit; false: least squares.")
    confidence: float = Field(default=0.95, ge=0.5, lt=1, description="Level of intervals.")
    fewest: int = Field(default=8, ge=4, description="Shipments that a fit needs.")
    lane_cost_units: float = Field(
        default=1.0, gt=0, description="Units that the cost of the table of lanes is for."
    )
    lost_cost: float | None = Field(
        default=None, ge=0, description="Money for a unit not served; null forbids."
    )
    supply_limit: Literal["none", "peak"] = Field(
        default="none", description="peak: a source gives no more than it ever did in a period."
    )
    seed: int = Field(default=0, ge=0, description="Of the clusters.")


@dataclass(frozen=True, slots=True)
class Past:
    """Tables of a history; `of` reads them from rows of any origin."""

    shipments: tuple[PastShipment, ...]
    orders: tuple[PastOrder, ...] = ()
    stocks: tuple[PastStock, ...] = ()
    sites: tuple[PastSite, ...] = ()
    lanes: tuple[PastLane, ...] = ()

    @classmethod
    def of(
        cls,
        shipments: Rows,
        *,
        orders: Rows = (),
        stocks: Rows = (),
        sites: Rows = (),
        lanes: Rows = (),
    ) -> Self:
        """Read rows.

        Raises
        ------
        ScenarioError
            With every wrong cell of the first table that has one.
        """
        return cls(
            past_rows(shipments, PastShipment, "shipments"),
            past_rows(orders, PastOrder, "orders"),
            past_rows(stocks, PastStock, "stocks"),
            past_rows(sites, PastSite, "sites"),
            past_rows(lanes, PastLane, "lanes"),
        )


@dataclass(frozen=True, slots=True)
class OddShipment:
    """A shipment that cost far from what the tariff of its lane says."""

    date: date
    load: float
    cost: float
    fitted: float


@dataclass(frozen=True, slots=True)
class LaneFit:
    """What was found of a lane; the fields of the fit are those of `FreightFit`.

    Parameters
    ----------
    method
        Also `planned` (cost from the table of lanes) and `none` (no cost is known).
    priced, shipments
        Shipments with a cost, and all of them.
    quantity
        Units in all.
    lead_days, lead_sd_days, lead_shipments
        Mean and standard deviation, None where unknown, and from how many shipments.
    largest
        Shipments with the largest residuals, at most five.
    """

    lane: str
    method: FreightMethod | Literal["planned", "none"]
    shipments: int
    priced: int
    quantity: float
    fixed: float = 0.0
    rate: float | None = None
    fixed_lower: float | None = None
    fixed_upper: float | None = None
    rate_lower: float | None = None
    rate_upper: float | None = None
    r2: float | None = None
    residual_sd: float | None = None
    unexplained: float | None = None
    largest: tuple[OddShipment, ...] = ()
    lead_days: float | None = None
    lead_sd_days: float | None = None
    lead_shipments: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """Every number that the way from a history to a scenario gave.

    Parameters
    ----------
    first, last
        Days of the first and the last row.
    booked
        Money of the shipments by category.
    demand_from
        Whether demands are orders, or, without any, what reached customers.
    ordered, delivered
        Units that were asked for, and units that reached customers.
    freight_error
        Freight by the fitted tariffs less freight booked, as a share of it; None without any.
    """

    first: date
    last: date
    periods: int
    shipments: int
    orders: int
    sites: int
    lanes: tuple[LaneFit, ...]
    customers: Aggregation
    products: Aggregation
    booked: Mapping[str, float]
    demand_from: Literal["orders", "shipments"]
    ordered: float
    delivered: float
    freight_error: float | None
    notes: tuple[str, ...]
