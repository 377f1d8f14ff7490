"""A small seeded example of capillaries that break in and wear."""

import numpy as np

from ops.query import ProcessData
from ops.values import Characteristic, Factor, Measurements, PlantEvent, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_HOUR_US = 3_600_000_000
PER_HOUR = 29_000.0
LIFE_H = 69  # 2.0e6 touch-downs


def sample_capillaries(
    tools: int = 3,
    capillaries: int = 4,
    devices: int = 40,
    *,
    wear_um: float = 4.0,
    break_in_um: float = 3.0,
    counted: bool = True,
    seed: int = 5,
) -> ProcessData:
    """Heights of 4 wires of devices of some bonders, and the changes of their capillaries.

    Parameters
    ----------
    devices
        Of each capillary.
    wear_um
        Rise over a life of 2 million touch-downs.
    counted
        Whether a change tells the count that the old capillary had reached.
    """
    rng = np.random.default_rng(seed)
    shape = (tools, capillaries, devices)
    tool, worn, _ = (a.ravel() for a in np.indices(shape))
    hours = (rng.uniform(0.0, 1.0, shape) ** 1.5 * LIFE_H).ravel()  # more of them early
    t = hours * PER_HOUR
    level = rng.normal(0.0, 0.8, (tools, capillaries))[tool, worn]
    of_device = level + wear_um * t / 2e6 + break_in_um * np.exp(-t / 6e4)
    of_device = 150.0 + of_device + rng.normal(0.0, 1.0, t.size)
    ts = _START_US + ((worn * LIFE_H + hours) * _HOUR_US).astype(np.int64)
    order = np.argsort(ts, kind="stable")
    height = np.round(of_device[:, None] + rng.normal(0.0, 1.5, (t.size, 4)), 2)[order].ravel()
    none = Factor(np.full(height.size, -1), ())
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=np.repeat(ts[order], 4),
        value=height,
        n=np.ones(height.size),
        subgroup=none,
        unit_id=Factor(np.repeat(np.arange(t.size), 4), tuple(f"D{i:05d}" for i in range(t.size))),
        position=Factor(np.tile(np.arange(4), t.size), ("W1", "W2", "W3", "W4")),
        factors={"tool": Factor(np.repeat(tool[order], 4), tuple(_tool(i) for i in range(tools)))},
        spec=SpecLimits(139.0, 161.0, 150.0),
    )
    changes = [(i, k) for k in range(capillaries + 1) for i in range(tools)]
    events = tuple(_change(i, k, counted=counted) for i, k in changes)
    return ProcessData(measurements=Measurements((series,)), events=events)


def _tool(number: int) -> str:
    return f"WB-{number + 1:02d}"


def _change(tool: int, number: int, *, counted: bool) -> PlantEvent:
    detail: dict[str, object] = {"capillary": f"C{tool + 1:02d}-{number + 1:03d}"}
    if counted and number:
        detail["touch_downs"] = int(LIFE_H * PER_HOUR)
    return PlantEvent(
        id=10 * tool + number,
        site="PG1",
        kind="capillary-change",
        ts=_START_US + number * LIFE_H * _HOUR_US,
        ended_at=None,
        tool=_tool(tool),
        characteristic="",
        title="New capillary",
        detail=detail,
    )
