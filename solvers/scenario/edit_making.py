"""Edits of what is made, and of the tools that make it."""

from typing import Literal

from pydantic import Field

from solvers.scenario.alteration import Alteration, altered
from solvers.scenario.document import Scenario
from solvers.scenario.part import Code, Part
from solvers.scenario.place import Production, ToolGroup
from solvers.scenario.selection import Criterion, chosen, known_periods

ProductionField = Literal["capacity", "yield", "unit_cost", "hours_per_unit"]
ToolField = Literal["hours", "oee"]


class MakingWhere(Part):
    """Which productions or tools: those that meet all that is given; empty means every one."""

    site: Code | None = Field(default=None, description="Code of the site.")
    commodity: Code | None = Field(default=None, description="What is made; not for tools.")
    tool_group: Code | None = Field(default=None, description="Code of the tool group.")
    revision: str | None = Field(default=None, max_length=40, description="Not for tools.")
    tag: Code | None = Field(default=None, description="A tag.")

    def sentence(self, noun: str) -> str:
        """Name what is meant."""
        ways = [f"of {self.commodity}"] if self.commodity else []
        ways += [f"at {self.site}"] if self.site else []
        ways += [f"on {self.tool_group}"] if self.tool_group else []
        ways += [f"by revision {self.revision}"] if self.revision else []
        ways += [f"with tag {self.tag}"] if self.tag else []
        return " ".join([noun, *ways]) if ways else f"all {noun}"


class AlterProductions(Part):
    """Alter productions: what they cost, yield and can start."""

    kind: Literal["productions"] = Field(default="productions", description="Kind of edit.")
    where: MakingWhere = Field(default_factory=MakingWhere, description="Which productions.")
    field: ProductionField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the productions altered."""
        known_periods(scenario, self.periods)
        where = self.where
        criteria = (
            Criterion[Production]("site", where.site, lambda p: (p.site,)),
            Criterion[Production]("commodity", where.commodity, lambda p: (p.output,)),
            Criterion[Production]("tool_group", where.tool_group, lambda p: (p.tool_group or "",)),
            Criterion[Production]("revision", where.revision, lambda p: (p.revision,)),
            Criterion[Production]("tag", where.tag, lambda p: p.tags),
        )
        hit = chosen(scenario.productions, "production", criteria)
        field = "yield_" if self.field == "yield" else self.field
        productions = tuple(
            altered(p, field, self.change, self.periods) if i in hit else p
            for i, p in enumerate(scenario.productions)
        )
        return scenario.model_copy(update={"productions": productions})

    def sentence(self) -> str:
        """Say it for readers."""
        said = self.field.replace("_", " ")
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.where.sentence('production')}: {said} {self.change.sentence()}{when}"


class AlterTools(Part):
    """Alter tool groups: hours and OEE."""

    kind: Literal["tools"] = Field(default="tools", description="Kind of edit.")
    where: MakingWhere = Field(default_factory=MakingWhere, description="Which tool groups.")
    field: ToolField = Field(default="hours", description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the tool groups altered."""
        known_periods(scenario, self.periods)
        where = self.where
        criteria = (
            Criterion[ToolGroup]("site", where.site, lambda g: (g.site,)),
            Criterion[ToolGroup]("tool_group", where.tool_group, lambda g: (g.code,)),
            Criterion[ToolGroup]("tag", where.tag, lambda g: g.tags),
            Criterion[ToolGroup]("commodity", where.commodity, lambda _: ()),
            Criterion[ToolGroup]("revision", where.revision, lambda _: ()),
        )
        hit = chosen(scenario.tool_groups, "tool group", criteria)
        groups = tuple(
            altered(g, self.field, self.change, self.periods) if i in hit else g
            for i, g in enumerate(scenario.tool_groups)
        )
        return scenario.model_copy(update={"tool_groups": groups})

    def sentence(self) -> str:
        """Say it for readers."""
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.where.sentence('tools')}: {self.field} {self.change.sentence()}{when}"
