"""A small seeded series of loop heights: the example of analyses, documentation and tests."""

import numpy as np

from ops.values import Characteristic, Factor, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_STEP_US = 60_000_000


def sample_series(n: int = 240, tools: int = 3, seed: int = 7) -> Series:
    """Loop heights of some bonders in turn, in subgroups of 4; the last bonder sits too high.

    Parameters
    ----------
    n
        Number of values.
    tools
        Number of bonders.
    """
    rng = np.random.default_rng(seed)
    tool = (np.arange(n, dtype=np.int64) // 4) % tools
    height_um = rng.normal(150.0, 2.0, n) + np.where(tool == tools - 1, 4.0, 0.0)
    unit = np.arange(n, dtype=np.int64) // 4
    levels = tuple(f"D{i:05d}" for i in range(int(unit.max(initial=-1)) + 1))
    return Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=_START_US + _STEP_US * np.arange(n, dtype=np.int64),
        value=height_um,
        n=np.ones(n),
        subgroup=Factor(unit, levels),
        unit_id=Factor(unit, levels),
        position=Factor(np.arange(n, dtype=np.int64) % 4, ("W1", "W2", "W3", "W4")),
        factors={"tool": Factor(tool, tuple(f"WB-{i + 1:02d}" for i in range(tools)))},
        spec=SpecLimits(138.0, 162.0, 150.0),
    )
