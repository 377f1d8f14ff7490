"""Lots of devices, and spools of wire: what changes with the material."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import offsets
from ops.simulate.clock import WorkClock
from ops.simulate.plant import DAY_US, Bonder, Plant, PlantSite, Product
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Spools:
    """Wire spool lots of a product at a site, numbered back from the end of the record.

    Parameters
    ----------
    since_us : shape (k,)
        When each came into use; the first was there before the record.
    height_um, strength : shape (k,)
        Effect on the loop height, and the relative effect on the strengths.
    """

    product: Product
    since_us: IntArray
    height_um: FloatArray
    strength: FloatArray

    def index(self, ts: IntArray) -> IntArray:
        """Which spool lot is in use at each instant."""
        return np.searchsorted(self.since_us, ts, side="right") - 1

    def codes(self) -> tuple[str, ...]:
        """Code of each spool lot."""
        k = self.since_us.size
        return tuple(f"{self.product.wire}-{200 - k + 1 + i}" for i in range(k))


def spools_of(site: PlantSite, product: Product, plant: Plant, clock: WorkClock) -> Spools:
    """Spool lots of a product; the newest has been in use for half its time at the end."""
    count = int(plant.days / plant.spool_days + 0.5) + 1
    number = np.arange(count)[::-1]
    since = clock.end_us - ((number + 0.5) * plant.spool_days * DAY_US).astype(np.int64)
    name = f"{site.code} {product.code}"
    heights = offsets(plant.seed, plant.noise.material_um, f"spool {name}", 0, count)[::-1]
    relative = offsets(plant.seed, plant.strength.material, f"spool strength {name}", 0, count)
    return Spools(product, since, heights, relative[::-1])


@dataclass(frozen=True, slots=True)
class Lots:
    """Production lots of a bonder, one after another.

    Parameters
    ----------
    height_um : shape (k,)
        Effect on the loop height.
    strength : shape (k,)
        Relative effect on the strengths.
    gauge : shape (k,)
        Which of the optical gauges of the product measures the lot.
    """

    bonder: Bonder
    hours: float
    height_um: FloatArray
    strength: FloatArray
    gauge: IntArray

    def index(self, hours: FloatArray) -> IntArray:
        """Which lot is bonded at each working hour."""
        return np.minimum(hours / self.hours, self.height_um.size - 1).astype(np.int64)

    def codes(self) -> tuple[str, ...]:
        """Code of each lot."""
        place = self.bonder.code.removeprefix("WB-")
        return tuple(f"L{place}-{i + 1:04}" for i in range(self.height_um.size))


def lots_of(
    bonder: Bonder, plant: Plant, clock: WorkClock, gauges: int, rng: np.random.Generator
) -> Lots:
    """Lots of a bonder; chance picks the gauge of each among `gauges`."""
    count = max(1, int(np.ceil(clock.total / plant.lot_hours)))
    return Lots(
        bonder=bonder,
        hours=plant.lot_hours,
        height_um=rng.normal(0.0, plant.noise.lot_um, count),
        strength=rng.normal(0.0, plant.strength.lot, count),
        gauge=rng.integers(0, gauges, count),
    )
