"""A month of a small fleet with a known truth: heights, the gauges' reference step, corrections.

Eight bonders of one product under two gauges, with the noise of the demo plant
(docs/methods/demo-plant.md), in one sweep of arrays. Before the month lie four sound weeks, after
it two months in which nobody acts: the truth that forecasts are scored with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.month_cause import MonthCause, drawn_causes
from ops.simulate.plant import DAY_US, CapillaryLaw, HeightNoise
from ops.simulate.tooling import Tooling
from ops.values import (
    Characteristic,
    Factor,
    FloatArray,
    IntArray,
    PlantEvent,
    Series,
    SpecLimits,
)

SITE = "SIM"
START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z: the month begins
TOOLS, GAUGES, WIRES, READINGS = 8, 2, 6, 3
BEFORE, DAYS, AFTER = 28, 30, 60
PER_DAY, LOTS_PER_DAY, SHIFTS = 12, 2, 3
SPOOL_DAYS, SERVICE_DAYS = 6.0, 28.0
HEIGHT_UM, HALF_WIDTH_UM, GAUGE_UM = 150.0, 11.0, 0.8
NOISE, CAPILLARY = HeightNoise(), CapillaryLaw()


@dataclass(frozen=True, slots=True)
class SimulatedMonth:
    """What was measured and what is true; days count from the begin of the month.

    Parameters
    ----------
    causes
        What goes wrong; empty: nothing does.
    heights, reference, corrections
        Measurements from 28 days before to 90 days after the begin; factor ``tool``, for the
        reference step the gauge.
    events
        By time.
    base : shape (tools,)
        Mean reading of each tool before anything went wrong, micrometres.
    """

    seed: int
    causes: tuple[MonthCause, ...]
    heights: Series
    reference: Series
    corrections: Series
    events: tuple[PlantEvent, ...]
    base: FloatArray

    def level(self, tool: int, day: FloatArray) -> FloatArray:
        """Mean reading of the heights of a tool on days, if nobody acts, micrometres."""
        out = np.full(day.shape, self.base[tool])
        for cause in self.causes:
            hits = cause.place == (gauge_of(tool) if cause.kind == "gauge" else tool)
            if hits and cause.kind != "corrections":
                out = out + cause.moved(day)
        return out


def tool_code(tool: int) -> str:
    """Code of a tool by its number."""
    return f"WB-{tool + 1:02d}"


def gauge_code(gauge: int) -> str:
    """Code of a gauge by its number."""
    return f"OPT-{gauge + 1}"


def gauge_of(tool: int) -> int:
    """Gauge that a tool's devices are measured with."""
    return tool // (TOOLS // GAUGES)


def device_sigma() -> float:
    """Say how the means of devices of one tool scatter about its level: sigma in micrometres.

    Spools, lots, the life of a capillary, the device, its wires and the scatter of the gauge.
    """
    share = np.linspace(0.0, 1.0, 4001)
    worn = CAPILLARY.break_in_um * np.exp(-share * CAPILLARY.life / CAPILLARY.break_in)
    capillary = float(np.var(worn + CAPILLARY.wear_um * share))
    within = (NOISE.wire_um**2 + GAUGE_UM**2) / WIRES
    among = NOISE.material_um**2 + NOISE.lot_um**2 + NOISE.device_um**2
    return sqrt(capillary + among + within)


def simulated_month(seed: int, causes: tuple[MonthCause, ...] | None = None) -> SimulatedMonth:
    """Simulate a month; equal seeds give equal values.

    Parameters
    ----------
    causes
        What goes wrong; None: it is drawn.
    """
    rng = stream(seed, "month")
    if causes is None:
        causes = drawn_causes(rng, sigma=device_sigma(), tools=TOOLS, gauges=GAUGES)
    place = rng.normal(0.0, NOISE.position_um, WIRES)
    bonder = rng.normal(0.0, NOISE.bonder_um, TOOLS)
    bias = rng.uniform(-0.3, 0.3, GAUGES)
    tooling = [_tooling(rng) for _ in range(TOOLS)]
    day = _sampled(rng)
    in_force = _in_force(causes, rng)
    device = bonder[:, None] + _noise(day, tooling, rng) + _moved(causes, day, in_force)
    served = np.array([gauge_of(i) for i in range(TOOLS)])
    off, sigma = _read(causes, day, bias, served)
    wire = np.hypot(NOISE.wire_um, sigma)[..., None] * rng.normal(size=(*day.shape, WIRES))
    read = HEIGHT_UM + (device + off)[..., None] + place + wire
    worn = CAPILLARY.break_in_um * CAPILLARY.break_in / CAPILLARY.life  # break-in, on average
    return SimulatedMonth(
        seed=seed,
        causes=causes,
        heights=_heights(day, read),
        reference=_reference(causes, bias, rng),
        corrections=_corrections(in_force),
        events=tuple(sorted(_events(causes, tooling, rng), key=lambda event: event.ts)),
        base=HEIGHT_UM + bonder + bias[served] + float(place.mean()) + worn,
    )


