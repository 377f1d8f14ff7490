"""A scenario of 180,900 lanes to arrays, beside the reading of its own JSON."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest

from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario
from solvers.scenario.validate import flaws

pytestmark = pytest.mark.benchmark

PLANTS, CENTRES, CUSTOMERS, PRODUCTS, ROUNDS = 10, 90, 1000, 2, 3


def _network() -> Scenario:
    """Plants to candidate DCs to customers, by road at the mode's rate and by air."""
    rng = np.random.default_rng(4)

    def place(code: str, kind: str, **parts: object) -> dict[str, object]:
        latitude, longitude = rng.uniform(20, 50), rng.uniform(0, 50)
        return {"code": code, "kind": kind, "latitude": latitude, "longitude": longitude, **parts}

    plants = [f"P{i}" for i in range(PLANTS)]
    centres = [f"D{i}" for i in range(CENTRES)]
    customers = [f"C{i}" for i in range(CUSTOMERS)]
    goods = [f"G{i}" for i in range(PRODUCTS)]
    candidate = {"status": "candidate", "fixed_cost": 100.0, "throughput": 10_000.0}
    return Scenario.model_validate(
        {
            "periods": [{"code": f"W{t}"} for t in range(4)],
            "commodities": [{"code": g, "weight": 1.5} for g in goods],
            "sites": [place(p, "plant") for p in plants]
            + [place(d, "dc", **candidate) for d in centres]
            + [place(c, "customer") for c in customers],
            "supplies": [{"site": p, "commodity": g} for p in plants for g in goods],
            "inventories": [
                {"site": d, "commodity": g, "holding_cost": 0.1} for d in centres for g in goods
            ],
            "modes": [{"code": "road", "cost_per_tonne_km": 0.1}, {"code": "air"}],
            "lanes": [
                {"origin": p, "destination": d, "unit_cost": 1.0} for p in plants for d in centres
            ]
            + [
                {"origin": d, "destination": c, "mode": mode, "unit_cost": cost}
                for d in centres
                for c in customers
                for mode, cost in (("road", None), ("air", 2.0))
            ],
            "demands": [
                {"customer": c, "commodity": g, "quantity": float(rng.uniform(1, 5))}
                for c in customers
                for g in goods
            ],
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    spent = list[float]()
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return median(spent)


def test_resolution_beside_reading() -> None:
    scenario = _network()
    text = scenario.model_dump_json()
    reading = _seconds(lambda: Scenario.model_validate_json(text))
    checking = _seconds(lambda: flaws(scenario))
    resolving = _seconds(lambda: resolve(scenario))  # checks again
    arcs = resolve(scenario).instance.arcs
    assert arcs.lane.size == PRODUCTS * len(scenario.lanes)
    wanted = sum(float(d.quantity) for d in scenario.demands if d.quantity is not None)
    into = np.array([lane.mode == "air" for lane in scenario.lanes])[arcs.lane]
    assert arcs.limit[into].sum() == pytest.approx(4 * CENTRES * wanted)
    print(
        f"{len(scenario.lanes)} lanes: read {reading:.2f} s, check {checking:.2f} s, "
        f"resolve {resolving:.2f} s: {resolving / reading:.2f} x reading"
    )
