"""Edits of what is wanted, bought and held: demands, supplies, inventories."""

from typing import Literal

from pydantic import Field

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.alteration import Alteration, altered
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand
from solvers.scenario.part import Code, Part, Tags
from solvers.scenario.place import Inventory, Supply
from solvers.scenario.selection import Criterion, chosen, known_periods

DemandField = Literal["quantity", "price", "lost_cost", "backlog_cost", "fill_rate"]
SupplyField = Literal["quantity", "minimum", "unit_cost"]
InventoryField = Literal[
    "initial", "final", "holding_cost", "capacity", "safety_stock", "cover_days", "service_target"
]
_MANY = 5  # demands named in a message


class GoodsWhere(Part):
    """Which of a site and a commodity: those that meet all that is given; empty means every one."""

    site: Code | None = Field(default=None, description="Code of the site (the customer).")
    site_group: str | None = Field(default=None, max_length=80, description="Group of the site.")
    site_tag: Code | None = Field(default=None, description="A tag of the site.")
    commodity: Code | None = Field(default=None, description="Code of the commodity.")
    commodity_group: str | None = Field(default=None, max_length=80, description="Its family.")
    tag: Code | None = Field(default=None, description="A tag of the part itself.")

    def sentence(self, noun: str) -> str:
        """Name what is meant."""
        ways = [f"at {self.site}"] if self.site else []
        ways += [f"at group {self.site_group}"] if self.site_group else []
        ways += [f"at sites with tag {self.site_tag}"] if self.site_tag else []
        ways += [f"of {self.commodity}"] if self.commodity else []
        ways += [f"of family {self.commodity_group}"] if self.commodity_group else []
        ways += [f"with tag {self.tag}"] if self.tag else []
        return " ".join([noun, *ways]) if ways else f"all {noun}"


class AlterDemands(Part):
    """Alter demands; scaling a quantity keeps the share of its spread (`cv`), not its `sd`."""

    kind: Literal["demands"] = Field(default="demands", description="Kind of edit.")
    where: GoodsWhere = Field(default_factory=GoodsWhere, description="Which demands.")
    field: DemandField = Field(default="quantity", description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the demands altered."""
        known_periods(scenario, self.periods)
        hit = _chosen(scenario, self.where, "demand", scenario.demands)
        self._require_quantity([scenario.demands[i] for i in sorted(hit)])
        demands = tuple(
            altered(d, self.field, self.change, self.periods) if i in hit else d
            for i, d in enumerate(scenario.demands)
        )
        return scenario.model_copy(update={"demands": demands})

    def _require_quantity(self, demands: list[Demand]) -> None:
        """Refuse to scale a forecast that is not filled in yet: it has no number."""
        if self.field != "quantity" or self.change.to is not None:
            return
        bare = [f"{d.customer} {d.commodity}" for d in demands if d.forecast is not None]
        if bare:
            detail = (
                f"{len(bare)} demands come from a forecast ({', '.join(bare[:_MANY])}): set their"
                " quantity, or scale them where the forecast is filled in"
            )
            raise ScenarioError(detail, (Flaw("/where", detail),))

    def sentence(self) -> str:
        """Say it for readers."""
        said = "" if self.field == "quantity" else f": {self.field.replace('_', ' ')}"
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.where.sentence('demand')}{said} {self.change.sentence()}{when}"


class AlterSupplies(Part):
    """Alter what can be bought."""

    kind: Literal["supplies"] = Field(default="supplies", description="Kind of edit.")
    where: GoodsWhere = Field(default_factory=GoodsWhere, description="Which supplies.")
    field: SupplyField = Field(default="quantity", description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the supplies altered."""
        known_periods(scenario, self.periods)
        hit = _chosen(scenario, self.where, "supply", scenario.supplies)
        supplies = tuple(
            altered(s, self.field, self.change, self.periods) if i in hit else s
            for i, s in enumerate(scenario.supplies)
        )
        return scenario.model_copy(update={"supplies": supplies})

    def sentence(self) -> str:
        """Say it for readers."""
        said = self.field.replace("_", " ")
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.where.sentence('supply')}: {said} {self.change.sentence()}{when}"


class AlterInventories(Part):
    """Alter what can be held."""

    kind: Literal["inventories"] = Field(default="inventories", description="Kind of edit.")
    where: GoodsWhere = Field(default_factory=GoodsWhere, description="Which inventories.")
    field: InventoryField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the inventories altered."""
        hit = _chosen(scenario, self.where, "inventory", scenario.inventories)
        inventories = tuple(
            altered(s, self.field, self.change) if i in hit else s
            for i, s in enumerate(scenario.inventories)
        )
        return scenario.model_copy(update={"inventories": inventories})

    def sentence(self) -> str:
        """Say it for readers."""
        said = self.field.replace("_", " ")
        return f"{self.where.sentence('inventory')}: {said} {self.change.sentence()}"


def _chosen(
    scenario: Scenario,
    where: GoodsWhere,
    noun: str,
    parts: tuple[Demand, ...] | tuple[Supply, ...] | tuple[Inventory, ...],
) -> frozenset[int]:
    site_group = {s.code: s.group for s in scenario.sites}
    site_tags: dict[str, Tags] = {s.code: s.tags for s in scenario.sites}
    family = {c.code: c.group for c in scenario.commodities}

    def site(part: Demand | Supply | Inventory) -> str:
        return part.customer if isinstance(part, Demand) else part.site

    criteria = (
        Criterion[Demand | Supply | Inventory]("site", where.site, lambda p: (site(p),)),
        Criterion[Demand | Supply | Inventory](
            "site_group", where.site_group, lambda p: (site_group.get(site(p), ""),)
        ),
        Criterion[Demand | Supply | Inventory](
            "site_tag", where.site_tag, lambda p: site_tags.get(site(p), ())
        ),
        Criterion[Demand | Supply | Inventory](
            "commodity", where.commodity, lambda p: (p.commodity,)
        ),
        Criterion[Demand | Supply | Inventory](
            "commodity_group", where.commodity_group, lambda p: (family.get(p.commodity, ""),)
        ),
        Criterion[Demand | Supply | Inventory]("tag", where.tag, lambda p: p.tags),
    )
    return chosen(parts, noun, criteria)
