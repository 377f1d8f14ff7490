"""A wire-bonding plant with a known truth: loop heights of devices from several bonders.

Every number comes from `Plant` and a seeded generator, so that an analysis can be checked against
what was planted. The height of wire `w` of a device, in micrometres, is

    target + offset(bonder) + offset(wire) + wear * touchdowns since the capillary change
           + drift * days after it began + step after its maintenance + device + wire noise

with independent normal device noise (shared by the wires of one device) and wire noise.
"""

from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray

DAY_US = 86_400_000_000
MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True)
class SlowDrift:
    """A bonder whose loop height creeps away."""

    bonder: int
    after_days: float
    um_per_day: float


@dataclass(frozen=True, slots=True)
class MaintenanceStep:
    """A bonder that came back from maintenance with another loop height."""

    bonder: int
    after_days: float
    um: float


@dataclass(frozen=True, slots=True)
class Plant:
    """The planted truth of a simulated plant.

    Parameters
    ----------
    bonders
        Wire bonders, spread over the packages in turn.
    packages
        Package types: nominal loop height of each, in micrometres.
    wires
        Measured wires of one device.
    days
        Length of the record.
    devices_per_day
        Measured devices of one bonder in a day.
    bonder_sigma_um, wire_sigma_um
        Spread of the constant offsets of bonders, and of wire places on a package.
    device_noise_um, wire_noise_um
        Standard deviation shared by the wires of a device, and of each wire.
    wear_um
        Change of the height over the life of one capillary, linear in touch-downs.
    capillary_days
        Days between capillary changes of a bonder.
    devices_per_lot
        Devices in a lot.
    drift, step
        The two faults.
    """

    bonders: int = 6
    packages: tuple[float, ...] = (150.0, 180.0)
    wires: int = 4
    days: int = 14
    devices_per_day: int = 24
    bonder_sigma_um: float = 0.8
    wire_sigma_um: float = 0.6
    device_noise_um: float = 1.2
    wire_noise_um: float = 2.0
    wear_um: float = 1.0
    capillary_days: float = 3.5
    devices_per_lot: int = 48
    drift: SlowDrift = SlowDrift(bonder=2, after_days=4.0, um_per_day=0.7)
    step: MaintenanceStep = MaintenanceStep(bonder=4, after_days=9.0, um=4.0)

    def __post_init__(self) -> None:
        if not 0 <= self.drift.bonder < self.bonders or not 0 <= self.step.bonder < self.bonders:
            raise ValueError(f"drift and step must name one of the {self.bonders} bonders")
        if not 1 <= self.devices_per_day <= 1440:
            raise ValueError(f"{self.devices_per_day} devices a day are not between 1 and 1440")

    @property
    def rows(self) -> int:
        """Measurements in the whole record."""
        return self.bonders * self.days * self.devices_per_day * self.wires


@dataclass(frozen=True, slots=True)
class LoopHeights:
    """Simulated measurements in time order; rows of one device stand together.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC.
    value : shape (n,)
        Loop height in micrometres.
    bonder, package, wire, lot, capillary, device : shape (n,)
        Index of each; `device` counts the devices of the plant, `lot` and `capillary` those of
        their bonder.
    capillary_change : tuples of (bonder, microseconds)
        When a new capillary was put in.
    """

    ts: IntArray
    value: FloatArray
    bonder: IntArray
    package: IntArray
    wire: IntArray
    lot: IntArray
    capillary: IntArray
    device: IntArray
    capillary_change: tuple[tuple[int, int], ...]


def simulate_loop_heights(plant: Plant, *, end_us: int, rng: np.random.Generator) -> LoopHeights:
    """Loop heights of a plant over the `plant.days` that end at `end_us`.

    Parameters
    ----------
    end_us
        First microsecond (since 1970 UTC) after the record.
    rng
        Source of chance; equal generators give equal records.

    Examples
    --------
    >>> record = simulate_loop_heights(Plant(days=1), end_us=0, rng=np.random.default_rng(1))
    >>> record.value.shape, int(record.ts.max()) < 0
    ((576,), True)
    """
    start_us = end_us - plant.days * DAY_US
    per_bonder = plant.days * plant.devices_per_day
    bonder = np.repeat(np.arange(plant.bonders), per_bonder)
    turn = np.tile(np.arange(per_bonder), plant.bonders)
    pause_us = DAY_US / plant.devices_per_day
    jitter = rng.uniform(0.0, 0.8, bonder.size)
    ts = start_us + ((turn + jitter) * pause_us).astype(np.int64)
    days = (ts - start_us) / DAY_US

    phase = np.arange(plant.bonders) / plant.bonders  # not every capillary on the same day
    life = days / plant.capillary_days + phase[bonder]
    height = _device_heights(plant, bonder, days, life % 1.0, rng)

    order = np.argsort(ts, kind="stable")
    wires = np.arange(plant.wires)
    wire_offset = rng.normal(0.0, plant.wire_sigma_um, (len(plant.packages), plant.wires))
    package = bonder % len(plant.packages)
    noise = rng.normal(0.0, plant.wire_noise_um, (bonder.size, plant.wires))
    value = height[order, None] + wire_offset[package[order]] + noise

    def each_wire(of_device: IntArray) -> IntArray:
        return np.repeat(of_device[order], plant.wires).astype(np.int64)

    return LoopHeights(
        ts=each_wire(ts),
        value=value.ravel(),
        bonder=each_wire(bonder),
        package=each_wire(package),
        wire=np.tile(wires, bonder.size).astype(np.int64),
        lot=each_wire(turn // plant.devices_per_lot),
        capillary=each_wire(np.floor(life).astype(np.int64)),
        device=np.repeat(np.arange(bonder.size), plant.wires).astype(np.int64),
        capillary_change=_changes(plant, phase, start_us),
    )


def _device_heights(
    plant: Plant,
    bonder: IntArray,
    days: FloatArray,
    worn: FloatArray,
    rng: np.random.Generator,
) -> FloatArray:
    target: FloatArray = np.asarray(plant.packages)[bonder % len(plant.packages)]
    offset = rng.normal(0.0, plant.bonder_sigma_um, plant.bonders)[bonder]
    creeping = np.maximum(days - plant.drift.after_days, 0.0) * plant.drift.um_per_day
    stepped = np.where(days >= plant.step.after_days, plant.step.um, 0.0)
    planted = np.where(bonder == plant.drift.bonder, creeping, 0.0) + np.where(
        bonder == plant.step.bonder, stepped, 0.0
    )
    device = rng.normal(0.0, plant.device_noise_um, bonder.size)
    height: FloatArray = target + offset + plant.wear_um * worn + planted + device
    return height


def _changes(plant: Plant, phase: FloatArray, start_us: int) -> tuple[tuple[int, int], ...]:
    changes = [
        (bonder, start_us + round(day * DAY_US))
        for bonder in range(plant.bonders)
        for day in np.arange(1 - phase[bonder], plant.days, 1.0) * plant.capillary_days
        if day < plant.days
    ]
    return tuple(sorted(changes, key=lambda change: change[1]))
