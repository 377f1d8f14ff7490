"""The scenario document: everything that one plan is made from."""

from typing import Literal

from pydantic import ConfigDict, Field

from solvers.scenario.delivery import Routing
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.ledger import History
from solvers.scenario.movement import Circuity, Distance, Duty, Lane, Mode
from solvers.scenario.part import Part
from solvers.scenario.place import (
    Inventory,
    Production,
    Qualification,
    Site,
    Supply,
    ToolGroup,
)
from solvers.scenario.policy import ExchangeRate, Period, Policy, Units

FORMAT: Literal["longrun-scenario/1"] = "longrun-scenario/1"


class Scenario(Part):
    """A supply network, what is asked of it, and the rules it must keep.

    Lists may be empty: a scenario for `greenfield` has demands and no lanes, one for `route-plan`
    has `routing` only.
    """

    model_config = ConfigDict(title="Scenario")

    format: Literal["longrun-scenario/1"] = Field(default=FORMAT, description="Version.")
    title: str = Field(default="", max_length=200, description="Name for readers.")
    note: str = Field(default="", max_length=4000, description="What it is for.")
    units: Units = Field(default_factory=Units, description="What bare numbers mean.")
    exchange_rates: tuple[ExchangeRate, ...] = Field(default=(), description="Other currencies.")
    periods: tuple[Period, ...] = Field(
        default=(Period(code="P1"),), min_length=1, description="In order of time."
    )
    commodities: tuple[Commodity, ...] = Field(default=(), description="What moves.")
    sites: tuple[Site, ...] = Field(default=(), description="Places.")
    tool_groups: tuple[ToolGroup, ...] = Field(default=(), description="Tools at plants.")
    productions: tuple[Production, ...] = Field(default=(), description="What is made where.")
    qualifications: tuple[Qualification, ...] = Field(default=(), description="What may be made.")
    supplies: tuple[Supply, ...] = Field(default=(), description="What can be bought.")
    inventories: tuple[Inventory, ...] = Field(default=(), description="What can be held.")
    modes: tuple[Mode, ...] = Field(default=(), description="Ways of transport.")
    lanes: tuple[Lane, ...] = Field(default=(), description="Connections.")
    distances: tuple[Distance, ...] = Field(default=(), description="A measured matrix.")
    circuities: tuple[Circuity, ...] = Field(default=(), description="Road over great circle.")
    duties: tuple[Duty, ...] = Field(default=(), description="Customs.")
    demands: tuple[Demand, ...] = Field(default=(), description="What is wanted.")
    policy: Policy = Field(default_factory=Policy, description="Rules over the network.")
    routing: Routing = Field(default_factory=Routing, description="Last mile.")
    history: History = Field(default_factory=History, description="What really happened.")
