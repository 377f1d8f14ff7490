"""Processes that keep their limits or do not: values of lots and tools, and a question."""

from dataclasses import dataclass
from math import hypot
from typing import Literal

import numpy as np

from ops.advise.case import StoredRun
from ops.advise.question import Named, Question
from ops.advise.sources import Found
from ops.advise.truth import Expected, Truth
from ops.analyses.capability_params import CapabilityParams
from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.simulate.chance import stream
from ops.simulate.month import START_US
from ops.simulate.plant import DAY_US
from ops.values import (
    Characteristic,
    Factor,
    FloatArray,
    IntArray,
    Measurements,
    Series,
    SpecLimits,
)
from ops.work.situations.capability_truth import ACCEPTED, cpk_error, cpk_of
from ops.work.situations.situation import Situation
from ops.work.situations.stored import SITE, stored_run

Planted = Literal[
    "capable", "off centre", "wide", "one lot apart", "one tool apart", "unstable",
    "gauge scatters",
]  # fmt: skip
TURN: tuple[Planted, ...] = (
    "off centre", "wide", "capable", "one lot apart", "off centre", "wide", "unstable",
    "gauge scatters", "one tool apart", "off centre",
)  # fmt: skip
N, LOTS, TOOLS, DAYS = 480, 16, 4, 20.0
NOW_US = START_US + round((DAYS + 0.1) * DAY_US)
_THINGS = (  # code, title, unit, target, half the tolerance
    ("LOOP-H", "Loop height", "um", 150.0, 11.0),
    ("BALL-D", "Ball diameter", "um", 48.0, 4.0),
    ("PULL-S", "Bond pull", "gf", 9.0, 3.0),
    ("SHEAR-S", "Ball shear", "gf", 42.0, 12.0),
    ("DIE-TILT", "Die tilt", "um", 12.0, 10.0),
)
_QUESTIONS = (
    "Why is the Cpk of {code} what it is, and what should we do?",
    "Is {code} capable?",
    "What is wrong with the capability of {title}?",
    "What should be done about the capability of {code}?",
)
_GAUGE_SHARE = 1.1  # of the tolerance that six sigma of a bad gauge take


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A process: `apart` is how far one lot, one tool or one half of the time stands off."""

    planted: Planted
    thing: int
    mean: float
    sigma: float
    apart: float
    which: int


def capability_situation(
    seed: int, number: int, planted: Planted | None = None, *, lot_note: str = ""
) -> Situation:
    """Draw a situation of a process; without `planted` what is wrong goes by its number.

    Parameters
    ----------
    lot_note
        What somebody wrote in place of the code of the lot that stands apart; empty: its code.
    """
    rng = stream(seed, "capability situation", number)
    drawn = _drawn(planted or TURN[number % len(TURN)], rng)
    code, title, *_ = _THINGS[drawn.thing]
    values, lot, tool = _values(drawn, rng)
    run = seed * 1000 + 100 + number
    lots = [f"L{n + 400:04d}" for n in range(LOTS)]
    if lot_note:
        lots[drawn.which] = lot_note
    factors = {
        "tool": Factor(tool, tuple(f"WB-{n + 1:02d}" for n in range(TOOLS))),
        "lot": Factor(lot, tuple(lots)),
    }
    runs = [_study(_series(drawn, values, factors), run)]
    if drawn.planted == "gauge scatters":
        runs.append(_gauge(drawn, rng, run + 500))
    said = _QUESTIONS[int(rng.integers(len(_QUESTIONS)))].format(code=code, title=title)
    return Situation(
        id=f"capability-{number:02d}",
        kind="capability",
        question=Question(text=said),
        names=names(),
        found=Found(runs=tuple(runs)),
        now_us=NOW_US,
        truth=_truth(drawn),
    )


def names() -> tuple[Named, ...]:
    """Names of what is measured."""
    return (
        Named(kind="site", code=SITE, title="Simulated plant"),
        *(Named(kind="characteristic", code=c, title=t, site=SITE) for c, t, *_ in _THINGS),
        *(Named(kind="tool", code=f"WB-{n + 1:02d}", site=SITE) for n in range(TOOLS)),
    )


def _drawn(planted: Planted, rng: np.random.Generator) -> _Drawn:
    thing = int(rng.integers(len(_THINGS)))
    target, half = _THINGS[thing][3:]
    sign = float(rng.choice([-1.0, 1.0]))
    cp = float(rng.uniform(1.75, 2.3))
    mean, apart = target + 0.02 * sign * half, 0.0
    if planted == "off centre":
        mean = target + sign * half * (1.0 - float(rng.uniform(0.7, 1.05)) / cp)
    elif planted == "wide":
        cp = float(rng.uniform(0.6, 1.0))
    elif planted not in ("capable", "gauge scatters"):
        apart = sign * half * float(rng.uniform(0.75, 0.95))
        cp = float(rng.uniform(2.0, 2.6))
    which = int(rng.integers(LOTS if planted == "one lot apart" else TOOLS))
    return _Drawn(planted, thing, mean, half / (3.0 * cp), apart, which)


def _values(drawn: _Drawn, rng: np.random.Generator) -> tuple[FloatArray, IntArray, IntArray]:
    row = np.arange(N, dtype=np.int64)
    lot, tool = row * LOTS // N, row % TOOLS
    values = rng.normal(drawn.mean, _read_sigma(drawn), N)
    if drawn.planted == "one lot apart":
        values = values + np.where(lot == drawn.which, drawn.apart, 0.0)
    elif drawn.planted == "one tool apart":
        values = values + np.where(tool == drawn.which, drawn.apart, 0.0)
    elif drawn.planted == "unstable":  # it wanders over days, across lots and on all tools
        wave = np.sin(2.0 * np.pi * (row / N * 1.7 + drawn.which / TOOLS))
        values = values + 0.9 * drawn.apart * wave
    return values, lot, tool


def _gauge_sigma(drawn: _Drawn) -> float:
    return _GAUGE_SHARE * 2.0 * _THINGS[drawn.thing][4] / 6.0


def _read_sigma(drawn: _Drawn) -> float:
    """Scatter of what is read: the process, and a bad gauge on top of it."""
    if drawn.planted != "gauge scatters":
        return drawn.sigma
    return hypot(drawn.sigma, _gauge_sigma(drawn))


def _series(drawn: _Drawn, values: FloatArray, factors: dict[str, Factor]) -> Series:
    code, title, unit, target, half = _THINGS[drawn.thing]
    nothing = Factor(np.full(values.size, -1, dtype=np.int64), ())
    every = round(DAYS * DAY_US / values.size)
    return Series(
        characteristic=Characteristic(drawn.thing + 1, SITE, code, title, unit),
        ts=START_US + every * np.arange(values.size, dtype=np.int64),
        value=np.round(values, 3),
        n=np.ones(values.size),
        subgroup=nothing,
        unit_id=factors.pop("unit", nothing),
        position=nothing,
        factors=factors,
        spec=SpecLimits(target - half, target + half, target),
    )


def _study(series: Series, number: int) -> StoredRun:
    params = CapabilityParams(characteristics=(series.characteristic.code,), strata=("tool", "lot"))
    window = (START_US, START_US + round(DAYS * DAY_US))
    return stored_run(
        "capability", Measurements((series,)), params, seed=number, at=NOW_US, window=window
    )


def _gauge(drawn: _Drawn, rng: np.random.Generator, number: int) -> StoredRun:
    """Gauge study of ten parts, three operators, three trials."""
    target = _THINGS[drawn.thing][3]
    _, who, part = (a.ravel() for a in np.indices((3, 3, 10)))
    parts = rng.normal(target, drawn.sigma, 10)
    values = parts[part] + rng.normal(0.0, _gauge_sigma(drawn), part.size)
    factors = {
        "unit": Factor(part.astype(np.int64), tuple(f"MSA-{n + 1:02d}" for n in range(10))),
        "operator": Factor(who.astype(np.int64), ("OP-1", "OP-2", "OP-3")),
    }
    series = _series(drawn, values, factors)
    params = GaugeStudyParams(characteristic=series.characteristic.code)
    return stored_run("gauge-study", Measurements((series,)), params, seed=number, at=NOW_US)


def _truth(drawn: _Drawn) -> Truth:
    code, _, _, target, half = _THINGS[drawn.thing]
    causes, actions = ACCEPTED[drawn.planted]
    numbers: tuple[Expected, ...] = ()
    if drawn.planted in ("capable", "off centre", "wide", "gauge scatters"):
        cpk = cpk_of(drawn.mean, _read_sigma(drawn), target - half, target + half)
        numbers = (Expected(("cpk", "ppk"), cpk, 4.0 * cpk_error(cpk, N) + 0.005),)
    return Truth(drawn.planted, (code,), causes, actions, numbers=numbers)
