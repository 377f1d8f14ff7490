"""Data of the example of the drift analysis: two bonders, one of which creeps towards its limit."""

import numpy as np

from ops.query import ProcessData
from ops.values import (
    Characteristic,
    Factor,
    Measurements,
    PlantEvent,
    Series,
    SpecLimits,
)

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_DAY_US = 86_400_000_000
_DAYS, _A_DAY = 40, 4


def sample_drift() -> ProcessData:
    """Forty days of two bonders, four devices a day; the first creeps from the sixteenth day on."""
    rng = np.random.default_rng(7)
    n = _DAYS * _A_DAY
    row = np.arange(2 * n, dtype=np.int64)
    ts = _START_US + (_DAY_US // (2 * _A_DAY)) * row
    tool = row % 2
    day = (ts - _START_US) / _DAY_US
    creep = np.where(tool == 0, 0.22 * np.maximum(day - 16.0, 0.0), 0.0)
    unit = Factor(row, tuple(f"D{i:05d}" for i in range(2 * n)))
    none = Factor(np.full(2 * n, -1, dtype=np.int64), ())
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=ts,
        value=rng.normal(150.0, 1.5, 2 * n) + creep,
        n=np.ones(2 * n),
        subgroup=none,
        unit_id=unit,
        position=none,
        factors={"tool": Factor(tool, ("WB-01", "WB-02"))},
        spec=SpecLimits(140.0, 160.0, 150.0),
    )
    event = PlantEvent(
        1, "PG1", "capillary-change", _START_US + 16 * _DAY_US, None, "WB-01", "", "New capillary"
    )
    return ProcessData(Measurements((series,)), events=(event,))
