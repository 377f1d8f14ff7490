"""Facility-location benchmarks as scenario documents: OR-Library cap files, Holmberg files.

Both state the cost of serving *all* of a customer's demand from a place; a lane's unit cost is that
cost over the demand.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.movement import Lane
from solvers.scenario.place import Site, Supply
from solvers.scenario.policy import Period, Policy

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "optimization"
OPTIMA = Path(__file__).parents[1] / "reference" / "facility_location.json"


@dataclass(frozen=True, slots=True)
class Facilities:
    """Capacitated facility location: `cost[i][j]` serves all of customer j from place i."""

    capacity: tuple[float, ...]
    fixed: tuple[float, ...]
    demand: tuple[float, ...]
    cost: tuple[tuple[float, ...], ...]

    def scenario(self, *, single_source: bool) -> Scenario:
        """Document of one period: candidate DCs that can buy what they ship."""
        places = [f"W{i + 1}" for i in range(len(self.capacity))]
        customers = [f"C{j + 1}" for j in range(len(self.demand))]
        return Scenario(
            periods=(Period(code="P1"),),
            commodities=(Commodity(code="G"),),
            sites=(
                *(
                    Site(
                        code=code, kind="dc", status="candidate", fixed_cost=fixed, throughput=most
                    )
                    for code, fixed, most in zip(places, self.fixed, self.capacity, strict=True)
                ),
                *(Site(code=code, kind="customer") for code in customers),
            ),
            supplies=tuple(Supply(site=code, commodity="G") for code in places),
            lanes=tuple(
                Lane(origin=place, destination=customer, unit_cost=cost / wanted)
                for place, row in zip(places, self.cost, strict=True)
                for customer, cost, wanted in zip(customers, row, self.demand, strict=True)
                if wanted > 0
            ),
            demands=tuple(
                Demand(customer=customer, commodity="G", quantity=wanted)
                for customer, wanted in zip(customers, self.demand, strict=True)
                if wanted > 0
            ),
            policy=Policy(single_source=single_source),
        )


def read_cap(name: str, capacity: float | None = None) -> Scenario:
    """Scenario of an OR-Library file such as "cap71"; capa, capb and capc need a capacity.

    In these three the word "capacity" stands where the capacity belongs.
    """
    fields = _fields(DATA / "orlib_cwl" / f"{name}.txt")
    places, customers = int(next(fields)), int(next(fields))
    most, fixed = list[float](), list[float]()
    for _ in range(places):
        word = next(fields)
        if word == "capacity":
            if capacity is None:
                raise ValueError(f"{name} leaves its capacity open: give one")
            most.append(capacity)
        else:
            most.append(float(word))
        fixed.append(float(next(fields)))
    demand, columns = list[float](), list[tuple[float, ...]]()
    for _ in range(customers):
        demand.append(float(next(fields)))
        columns.append(tuple(float(next(fields)) for _ in range(places)))
    rows = tuple(zip(*columns, strict=True))
    return Facilities(tuple(most), tuple(fixed), tuple(demand), rows).scenario(single_source=False)


def read_holmberg(name: str) -> Scenario:
    """Scenario of a file of Holmberg, Ronnqvist and Yuan, such as "p1": single sources."""
    fields = _fields(DATA / "holmberg" / name)
    places, customers = int(next(fields)), int(next(fields))
    pairs = [(float(next(fields)), float(next(fields))) for _ in range(places)]
    demand = tuple(float(next(fields)) for _ in range(customers))
    cost = tuple(tuple(float(next(fields)) for _ in range(customers)) for _ in range(places))
    most, fixed = zip(*pairs, strict=True)
    return Facilities(most, fixed, demand, cost).scenario(single_source=True)


def published(family: str) -> dict[str, float]:
    """Optima of a family of `tests/reference/facility_location.json`, by name."""
    reference: dict[str, dict[str, dict[str, float]]] = json.loads(OPTIMA.read_text())
    return reference[family]["optima"]


def needs_data() -> None:
    """Skip the test where the benchmark files are not there."""
    if not DATA.is_dir():
        pytest.skip("the benchmark files of ../shared/data/optimization are not there")


def _fields(path: Path) -> Iterator[str]:
    return iter(path.read_text().replace("\0", " ").split())
