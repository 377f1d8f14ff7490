"""A small seeded example: thickness of the intermetallic layer of bonds, read at intervals."""

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.degradation.data import DegradationData

_AGES = np.array([0.0, 96, 168, 336, 504, 750, 1000])


def sample_readings(units: int = 18, seed: int = 4) -> LifetimeData:
    """Thickness that grows about with the root of time (diffusion), at 200 degC; none fails."""
    rng = np.random.default_rng(seed)
    speed = np.exp(rng.normal(np.log(0.085), 0.12, units))  # um per root of an hour
    start = rng.normal(0.30, 0.02, units)
    read = start[:, None] + speed[:, None] * np.sqrt(_AGES) + rng.normal(0, 0.03, (units, 7))
    return LifetimeData(
        code="IMC-GROWTH",
        title="Growth of the intermetallic layer at 200 degC",
        revision=1,
        kind="degradation",
        degradation=DegradationData(
            item=np.repeat(np.arange(units, dtype=np.int64), _AGES.size),
            time=np.tile(_AGES, units),
            value=np.round(read.ravel(), 3),
            items=tuple(f"B{at + 1:02d}" for at in range(units)),
            group=np.zeros(units, dtype=np.int64),
            unit="h",
            value_unit="um",
        ),
    )
