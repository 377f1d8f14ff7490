"""Forecasts from the end of a simulated month, scored on the months in which nobody acts."""

from dataclasses import dataclass, field
from math import hypot, sqrt

import numpy as np

from ops.drift.crossing import CrossingForecast
from ops.drift.limit_crossing import Crossing
from ops.simulate.chance import stream
from ops.simulate.month import (
    DAYS,
    GAUGE_UM,
    HALF_WIDTH_UM,
    HEIGHT_UM,
    NOISE,
    WIRES,
    SimulatedMonth,
    device_sigma,
)
from ops.values import FloatArray

AHEAD = 60  # days
LEVELS = (7, 14, 30)  # days ahead at which the level is scored
TARGETS = {"mean": 0.0, "p99": 2.326, "p1": 2.326, "cpk-1.33": 4.0, "cpk-1.00": 3.0}
OPEN = 0.025  # a crossing as sure as this, or as unlikely, is no forecast


@dataclass
class ForecastScore:
    """Whether intervals held: by days ahead, and of days of crossing by target.

    Parameters
    ----------
    levels, crossings
        What it is of, with whether the 80 % and the 95 % interval held.
    """

    kind: str
    levels: list[tuple[int, bool, bool]] = field(default_factory=list[tuple[int, bool, bool]])
    crossings: list[tuple[str, bool, bool]] = field(default_factory=list[tuple[str, bool, bool]])


def value_sigma() -> float:
    """Standard deviation of single values of a tool, micrometres."""
    wire = hypot(NOISE.wire_um, GAUGE_UM)
    return sqrt(device_sigma() ** 2 - wire**2 / WIRES + wire**2 + NOISE.position_um**2)


def crossed(level: FloatArray, day: FloatArray, distance: float, side: str) -> float:
    """Day on which a level is first nearer than `distance` to a limit; infinite: never."""
    beyond = np.zeros(level.size, dtype=bool)
    if side in ("upper", "either"):
        beyond |= level >= HEIGHT_UM + HALF_WIDTH_UM - distance
    if side in ("lower", "either"):
        beyond |= level <= HEIGHT_UM - HALF_WIDTH_UM + distance
    return float(day[np.argmax(beyond)]) if beyond.any() else np.inf


def forecast_score(
    month: SimulatedMonth, tool: int, kind: str, forecast: CrossingForecast
) -> ForecastScore:
    """Score the level at some days ahead, and the days of crossing of every target."""
    score, fan = ForecastScore(kind), forecast.mean
    for ahead in LEVELS:
        truth = float(month.level(tool, np.array([float(DAYS + ahead)]))[0])
        held = [
            np.interp(ahead, forecast.days, low) <= truth <= np.interp(ahead, forecast.days, high)
            for low, high in ((fan.lower80, fan.upper80), (fan.lower95, fan.upper95))
        ]
        score.levels.append((ahead, bool(held[0]), bool(held[1])))
    day = np.linspace(0.0, AHEAD, 2401)
    level = month.level(tool, DAYS + day)
    rng = stream(month.seed, "lump", tool)
    for one in forecast.crossings:
        if one.target == "mean" and one.side == "either":
            continue
        if one.probability > OPEN and one.now < 1 - OPEN:
            at = crossed(level, day, TARGETS[one.target] * value_sigma(), one.side)
            held80, held95 = held_day(one, at, float(rng.random()))
            score.crossings.append((one.target, held80, held95))
    return score


def held_day(one: Crossing, at: float, place: float) -> tuple[bool, bool]:
    """Whether the 80 and the 95 % interval hold a day; within a lump its place is by chance."""
    if 0 < at < np.inf:
        ends = ((one.lower80, one.upper80), (one.lower95, one.upper95))
        held = [_number(low) <= at <= _number(high) for low, high in ends]
        return held[0], held[1]
    rank = place * one.now if at == 0 else 1 - place * (1 - one.probability)
    return 0.1 <= rank <= 0.9, 0.025 <= rank <= 0.975


def _number(day: float | None) -> float:
    return np.inf if day is None else day
