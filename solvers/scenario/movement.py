"""How goods move: modes, lanes and their tariffs, distances, duties."""

from typing import Literal

from pydantic import Field

from solvers.scenario.part import Amount, ByPeriod, Code, Part, Tags

Basis = Literal["quantity", "weight", "volume"]
Incoterm = Literal["EXW", "FCA", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]


class Mode(Part):
    """A way of transport, and what a lane of it costs where the lane does not say."""

    code: Code = Field(description="Code: road, sea, air ...")
    speed_km_per_day: float | None = Field(default=None, gt=0, description="Mean progress.")
    cost_per_tonne_km: Amount | None = Field(default=None, description="Money.")
    co2_kg_per_tonne_km: float | None = Field(default=None, ge=0, description="Emission factor.")


class Break(Part):
    """A step of a tariff: from `load` on, the rate (and the fixed charge) is another."""

    load: Amount = Field(description="Load of the lane in a period, in its basis; starts at 0.")
    rate: Amount = Field(description="Money for one unit of load.")
    fixed: Amount = Field(default=0.0, description="Money once this step is reached.")


class Tariff(Part):
    """Quantity discounts of a lane.

    `incremental`: each unit pays the rate of the step it falls in. `all-units`: every unit pays
    the rate of the step that the whole load reaches.
    """

    kind: Literal["incremental", "all-units"] = Field(description="How the steps count.")
    breaks: tuple[Break, ...] = Field(min_length=1, description="Steps, loads rising from 0.")


class Lane(Part):
    """A connection by one mode; its costs are for one unit of `basis`."""

    origin: Code = Field(description="Code of a site.")
    destination: Code = Field(description="Code of a site.")
    mode: Code = Field(default="road", description="Code of a mode.")
    commodities: tuple[Code, ...] = Field(default=(), description="What it carries; empty: all.")
    basis: Basis = Field(default="quantity", description="What costs and capacities count.")
    unit_cost: Amount | None = Field(
        default=None, description="Money for one unit of load; null: from the mode's rate."
    )
    fixed_cost: Amount = Field(default=0.0, description="Money for each period it is used in.")
    shipment_cost: Amount = Field(default=0.0, description="Money for each shipment.")
    shipment_size: Amount | None = Field(default=None, description="Load of a shipment at most.")
    tariff: Tariff | None = Field(default=None, description="Discounts; replaces `unit_cost`.")
    minimum: Amount = Field(default=0.0, description="Load of a period in which it is used.")
    capacity: Amount | None = Field(default=None, description="Load of a period at most.")
    capacity_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    lead_time: Amount | None = Field(default=None, description="Mean; null: distance by speed.")
    lead_time_sd: Amount = Field(default=0.0, description="Standard deviation of the lead time.")
    co2_kg: float | None = Field(
        default=None, ge=0, description="For one unit of load; null: from the mode's factor."
    )
    distance: Amount | None = Field(default=None, description="Null: measured, see `distances`.")
    incoterm: Incoterm | None = Field(default=None, description="Who pays freight and duty.")
    open: bool = Field(default=True, description="False: it may not be used.")
    tags: Tags = ()

    @property
    def code(self) -> str:
        """Origin, destination and mode."""
        return f"{self.origin}>{self.destination}/{self.mode}"


class Distance(Part):
    """Road between two sites, from a matrix that somebody has measured."""

    origin: Code = Field(description="Code of a site.")
    destination: Code = Field(description="Code of a site.")
    distance: Amount = Field(description="Length.")
    duration: Amount | None = Field(default=None, description="Travel time.")
    source: str = Field(default="", max_length=40, description="Who measured it; empty: uploaded.")


class Circuity(Part):
    """Road length over great circle, by country and mode; empty means any."""

    country: str = Field(default="", max_length=2, description="ISO code of the origin.")
    mode: str = Field(default="", max_length=80, description="Code of a mode.")
    factor: float = Field(ge=1, le=10, description="Times the great circle.")


class Duty(Part):
    """Customs duty: a share of the customs value."""

    origin: str = Field(max_length=2, description="ISO code of the country it comes from.")
    destination: str = Field(max_length=2, description="ISO code of the country it enters.")
    duty_class: str = Field(default="", max_length=40, description="Class; empty: every class.")
    rate: float = Field(ge=0, le=10, description="Share of the value: 0.035 is 3.5 %.")