def _tooling(rng: np.random.Generator) -> Tooling:
    """Capillaries of a tool; hours count from the begin of the record."""
    nominal = CAPILLARY.life / CAPILLARY.per_hour
    total = 24.0 * (BEFORE + DAYS + AFTER)
    count = int(total / (0.6 * nominal)) + 2
    lives = nominal * np.clip(rng.normal(1.0, CAPILLARY.life_spread, count), 0.6, 1.4)
    since = np.concatenate([[0.0], np.cumsum(lives)]) - rng.uniform() * lives[0]
    since = since[since < total]
    return Tooling(CAPILLARY, since, np.zeros(since.size, dtype=np.int64))


def _sampled(rng: np.random.Generator) -> FloatArray:
    """Days of the devices that are measured, shape (tools, devices)."""
    n = (BEFORE + DAYS + AFTER) * PER_DAY
    day: FloatArray = (np.arange(n) + rng.uniform(0.1, 0.9, (TOOLS, n))) / PER_DAY - BEFORE
    return day


def _noise(day: FloatArray, tooling: list[Tooling], rng: np.random.Generator) -> FloatArray:
    """Lots, spools, capillaries and the devices' own memory, shape (tools, devices)."""
    total = BEFORE + DAYS + AFTER
    ran = day + BEFORE
    lots = rng.normal(0.0, NOISE.lot_um, (TOOLS, total * LOTS_PER_DAY + 2))
    lot = np.floor(ran * LOTS_PER_DAY + rng.uniform(size=(TOOLS, 1))).astype(np.int64)
    spools = rng.normal(0.0, NOISE.material_um, int(total / SPOOL_DAYS) + 2)
    spool = np.floor(ran / SPOOL_DAYS + 0.5).astype(np.int64)
    white = rng.normal(0.0, NOISE.device_um, day.shape)
    white[:, 1:] *= sqrt(1 - NOISE.phi**2)
    own = white.T.copy()
    for i in range(1, own.shape[0]):
        own[i] += NOISE.phi * own[i - 1]
    worn = np.stack([each.height_um(24.0 * r) for each, r in zip(tooling, ran, strict=True)])
    out: FloatArray = np.take_along_axis(lots, lot, axis=1) + spools[spool] + worn + own.T
    return out


def _in_force(causes: tuple[MonthCause, ...], rng: np.random.Generator) -> FloatArray:
    """Corrections set at the start of each shift, shape (tools, shifts)."""
    shift = np.arange((BEFORE + DAYS + AFTER) * SHIFTS) / SHIFTS - BEFORE
    out: FloatArray = rng.normal(0.0, NOISE.correction_um, (TOOLS, shift.size))
    for cause in causes:
        if cause.kind == "corrections":
            out[cause.place] += cause.moved(shift)
    return out


def _moved(causes: tuple[MonthCause, ...], day: FloatArray, in_force: FloatArray) -> FloatArray:
    """How far causes and corrections move each device, shape (tools, devices)."""
    shift = np.floor((day + BEFORE) * SHIFTS).astype(np.int64)
    out: FloatArray = -np.take_along_axis(in_force, shift, axis=1)
    for cause in causes:
        if cause.kind != "gauge":
            out[cause.place] += cause.moved(day[cause.place])
    return out


