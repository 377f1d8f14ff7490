"""Edits of sites: open, close, remove, and what they cost and can handle."""

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.alteration import Alteration, altered, rebuilt
from solvers.scenario.document import Scenario
from solvers.scenario.part import Code, Part
from solvers.scenario.place import Site, SiteKind, SiteStatus
from solvers.scenario.selection import Criterion, chosen, known_periods, unknown

SiteField = Literal[
    "fixed_cost", "open_cost", "close_cost", "throughput", "labour", "time_to_recover"
]
_VERBS: dict[SiteStatus, str] = {
    "closed": "close",
    "must-open": "keep open",
    "existing": "let stay or close",
    "candidate": "let open",
}


class SiteWhere(Part):
    """Which sites: those that meet all that is given; empty means every site."""

    codes: tuple[Code, ...] = Field(default=(), description="Codes of the sites.")
    group: str | None = Field(default=None, max_length=80, description="Region, segment ...")
    tag: Code | None = Field(default=None, description="A tag of the site.")
    site_kind: SiteKind | None = Field(default=None, description="Role in the network.")
    country: str | None = Field(default=None, max_length=2, description="ISO code.")

    def of(self, scenario: Scenario) -> frozenset[int]:
        """Positions of the sites."""
        known = {s.code for s in scenario.sites}
        missing = [c for c in self.codes if c not in known]
        if missing:
            flaws = tuple(unknown("/where/codes", "site", "code", c, known) for c in missing)
            raise ScenarioError("; ".join(f.detail for f in flaws), flaws)
        criteria = (
            Criterion[Site]("group", self.group, lambda s: (s.group,)),
            Criterion[Site]("tag", self.tag, lambda s: s.tags),
            Criterion[Site]("site_kind", self.site_kind, lambda s: (s.kind,)),
            Criterion[Site]("country", self.country, lambda s: (s.country,)),
        )
        hit = chosen(scenario.sites, "site", criteria)
        named = {i for i in hit if not self.codes or scenario.sites[i].code in self.codes}
        if not named:
            detail = f"none of {', '.join(self.codes)} meets the other criteria: ask for less"
            raise ScenarioError(detail, (Flaw("/where", detail),))
        return frozenset(named)

    def sentence(self) -> str:
        """Name the sites."""
        ways = [f"of kind {self.site_kind}"] if self.site_kind else []
        ways += [f"in {self.country}"] if self.country else []
        ways += [f"of group {self.group}"] if self.group else []
        ways += [f"with tag {self.tag}"] if self.tag else []
        named = ", ".join(self.codes)
        if named:
            return " ".join([f"site{'s' * (len(self.codes) > 1)} {named}", *ways])
        return " ".join(["sites", *ways]) if ways else "all sites"


class SetSites(Part):
    """Open or close sites, or leave it to the plan."""

    kind: Literal["site-status"] = Field(default="site-status", description="Kind of edit.")
    where: SiteWhere = Field(description="Which sites.")
    status: SiteStatus = Field(description="closed, must-open, existing or candidate.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the status of the sites set."""
        hit = self.where.of(scenario)
        return _with_sites(scenario, hit, lambda s: s.model_copy(update={"status": self.status}))

    def sentence(self) -> str:
        """Say it for readers."""
        return f"{_VERBS[self.status]} {self.where.sentence()}"


class AlterSites(Part):
    """Alter an amount of sites; `labour` means the unit cost of every tier."""

    kind: Literal["sites"] = Field(default="sites", description="Kind of edit.")
    where: SiteWhere = Field(default_factory=SiteWhere, description="Which sites.")
    field: SiteField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the sites altered."""
        known_periods(scenario, self.periods)
        return _with_sites(scenario, self.where.of(scenario), self._altered)

    def _altered(self, site: Site) -> Site:
        if self.field != "labour":
            return altered(site, self.field, self.change, self.periods)
        tiers = tuple(altered(t, "unit_cost", self.change, self.periods) for t in site.labour)
        return rebuilt(site, {"labour": tiers})

    def sentence(self) -> str:
        """Say it for readers."""
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        said = self.field.replace("_", " ")
        return f"{self.where.sentence()}: {said} {self.change.sentence()}{when}"


class RemoveSites(Part):
    """Take sites out, with everything that stands at them, leads to them or names them."""

    kind: Literal["remove-sites"] = Field(default="remove-sites", description="Kind of edit.")
    where: SiteWhere = Field(description="Which sites.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario without the sites."""
        gone = {scenario.sites[i].code for i in self.where.of(scenario)}
        kept = {
            name: tuple(p for p in getattr(scenario, name) if gone.isdisjoint(_at(p)))
            for name in (
                "tool_groups", "productions", "qualifications", "supplies", "inventories",
                "lanes", "distances", "demands",
            )
        }  # fmt: skip
        kept["sites"] = tuple(s for s in scenario.sites if s.code not in gone)
        routing, history = scenario.routing, scenario.history
        inner = {
            "routing": routing.model_copy(update=_without(routing, gone)),
            "history": history.model_copy(update=_without(history, gone)),
        }
        return scenario.model_copy(update={**kept, **inner})

    def sentence(self) -> str:
        """Say it for readers."""
        return f"remove {self.where.sentence()}"


def _with_sites(
    scenario: Scenario, hit: frozenset[int], change: Callable[[Site], Site]
) -> Scenario:
    sites = tuple(change(s) if i in hit else s for i, s in enumerate(scenario.sites))
    return scenario.model_copy(update={"sites": sites})


def _at(part: Part) -> set[str]:
    """Codes of the sites that a part names."""
    return {getattr(part, f, None) or "" for f in ("site", "customer", "origin", "destination",
                                                   "depot")}  # fmt: skip


def _without(group: Part, gone: set[str]) -> dict[str, tuple[Part, ...]]:
    """Keep of the lists of a group what names no site that is gone; a matrix stays as it is."""
    lists = {name: getattr(group, name) for name in type(group).model_fields}
    return {
        name: tuple(p for p in parts if gone.isdisjoint(_at(p)))
        for name, parts in lists.items()
        if isinstance(parts, tuple)
    }
