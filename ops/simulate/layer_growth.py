"""Thickness of the intermetallic layer of bonds in an oven: it grows with the root of time."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class GrowthPlan:
    """The planted truth of the layer: ``x0 + v sqrt(t)``, diffusion.

    Parameters
    ----------
    ages_h
        Hours at which each bond is read.
    speed, speed_spread
        Median of `v`, um per root of an hour, and the sigma of its logarithm between bonds.
    start_um, start_spread_um
        Mean and standard deviation of `x0`.
    gauge_um
        Standard deviation of a reading.
    limit_um
        Thickness at which the pad is used up.
    """

    product: str = "QFN32-CU20"
    bonds: int = 20
    temperature_c: float = 200.0
    ages_h: tuple[float, ...] = (0.0, 96.0, 168.0, 336.0, 504.0, 750.0, 1000.0)
    speed: float = 0.085
    speed_spread: float = 0.12
    start_um: float = 0.30
    start_spread_um: float = 0.02
    gauge_um: float = 0.03
    limit_um: float = 4.5


def simulate_growth(plan: GrowthPlan, *, seed: int) -> FloatArray:
    """Read every bond at every age, um, shape (bonds, ages)."""
    rng = stream(seed, "layer growth")
    speed = np.exp(rng.normal(np.log(plan.speed), plan.speed_spread, plan.bonds))
    start = rng.normal(plan.start_um, plan.start_spread_um, plan.bonds)
    noise = rng.normal(0.0, plan.gauge_um, (plan.bonds, len(plan.ages_h)))
    read = start[:, None] + speed[:, None] * np.sqrt(np.array(plan.ages_h)) + noise
    rounded: FloatArray = np.round(read, 3)
    return rounded
