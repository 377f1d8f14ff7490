"""A small seeded example of loop heights: three bonders, their capillaries, one that stands off."""

import numpy as np

from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, PlantEvent, Series

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_HOUR_US = 3_600_000_000
TOOLS = ("WB-01", "WB-02", "WB-03")


def sample_heights(units: int = 90, wires: int = 4, seed: int = 5) -> ProcessData:
    """Units of three bonders, one each an hour, capillaries changed every 30 hours.

    The last bonder stands 4 um higher all along; the second moves up by 6 um with its last
    capillary.

    Parameters
    ----------
    units
        Of each bonder.
    """
    rng = np.random.default_rng(seed)
    tools, n = len(TOOLS), units * len(TOOLS)
    of_unit = np.arange(n, dtype=np.int64)
    tool, hour = of_unit % tools, of_unit // tools
    capillary = tool * (-(-units // 30)) + hour // 30
    last = -(-units // 30) - 1
    level = (
        150.0
        + rng.normal(0.0, 1.5, n)
        + np.where(tool == 2, 4.0, 0.0)
        + np.where((tool == 1) & (hour // 30 == last), 6.0, 0.0)
    )
    unit = np.repeat(of_unit, wires)
    place = np.tile(np.arange(wires, dtype=np.int64), n)
    value = level[unit] + 2.0 * (place - (wires - 1) / 2.0) + rng.normal(0.0, 1.0, unit.size)
    names = tuple(f"C-{i + 1:04d}" for i in range(int(capillary.max()) + 1))
    one = Factor(np.zeros(unit.size, dtype=np.int64), ("CU20",))
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=_START_US + _HOUR_US * hour[unit] + 60_000_000 * tool[unit] + place,
        value=np.round(value, 2),
        n=np.ones(unit.size),
        subgroup=Factor(np.full(unit.size, -1), ()),
        unit_id=Factor(unit, tuple(f"D{i:05d}" for i in range(n))),
        position=Factor(place, tuple(f"W{i + 1}" for i in range(wires))),
        factors={
            "tool": Factor(tool[unit], TOOLS),
            "capillary": Factor(capillary[unit], names),
            "wire": one,
        },
    )
    changes = tuple(
        PlantEvent(
            id=1 + t + tools * k,
            site="PG1",
            kind="capillary-change",
            ts=_START_US + _HOUR_US * 30 * k - 60_000_000,
            ended_at=None,
            tool=TOOLS[t],
            characteristic="",
            title="Capillary changed",
            detail={"touch_downs": 870_000} if k else {},
        )
        for k in range(last + 1)
        for t in range(tools)
    )
    return ProcessData(Measurements((series,)), events=changes)
