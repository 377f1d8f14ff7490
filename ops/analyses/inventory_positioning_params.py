"""Parameters of inventory positioning."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisParams


class InventoryPositioningParams(AnalysisParams):
    """Parameters of inventory positioning."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; null: the newest.")
    sourcing: Literal["cheapest", "history", "plan"] = Field(
        default="cheapest",
        description=(
            "Ways along which demand becomes orders: the cheapest for a unit, those of the past, or"
            " those of a plan that weighs the stock which its flows need."
        ),
    )
    rounds: int = Field(
        default=4, ge=1, le=20, description="Rounds of planning flows and stock, with a plan."
    )
    plan_gap: float = Field(default=0.001, ge=0, lt=1, description="Relative gap of such a plan.")
    plan_nodes: int = Field(
        default=5000, ge=1, le=1_000_000, description="Nodes of the search for such a plan."
    )
    service_target: float = Field(
        default=0.95, gt=0.5, lt=1, description="Cycle service where an inventory has no target."
    )
    holding_rate: float = Field(
        default=0.2, gt=0, le=5, description="Cost a year, over value, where no holding cost is."
    )
    order_cost: float = Field(
        default=50.0, gt=0, description="Money for an order, for order quantities."
    )
    production_days: int = Field(default=3, ge=0, le=365, description="From start to good output.")
    supply_days: int = Field(default=0, ge=0, le=365, description="Until a supplier ships.")
    promise_days: int = Field(
        default=0, ge=0, le=365, description="Until an order of a customer must be shipped."
    )
    demand_correlation: float = Field(
        default=0.0, ge=0, le=1, description="Of any two demands; 0: independent."
    )
    random_lead_times: bool = Field(
        default=True, description="Whether the spread of lead times is covered."
    )
    default_cv: float = Field(
        default=0.0,
        ge=0,
        le=10,
        description="Spread of a period's demand over its mean, if absent.",
    )
    replications: int = Field(default=40, ge=2, le=1000, description="Of the simulation.")
    days: int = Field(default=365, ge=30, le=3650, description="Days of each that count.")
    within_bounds: bool = Field(
        default=False, description="Simulate demand cut to the bounds that the model reckons with."
    )
    seed: int = Field(default=1, ge=0, description="Of the simulation.")
    max_gap: float = Field(
        default=0.005, ge=0, le=1, description="Relative gap at which the search may stop."
    )
    node_limit: int = Field(
        default=5000, ge=1, le=1_000_000, description="Branch-and-bound nodes at most."
    )
