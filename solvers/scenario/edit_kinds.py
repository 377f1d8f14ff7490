"""Every kind of edit, as one type."""

from typing import Annotated

from pydantic import Field

from solvers.scenario.edit_goods import AlterDemands, AlterInventories, AlterSupplies
from solvers.scenario.edit_lane import AlterLanes, AlterModes, LeadTimeShock, UseLanes
from solvers.scenario.edit_making import AlterProductions, AlterTools
from solvers.scenario.edit_part import AddParts, SetValue
from solvers.scenario.edit_rule import AlterDuty, AlterPolicy, SetPolicy
from solvers.scenario.edit_site import AlterSites, RemoveSites, SetSites

Edit = Annotated[
    AlterLanes
    | LeadTimeShock
    | UseLanes
    | AlterModes
    | SetSites
    | AlterSites
    | RemoveSites
    | AlterDemands
    | AlterSupplies
    | AlterInventories
    | AlterProductions
    | AlterTools
    | AlterPolicy
    | SetPolicy
    | AlterDuty
    | AddParts
    | SetValue,
    Field(discriminator="kind"),
]
