"""How long must I still run this test: until it shows a reliability."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log

import numpy as np
from scipy import special

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.planning.binomial import check_share
from ops.values import FloatArray

_LONGEST = 1e6  # remaining time, in multiples of the longest time so far, that counts as never
_STEPS = 80


@dataclass(frozen=True, slots=True)
class RemainingTime:
    """How much longer a test must run.

    Parameters
    ----------
    estimate
        Further time on test of the units that still run, 0 if the aim is reached; infinite if it
        cannot be.
    lower, upper
        Interval of it at `confidence`.
    reached
        Whether the aim is reached now.
    chance
        Probability that the units that still run last the further time without a failure, by the
        fit; NaN where no fit was given.
    """

    estimate: float
    lower: float
    upper: float
    confidence: float
    reached: bool
    chance: float = np.nan


def until_demonstrated(
    data: LifeData,
    life: float,
    reliability: float,
    *,
    confidence: float,
    shape: float,
    shape_bounds: tuple[float, float] | None = None,
    further_failures: int = 0,
) -> RemainingTime:
    """Further time until a reliability at `life` is shown, with a known Weibull shape (Weibayes).

    All times on test count, in the power of the shape; each failure so far, and each of
    `further_failures`, raises what is needed. The test is taken to end at a time.

    Parameters
    ----------
    data
        The test so far; units without a failure still run, and all run on together.
    shape
        Weibull shape from earlier tests of the same mechanism.
    shape_bounds
        Lower and upper shape; they give the interval. Without them it is the estimate alone.

    References
    ----------
    Nelson (1985), Journal of Quality Technology 17(3), 140-146; Abernethy (2006), chapter 6.
    """
    check_share(reliability, "reliability")
    check_share(confidence, "confidence")
    running, weight = running_units(data)
    needed = float(special.gammaincinv(data.failures + further_failures + 1, confidence))
    failed = data.take(data.failed)

    def missing(beta: float) -> float:
        goal = needed / -log(reliability)
        have = float(np.sum(failed.weight * (failed.lower / life) ** beta))

        def short(further: float) -> float:
            return goal - have - float(np.sum(weight * ((running + further) / life) ** beta))

        return first_root(short, float(max(running.max(), life)))

    ends = [missing(beta) for beta in (shape_bounds or (shape, shape))]
    estimate = missing(shape)
    return RemainingTime(
        estimate=estimate,
        lower=min(*ends, estimate),
        upper=max(*ends, estimate),
        confidence=confidence,
        reached=estimate == 0.0,
    )


def running_units(data: LifeData) -> tuple[FloatArray, FloatArray]:
    """Find the units that still run: times so far, and how many each row stands for."""
    if not data.right.any():
        raise NotEnoughData(f"all {data.units:g} units have failed: no unit is left to run on")
    times, at = np.unique(data.lower[data.right], return_inverse=True)
    return times, np.bincount(at, data.weight[data.right]).astype(np.float64)


def first_root(short: Callable[[float], float], scale: float) -> float:
    """Further time at which what is short, a falling function, comes to 0; 0 if nothing is."""
    if short(0.0) <= 0.0:
        return 0.0
    high = scale
    while short(high) > 0.0:
        high *= 2.0
        if high > _LONGEST * scale:
            return inf
    low = 0.0
    for _ in range(_STEPS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if short(middle) > 0.0 else (low, middle)
        if high - low <= 1e-12 * high:
            break
    return high
