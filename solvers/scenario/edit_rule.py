"""Edits of rules: carbon, customs, and the policy of the whole network."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from solvers.scenario.alteration import Alteration, altered, joined, rebuilt
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Duty
from solvers.scenario.part import Code, Part
from solvers.scenario.policy import SiteCount
from solvers.scenario.selection import known_periods

PolicyField = Literal[
    "carbon_price", "carbon_cap", "max_distance", "budget", "service_level", "capital_rate"
]


class AlterPolicy(Part):
    """Alter an amount of the policy: a carbon price or cap, a budget, a service level ..."""

    kind: Literal["policy"] = Field(default="policy", description="Kind of edit.")
    field: PolicyField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(
        default=(), description="Of a carbon cap: only in these; empty: all together."
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the policy altered."""
        known_periods(scenario, self.periods)
        policy = altered(scenario.policy, self.field, self.change, self.periods)
        return scenario.model_copy(update={"policy": policy})

    def sentence(self) -> str:
        """Say it for readers."""
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.field.replace('_', ' ')} {self.change.sentence()}{when}"


class SetPolicy(Part):
    """Switch a rule on or off, or bound the number of open sites of a kind."""

    kind: Literal["rule"] = Field(default="rule", description="Kind of edit.")
    single_source: bool | None = Field(default=None, description="One origin for each demand.")
    lead_time_lag: bool | None = Field(default=None, description="Goods arrive periods later.")
    site_count: SiteCount | None = Field(default=None, description="Replaces that of its kind.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.single_source is None and self.lead_time_lag is None and self.site_count is None:
            raise ValueError("give single_source, lead_time_lag or site_count")
        return self

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the rules set."""
        given = {f: getattr(self, f) for f in ("single_source", "lead_time_lag")}
        changes: dict[str, object] = {f: v for f, v in given.items() if v is not None}
        count = self.site_count
        if count is not None:
            others = tuple(c for c in scenario.policy.site_counts if c.kind != count.kind)
            changes["site_counts"] = (*others, count)
        return scenario.model_copy(update={"policy": rebuilt(scenario.policy, changes)})

    def sentence(self) -> str:
        """Say it for readers."""
        said = [
            f"{name.replace('_', ' ')} {'on' if getattr(self, name) else 'off'}"
            for name in ("single_source", "lead_time_lag")
            if getattr(self, name) is not None
        ]
        if self.site_count is not None:
            most = "any number" if self.site_count.maximum is None else self.site_count.maximum
            said.append(f"open {self.site_count.kind} sites: {self.site_count.minimum} to {most}")
        return ", ".join(said)


class AlterDuty(Part):
    """Raise or set the customs duty between two countries, in shares of the value."""

    kind: Literal["duty"] = Field(default="duty", description="Kind of edit.")
    origin: str = Field(pattern=r"^[A-Z]{2}$", description="ISO code it comes from.")
    destination: str = Field(pattern=r"^[A-Z]{2}$", description="ISO code it enters.")
    duty_class: str | None = Field(default=None, max_length=40, description="Null: every class.")
    add: float | None = Field(default=None, ge=-10, le=10, description="Added: 0.25 is +25 %.")
    to: float | None = Field(default=None, ge=0, le=10, description="Instead: 0.25 is 25 %.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.add is None) == (self.to is None):
            raise ValueError("give either add or to")
        return self

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with rows of just these countries, on what counted there before."""
        rates = {(d.origin, d.destination, d.duty_class): d.rate for d in scenario.duties}
        pairs = self._pairs()
        classes = dict.fromkeys(["", *(c for o, d, c in rates if (o, d) in pairs)])
        meant = classes if self.duty_class is None else (self.duty_class,)
        new = {c: self._altered(c, rates, pairs) for c in meant}
        kept = [d for d in scenario.duties if not self._replaced(d, new)]
        return scenario.model_copy(update={"duties": (*kept, *new.values())})

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        """Countries of the rows that count here, the most exact first; an empty one is any."""
        o, d = self.origin, self.destination
        return ((o, d), ("", d), (o, ""), ("", ""))

    def _replaced(self, duty: Duty, new: Mapping[str, Duty]) -> bool:
        return (duty.origin, duty.destination) == self._pairs()[0] and duty.duty_class in new

    def _altered(
        self,
        duty_class: str,
        rates: Mapping[tuple[str, str, str], float],
        pairs: tuple[tuple[str, str], ...],
    ) -> Duty:
        places = ((*pair, c) for pair in pairs for c in (duty_class, ""))
        before = next((rates[place] for place in places if place in rates), 0.0)
        rate = self.to if self.to is not None else max(0.0, before + (self.add or 0.0))
        row = Duty(
            origin=self.origin, destination=self.destination, duty_class=duty_class, rate=0.0
        )
        return rebuilt(row, {"rate": joined(rate, "")}, "/add")

    def sentence(self) -> str:
        """Say it for readers."""
        added, to = self.add, self.to
        share = f"to {100 * to:.6g} %" if to is not None else f"{100 * (added or 0.0):+.6g} %"
        of = f" of class {self.duty_class}" if self.duty_class else ""
        return f"tariff {share} from {self.origin} to {self.destination}{of}"
