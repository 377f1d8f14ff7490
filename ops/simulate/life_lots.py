"""An operating life of many lots at the stress of use: alike, but for two bad ones."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class LifeLotPlan:
    """The planted truth of the lots.

    Parameters
    ----------
    lots, units
        How many lots, and devices of each.
    end_h
        End of the test; failures are seen at once, to the hour.
    shape, scale_h
        Weibull life of a usual lot.
    spread
        Standard deviation of the logarithm of the scale between usual lots.
    bad
        Indices of lots whose life is `bad_life` times the usual one.
    """

    product: str = "QFN32-CU20"
    lots: int = 24
    units: int = 45
    end_h: float = 2000.0
    temperature_c: float = 125.0
    shape: float = 2.2
    scale_h: float = 4800.0
    spread: float = 0.06
    bad: tuple[int, ...] = (6, 17)
    bad_life: float = 0.45

    def code_of(self, lot: int) -> str:
        """Name of a lot."""
        return f"LOT-{lot + 1:02}"


@dataclass(frozen=True, slots=True)
class LifeLots:
    """One row for each device: index of its lot, hours on test, whether it failed then."""

    lot: IntArray
    hours: FloatArray
    failed: BoolArray


def simulate_life_lots(plan: LifeLotPlan, *, seed: int) -> LifeLots:
    """Put every device of every lot on test."""
    rng = stream(seed, "life lots")
    scale = plan.scale_h * np.exp(rng.normal(0.0, plan.spread, plan.lots))
    scale[list(plan.bad)] *= plan.bad_life
    lot = np.repeat(np.arange(plan.lots, dtype=np.int64), plan.units)
    life = np.ceil(scale[lot] * rng.weibull(plan.shape, lot.size))
    return LifeLots(lot, np.minimum(life, plan.end_h), life <= plan.end_h)
