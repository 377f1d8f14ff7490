"""What the gauges make of the truth, and the measured blocks of one bonder."""

import numpy as np

from ops.simulate.bonder import Devices, Line, heights_um, sampled, strengths_gf
from ops.simulate.chance import stream
from ops.simulate.clock import WorkClock
from ops.simulate.plant import HOUR_US, UNITS_OF_BONDER, Gauge, Plant, PlantSite
from ops.simulate.record import Kind, Measured
from ops.simulate.tooling import box_code
from ops.values import Factor, FloatArray, IntArray

_FIRST: dict[Kind, int] = {"loop": 0, "x-ray": 0, "pull": 5_000_000, "shear": 7_500_000}
_X_RAY_DELAY_H = (0.5, 2.0)


def readings_um(
    gauge: Gauge,
    heights: FloatArray,
    before_end: FloatArray,
    plant: Plant,
    rng: np.random.Generator,
) -> FloatArray:
    """Read heights by one gauge: its bias and scatter, and those of the bad one since it is bad.

    Parameters
    ----------
    heights : shape (n, wires)
        True heights.
    before_end : shape (n,)
        Days from each reading to the end of the record.
    """
    cause = plant.causes.gauge
    bad = (before_end <= cause.since_days) & (gauge.code == cause.gauge)
    bias = gauge.bias_um + np.where(bad, cause.bias_um, 0.0)
    sigma = np.where(bad, cause.sigma_um, gauge.sigma_um)
    scatter = sigma[:, None] * rng.standard_normal(heights.shape)
    readings: FloatArray = heights + bias[:, None] + scatter
    return readings


def blocks_of(line: Line) -> list[Measured]:
    """Every measurement of a bonder: optical, X-ray, bond pull, ball shear, corrections."""
    devices = sampled(line, line.plant.devices_per_hour, "optical")
    heights = heights_um(line, devices)
    found = [_optical(line, devices, heights), _x_ray(line, devices, heights)]
    of_kind: tuple[tuple[Kind, float], ...] = (
        ("pull", line.product.pull_gf),
        ("shear", line.product.shear_gf),
    )
    for kind, mean_gf in of_kind:
        destroyed = sampled(line, 1.0 / line.plant.strength_hours, kind)
        values = strengths_gf(line, destroyed, kind, mean_gf)
        tester = np.zeros(destroyed.ts.size, np.int64)
        gauges = (line.site.pull_tester,)
        found.append(_block(line, kind, destroyed, values, Factor(tester, gauges)))
    return [*found, _corrections(line)]


def master_checks(site: PlantSite, plant: Plant, clock: WorkClock) -> Measured:
    """Measure the reference step by every gauge, at the start of each shift."""
    codes = tuple(sorted(g.code for g in site.gauges))
    values: list[FloatArray] = []
    shape = (clock.shift_us.size, plant.master_readings)
    for gauge in sorted(site.gauges, key=lambda g: g.code):
        rng = stream(plant.seed, "master", gauge.code)
        step = np.full(shape, plant.master_um)
        before_end = clock.days_before_end(clock.shift_us)
        values.append(readings_um(gauge, step, before_end, plant, rng).ravel())
    each = shape[0] * shape[1]
    tool = Factor(np.repeat(np.arange(len(codes)), each), codes)
    return Measured(
        site=site.code,
        kind="master",
        product="",
        ts=np.tile(np.repeat(clock.shift_us, plant.master_readings), len(codes)),
        value=np.round(np.concatenate(values), 2).astype(np.float64),
        unit=np.full(each * len(codes), -1),
        position=np.tile(np.arange(plant.master_readings), shape[0] * len(codes)),
        factors={"tool": tool},
    )


def _optical(line: Line, devices: Devices, heights: FloatArray) -> Measured:
    rng = stream(line.plant.seed, "optical", line.bonder.code)
    before_end = line.clock.days_before_end(devices.ts)
    which = line.lots.gauge[devices.lot]
    readings = np.empty_like(heights)
    for index, gauge in enumerate(line.gauges):
        mine = which == index
        readings[mine] = readings_um(gauge, heights[mine], before_end[mine], line.plant, rng)
    gauges = Factor(which, tuple(g.code for g in line.gauges))
    return _block(line, "loop", devices, readings, gauges)


def _x_ray(line: Line, devices: Devices, heights: FloatArray) -> Measured:
    rng = stream(line.plant.seed, "x-ray", line.bonder.code)
    picked = np.arange(
        rng.integers(line.plant.x_ray_every), devices.ts.size, line.plant.x_ray_every
    )
    later = (rng.uniform(*_X_RAY_DELAY_H, picked.size) * HOUR_US).astype(np.int64)
    ts = devices.ts[picked] + later
    picked, ts = picked[ts < line.clock.end_us], ts[ts < line.clock.end_us]
    gauge = next(g for g in line.site.gauges if g.kind == "x-ray")
    some = Devices(
        hours=devices.hours[picked],
        ts=ts,
        capillary=devices.capillary[picked],
        lot=devices.lot[picked],
        spool=devices.spool[picked],
    )
    before_end = line.clock.days_before_end(ts)
    readings = readings_um(gauge, heights[picked], before_end, line.plant, rng)
    gauges = Factor(np.zeros(ts.size, np.int64), (gauge.code,))
    return _block(line, "x-ray", some, readings, gauges, serial=picked)


def _corrections(line: Line) -> Measured:
    n = line.corrections.size
    return Measured(
        site=line.site.code,
        kind="correction",
        product="",
        ts=line.clock.shift_us,
        value=np.round(line.corrections, 3),
        unit=np.full(n, -1),
        position=np.zeros(n, np.int64),
        factors={
            "tool": Factor(np.zeros(n, np.int64), (line.bonder.code,)),
            "product": Factor(np.zeros(n, np.int64), (line.product.code,)),
        },
    )


def _block(
    line: Line,
    kind: Kind,
    devices: Devices,
    values: FloatArray,
    gauge: Factor,
    *,
    serial: IntArray | None = None,
) -> Measured:
    """Block of the wires of devices, one row for each wire."""
    n, wires = values.shape
    number = np.arange(n) if serial is None else serial
    first = line.number * UNITS_OF_BONDER + _FIRST[kind]
    factors = _context(line, devices) | {"gauge": gauge}
    return Measured(
        site=line.site.code,
        kind=kind,
        product=line.product.code,
        ts=np.repeat(devices.ts, wires),
        value=np.round(values.ravel(), 2),
        unit=np.repeat(first + number, wires),
        position=np.tile(np.arange(wires), n),
        factors={k: Factor(np.repeat(f.codes, wires), f.levels) for k, f in factors.items()},
    )


def _context(line: Line, devices: Devices) -> dict[str, Factor]:
    n, place = devices.ts.size, line.bonder.code.removeprefix("WB-")
    product = line.plant.products.index(line.product)
    boxes = np.unique(line.tooling.lots)
    serials = tuple(f"C{place}-{i + 1:03}" for i in range(line.tooling.lots.size))
    constant = {
        "tool": line.bonder.code,
        "package": line.product.package,
        "wire": line.product.wire,
    }
    return {
        **{name: Factor(np.zeros(n, np.int64), (level,)) for name, level in constant.items()},
        "lot": Factor(devices.lot, line.lots.codes()),
        "capillary": Factor(devices.capillary, serials),
        "capillary_lot": Factor(
            np.searchsorted(boxes, line.tooling.lots)[devices.capillary],
            tuple(box_code(product, int(number)) for number in boxes),
        ),
        "material": Factor(devices.spool, line.spools.codes()),
    }
