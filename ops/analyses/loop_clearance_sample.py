"""A small seeded example of loop clearance: units of four wires under a low cavity."""

import numpy as np

from ops.loop.package import Package
from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, Series

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_STEP_US = 600_000_000


def sample_package() -> Package:
    """Package of four wires that fan out, 70 um apart at the die, under a cavity of 300 um."""
    wires = [
        {
            "position": f"W{i + 1}",
            "first": {"x_um": 0.0, "y_um": 70.0 * i, "z_um": 100.0},
            "second": {"x_um": 1500.0, "y_um": 110.0 * i},
            "height_um": 250.0,
        }
        for i in range(4)
    ]
    return Package.model_validate(
        {
            "cavity_height_um": 300.0,
            "clearance_um": 25.0,
            "wire_type": "CU20",
            "wire_diameter_um": 20.0,
            "mold_flow_deg": 75.0,
            "sweep_share": 0.015,
            "wires": wires,
            "characteristics": {"apex": "LOOP-H"},
        }
    )


def sample_units(units: int = 1500, seed: int = 21) -> ProcessData:
    """Apex heights of units in lots of 20; the third wire stands higher than the others."""
    rng = np.random.default_rng(seed)
    wires = 4
    unit = np.repeat(np.arange(units, dtype=np.int64), wires)
    place = np.tile(np.arange(wires, dtype=np.int64), units)
    lot = unit // 20
    height = (
        250.0
        + rng.normal(0.0, 1.2, units // 20 + 1)[lot]
        + rng.normal(0.0, 2.0, units)[unit]
        + rng.normal(0.0, 2.0, unit.size)
        + np.where(place == 2, 6.0, 0.0)
    )
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=_START_US + _STEP_US * unit + place,
        value=np.round(height, 2),
        n=np.ones(unit.size),
        subgroup=Factor(np.full(unit.size, -1), ()),
        unit_id=Factor(unit, tuple(f"D{i:05d}" for i in range(units))),
        position=Factor(place, tuple(f"W{i + 1}" for i in range(wires))),
        factors={"lot": Factor(lot, tuple(f"L{i:03d}" for i in range(int(lot.max()) + 1)))},
    )
    return ProcessData(Measurements((series,)), package=sample_package().model_dump(mode="json"))
