"""A small seeded example: lots on a stress test, of which three fail too soon."""

from dataclasses import replace

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.data import life_data


def sample_lots(lots: int = 60, units: int = 40, seed: int = 8) -> LifetimeData:
    """Weibull lives of shape 2; the hazard differs a little by lot, fivefold in three of them."""
    rng = np.random.default_rng(seed)
    hazard = rng.gamma(20.0, 1.0 / 20.0, lots)
    hazard[[at for at in (7, 23, 41) if at < lots]] *= 5.0
    eta = 1000.0 * hazard**-0.5
    life = (eta[:, None] * rng.weibull(2.0, (lots, units))).ravel()
    lower = np.round(np.minimum(life, 700.0), 1)
    data = life_data(lower, np.where(life <= 700.0, lower, np.inf))
    return LifetimeData(
        code="LOTS",
        title="High-temperature storage by lot",
        revision=1,
        life=replace(
            data,
            group=np.repeat(np.arange(lots), units),
            groups=tuple(f"L{at + 1:03d}" for at in range(lots)),
        ),
    )
