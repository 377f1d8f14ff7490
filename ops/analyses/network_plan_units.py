"""What one unit of each capacity of a scenario is, in words."""

from collections.abc import Mapping

from ops.analyses.network_plan_result import PlanBottleneck
from solvers.network.resources import Bottleneck
from solvers.scenario.document import Scenario

SEVERAL = "units"  # of commodities that are counted in different things


class CapacityUnits:
    """Units by kind and code, as plans name their capacities and bends.

    Parameters
    ----------
    scenario
        Its commodities say what their quantities count, its lanes what theirs do.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.commodities: Mapping[str, str] = {c.code: c.unit for c in scenario.commodities}
        self._common = {
            "": _one({c.unit for c in scenario.commodities}),
            "throughput": _one({c.unit for c in scenario.commodities if c.handling == 1.0})
            if all(c.handling in (0.0, 1.0) for c in scenario.commodities)
            else SEVERAL,
        }
        self._lanes = {lane.code: (lane.basis, lane.commodities) for lane in scenario.lanes}
        self._money = scenario.units.money

    def of(self, kind: str, code: str) -> str:
        """Name the unit of a capacity or a bend.

        Parameters
        ----------
        kind
            One of `solvers.network.resources.ResourceKind` or `solvers.network.softness.BendKind`.
        code
            The code that goes with it.
        """
        fixed = {"hours": "h", "carbon": "kg", "budget": self._money, "site-count": "sites"}
        if kind in fixed:
            return fixed[kind]
        if kind in ("lane", "lane-minimum"):
            return self._of_lane(code)
        if kind == "throughput":
            return self._common["throughput"]
        return self.commodities.get(code.rsplit("/", 1)[-1], self._common[""])

    def _of_lane(self, code: str) -> str:
        basis, carried = self._lanes.get(code, ("quantity", ()))
        if basis != "quantity":
            return "kg" if basis == "weight" else "m\N{SUPERSCRIPT THREE}"
        return _one({self.commodities[c] for c in carried}) if carried else self._common[""]


def _one(units: set[str]) -> str:
    return next(iter(units)) if len(units) == 1 else SEVERAL


def with_units(
    scenario: Scenario, bottlenecks: tuple[Bottleneck, ...]
) -> tuple[PlanBottleneck, ...]:
    """Bottlenecks that say what their numbers count."""
    units = CapacityUnits(scenario)
    return tuple(
        PlanBottleneck(
            kind=b.kind,
            code=b.code,
            period=b.period,
            used=b.used,
            capacity=b.capacity,
            utilisation=b.utilisation,
            binding=b.binding,
            unit=units.of(b.kind, b.code),
        )
        for b in bottlenecks
    )
