"""Limits of flows cut off no optimum: random networks cost the same with and without them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from solvers.network.instance import Instance
from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario

arrays = pytest.importorskip("solvers.network.arrays", reason="the array builder is not there yet")

LOOSE = 5e3  # above any flow of these networks


def _lane(rng: np.random.Generator, origin: str, destination: str, mode: str) -> dict[str, Any]:
    lane: dict[str, Any] = {
        "origin": origin,
        "destination": destination,
        "mode": mode,
        "unit_cost": int(rng.integers(1, 9)),
        "lead_time": int(rng.choice([0, 0, 7])),
    }
    breaks = [{"load": 0, "rate": 5}, {"load": int(rng.integers(5, 30)), "rate": 2}]
    kind = str(rng.choice(["all-units", "incremental"]))
    odd: list[dict[str, Any]] = [
        {"fixed_cost": int(rng.integers(5, 40))},
        {"minimum": int(rng.integers(3, 25))},
        {"tariff": {"kind": kind, "breaks": breaks}},
        {"capacity": int(rng.integers(26, 60))},
        {},
        {},
    ]
    return lane | odd[rng.integers(len(odd))]


def _sites(rng: np.random.Generator) -> list[dict[str, Any]]:
    def decided(code: str, kind: str) -> dict[str, Any]:
        status = str(rng.choice(["must-open", "existing", "candidate"]))
        return {"code": code, "kind": kind, "status": status, "fixed_cost": int(rng.integers(60))}

    centres = [decided(f"D{i}", "dc") for i in range(2)]
    for centre in centres:
        centre["throughput"] = int(rng.integers(10, 60))
    plants = [decided(f"P{i}", "plant") for i in range(2)]
    ends = [("S", "supplier"), ("C0", "customer"), ("C1", "customer")]
    return [*plants, *centres, *({"code": code, "kind": kind} for code, kind in ends)]


def _network(seed: int) -> Instance:
    """Raw to mid to final over two plants, two DCs, two customers."""
    rng = np.random.default_rng(seed)
    pairs = [("S", "P0"), ("S", "P1"), ("P0", "P1"), ("P1", "P0"), ("D0", "D1")]
    pairs += [(f"P{p}", f"D{d}") for p in range(2) for d in range(2)]
    pairs += [(f"D{d}", f"C{c}") for d in range(2) for c in range(2)]
    lanes = [_lane(rng, *pair, "road") for pair in pairs] + [_lane(rng, "P0", "D0", "air")]
    made = [
        {"site": f"P{p}", "output": out, "yield": float(rng.choice([1.0, 0.5])), "inputs": [need]}
        for p in range(2)
        for out, need in (
            ("mid", {"commodity": "raw", "quantity": 2}),
            ("end", {"commodity": "mid", "quantity": 1.5}),
        )
    ]
    held = [
        {
            "site": site,
            "commodity": good,
            "initial": int(rng.choice([0, 5])),
            "final": int(rng.choice([0, 4])),
            "safety_stock": int(rng.choice([0, 0, 3])),
            "holding_cost": float(rng.choice([0.1, 1.0])),
        }
        for site in ("P0", "P1", "D0", "D1")
        for good in ("raw", "mid", "end")
        if rng.random() < 0.4
    ]
    wanted = [
        {
            "customer": f"C{c}",
            "commodity": "end",
            "quantity": int(rng.integers(1, 15)),
            "quantity_by_period": [{"period": "1", "amount": int(rng.integers(25))}],
            "lost_cost": int(rng.choice([20, 100])),
            "backlog_cost": int(rng.integers(1, 9)) if rng.random() < 0.5 else None,
            "single_source": bool(rng.random() < 0.2),
        }
        for c in range(2)
    ]
    document = {
        "periods": [{"code": str(t)} for t in range(int(rng.integers(2, 4)))],
        "commodities": [{"code": "raw"}, {"code": "mid"}, {"code": "end"}],
        "sites": _sites(rng),
        "productions": made,
        "supplies": [{"site": "S", "commodity": "raw", "minimum": int(rng.choice([0, 4]))}],
        "inventories": held,
        "lanes": lanes,
        "demands": wanted,
        "policy": {"lead_time_lag": bool(rng.random() < 0.5)},
    }
    return resolve(Scenario.model_validate(document)).instance


def _cost(instance: Instance) -> float | None:
    """Optimum of a network; None if it has no plan."""
    form = arrays.standard_form(instance)
    found = milp(
        form.cost,
        constraints=LinearConstraint(form.matrix, form.row_lower, form.row_upper),
        integrality=form.integer.astype(np.uint8),
        bounds=Bounds(form.lower, form.upper),
        options={"mip_rel_gap": 1e-7},
    )
    return None if found.x is None else float(found.fun + form.offset)


def _assert_kept(seed: int) -> None:
    instance = _network(seed)
    loose = np.full_like(instance.arcs.limit, LOOSE)
    without = _cost(replace(instance, arcs=replace(instance.arcs, limit=loose)))
    within = _cost(instance)
    if without is None:
        assert within is None
    else:
        assert within == pytest.approx(without, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_limits_cut_off_no_optimum(seed: int) -> None:
    _assert_kept(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5, 100))
def test_limits_cut_off_no_optimum_of_many(seed: int) -> None:
    _assert_kept(seed)
