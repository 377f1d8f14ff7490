"""Signals of a bond head: traces of single bonds, and what a loop height follows from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ops.simulate.chance import stream
from ops.values import BoolArray, FloatArray

SIGNALS: Mapping[str, tuple[str, float, float, float]] = {
    "wire_feed": ("mm", 1.95, 0.04, 70.0),
    "kink_height": ("um", 62.0, 2.5, 0.9),
    "bond_force": ("gf", 32.0, 1.4, -0.35),
    "us_power": ("mW", 118.0, 4.0, 0.12),
    "stage_temperature": ("degC", 168.0, 1.6, 0.4),
}


@dataclass(frozen=True, slots=True)
class TracePlan:
    """The planted truth of traces of force and ultrasonic current.

    Parameters
    ----------
    bad
        Probability of a bond that does not stick: its current sags by `sag_ma` (mean) between
        these two shares of the bond time; its force is sound.
    """

    rows: int = 400
    points: int = 48
    bad: float = 0.12
    sag_ma: float = 7.0
    sagging: tuple[float, float] = (0.62, 0.78)


@dataclass(frozen=True, slots=True)
class HeadTraces:
    """Traces of bonds in the order of time.

    Parameters
    ----------
    force, current : shape (n, 1, points)
        gf, and mA.
    lifted : shape (n,)
        Whether the pull test found it lifted.
    """

    force: FloatArray
    current: FloatArray
    lifted: BoolArray


@dataclass(frozen=True, slots=True)
class LoopPlan:
    """The planted truth of loop heights: a sum of signals, and every fourth late one unmeasured.

    Parameters
    ----------
    signals
        Unit, mean, standard deviation, and µm of loop height for each unit of the signal.
    """

    rows: int = 400
    height_um: float = 150.0
    noise_um: float = 1.0
    measured: float = 0.75
    signals: Mapping[str, tuple[str, float, float, float]] = field(default_factory=lambda: SIGNALS)


@dataclass(frozen=True, slots=True)
class LoopSignals:
    """Bonds in the order of time.

    Parameters
    ----------
    signals : shape (n,) each
        In the units of `LoopPlan.signals`.
    height_um : shape (n,)
        NaN where nobody has measured.
    """

    signals: Mapping[str, FloatArray]
    height_um: FloatArray


def simulate_traces(plan: TracePlan, *, seed: int) -> HeadTraces:
    """Draw traces; the sag is in the current alone."""
    rng = stream(seed, "head traces")
    place = np.linspace(0.0, 1.0, plan.points)
    lifted = rng.uniform(size=plan.rows) < plan.bad

    def rising(level: float, sd: float, noise: float) -> FloatArray:
        rise = 1.0 - np.exp(-place / rng.uniform(0.04, 0.08, (plan.rows, 1)))
        height = rng.normal(level, sd, (plan.rows, 1))
        return height * rise + rng.normal(0.0, noise, (plan.rows, plan.points))

    force, current = rising(28.0, 0.9, 0.4), rising(95.0, 3.0, 1.2)
    inside = (place > plan.sagging[0]) & (place < plan.sagging[1])
    depth = rng.normal(plan.sag_ma, 1.6, plan.rows) * lifted
    current -= depth[:, None] * inside
    return HeadTraces(np.round(force, 3)[:, None, :], np.round(current, 3)[:, None, :], lifted)


def simulate_loops(plan: LoopPlan, *, seed: int) -> LoopSignals:
    """Draw signals and the loop heights that follow from them."""
    rng = stream(seed, "loop signals")
    drawn = {
        name: np.round(rng.normal(mean, sd, plan.rows), 4)
        for name, (_, mean, sd, _) in plan.signals.items()
    }
    height = plan.height_um + rng.normal(0.0, plan.noise_um, plan.rows)
    for name, (_, mean, _, weight) in plan.signals.items():
        height += weight * (drawn[name] - mean)
    at = np.arange(plan.rows)
    height[(at >= plan.measured * plan.rows) & (at % 4 == 0)] = np.nan
    return LoopSignals(drawn, np.round(height, 3))
