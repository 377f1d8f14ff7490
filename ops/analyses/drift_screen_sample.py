"""A month of eight bonders: one drifts, one was off between two services, six are quiet."""

import numpy as np

from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, PlantEvent, Series, SpecLimits

DAY_US = 86_400_000_000
START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
EVERY_US = 2 * 3_600_000_000  # a value of each tool
DAYS = 28.0
DRIFTS, FIXED = 2, 4  # numbers of the two bonders


def sample_drifts(tools: int = 8, seed: int = 5) -> ProcessData:
    """Loop heights with limits and ball diameters without, of some bonders in turn.

    Parameters
    ----------
    tools
        Bonders, 5 or more.
    """
    rng = np.random.default_rng(seed)
    times = int(DAYS * DAY_US / EVERY_US)
    day = np.arange(times) * EVERY_US / DAY_US
    moved = np.zeros((times, tools))
    moved[:, DRIFTS] = 0.35 * np.maximum(day - 12.0, 0.0)
    moved[:, FIXED] = np.where((day >= 8.0) & (day < 16.0), -4.0, 0.0)
    made = (
        _series(1, "LOOP-H", "Loop height", 150.0 + moved + rng.normal(size=moved.shape) * 1.5),
        _series(2, "BALL-D", "Ball diameter", 48.0 + rng.normal(size=moved.shape) * 0.6),
    )
    return ProcessData(
        measurements=Measurements(made),
        events=(_event(1, "maintenance", 8.0), _event(2, "maintenance", 16.0)),
    )


def _series(number: int, code: str, title: str, value: np.ndarray) -> Series:
    times, tools = value.shape
    ts = np.repeat(START_US + EVERY_US * np.arange(times, dtype=np.int64), tools)
    tool = np.tile(np.arange(tools, dtype=np.int64), times)
    none = Factor(np.full(tool.size, -1, dtype=np.int64), ())
    return Series(
        characteristic=Characteristic(number, "PG1", code, title, "um"),
        ts=ts,
        value=value.ravel(),
        n=np.ones(tool.size),
        subgroup=none,
        unit_id=none,
        position=none,
        factors={"tool": Factor(tool, tuple(f"WB-{i + 1:02d}" for i in range(tools)))},
        spec=SpecLimits(138.0, 162.0, 150.0) if number == 1 else None,
    )


def _event(number: int, kind: str, day: float) -> PlantEvent:
    return PlantEvent(
        id=number, site="PG1", kind=kind, ts=START_US + int(day * DAY_US), ended_at=None,
        tool=f"WB-{FIXED + 1:02d}", characteristic="", title=f"Service {number}",
    )  # fmt: skip
