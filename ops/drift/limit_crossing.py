"""Days on which simulated levels meet the limits: what crosses, and on which side."""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
from scipy.special import ndtri

from ops.values import FloatArray, SpecLimits

Target = Literal["mean", "p99", "p1", "cpk-1.33", "cpk-1.00"]
Side = Literal["upper", "lower", "either"]
FAN = (0.025, 0.10, 0.50, 0.90, 0.975)
BEFORE: dict[Target, float] = {
    "mean": 0.0,
    "p99": float(ndtri(0.99)),
    "p1": float(ndtri(0.99)),
    "cpk-1.33": 4.0,  # Cpk of 1.33 is four sigma from the limit, by custom
    "cpk-1.00": 3.0,
}


@dataclass(frozen=True, slots=True)
class Crossing:
    """When one target reaches its limit, in days from the last value.

    Parameters
    ----------
    target, side
        What crosses; on which side. ``either``: whichever comes first.
    limit
        The specification limit concerned; None for ``either``.
    median, lower80, upper80, lower95, upper95
        Days; None is beyond the horizon, 0 is crossed already.
    probability
        That it is crossed within the horizon.
    now
        Probability that it is crossed already.
    by : shape of the forecast's days
        Probability that it is crossed by each day of the forecast.
    """

    target: Target
    side: Side
    limit: float | None
    median: float | None
    lower80: float | None
    upper80: float | None
    lower95: float | None
    upper95: float | None
    probability: float
    now: float
    by: tuple[float, ...]

    @property
    def is_crossed(self) -> bool:
        """Whether it is more likely crossed already than not."""
        return self.now > 0.5


def limit_crossings(
    paths: FloatArray, sigma: FloatArray, days: FloatArray, spec: SpecLimits
) -> tuple[Crossing, ...]:
    """Find every target on every side that has a limit.

    Parameters
    ----------
    paths : shape (m, k)
        Levels; the first column is now.
    sigma : shape (m,)
        Of a value about the level.
    days : shape (k,)
        Days ahead; the first is 0.
    """
    found: list[Crossing] = []
    for target, before in BEFORE.items():
        times: list[tuple[Side, float, FloatArray]] = []
        if isfinite(spec.upper) and target != "p1":
            times.append(
                ("upper", spec.upper, first_beyond(paths, days, spec.upper - before * sigma))
            )
        if isfinite(spec.lower) and target != "p99":
            mirrored = first_beyond(-paths, days, -spec.lower - before * sigma)
            times.append(("lower", spec.lower, mirrored))
        if target not in ("cpk-1.33", "cpk-1.00"):
            found += [_crossing(target, side, limit, days, at) for side, limit, at in times]
        if times and target not in ("p99", "p1") and (len(times) == 2 or target != "mean"):
            first = np.min([at for _, _, at in times], axis=0)
            found.append(_crossing(target, "either", None, days, first))
    return tuple(found)


def first_beyond(paths: FloatArray, days: FloatArray, threshold: FloatArray) -> FloatArray:
    """Find the day on which each path first lies above its threshold, by a line between days.

    Parameters
    ----------
    paths : shape (m, k)
    days : shape (k,)
    threshold : shape (m,)

    Returns
    -------
    shape (m,)
        Infinite where it never does.
    """
    excess = paths - threshold[:, None]
    beyond = excess >= 0
    at = np.argmax(beyond, axis=1)
    row = np.arange(at.size)
    before = np.maximum(at - 1, 0)
    low, high = excess[row, before], excess[row, at]
    part = np.where(at > 0, -low / np.where(at > 0, np.maximum(high - low, 1e-300), 1.0), 0.0)
    day = days[before] + part * (days[at] - days[before])
    return np.where(beyond[row, at], day, np.inf)


def _crossing(
    target: Target, side: Side, limit: float | None, days: FloatArray, at: FloatArray
) -> Crossing:
    order = np.sort(at)
    low95, low80, median, up80, up95 = (
        float(order[min(int(q * at.size), at.size - 1)]) for q in FAN
    )
    by = np.searchsorted(order, days, side="right") / at.size
    return Crossing(
        target,
        side,
        limit,
        _day(median),
        _day(low80),
        _day(up80),
        _day(low95),
        _day(up95),
        probability=float(np.mean(np.isfinite(at))),
        now=float(np.mean(at <= 0)),
        by=tuple(by.tolist()),
    )


def _day(value: float) -> float | None:
    return value if isfinite(value) else None
