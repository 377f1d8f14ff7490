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


def sample_streams(streams: int = 60, n: int = 100, seed: int = 11) -> tuple[Series, ...]:
    """Two characteristics of many bonders; the last bonder moves halfway, in the first of them.

    Parameters
    ----------
    streams
        Bonders, each a stream of both characteristics.
    n
        Values of each stream.
    """
    rng = np.random.default_rng(seed)
    tool = np.arange(streams * n, dtype=np.int64) % streams
    levels = tuple(f"WB-{i + 1:03d}" for i in range(streams))
    late = np.arange(streams * n) >= streams * n // 2
    none = Factor(np.full(tool.size, -1, dtype=np.int64), ())
    made: list[Series] = []
    for number, (code, title, center, sigma) in enumerate(
        (("LOOP-H", "Loop height", 150.0, 2.0), ("BALL-D", "Ball diameter", 48.0, 0.6))
    ):
        moved = 2.0 * sigma if number == 0 else 0.0
        made.append(
            Series(
                characteristic=Characteristic(number + 1, "PG1", code, title, "um"),
                ts=_START_US + _STEP_US * np.arange(tool.size, dtype=np.int64),
                value=rng.normal(center, sigma, tool.size)
                + np.where(late & (tool == streams - 1), moved, 0.0),
                n=np.ones(tool.size),
                subgroup=none,
                unit_id=none,
                position=none,
                factors={"tool": Factor(tool, levels)},
            )
        )
    return tuple(made)
