"""Rules of a scenario that no single part carries: money, units, carbon, counts, soft tags."""

from datetime import date

from pydantic import Field

from solvers.scenario.part import Amount, ByPeriod, Code, Part
from solvers.scenario.place import SiteKind


class Units(Part):
    """What bare numbers mean; names are those of pint, money is ISO 4217."""

    money: str = Field(default="USD", pattern=r"^[A-Z]{3}$", description="Currency of results.")
    weight: str = Field(default="kg", max_length=20, description="Unit of weights.")
    volume: str = Field(default="m^3", max_length=20, description="Unit of volumes.")
    distance: str = Field(default="km", max_length=20, description="Unit of distances.")
    duration: str = Field(default="day", max_length=20, description="Unit of lead times.")


class ExchangeRate(Part):
    """What one unit of a currency is worth in the scenario's, from a date on."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217.")
    rate: float = Field(gt=0, description="Units of `units.money` for one of it.")
    valid_from: date | None = Field(default=None, description="First day; null: always was.")


class Period(Part):
    """A stretch of time in which quantities are counted."""

    code: Code = Field(description="Code, unique in the scenario.")
    start: date | None = Field(default=None, description="First day; needed by dated rules.")
    days: float = Field(default=7.0, gt=0, description="Length.")


class SiteCount(Part):
    """How many sites of a kind may be open."""

    kind: SiteKind = Field(description="Of which kind.")
    minimum: int = Field(default=0, ge=0, description="At least.")
    maximum: int | None = Field(default=None, ge=0, description="At most; null: any number.")


class SoftTag(Part):
    """How willing the business is to bend what carries a tag, when a plan is infeasible."""

    tag: Code = Field(description="Tag of sites, lanes, demands ... or a kind of constraint.")
    weight: float = Field(gt=0, description="Cost of one relative unit: lower bends first.")
    title: str = Field(default="", max_length=200, description="What bending it means.")


class Policy(Part):
    """Constraints over the whole network."""

    single_source: bool = Field(default=False, description="One origin for a customer's commodity.")
    max_distance: Amount | None = Field(default=None, description="Of lanes to customers.")
    budget: Amount | None = Field(default=None, description="Money for opening and expanding.")
    carbon_price: Amount = Field(default=0.0, description="Money for a tonne of CO2.")
    carbon_cap: Amount | None = Field(default=None, description="Weight of CO2 in all periods.")
    carbon_cap_by_period: tuple[ByPeriod, ...] = Field(default=(), description="And in some.")
    service_level: float = Field(
        default=0.0, ge=0, le=1, description="Share of all demand to serve."
    )
    capital_rate: float = Field(default=0.0, ge=0, description="A year; cost of goods in transit.")
    lead_time_lag: bool = Field(default=False, description="Goods arrive whole periods later.")
    site_counts: tuple[SiteCount, ...] = Field(default=(), description="Numbers of open sites.")
    soft: tuple[SoftTag, ...] = Field(default=(), description="What may bend at what price.")
