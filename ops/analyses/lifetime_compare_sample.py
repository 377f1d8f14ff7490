"""A small seeded example: wires of three suppliers on test; those of B do not last as long."""

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.data import LifeData

SUPPLIERS = ("supplier A", "supplier B", "supplier C")


def sample_suppliers(
    units: int = 30, end: float = 2000.0, seed: int = 7, ratio: float = 0.35
) -> LifetimeData:
    """Power cycles of wires, Weibull of shape 2.5; the lives of supplier B are `ratio` as long."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(3), units)
    eta = 1800.0 * np.array([1.0, ratio, 1.0])[group]
    life = np.ceil(eta * rng.exponential(size=group.size) ** (1.0 / 2.5))
    failed = life <= end
    n = group.size
    data = LifeData(
        lower=np.where(failed, life, end),
        upper=np.where(failed, life, np.inf),
        weight=np.ones(n),
        entry=np.zeros(n),
        exit=np.full(n, np.inf),
        mode=np.where(failed, 0, -1),
        group=group.astype(np.int64),
        modes=("lift-off",),
        groups=SUPPLIERS,
        unit="cycles",
    )
    return LifetimeData(
        code="WIRES",
        title="Power cycling of wires",
        revision=1,
        document={"group_means": "supplier"},
        life=data,
    )
