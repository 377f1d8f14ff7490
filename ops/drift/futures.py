"""Sampled futures of a level that nobody touches: what the costs of acting are computed on."""

from dataclasses import dataclass, replace

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray, SpecLimits

MOST_PATHS = 400


@dataclass(frozen=True, slots=True)
class Futures:
    """Sampled futures of the level, and what judges them.

    Parameters
    ----------
    level : shape (paths, horizon)
        Mean of each day to come, in the unit of the characteristic, if nothing is done.
    home
        Level that an action brings it back to: target or qualified baseline.
    sigma
        Standard deviation of units about the level, > 0.
    chance : shape (paths, 2)
        Uniform numbers, by which each path draws how well an action works: the same for all.
    corrections : shape (horizon,)
        Corrections expected on each day if nothing else is done: they hide a drift from the level.
    """

    level: FloatArray
    home: float
    sigma: float
    spec: SpecLimits
    chance: FloatArray
    corrections: FloatArray

    @property
    def horizon(self) -> int:
        """Days to come."""
        return int(self.level.shape[1])

    @property
    def slope(self) -> float:
        """Mean movement of the level a day."""
        return float(np.mean(self.level[:, -1] - self.level[:, 0])) / (self.horizon - 1)

    def fewer(self, paths: int) -> "Futures":
        """Return futures that stand for all: evenly chosen by where they end."""
        if self.level.shape[0] <= paths:
            return self
        order = np.argsort(self.level[:, -1], kind="stable")
        kept = order[((np.arange(paths) + 0.5) * order.size / paths).astype(np.int64)]
        return replace(self, level=self.level[kept], chance=self.chance[kept])

    def steeper(self, factor: float) -> "Futures":
        """Return the futures whose movement, and whose corrections, are `factor` times these."""
        today = self.level[:, :1]
        moved = today + factor * (self.level - today)
        return replace(self, level=moved, corrections=factor * self.corrections)


def sampled_futures(
    level: FloatArray,
    *,
    home: float,
    sigma: float,
    spec: SpecLimits,
    horizon: int,
    rng: np.random.Generator,
    corrections: FloatArray | None = None,
) -> Futures:
    """Futures that costs are computed on: at most 400 paths, up to a horizon.

    Parameters
    ----------
    level : shape (paths, days)
        Mean of each day to come, today first.
    horizon
        Days that are compared, where the paths are as long.
    corrections : shape (days,)
        Expected on each day (`CrowAmsaa.ahead`); None or short of a day: none.

    Raises
    ------
    BadData
        If the paths are none, not finite, shorter than two days, or sigma is not positive.
    """
    kept = np.ascontiguousarray(level, dtype=np.float64)
    if kept.ndim != 2 or kept.shape[0] < 1 or kept.shape[1] < 2:
        raise BadData(f"futures are paths of two days or more, got the shape {kept.shape}")
    if not (np.isfinite(kept).all() and np.isfinite(home) and 0 < sigma < np.inf):
        raise BadData(f"futures need finite levels and a positive sigma, got sigma {sigma:g}")
    if kept.shape[0] > MOST_PATHS:
        kept = kept[np.linspace(0, kept.shape[0] - 1, MOST_PATHS).astype(np.int64)]
    kept = np.ascontiguousarray(kept[:, :horizon])
    demand = np.zeros(kept.shape[1])
    if corrections is not None:
        demand[: corrections.size] = corrections[: demand.size]
    chance = rng.random((kept.shape[0], 2))
    return Futures(kept, float(home), float(sigma), spec, chance, demand)
