"""Sites of a scenario, and what they can do: handle, make, supply, hold."""

from datetime import date
from typing import Literal

from pydantic import Field

from solvers.scenario.part import Amount, ByPeriod, Code, Part, Tags

SiteKind = Literal["supplier", "plant", "cross-dock", "dc", "die-bank", "customer"]
SiteStatus = Literal["existing", "candidate", "must-open", "closed"]


class LabourTier(Part):
    """Handling of the next `size` units of throughput in a period at a unit cost."""

    size: Amount | None = Field(default=None, description="Units of the tier; null: the rest.")
    unit_cost: Amount = Field(description="Money for one unit of throughput.")


class Expansion(Part):
    """A step of throughput capacity that can be bought once."""

    code: Code = Field(description="Code, unique at the site.")
    capacity: Amount = Field(description="Throughput added in each period from then on.")
    cost: Amount = Field(description="Money, once.")


class Site(Part):
    """A place of the network.

    `existing` sites are open at the start and may be closed, `candidate` sites may be opened,
    `must-open` sites stay open, `closed` sites take no part.
    """

    code: Code = Field(description="Code, unique in the scenario.")
    title: str = Field(default="", max_length=200, description="Name for readers.")
    kind: SiteKind = Field(description="Role in the network.")
    status: SiteStatus = Field(default="must-open", description="Whether it is to be decided.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.")
    country: str = Field(default="", max_length=2, description="ISO 3166-1 alpha-2 code.")
    group: str = Field(default="", max_length=80, description="Region, segment ...; edits name it.")
    fixed_cost: Amount = Field(default=0.0, description="Money a period while it is open.")
    open_cost: Amount = Field(default=0.0, description="Money to open it, once.")
    close_cost: Amount = Field(default=0.0, description="Money to close it, once.")
    throughput: Amount | None = Field(
        default=None, description="Units that leave it in a period at most; null: no limit."
    )
    throughput_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    labour: tuple[LabourTier, ...] = Field(default=(), description="Handling tiers, in order.")
    expansions: tuple[Expansion, ...] = Field(default=(), description="What can be added.")
    time_to_recover: Amount | None = Field(
        default=None, description="Time until it works again after its loss; null: unknown."
    )
    tags: Tags = ()


class ToolGroup(Part):
    """Tools of one kind at a site: hours they run in a period, before OEE."""

    site: Code = Field(description="Code of the site.")
    code: Code = Field(description="Code, unique at the site.")
    hours: Amount = Field(description="Hours in a period.")
    hours_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    oee: float = Field(default=1.0, gt=0, le=1, description="Overall equipment effectiveness.")
    tags: Tags = ()


class Ingredient(Part):
    """What one unit started consumes."""

    commodity: Code = Field(description="Code of the commodity.")
    quantity: Amount = Field(description="Units for one unit started.")


class Production(Part):
    """Making a commodity at a site: bill of materials, yield, tool hours, cost.

    Units *started* consume the ingredients and the hours; `yield` of them come out good.
    """

    site: Code = Field(description="Code of the site.")
    output: Code = Field(description="Commodity that is made.")
    inputs: tuple[Ingredient, ...] = Field(default=(), description="Bill of materials.")
    yield_: float = Field(default=1.0, gt=0, le=1, alias="yield", description="Good share.")
    yield_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    unit_cost: Amount = Field(default=0.0, description="Money for one unit started.")
    capacity: Amount | None = Field(default=None, description="Units started in a period at most.")
    tool_group: Code | None = Field(default=None, description="Tool group at the site.")
    hours_per_unit: Amount = Field(default=0.0, description="Tool hours for one unit started.")
    revision: str = Field(default="", max_length=40, description="Process revision.")
    tags: Tags = ()


class Qualification(Part):
    """That a product may be made at a site, on a tool group, by a process revision.

    As soon as a product has one qualification anywhere, it is made only where and when qualified.
    """

    product: Code = Field(description="Commodity that is made.")
    site: Code = Field(description="Code of the site.")
    tool_group: Code | None = Field(default=None, description="Null: every tool group.")
    revision: str | None = Field(default=None, max_length=40, description="Null: every revision.")
    valid_from: date | None = Field(default=None, description="First day; null: always was.")
    valid_until: date | None = Field(default=None, description="Last day; null: for good.")


class Supply(Part):
    """What a site can buy or has by itself."""

    site: Code = Field(description="Code of the site.")
    commodity: Code = Field(description="Code of the commodity.")
    quantity: Amount | None = Field(default=None, description="Units a period at most; null: any.")
    quantity_by_period: tuple[ByPeriod, ...] = Field(default=(), description="Exceptions.")
    minimum: Amount = Field(default=0.0, description="Units a period that must be taken.")
    unit_cost: Amount = Field(default=0.0, description="Money for one unit.")
    tags: Tags = ()


class SafetyCost(Part):
    """Cost of safety stock as a piecewise linear function of what leaves the site in a period."""

    throughput: Amount = Field(description="Units a period.")
    cost: Amount = Field(description="Money a period at that throughput.")


class Inventory(Part):
    """A commodity that a site can hold; where there is none, nothing is carried over."""

    site: Code = Field(description="Code of the site.")
    commodity: Code = Field(description="Code of the commodity.")
    initial: Amount = Field(default=0.0, description="Units at the start.")
    final: Amount = Field(default=0.0, description="Units at the end at least.")
    holding_cost: Amount = Field(default=0.0, description="Money for a unit held for a period.")
    capacity: Amount | None = Field(default=None, description="Units at most; null: no limit.")
    safety_stock: Amount = Field(default=0.0, description="Units at the end of a period at least.")
    cover_days: float | None = Field(
        default=None, ge=0, description="Safety stock as days of mean outflow, instead of units."
    )
    service_target: float | None = Field(
        default=None, gt=0, lt=1, description="Cycle service that positioning aims at."
    )
    safety_cost: tuple[SafetyCost, ...] = Field(
        default=(), description="Points of the cost of safety stock, from throughput 0 upwards."
    )
    tags: Tags = ()
