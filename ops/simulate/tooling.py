"""Capillaries of a bonder: when each was put in, of which lot, how worn it is."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.clock import WorkClock
from ops.simulate.plant import DAY_US, HOUR_US, Bonder, CapillaryLaw, Plant
from ops.values import FloatArray, IntArray

BAD_BOX = 57  # number of the capillary lot with the hidden mixture


@dataclass(frozen=True, slots=True)
class Tooling:
    """Capillaries of a bonder in the order of their use; the first was there before the record.

    Parameters
    ----------
    since_hours : shape (k,)
        Working hours at which each was put in; the first is at or before 0.
    lots : shape (k,)
        Number of the capillary lot of each.
    """

    law: CapillaryLaw
    since_hours: FloatArray
    lots: IntArray

    @property
    def lives(self) -> FloatArray:
        """Touch-downs that each capillary but the last had reached when it was taken off."""
        reached: FloatArray = np.diff(self.since_hours) * self.law.per_hour
        return reached

    def index(self, hours: FloatArray) -> IntArray:
        """Which capillary bonds at each working hour."""
        return np.searchsorted(self.since_hours, hours, side="right") - 1

    def touchdowns(self, hours: FloatArray) -> FloatArray:
        """Touch-downs since the last change."""
        found: FloatArray = (hours - self.since_hours[self.index(hours)]) * self.law.per_hour
        return found

    def height_um(self, hours: FloatArray) -> FloatArray:
        """Move of the loop height by break-in and wear, micrometres."""
        t = self.touchdowns(hours)
        fading = self.law.break_in_um * np.exp(-t / self.law.break_in)
        moved: FloatArray = fading + self.law.wear_um * (t / self.law.life - 0.5)
        return moved

    def strength(self, hours: FloatArray) -> FloatArray:
        """Relative change of a strength by wear."""
        worn = self.touchdowns(hours) / self.law.life
        lost: FloatArray = -self.law.strength_loss * (worn - 0.5)
        return lost


def tooling_of(bonder: Bonder, plant: Plant, clock: WorkClock) -> Tooling:
    """Capillary changes of a bonder: lives are normal about the nominal one."""
    law, rng = plant.capillary, stream(plant.seed, "capillary", bonder.code)
    nominal = law.life / law.per_hour
    count = int(clock.total / (0.5 * nominal)) + 4
    lives = nominal * np.clip(rng.normal(1.0, law.life_spread, count), 0.6, 1.4)
    since = np.concatenate([[0.0], np.cumsum(lives)]) - rng.uniform(0.0, 1.0) * lives[0]
    since = since[since < clock.total]
    before_end = clock.days_before_end(clock.at(since))
    before_end[0] -= min(since[0], 0.0) * HOUR_US / DAY_US
    turn = (rng.integers(2) + np.arange(since.size)) % 2  # now from one box, now from the other
    box = np.floor(before_end / law.box_days).astype(np.int64)
    return Tooling(law, since, BAD_BOX - 2 * box + turn)


def box_code(product_index: int, number: int) -> str:
    """Code of a capillary lot."""
    return f"CL{product_index + 1}-{number:02}"
