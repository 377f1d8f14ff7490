"""A small seeded example: bond heads that are repaired; those of one supplier wear out."""

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.repairable.data import RecurrentData

_MODES = ("bearing", "clamp", "transducer")


def sample_repairs(heads: int = 24, hours: float = 8000.0, seed: int = 3) -> LifetimeData:
    """Repairs of bond heads; those of supplier B come ever faster (power law, exponent 2)."""
    rng = np.random.default_rng(seed)
    end = np.round(hours * rng.uniform(0.6, 1.0, heads))
    group = (np.arange(heads) % 2).astype(np.int64)
    beta = np.where(group == 1, 2.0, 1.0)
    count = rng.poisson(np.where(group == 1, 5.0, 2.0) * (end / hours) ** beta)
    system = np.repeat(np.arange(heads, dtype=np.int64), count)
    age = end[system] * rng.uniform(size=system.size) ** (1.0 / beta[system])
    order = np.lexsort((age, system))
    mode = rng.choice(3, size=system.size, p=(0.6, 0.25, 0.15)).astype(np.int64)
    return LifetimeData(
        code="BOND-HEADS",
        title="Repairs of bond heads",
        revision=1,
        kind="recurrent",
        recurrent=RecurrentData(
            system=system[order],
            time=np.ceil(age[order]),
            cost=np.ones(system.size),
            systems=tuple(f"BH-{at + 1:02d}" for at in range(heads)),
            start=np.zeros(heads),
            end=end,
            mode=mode,
            group=group,
            modes=_MODES,
            groups=("supplier A", "supplier B"),
            unit="h",
        ),
    )
