"""Routes of CVRPLIB X instances through the analysis, beside PyVRP called directly.

The budget is the same number of iterations, then the same CPU seconds, with one seed. The short
form takes three instances and a third of the time; LONGRUN_BENCH=full takes all six at 30 s.
"""

import os
import time
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.stop import MaxIterations

from ops.analyses.route_plan import ROUTE_PLAN, RoutePlanParams
from ops.analyses.route_plan_result import RoutePlanResult
from ops.analysis import silent
from ops.query import ScenarioData
from solvers.scenario.document import Scenario
from tests.solvers.routing.cvrplib import FOLDER, Instance, document, instance, published

pytestmark = pytest.mark.benchmark

FULL = os.environ.get("LONGRUN_BENCH") == "full"
NAMES = sorted(
    (Path(p).stem for p in (FOLDER / "vrp_X").glob("*.vrp")),
    key=lambda name: int(name.split("-")[1][1:]),
)
CPU_S = 30.0 if FULL else 10.0
ITERATIONS, SEED, MOST_POINTS = 2000, 1, 0.3


def _direct(of: Instance) -> ProblemData:
    """Build the problem by PyVRP's own classes, as its reader does."""
    way = of.way.astype(np.int64)
    return ProblemData(
        locations=[Location(float(x), float(y)) for x, y in of.xy],
        clients=[Client(i, delivery=[int(of.demand[i])]) for i in range(1, len(of.xy))],
        depots=[Depot(0)],
        vehicle_types=[VehicleType(len(of.xy) - 1, capacity=[int(of.capacity)])],
        distance_matrices=[way],
        duration_matrices=[way],
    )


def _ours(text: str, **budget: float | None) -> RoutePlanResult:
    params = RoutePlanParams.model_validate({"scenario": "X", "seed": SEED} | budget)
    data = ScenarioData("X", 1, Scenario.model_validate_json(text))
    found = ROUTE_PLAN.compute(data, params, silent)
    assert (found.faults, found.unserved) == ((), ())
    return found


def _by_cpu(data: ProblemData, cpu_s: float) -> float:
    end = time.process_time() + cpu_s
    return solve(
        data, lambda best_cost: time.process_time() >= end, seed=SEED, display=False
    ).cost()


def _gap(cost: float, best: float) -> float:
    return 100 * (cost / best - 1)


@pytest.mark.timeout(3600)
def test_the_analysis_finds_what_pyvrp_finds_in_equal_iterations() -> None:
    for name in NAMES[:3]:
        of = instance("vrp_X", name)
        text = document(of).model_dump_json()
        ours = _ours(text, budget_iterations=ITERATIONS, cpu_s=None).cost
        direct = solve(_direct(of), MaxIterations(ITERATIONS), seed=SEED, display=False).cost()
        _, best = published("vrp_X", name)
        print(f"{name}: {ITERATIONS} iterations: {_gap(ours, best):.2f} % above the best known,"
              f" directly {_gap(direct, best):.2f} %")  # fmt: skip
        assert _gap(ours, best) - _gap(direct, best) <= MOST_POINTS


@pytest.mark.timeout(3600)
def test_the_analysis_is_near_pyvrp_in_equal_cpu_seconds() -> None:
    points: list[tuple[float, float]] = []
    for name in NAMES if FULL else NAMES[:3]:
        of = instance("vrp_X", name)
        text = document(of).model_dump_json()
        ours = _ours(text, budget_iterations=None, cpu_s=CPU_S).cost
        direct = _by_cpu(_direct(of), CPU_S)
        _, best = published("vrp_X", name)
        points.append((_gap(ours, best), _gap(direct, best)))
        print(f"{name}: {CPU_S:g} s: {points[-1][0]:.2f} %, directly {points[-1][1]:.2f} %")
    ours_mean, direct_mean = (fmean(side) for side in zip(*points, strict=True))
    print(f"mean gap {ours_mean:.2f} %, directly {direct_mean:.2f} %")
    assert ours_mean - direct_mean <= MOST_POINTS
