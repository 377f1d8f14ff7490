"""Groups of drawn lives for the tests of their comparison."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ops.lifetime.data import LifeData, failures_and_suspensions
from ops.lifetime.location_scale import Family, standard_quantile


def drawn_groups(
    rng: np.random.Generator,
    family: Family,
    mus: Sequence[float],
    *,
    units: int = 10,
    sigma: float = 0.5,
    end: float = np.inf,
) -> LifeData:
    """Lives of groups at some mu and one sigma; the test ends at a time."""
    group = np.repeat(np.arange(len(mus)), units)
    w = standard_quantile(family, rng.random(group.size))
    life = np.exp(np.asarray(mus)[group] + sigma * w)
    failed = life <= end
    data = failures_and_suspensions(life[failed], np.full(int((~failed).sum()), end))
    names = tuple(f"lot {i + 1}" for i in range(len(mus)))
    return replace(data, group=np.concatenate([group[failed], group[~failed]]), groups=names)
