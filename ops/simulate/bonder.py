"""One wire bonder over the whole record: what it bonds, with which height, which strength."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import autoregressive, offset, offsets, stream
from ops.simulate.clock import WorkClock
from ops.simulate.plant import Bonder, Gauge, Plant, PlantSite, Product
from ops.simulate.supplies import Lots, Spools, lots_of
from ops.simulate.tooling import BAD_BOX, Tooling, tooling_of
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Line:
    """A bonder with all that it works with."""

    plant: Plant
    site: PlantSite
    bonder: Bonder
    product: Product
    clock: WorkClock
    tooling: Tooling
    spools: Spools
    lots: Lots
    gauges: tuple[Gauge, ...]
    corrections: FloatArray

    @property
    def number(self) -> int:
        """Number of the bonder, as in its code."""
        return int(self.bonder.code.removeprefix("WB-"))


@dataclass(frozen=True, slots=True)
class Devices:
    """Sampled devices of a bonder in time order.

    Parameters
    ----------
    hours, ts : shape (n,)
        Working hours since the start, and microseconds since 1970 UTC.
    capillary, lot, spool : shape (n,)
        Which of each is in use.
    """

    hours: FloatArray
    ts: IntArray
    capillary: IntArray
    lot: IntArray
    spool: IntArray


def line_of(
    plant: Plant, site: PlantSite, bonder: Bonder, clock: WorkClock, spools: Spools
) -> Line:
    """Put a bonder together with its tooling, lots, gauges and corrections."""
    product = plant.product(bonder.product)
    gauges = tuple(g for g in site.gauges if g.kind == "optical" and product.code in g.products)
    rng = stream(plant.seed, "lots", bonder.code)
    error = stream(plant.seed, "corrections", bonder.code)
    shifts = clock.shift_us
    return Line(
        plant=plant,
        site=site,
        bonder=bonder,
        product=product,
        clock=clock,
        tooling=tooling_of(bonder, plant, clock),
        spools=spools,
        lots=lots_of(bonder, plant, clock, len(gauges), rng),
        gauges=gauges,
        corrections=creep_um(plant, bonder, clock, shifts)
        + error.normal(0.0, plant.noise.correction_um, shifts.size),
    )


def sampled(line: Line, per_hour: float, kind: str) -> Devices:
    """Devices sampled at an even rate of working time, each a little early or late."""
    rng = stream(line.plant.seed, "times", kind, line.bonder.code)
    n = int(line.clock.total * per_hour)
    hours = (np.arange(n) + rng.uniform(0.1, 0.9, n)) / per_hour
    ts = line.clock.at(hours)
    return Devices(
        hours=hours,
        ts=ts,
        capillary=line.tooling.index(hours),
        lot=line.lots.index(hours),
        spool=line.spools.index(ts),
    )


def heights_um(line: Line, devices: Devices) -> FloatArray:
    """Draw the true loop heights, before any gauge.

    Returns
    -------
    shape (devices, wires), micrometres
    """
    plant, noise, code = line.plant, line.plant.noise, line.bonder.code
    rng = stream(plant.seed, "heights", code)
    n = devices.ts.size
    of_device = (
        line.product.height_um
        + offset(plant.seed, noise.bonder_um, "bonder", code)
        + line.tooling.height_um(devices.hours)
        + line.spools.height_um[devices.spool]
        + line.lots.height_um[devices.lot]
        + autoregressive(n, phi=noise.phi, sigma=noise.device_um, rng=rng)
        + _planted_um(line, devices, rng)
        + creep_um(plant, line.bonder, line.clock, devices.ts)
        - _correction_um(line, devices.ts)
    )
    place = offsets(plant.seed, noise.position_um, f"position {line.product.code}", 0, plant.wires)
    wire = rng.normal(0.0, noise.wire_um, (n, plant.wires))
    heights: FloatArray = of_device[:, None] + place + wire
    return heights


def strengths_gf(line: Line, devices: Devices, kind: str, mean_gf: float) -> FloatArray:
    """Bond pull or ball shear of the wires of destroyed devices.

    Returns
    -------
    shape (devices, strength_wires), gram-force
    """
    plant, noise = line.plant, line.plant.strength
    rng = stream(plant.seed, kind, line.bonder.code)
    of_device = (
        1.0
        + offset(plant.seed, noise.bonder, kind, "bonder", line.bonder.code)
        + line.tooling.strength(devices.hours)
        + line.spools.strength[devices.spool]
        + line.lots.strength[devices.lot]
    )
    wire = rng.normal(0.0, noise.wire, (devices.ts.size, plant.strength_wires))
    strength: FloatArray = mean_gf * (of_device[:, None] + wire)
    return strength


def creep_um(plant: Plant, bonder: Bonder, clock: WorkClock, ts: IntArray) -> FloatArray:
    """Creep of the bonder that corrections hide; zero for every other one."""
    cause = plant.causes.corrections
    if bonder.code != cause.bonder:
        return np.zeros(ts.size)
    return np.maximum(cause.since_days - clock.days_before_end(ts), 0.0) * cause.um_per_day


def in_bad_box(line: Line, devices: Devices) -> BoolArray:
    """Whether each device is bonded with a capillary of the lot with the hidden mixture."""
    cause = line.plant.causes.mixture
    here = (line.site.code, line.product.code) == (cause.site, cause.product)
    found: BoolArray = (line.tooling.lots[devices.capillary] == BAD_BOX) & here
    return found


def _planted_um(line: Line, devices: Devices, rng: np.random.Generator) -> FloatArray:
    causes, code = line.plant.causes, line.bonder.code
    before_end = line.clock.days_before_end(devices.ts)
    planted = np.zeros(devices.ts.size)
    if code == causes.drift.bonder:
        running = np.maximum(causes.drift.since_days - before_end, 0.0)
        planted += running * causes.drift.um_per_day
    if code == causes.step.bonder:
        planted += np.where(before_end <= causes.step.since_days, causes.step.um, 0.0)
    hit = rng.uniform(size=devices.ts.size) < causes.mixture.share
    planted += np.where(hit & in_bad_box(line, devices), causes.mixture.um, 0.0)
    return planted


def _correction_um(line: Line, ts: IntArray) -> FloatArray:
    """Correction in force: the last one; before the first of the record the creep itself."""
    last = np.searchsorted(line.clock.shift_us, ts, side="right") - 1
    before = creep_um(line.plant, line.bonder, line.clock, ts)
    if line.corrections.size == 0:
        return before
    in_force: FloatArray = np.where(last >= 0, line.corrections[np.maximum(last, 0)], before)
    return in_force
