"""What moves: commodities, and who wants how much of them when."""

from typing import Literal

from pydantic import Field

from solvers.scenario.part import Amount, ByPeriod, Code, Part, Tags


class Commodity(Part):
    """A product, a part or a material; `unit` is what its quantities count."""

    code: Code = Field(description="Code, unique in the scenario.")
    title: str = Field(default="", max_length=200, description="Name for readers.")
    unit: str = Field(default="piece", max_length=20, description="What one unit is.")
    weight: Amount = Field(default=0.0, description="Of one unit.")
    volume: Amount = Field(default=0.0, description="Of one unit.")
    value: Amount = Field(default=0.0, description="Money; what duties and capital count.")
    handling: float = Field(default=1.0, ge=0, description="Throughput that one unit takes.")
    shelf_life: int | None = Field(default=None, ge=1, description="Periods it may be held.")
    duty_class: str = Field(default="", max_length=40, description="Customs class.")
    group: str = Field(default="", max_length=80, description="Product family; edits name it.")
    tags: Tags = ()


class Spread(Part):
    """How uncertain a demand is."""

    kind: Literal["normal", "lognormal", "gamma", "poisson", "negative-binomial"] = Field(
        default="normal", description="Family; its mean is the demand."
    )
    sd: Amount | None = Field(default=None, description="Standard deviation of a period.")
    cv: float | None = Field(default=None, ge=0, description="Or as a share of the mean.")


class ForecastRef(Part):
    """A series of a demand forecast that this service has made."""

    run: str | None = Field(default=None, max_length=36, description="Run; null: the newest one.")
    series: str = Field(max_length=200, description="Name of the series in its result.")


class Demand(Part):
    """What a customer wants of a commodity, and what it costs not to serve it.

    Absent costs forbid: without `lost_cost` every unit must be served, without `backlog_cost` no
    unit may be served late.
    """

    customer: Code = Field(description="Code of the site.")
    commodity: Code = Field(description="Code of the commodity.")
    quantity: Amount | None = Field(default=None, description="Units in each period.")
    quantity_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    forecast: ForecastRef | None = Field(default=None, description="Takes the place of quantity.")
    spread: Spread | None = Field(default=None, description="Null: known for certain.")
    price: Amount = Field(default=0.0, description="Money for one unit; tells what is lost.")
    lost_cost: Amount | None = Field(default=None, description="Money for a unit not served.")
    backlog_cost: Amount | None = Field(
        default=None, description="Money for a unit that waits for a period."
    )
    fill_rate: float = Field(default=0.0, ge=0, le=1, description="Share of all periods to serve.")
    single_source: bool | None = Field(default=None, description="Null: as the policy says.")
    tags: Tags = ()
