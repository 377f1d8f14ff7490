"""What can go wrong in a simulated month, how large it is, and how it moves what is measured."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.values import FloatArray

CauseKind = Literal["drift", "step", "wear", "gauge", "corrections"]
KINDS: tuple[CauseKind, ...] = ("drift", "step", "wear", "gauge", "corrections")
SPAN = 30.0  # days over which a drift or a wear-out moves by its size
BAR = 1.5  # sigma in 30 days: the drift that has to be found
QUIET, TWO = 0.1, 0.4  # share of months without a cause, and with two
EXACT = 0.7  # share of drifts that are exactly `BAR`
GAUGE_OFF = (-3.0, 3.5)  # bias of a bad gauge in micrometres, factor of its scatter: the medians


@dataclass(frozen=True, slots=True)
class MonthCause:
    """One thing that goes wrong.

    Parameters
    ----------
    kind
        ``drift``: the mean creeps; ``step``: it is another after a maintenance; ``wear``: it moves
        ever faster; ``gauge``: a gauge reads off and scatters; ``corrections``: it creeps and is
        corrected.
    place
        Number of the tool or, for a gauge, of the gauge; from 0.
    since
        Day of the month, from 0.
    size
        Micrometres: drift, wear and corrections in 30 days; step and gauge at once.
    sigmas
        `size` in standard deviations of the device means of one tool.
    scatter
        Factor by which a gauge scatters more.
    """

    kind: CauseKind
    place: int
    since: float
    size: float
    sigmas: float
    scatter: float = 1.0

    @property
    def is_bar(self) -> bool:
        """Whether it is the drift that has to be found."""
        return self.kind == "drift" and abs(abs(self.sigmas) - BAR) < 1e-9

    def moved(self, day: FloatArray) -> FloatArray:
        """How far it has gone by days of the month, micrometres, if nobody acts."""
        ran = np.maximum(day - self.since, 0.0) / SPAN
        if self.kind == "wear":
            return self.size * ran**2
        if self.kind in ("step", "gauge"):
            return np.where(day >= self.since, self.size, 0.0)
        return self.size * ran


def drawn_causes(
    rng: np.random.Generator, *, sigma: float, tools: int, gauges: int
) -> tuple[MonthCause, ...]:
    """Draw none, one or two causes; two are of different kinds, under different gauges.

    Parameters
    ----------
    sigma
        Standard deviation of the device means of one tool.
    tools, gauges
        How many; every gauge serves as many tools.
    """
    chance = float(rng.random())
    count = 0 if chance < QUIET else (2 if chance > 1 - TWO else 1)
    kinds = rng.permutation(len(KINDS))[:count]
    under = rng.permutation(gauges)[:count]
    each = tools // gauges
    return tuple(
        _drawn(
            KINDS[int(kind)], int(gauge), int(gauge) * each + int(rng.integers(each)), sigma, rng
        )
        for kind, gauge in zip(kinds, under, strict=True)
    )


def _drawn(
    kind: CauseKind, gauge: int, tool: int, sigma: float, rng: np.random.Generator
) -> MonthCause:
    sign = float(rng.choice([-1.0, 1.0]))
    if kind == "drift":
        size = BAR if rng.random() < EXACT else float(rng.uniform(2.0, 6.0))
        return MonthCause(kind, tool, float(rng.uniform(0, 2)), sign * size * sigma, sign * size)
    if kind == "step":
        size = float(rng.uniform(2.0, 4.0))
        return MonthCause(kind, tool, float(rng.uniform(4, 20)), sign * size * sigma, sign * size)
    if kind == "wear":
        size = float(rng.uniform(3.0, 6.0))
        return MonthCause(kind, tool, float(rng.uniform(0, 4)), sign * size * sigma, sign * size)
    if kind == "gauge":
        bias = sign * abs(GAUGE_OFF[0]) * float(rng.uniform(0.7, 1.3))
        scatter = GAUGE_OFF[1] * float(rng.uniform(0.7, 1.3))
        return MonthCause(kind, gauge, float(rng.uniform(4, 20)), bias, bias / sigma, scatter)
    creep = sign * float(rng.uniform(0.15, 0.35)) * SPAN
    return MonthCause(kind, tool, float(rng.uniform(0, 10)), creep, creep / sigma)
