"""Edits that add whole parts, or set one value by its JSON pointer."""

from typing import Any, Literal

from pydantic import Field, JsonValue, ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.identity import named
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.part import Part
from solvers.scenario.place import Inventory, Production, Site, Supply, ToolGroup


class AddParts(Part):
    """Add sites (candidates, say) and what belongs to them."""

    kind: Literal["add"] = Field(default="add", description="Kind of edit.")
    commodities: tuple[Commodity, ...] = Field(default=(), description="What else moves.")
    sites: tuple[Site, ...] = Field(default=(), description="Further places.")
    tool_groups: tuple[ToolGroup, ...] = Field(default=(), description="Further tools.")
    productions: tuple[Production, ...] = Field(default=(), description="What else is made.")
    supplies: tuple[Supply, ...] = Field(default=(), description="What else can be bought.")
    inventories: tuple[Inventory, ...] = Field(default=(), description="What else can be held.")
    modes: tuple[Mode, ...] = Field(default=(), description="Further ways of transport.")
    lanes: tuple[Lane, ...] = Field(default=(), description="Further connections.")
    demands: tuple[Demand, ...] = Field(default=(), description="What else is wanted.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the parts added."""
        flaws: list[Flaw] = []
        update: dict[str, tuple[Part, ...]] = {}
        for field in self._lists():
            there: tuple[Part, ...] = getattr(scenario, field)
            taken = dict(named(there, field))
            for place, (name, _) in enumerate(named(getattr(self, field), field)):
                if name in taken or "#" in name:
                    detail = f"{name!r} is there already: give another code, or alter it"
                    flaws.append(Flaw(f"/{field}/{place}", detail))
            update[field] = (*there, *getattr(self, field))
        if flaws:
            raise ScenarioError("; ".join(f.detail for f in flaws), tuple(flaws))
        return scenario.model_copy(update=update)

    def sentence(self) -> str:
        """Say it for readers."""
        said = (
            f"{field.replace('_', ' ')} {', '.join(n for n, _ in named(parts, field))}"
            for field in self._lists()
            if (parts := getattr(self, field))
        )
        return f"add {'; '.join(said) or 'nothing'}"

    @classmethod
    def _lists(cls) -> list[str]:
        return [name for name in cls.model_fields if name != "kind"]


class SetValue(Part):
    """Set one value by its JSON pointer: where no other edit fits."""

    kind: Literal["set"] = Field(default="set", description="Kind of edit.")
    pointer: str = Field(pattern=r"^(/[^/]+)+$", description="As in /lanes/3/capacity.")
    value: JsonValue = Field(description="The new value.")

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the value set."""
        steps = [s.replace("~1", "/").replace("~0", "~") for s in self.pointer[1:].split("/")]
        tree: Any = scenario.model_dump(mode="json", include={steps[0]})
        place: Any = tree
        for step in steps[:-1]:
            place = _child(place, step, self.pointer)
        if not _has(place, steps[-1]):
            raise _nothing(self.pointer, steps[-1])
        place[int(steps[-1]) if isinstance(place, list) else steps[-1]] = self.value
        try:
            return Scenario.model_validate(dict(scenario) | tree)
        except ValidationError as error:
            first = error.errors()[0]
            detail = f"{self.pointer} cannot be {self.value!r}: {first['msg']}"
            raise ScenarioError(detail, (Flaw("/value", detail),)) from error

    def sentence(self) -> str:
        """Say it for readers."""
        return f"set {self.pointer} to {self.value}"


def _has(place: Any, step: str) -> bool:
    if isinstance(place, list):
        return step.isdecimal() and int(step) < len(place)
    return isinstance(place, dict) and step in place


def _child(place: Any, step: str, pointer: str) -> Any:
    if not _has(place, step):
        raise _nothing(pointer, step)
    return place[int(step)] if isinstance(place, list) else place[step]


def _nothing(pointer: str, step: str) -> ScenarioError:
    detail = f"{pointer} names nothing: there is no {step!r}; see the schema of the document"
    return ScenarioError(detail, (Flaw("/pointer", detail),))
