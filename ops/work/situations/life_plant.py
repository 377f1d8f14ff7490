"""Units on test that last or do not: lives of lots drawn from planted laws, and a question."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ops.advise.case import StoredRun
from ops.advise.question import Named, Question
from ops.advise.sources import Found
from ops.advise.truth import Expected, Truth
from ops.analyses.lifetime_batch import LifetimeBatchParams
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.life_query import LifetimeData
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.simulate.chance import stream
from ops.simulate.month import START_US
from ops.simulate.plant import DAY_US
from ops.values import FloatArray
from ops.work.situations.life_truth import (
    ACCEPTED,
    life_tolerance,
    shape_tolerance,
    weibull_life,
)
from ops.work.situations.situation import Situation
from ops.work.situations.stored import SITE, stored_run

Planted = Literal["bad lot", "infant mortality", "few failures", "wear", "too short"]
TURN: tuple[Planted, ...] = (
    "bad lot", "infant mortality", "few failures", "wear", "too short", "infant mortality",
    "bad lot", "wear",
)  # fmt: skip
NOW_US = START_US + 30 * DAY_US
LOTS, A_LOT = 12, 24
_TESTS = (
    ("TC-HEEL", "Temperature cycling", "cycles"),
    ("HTS-175", "High-temperature storage", "h"),
    ("UHAST-1", "Unbiased HAST", "h"),
    ("PC-LIFT", "Power cycling", "cycles"),
)
_QUESTIONS = (
    "What does the life test {code} say, and what should we do?",
    "What is wrong with the life of the units of {code}?",
    "How long do the units of life test {code} last, and what follows from it?",
)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Weibull law, end of the test, and how many times as fast one lot fails."""

    planted: Planted
    test: int
    shape: float
    scale: float
    end: float
    units: int
    worse: float = 1.0
    lot: int = 0
    target: float | None = None


def life_situation(seed: int, number: int, planted: Planted | None = None) -> Situation:
    """Draw a situation of a life test; without `planted` what is wrong goes by its number."""
    rng = stream(seed, "life situation", number)
    drawn = _drawn(planted or TURN[number % len(TURN)], rng)
    run, failures = _run(drawn, rng, seed * 1000 + 200 + number)
    code = _TESTS[drawn.test][0]
    said = _QUESTIONS[int(rng.integers(len(_QUESTIONS)))].format(code=code)
    return Situation(
        id=f"lifetime-{number:02d}",
        kind="lifetime",
        question=Question(text=said),
        names=names(),
        found=Found(runs=(run,)),
        now_us=NOW_US,
        truth=_truth(drawn, failures),
    )


def names() -> tuple[Named, ...]:
    """Names of the life tests."""
    return (
        Named(kind="site", code=SITE, title="Simulated plant"),
        *(Named(kind="life-test", code=c, title=t, site=SITE) for c, t, _ in _TESTS),
    )


def _drawn(planted: Planted, rng: np.random.Generator) -> _Drawn:
    test, scale = int(rng.integers(len(_TESTS))), float(rng.uniform(800.0, 3000.0))
    if planted == "infant mortality":
        shape = float(rng.uniform(0.45, 0.7))
        return _Drawn(planted, test, shape, scale, scale, int(rng.integers(80, 140)))
    if planted == "few failures":
        shape = float(rng.uniform(1.5, 3.0))
        units = int(rng.integers(30, 60))
        return _Drawn(planted, test, shape, scale, 0.0, units, lot=int(rng.integers(2, 4)))
    shape = float(rng.uniform(2.0, 3.5))
    drawn = _Drawn(planted, test, shape, scale, 1.2 * scale, int(rng.integers(60, 120)))
    if planted == "bad lot":
        worse, lot = float(rng.uniform(5.0, 9.0)), int(rng.integers(LOTS))
        return replace(drawn, worse=worse, lot=lot, end=0.8 * scale)
    if planted == "too short":
        life = weibull_life(0.1, shape, scale)
        return replace(drawn, target=round(life * float(rng.uniform(1.6, 2.2)), 0))
    return drawn


def _run(drawn: _Drawn, rng: np.random.Generator, number: int) -> tuple[StoredRun, int]:
    code, title, unit = _TESTS[drawn.test]
    if drawn.planted in ("bad lot", "too short"):
        lives = _lots(drawn, rng)
        failed = lives <= drawn.end
        lower = np.round(np.minimum(lives, drawn.end), 1).ravel()
        data = life_data(lower, np.where(failed.ravel(), lower, np.inf))
        group = np.repeat(np.arange(LOTS), A_LOT)
        life = replace(data, group=group, groups=tuple(f"L{n + 700}" for n in range(LOTS)))
        params = LifetimeBatchParams(
            life_test=code, target=drawn.target, family="weibull", false_share=0.05
        )
        whole = LifetimeData(code=code, title=title, revision=1, life=replace(life, unit=unit))
        return stored_run("lifetime-batch", whole, params, seed=number, at=NOW_US), int(
            failed.sum()
        )
    lives = np.sort(drawn.scale * rng.weibull(drawn.shape, drawn.units))
    end = drawn.end
    if drawn.planted == "few failures":  # the test stops early: after the second or third failure
        end = float(lives[drawn.lot - 1] + 0.3 * (lives[drawn.lot] - lives[drawn.lot - 1]))
    failed = lives <= end
    life = failures_and_suspensions(
        np.maximum(np.round(lives[failed], 1), 0.1),
        np.full(int((~failed).sum()), round(end, 1)),
        unit=unit,
    )
    whole = LifetimeData(code=code, title=title, revision=1, life=life)
    fit = LifetimeFitParams(
        life_test=code, families=("weibull", "lognormal"), quantiles=(0.1, 0.5), resamples=0
    )
    return stored_run("lifetime-fit", whole, fit, seed=number, at=NOW_US), int(failed.sum())


def _lots(drawn: _Drawn, rng: np.random.Generator) -> FloatArray:
    """Lives of the lots; that which fails faster has its hazard multiplied."""
    hazard = np.ones(LOTS)
    hazard[drawn.lot] *= drawn.worse
    scale = drawn.scale * hazard ** (-1.0 / drawn.shape)
    lives: FloatArray = scale[:, None] * rng.weibull(drawn.shape, (LOTS, A_LOT))
    return lives


def _truth(drawn: _Drawn, failures: int) -> Truth:
    causes, actions = ACCEPTED[drawn.planted]
    about: tuple[str, ...] = (_TESTS[drawn.test][0],)
    unit = _TESTS[drawn.test][2]
    numbers: tuple[Expected, ...] = ()
    if drawn.planted == "bad lot":
        about = (*about, f"L{drawn.lot + 700}")
    elif drawn.planted == "few failures":
        numbers = (Expected(("failures",), failures, 0.0),)
    elif drawn.planted in ("wear", "infant mortality"):
        law = (drawn.shape, drawn.scale)
        numbers = (
            Expected(("b10",), weibull_life(0.1, *law), life_tolerance(0.1, *law, failures), unit),
            Expected(("shape",), drawn.shape, shape_tolerance(drawn.shape, failures)),
        )
    return Truth(drawn.planted, about, causes, actions, numbers=numbers)
