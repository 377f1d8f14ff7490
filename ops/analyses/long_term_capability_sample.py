"""A seeded half year of loop heights: the example of the long-term capability analysis."""

import numpy as np

from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, PlantEvent, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_DAY_US = 86_400_000_000
_TOOLS, _LOTS, _UNITS, _WIRES = 4, 48, 3, 2
SERVICE_DAY = 90


def sample_data() -> ProcessData:
    """Half a year of four bonders; the last one sits too high, all drift and lots differ."""
    rng = np.random.default_rng(20)
    n = _TOOLS * _LOTS * _UNITS * _WIRES
    place = np.arange(n, dtype=np.int64)
    lot, tool = place // (_UNITS * _WIRES), (place // (_UNITS * _WIRES)) % _TOOLS
    unit = place // _WIRES
    day = 180.0 * place / n
    height_um = (
        150.0
        + rng.normal(0.0, 0.8, _TOOLS * _LOTS)[lot]
        + rng.normal(0.0, 0.6, int(unit[-1]) + 1)[unit]
        + rng.normal(0.0, 1.5, n)
        + np.where(tool == _TOOLS - 1, 4.5, 0.0)
        + 1.2 * day / 180.0
    )
    bonders = tuple(f"WB-{i + 1:02d}" for i in range(_TOOLS))
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=_START_US + (day * _DAY_US).astype(np.int64),
        value=height_um,
        n=np.ones(n),
        subgroup=Factor(np.full(n, -1, dtype=np.int64), ()),
        unit_id=Factor(unit, tuple(f"D{i:05d}" for i in range(int(unit[-1]) + 1))),
        position=Factor(place % _WIRES, ("W1", "W2")),
        factors={
            "tool": Factor(tool, bonders),
            "lot": Factor(lot, tuple(f"L{i:04d}" for i in range(int(lot[-1]) + 1))),
            "shift": Factor((place // 7) % 2, ("day", "night")),
        },
        spec=SpecLimits(139.0, 161.0, 150.0),
    )
    at = _START_US + SERVICE_DAY * _DAY_US
    services = tuple(
        PlantEvent(i + 1, "PG1", "maintenance", at, None, bonder, "", "Half-year service")
        for i, bonder in enumerate(bonders)
    )
    return ProcessData(Measurements((series,)), events=services)
