"""A small seeded example of bond programs: two geometries, set-points in the factor set_point."""

import numpy as np

from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_SHIFT_US = 28_800_000_000
_SET_POINTS = (150.0, 180.0, 220.0)


def sample_programs(
    tools: int = 6,
    lots: int = 30,
    *,
    off_um: float = 3.0,
    creep_um: float = 0.25,
    scale: float = 1.01,
    offset_um: float = 0.4,
    seed: int = 4,
) -> ProcessData:
    """Heights of 6 wires of a device of each lot, and the corrections of each bonder.

    Parameters
    ----------
    off_um
        Error of the first bonder's program; the others have none of their own.
    creep_um
        Growth a day of the corrections of the second bonder, whose height stays.
    scale, offset_um
        Of every program, about a set-point of 180.
    """
    rng = np.random.default_rng(seed)
    tool, lot = (a.ravel() for a in np.indices((tools, lots)))
    x = np.array(_SET_POINTS)[lot % 3]
    of_lot = x + offset_um + (scale - 1.0) * (x - 180.0) + np.where(tool == 0, off_um, 0.0)
    of_lot = of_lot + rng.normal(0.0, 0.8, x.size)
    height = np.round(of_lot[:, None] + rng.normal(0.0, 1.6, (x.size, 6)), 2)
    order = np.lexsort([tool, lot])
    ts = _START_US + _SHIFT_US * lot[order].astype(np.int64)
    names = tuple(f"WB-{i + 1:02d}" for i in range(tools))
    factors = {
        "tool": Factor(tool[order], names),
        "lot": Factor((tool * lots + lot)[order], tuple(f"L{i:04d}" for i in range(x.size))),
        "set_point": Factor(lot[order] % 3, tuple(f"{v:g}" for v in _SET_POINTS)),
        "package": Factor(lot[order] % 2, ("BGA144", "QFN32")),
        "wire": Factor(np.zeros(x.size, np.int64), ("CU20",)),
    }
    heights = _series(
        1, "LOOP-H", height[order].ravel(), np.repeat(ts, 6),
        {name: Factor(np.repeat(f.codes, 6), f.levels) for name, f in factors.items()},
    )  # fmt: skip
    moved = np.where(tool == 1, creep_um * lot / 3.0, 0.0) + rng.normal(0.0, 0.2, x.size)
    made = _series(
        2, "LOOP-CORR", np.round(moved[order], 3), ts, {"tool": Factor(tool[order], names)}
    )
    return ProcessData(measurements=Measurements((heights, made)))


def _series(
    key: int, code: str, value: np.ndarray, ts: np.ndarray, factors: dict[str, Factor]
) -> Series:
    none = Factor(np.full(value.size, -1), ())
    return Series(
        characteristic=Characteristic(key, "PG1", code, code, "um"),
        ts=ts,
        value=value,
        n=np.ones(value.size),
        subgroup=none,
        unit_id=none,
        position=none,
        factors=factors,
        spec=SpecLimits(139.0, 231.0) if key == 1 else None,
    )