def _read(
    causes: tuple[MonthCause, ...], day: FloatArray, bias: FloatArray, gauge: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Bias and scatter of the reading of each of some places by its gauge, each as `day`."""
    off = np.broadcast_to(bias[gauge][:, None], day.shape).copy()
    sigma = np.full(day.shape, GAUGE_UM)
    for cause in causes:
        if cause.kind == "gauge":
            rows = gauge == cause.place
            off[rows] += cause.moved(day[rows])
            sigma[rows] *= np.where(day[rows] >= cause.since, cause.scatter, 1.0)
    return off, sigma


def _heights(day: FloatArray, read: FloatArray) -> Series:
    tools, n, wires = read.shape
    stamp = START_US + np.rint(day * DAY_US).astype(np.int64)
    order = np.argsort(stamp.ravel(), kind="stable")
    rows = (order[:, None] * wires + np.arange(wires)).ravel()
    tool = np.repeat(np.arange(tools), n * wires)[rows]
    unit = np.repeat(order, wires)  # devices by number: a level for each
    lot = np.floor((day + BEFORE) * LOTS_PER_DAY).astype(np.int64) + (
        np.arange(tools)[:, None] * (LOTS_PER_DAY * (BEFORE + DAYS + AFTER) + 1)
    )
    lots = tuple(f"L{i:05d}" for i in range(int(lot.max()) + 1))
    wire = np.tile(np.arange(wires), tools * n)[rows]
    return Series(
        characteristic=Characteristic(1, SITE, "LOOP-H", "Loop height", "um"),
        ts=np.repeat(stamp.ravel()[order], wires),
        value=read.ravel()[rows],
        n=np.ones(rows.size),
        subgroup=_none(rows.size),
        unit_id=Factor(unit, tuple(f"D{i:06d}" for i in range(tools * n))),
        position=Factor(wire, tuple(f"W{i + 1}" for i in range(wires))),
        factors={
            "tool": Factor(tool, tuple(tool_code(i) for i in range(tools))),
            "lot": Factor(np.repeat(lot.ravel()[order], wires), lots),
        },
        spec=SpecLimits(HEIGHT_UM - HALF_WIDTH_UM, HEIGHT_UM + HALF_WIDTH_UM, HEIGHT_UM),
    )


def _reference(
    causes: tuple[MonthCause, ...], bias: FloatArray, rng: np.random.Generator
) -> Series:
    """Return the reference step, read by every gauge three times at the start of each shift."""
    shift = np.arange((BEFORE + DAYS + AFTER) * SHIFTS) / SHIFTS - BEFORE
    shift = np.repeat(shift, READINGS) + np.tile(np.arange(READINGS) / 1440.0, shift.size)
    day = np.broadcast_to(shift, (GAUGES, shift.size))
    off, sigma = _read(causes, day, bias, np.arange(GAUGES))
    value = HEIGHT_UM + off + sigma * rng.normal(size=day.shape)
    about = Characteristic(2, SITE, "GAUGE-MASTER", "Reference step", "um")
    return _by_level(about, shift, value, tuple(gauge_code(i) for i in range(GAUGES)))


def _corrections(in_force: FloatArray) -> Series:
    shift = np.arange(in_force.shape[1]) / SHIFTS - BEFORE
    about = Characteristic(3, SITE, "LOOP-CORR", "Loop height correction", "um")
    return _by_level(about, shift, in_force, tuple(tool_code(i) for i in range(TOOLS)))


def _by_level(
    about: Characteristic, day: FloatArray, value: FloatArray, levels: tuple[str, ...]
) -> Series:
    """Series of what every level has at the same instants; `value` is of shape (levels, n)."""
    count = len(levels)
    stamp = START_US + np.rint(day * DAY_US).astype(np.int64)
    rows = day.size * count
    return Series(
        characteristic=about,
        ts=np.repeat(stamp, count),
        value=value.T.ravel(),
        n=np.ones(rows),
        subgroup=_none(rows),
        unit_id=_none(rows),
        position=_none(rows),
        factors={"tool": Factor(np.tile(np.arange(count), day.size), levels)},
    )


def _none(n: int) -> Factor:
    return Factor(np.full(n, -1, dtype=np.int64), ())


def _events(
    causes: tuple[MonthCause, ...], tooling: list[Tooling], rng: np.random.Generator
) -> Iterator[PlantEvent]:
    total = BEFORE + DAYS + AFTER
    for k in range(int(total / SPOOL_DAYS) + 1):
        yield _event("material-change", (k + 0.5) * SPOOL_DAYS - BEFORE, "", "Wire spool")
    for tool, each in enumerate(tooling):
        for hours in each.since_hours[1:].tolist():
            yield _event("capillary-change", hours / 24.0 - BEFORE, tool_code(tool), "Capillary")
        first = float(rng.uniform(0, SERVICE_DAYS))
        for day in np.arange(first, total, SERVICE_DAYS).tolist():
            yield _event("maintenance", day - BEFORE, tool_code(tool), "Preventive maintenance")
    for cause in causes:
        if cause.kind == "step":
            yield _event("maintenance", cause.since, tool_code(cause.place), "Maintenance")


def _event(kind: str, day: float, tool: str, title: str) -> PlantEvent:
    ts = START_US + round(day * DAY_US)
    detail: Mapping[str, object] = {}
    number = ts // 1_000_000 * 10 + (int(tool[3:]) if tool else 0)
    return PlantEvent(number, SITE, kind, ts, None, tool, "", title, detail)
