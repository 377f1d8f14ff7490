"""Edits of lanes and modes: capacity, cost, lead time, use."""

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.alteration import Alteration, altered, rebuilt
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.part import Amount, Code, Part
from solvers.scenario.selection import Criterion, chosen, known_periods

LaneField = Literal[
    "capacity", "minimum", "cost", "unit_cost", "fixed_cost", "shipment_cost", "shipment_size",
    "lead_time", "lead_time_sd", "co2_kg", "distance",
]  # fmt: skip
ModeField = Literal["speed_km_per_day", "cost_per_tonne_km", "co2_kg_per_tonne_km"]
_OF_MODE: dict[str, ModeField] = {"unit_cost": "cost_per_tonne_km", "co2_kg": "co2_kg_per_tonne_km"}
_MANY = 5  # lanes named in a message


class LaneWhere(Part):
    """Which lanes: those that meet all that is given; empty means every lane."""

    origin: Code | None = Field(default=None, description="Code of the site they leave.")
    destination: Code | None = Field(default=None, description="Code of the site they reach.")
    mode: Code | None = Field(default=None, description="Code of the mode.")
    tag: Code | None = Field(default=None, description="A tag of the lane.")
    commodity: Code | None = Field(default=None, description="What they may carry.")

    def of(self, scenario: Scenario) -> frozenset[int]:
        """Positions of the lanes."""
        every = tuple(c.code for c in scenario.commodities)
        criteria = (
            Criterion[Lane]("origin", self.origin, lambda x: (x.origin,)),
            Criterion[Lane]("destination", self.destination, lambda x: (x.destination,)),
            Criterion[Lane]("mode", self.mode, lambda x: (x.mode,)),
            Criterion[Lane]("tag", self.tag, lambda x: x.tags),
            Criterion[Lane]("commodity", self.commodity, lambda x: x.commodities or every),
        )
        return chosen(scenario.lanes, "lane", criteria)

    def sentence(self) -> str:
        """Name the lanes."""
        if self.origin and self.destination:
            ways = [f"lane {self.origin}>{self.destination}"]
        else:
            ways = ["lanes"]
            ways += [f"from {self.origin}"] if self.origin else []
            ways += [f"to {self.destination}"] if self.destination else []
        ways += [f"by {self.mode}"] if self.mode else []
        ways += [f"with tag {self.tag}"] if self.tag else []
        ways += [f"of {self.commodity}"] if self.commodity else []
        return " ".join(ways) if len(ways) > 1 or ways[0] != "lanes" else "all lanes"


