"""A small seeded example of wires measured twice: three optical gauges against X-ray."""

import numpy as np

from ops.values import Characteristic, Factor, IntArray, Measurements, Series

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_STEP_US = 3_600_000_000


def sample_pairs(units: int = 40, wires: int = 4, seed: int = 11) -> Measurements:
    """Heights by X-ray and by three optical gauges in turn; the second reads 3 um low."""
    rng = np.random.default_rng(seed)
    n = units * wires
    unit = np.repeat(np.arange(units, dtype=np.int64), wires)
    gauge = unit % 3
    truth = 150.0 + np.repeat(rng.normal(0.0, 2.0, units), wires) + rng.normal(0.0, 1.6, n)
    x_ray = truth - 1.2 + rng.normal(0.0, 0.3, n)
    optical = truth + np.where(gauge == 1, -3.0, 0.3) + rng.normal(0.0, 0.8, n)
    series = (
        _series(1, "LOOP-H", "Loop height", np.round(optical, 2), unit, gauge),
        _series(2, "XRAY-H", "Loop height by X-ray", np.round(x_ray, 2), unit, None),
    )
    return Measurements(series)


def _series(
    key: int, code: str, title: str, value: np.ndarray, unit: IntArray, gauge: IntArray | None
) -> Series:
    n, wires = value.size, value.size // (int(unit.max()) + 1)
    which = (
        Factor(np.full(n, -1), ()) if gauge is None else Factor(gauge, ("OPT-1", "OPT-2", "OPT-3"))
    )
    return Series(
        characteristic=Characteristic(key, "PG1", code, title, "um"),
        ts=_START_US + _STEP_US * unit + (key - 1) * _STEP_US // 2,
        value=value,
        n=np.ones(n),
        subgroup=Factor(np.full(n, -1), ()),
        unit_id=Factor(unit, tuple(f"D{i:05d}" for i in range(int(unit.max()) + 1))),
        position=Factor(np.arange(n) % wires, tuple(f"W{i + 1}" for i in range(wires))),
        factors={"gauge": which},
    )
