"""How willing the business is to bend each constraint: weights by tag, by kind, or by default.

A weight is the cost of bending something by its own size once: losing all of a demand, doubling a
capacity. A soft tag of the scenario sets it for whatever carries the tag, or for a whole kind of
constraint; of several tags the lowest weight counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from solvers.scenario.document import Scenario

BendKind = Literal[
    "demand", "throughput", "hours", "lane", "supply", "production", "stock", "safety-stock",
    "lane-minimum", "supply-minimum", "carbon", "budget", "site-count", "closed-lane",
]  # fmt: skip
DEFAULT: Mapping[str, float] = {
    "demand": 10.0, "throughput": 1.0, "hours": 1.0, "lane": 1.0, "supply": 2.0,
    "production": 1.0, "stock": 0.5, "safety-stock": 0.5, "lane-minimum": 1.0,
    "supply-minimum": 2.0, "carbon": 5.0, "budget": 5.0, "site-count": 5.0, "closed-lane": 1.0,
}  # fmt: skip
Key = tuple[BendKind, str]


@dataclass(frozen=True, slots=True)
class Softness:
    """Weights of bending.

    Parameters
    ----------
    of_kind
        Weight of each kind of constraint, where no tag of its own says otherwise.
    of_part
        Weight of single parts: kind, and the code that plans use for it.
    """

    of_kind: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT))
    of_part: Mapping[Key, float] = field(default_factory=dict[Key, float])

    def weight(self, kind: BendKind, code: str) -> float:
        """Cost of bending something by its own size."""
        return self.of_part.get((kind, code), self.of_kind[kind])


def softness(scenario: Scenario) -> Softness:
    """Weights that a scenario's soft tags give."""
    weights = {soft.tag: soft.weight for soft in scenario.policy.soft}
    of_kind = {kind: weights.get(kind, default) for kind, default in DEFAULT.items()}
    of_part: dict[Key, float] = {}
    for kind, code, tags in _tagged(scenario):
        known = [weights[tag] for tag in tags if tag in weights]
        if known:
            of_part[kind, code] = min([*known, of_part.get((kind, code), known[0])])
    return Softness(of_kind, of_part)


def _tagged(scenario: Scenario) -> Iterable[tuple[BendKind, str, tuple[str, ...]]]:
    """Tags of every part, under each kind of bend that is about it."""
    for kinds, name, parts in _NAMES:
        for part in getattr(scenario, parts):
            for kind in kinds:
                yield kind, name(part), part.tags


Named = tuple[tuple[BendKind, ...], Callable[[Any], str], str]
_NAMES: tuple[Named, ...] = (
    (("throughput",), lambda site: site.code, "sites"),
    (("hours",), lambda group: f"{group.site}/{group.code}", "tool_groups"),
    (("lane", "lane-minimum", "closed-lane"), lambda lane: lane.code, "lanes"),
    (("demand",), lambda demand: f"{demand.customer}/{demand.commodity}", "demands"),
    (("supply", "supply-minimum"), lambda s: f"{s.site}/{s.commodity}", "supplies"),
    (("production",), lambda made: f"{made.site}/{made.output}", "productions"),
    (("stock", "safety-stock"), lambda held: f"{held.site}/{held.commodity}", "inventories"),
)