class AlterLanes(Part):
    """Alter an amount of lanes; `cost` means all their money, tariffs included."""

    kind: Literal["lanes"] = Field(default="lanes", description="Kind of edit.")
    where: LaneWhere = Field(default_factory=LaneWhere, description="Which lanes.")
    field: LaneField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")
    periods: tuple[Code, ...] = Field(default=(), description="Only in these; empty: all.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the lanes altered."""
        known_periods(scenario, self.periods)
        hit = self.where.of(scenario)
        _require_own(scenario, hit, self.field, self.change)
        return _with_lanes(scenario, hit, self._altered)

    def _altered(self, lane: Lane) -> Lane:
        if self.field in ("cost", "unit_cost") and lane.tariff is not None:
            lane = rebuilt(lane, {"tariff": self._tariff(lane)})
        if self.field != "cost":
            return altered(lane, self.field, self.change, self.periods)
        if self.change.factor is None:
            detail = "all money of a lane at once takes a factor only; or name one cost"
            raise ScenarioError(detail, (Flaw("/change", detail),))
        for field in ("unit_cost", "fixed_cost", "shipment_cost"):
            lane = altered(lane, field, self.change, self.periods)
        return lane

    def _tariff(self, lane: Lane) -> object:
        if self.change.factor is None:
            detail = f"{lane.code} has a tariff: scale it by a factor, or set its breaks"
            raise ScenarioError(detail, (Flaw("/change", detail),))
        assert lane.tariff is not None
        breaks = (
            b.model_copy(update={f: self.change.of(getattr(b, f)) for f in ("rate", "fixed")})
            for b in lane.tariff.breaks
        )
        return lane.tariff.model_copy(update={"breaks": tuple(breaks)})

    def sentence(self) -> str:
        """Say it for readers."""
        when = f" in {', '.join(self.periods)}" if self.periods else ""
        return f"{self.where.sentence()}: {_said(self.field)} {self.change.sentence()}{when}"


class LeadTimeShock(Part):
    """Lanes are slower (and less sure) than they were."""

    kind: Literal["lead-time-shock"] = Field(default="lead-time-shock", description="Kind of edit.")
    where: LaneWhere = Field(default_factory=LaneWhere, description="Which lanes.")
    factor: float = Field(default=1.0, gt=0, description="Mean and standard deviation times this.")
    add: Amount | None = Field(default=None, description="Plus this, to the mean.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the lead times of the lanes altered."""
        hit = self.where.of(scenario)
        times = Alteration(factor=self.factor)
        _require_own(scenario, hit, "lead_time", times)

        def shocked(lane: Lane) -> Lane:
            for field in ("lead_time", "lead_time_sd"):
                lane = altered(lane, field, times)
            return lane if self.add is None else altered(lane, "lead_time", _plus(self.add))

        return _with_lanes(scenario, hit, shocked)

    def sentence(self) -> str:
        """Say it for readers."""
        said = [f"{Alteration(factor=self.factor).sentence()}"] if self.factor != 1.0 else []
        said += [_plus(self.add).sentence()] if self.add is not None else []
        return f"{self.where.sentence()}: lead time {' and '.join(said) or '+0 %'}"


class UseLanes(Part):
    """Open or close lanes."""

    kind: Literal["use-lanes"] = Field(default="use-lanes", description="Kind of edit.")
    where: LaneWhere = Field(default_factory=LaneWhere, description="Which lanes.")
    open: bool = Field(description="Whether they may be used.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the lanes open, or closed."""
        hit = self.where.of(scenario)
        return _with_lanes(scenario, hit, lambda lane: lane.model_copy(update={"open": self.open}))

    def sentence(self) -> str:
        """Say it for readers."""
        return f"{'open' if self.open else 'close'} {self.where.sentence()}"


class AlterModes(Part):
    """Alter what lanes of a mode cost, emit or take where they do not say so themselves."""

    kind: Literal["modes"] = Field(default="modes", description="Kind of edit.")
    mode: Code | None = Field(default=None, description="Code of the mode; null: every mode.")
    field: ModeField = Field(description="What is altered.")
    change: Alteration = Field(description="How.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the modes altered."""
        hit = chosen(
            scenario.modes, "mode", (Criterion[Mode]("mode", self.mode, lambda x: (x.code,)),)
        )
        modes = tuple(
            altered(m, self.field, self.change) if i in hit else m
            for i, m in enumerate(scenario.modes)
        )
        return scenario.model_copy(update={"modes": modes})

    def sentence(self) -> str:
        """Say it for readers."""
        return f"mode {self.mode or 'any'}: {_said(self.field)} {self.change.sentence()}"


def _with_lanes(
    scenario: Scenario, hit: frozenset[int], change: Callable[[Lane], Lane]
) -> Scenario:
    lanes = tuple(change(x) if i in hit else x for i, x in enumerate(scenario.lanes))
    return scenario.model_copy(update={"lanes": lanes})


def _require_own(
    scenario: Scenario, hit: frozenset[int], field: LaneField, change: Alteration
) -> None:
    """Refuse to scale at the lane what it takes from its mode or its distance."""
    own = "unit_cost" if field == "cost" else field
    derived = own in ("lead_time", "unit_cost", "co2_kg", "distance")
    if not derived or (change.factor is None and change.add is None):
        return
    lanes = [scenario.lanes[i] for i in sorted(hit)]
    priced = own == "unit_cost"
    bare = [x.code for x in lanes if getattr(x, own) is None and not (priced and x.tariff)]
    if bare:
        instead = f", or alter {_OF_MODE[own]} of its mode" if own in _OF_MODE else ""
        detail = (
            f"{len(bare)} lanes have no {_said(own)} of their own ({', '.join(bare[:_MANY])}):"
            f" set it first{instead}"
        )
        raise ScenarioError(detail, (Flaw("/where", detail),))


def _plus(add: Amount) -> Alteration:
    return Alteration(add=add)


def _said(field: str) -> str:
    return field.replace("_", " ")
