"""A small seeded example: eight bonders, three products, one bonder that stands high."""

import numpy as np

from ops.values import Characteristic, Factor, Measurements, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_DAY_US = 86_400_000_000
_PRODUCTS = np.array([0.0, 1.5, -1.0])
_APART = 4  # WB-05


def sample_fleet(
    tools: int = 8, units: int = 60, seed: int = 5, offset: float = 2.1, wires: int = 2
) -> Measurements:
    """Loop heights of some bonders over 30 days; WB-05 stands `offset` above the others."""
    rng = np.random.default_rng(seed)
    total = tools * units
    tool = np.repeat(np.arange(tools, dtype=np.int64), units)
    product = rng.integers(0, 3, total)
    own = rng.normal(0.0, 0.1, tools)
    own[_APART] = offset
    lot = rng.normal(0.0, 0.5, total)  # what the wires of a unit share
    unit = np.repeat(np.arange(total, dtype=np.int64), wires)
    level = (own[tool] + _PRODUCTS[product] + lot)[unit]
    value = np.round(150.0 + level + rng.normal(0.0, 0.4, unit.size), 3)
    day = np.sort(rng.uniform(0.0, 30.0, (tools, units)), axis=1).ravel()
    ts = _START_US + (day * _DAY_US).astype(np.int64)[unit]
    order = np.argsort(ts, kind="stable")
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=ts[order],
        value=value[order],
        n=np.ones(unit.size),
        subgroup=Factor(np.full(unit.size, -1), ()),
        unit_id=Factor(unit[order], tuple(f"D{i:05d}" for i in range(total))),
        position=Factor(np.full(unit.size, -1), ()),
        factors={
            "tool": Factor(tool[unit][order], tuple(f"WB-{i + 1:02d}" for i in range(tools))),
            "product": Factor(product[unit][order], ("BGA", "QFN", "SOP")),
        },
        spec=SpecLimits(145.0, 155.0, 150.0),
    )
    return Measurements((series,))
