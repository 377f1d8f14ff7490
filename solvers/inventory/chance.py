"""Chance of a simulation: demands and lead times, drawn once for all policies compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from solvers.values import FloatArray

MEMORY = 20.0  # periods in which the correlation of lead times falls to 1 / e


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance decided: the same for every policy that is compared (common random numbers).

    Parameters
    ----------
    demand : shape (R, D, T)
        Outside demands by replication and period, in units.
    late
        Stage to how much later than reckoned what it orders in a period comes, in periods, shape
        (R, T); may be negative. Lead times of stages that are not there are fixed.
    """

    demand: FloatArray
    late: Mapping[int, FloatArray] = field(default_factory=dict[int, FloatArray])


class Draw(Protocol):
    """Sampler of a demand: a generator and a shape to values of that shape."""

    def __call__(self, rng: np.random.Generator, shape: tuple[int, int], /) -> FloatArray:
        """Draw."""
        ...


def draw_chance(
    rng: np.random.Generator,
    draws: tuple[Draw, ...],
    *,
    replications: int,
    periods: int,
    lead_time_sd: FloatArray | None = None,
) -> Chance:
    """Demands and lead times of all replications; each source has a stream of its own.

    Lead times are normal about their mean and drift: what is late today is likely late tomorrow
    (an autoregression with a memory of `MEMORY` periods), so that orders would seldom cross.

    Parameters
    ----------
    draws
        One for each outside demand.
    lead_time_sd : shape (N,)
        Standard deviation of each stage's replenishment time; None: fixed.
    """
    streams = rng.spawn(len(draws) + 1)
    shape = (replications, periods)
    demand = np.stack([d(s, shape) for d, s in zip(draws, streams, strict=False)], axis=1)
    if lead_time_sd is None:
        return Chance(demand)
    return Chance(
        demand,
        {
            int(k): float(lead_time_sd[k]) * _drift(streams[-1], shape)
            for k in np.flatnonzero(lead_time_sd > 0)
        },
    )


def _drift(rng: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    """Draw standard normal values that depend on those before them."""
    values = rng.standard_normal(shape)
    kept = np.exp(-1.0 / MEMORY)
    for t in range(1, shape[1]):
        values[:, t] = kept * values[:, t - 1] + np.sqrt(1 - kept**2) * values[:, t]
    return values


def bounded(demand: FloatArray, bound: FloatArray) -> FloatArray:
    """Demands cut down so that no stretch of n periods asks for more than its bound.

    Parameters
    ----------
    demand : shape (R, D, T)
        Outside demands.
    bound : shape (D, H + 1)
        Most units in 0 ... H periods, rising.
    """
    horizon = bound.shape[1] - 1
    kept = np.empty_like(demand)
    total = np.zeros((*demand.shape[:2], demand.shape[2] + 1))
    for t in range(demand.shape[2]):
        back = np.arange(1, min(horizon, t + 1) + 1)
        room = (total[:, :, t + 1 - back] + bound[None, :, back]).min(axis=2)
        total[:, :, t + 1] = np.minimum(total[:, :, t] + demand[:, :, t], room)
        kept[:, :, t] = total[:, :, t + 1] - total[:, :, t]
    return kept
