"""Tools that move: a month of the simulated fleet, one thing wrong with it, and a question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import hypot, sqrt
from typing import Literal

import numpy as np

from ops.advise.case import StoredRun
from ops.advise.question import Named, Question
from ops.advise.sources import EventRecord, Found
from ops.advise.truth import Expected, Truth
from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analysis import AnalysisParams
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.policy import ActionPolicy
from ops.query import ProcessData
from ops.simulate.chance import stream
from ops.simulate.month import (
    CAPILLARY,
    GAUGE_UM,
    GAUGES,
    HALF_WIDTH_UM,
    HEIGHT_UM,
    LOTS_PER_DAY,
    NOISE,
    PER_DAY,
    READINGS,
    SHIFTS,
    SPOOL_DAYS,
    START_US,
    TOOLS,
    SimulatedMonth,
    device_sigma,
    gauge_code,
    simulated_month,
    tool_code,
)
from ops.simulate.month_cause import SPAN, MonthCause
from ops.simulate.plant import DAY_US
from ops.values import Measurements, PlantEvent
from ops.work.situations.drift_costs import drawn_policy
from ops.work.situations.drift_truth import ACCEPTED, PlantedLine, accepted_actions
from ops.work.situations.situation import Situation
from ops.work.situations.stored import SITE, stored_run
from ops.work.situations.stretch import happened, stretch

Planted = Literal[
    "creep", "step after maintenance", "step after material", "step after capillary",
    "step alone", "growing corrections", "gauge reads off", "shared jump", "nothing",
]  # fmt: skip
TURN: tuple[Planted, ...] = (  # one after the other: every kind is there in every seven or so
    "creep", "step after maintenance", "nothing", "step after material", "growing corrections",
    "creep", "gauge reads off", "step after capillary", "shared jump", "step alone",
    "creep", "step after maintenance",
)  # fmt: skip
DAYS = (-14.0, 30.0)
BEFORE = 14.0
NOW_US = START_US + round((DAYS[1] + 0.1) * DAY_US)
WIRES = 2
EVENT_OF: Mapping[str, tuple[str, str]] = {
    "step after maintenance": ("maintenance", "Preventive maintenance"),
    "step after material": ("material-change", "New wire spool"),
    "step after capillary": ("capillary-change", "New capillary"),
}
_QUESTIONS = (
    "Why does {title} on {tool} drift, and what should we do?",
    "What is wrong with {tool}?",
    "What should I do about the drift of {tool}?",
    "Is {title} of {tool} drifting? Why?",
    "Was ist mit {tool} los?",
)


@dataclass(frozen=True, slots=True)
class _Drawn:
    planted: Planted
    tool: int
    since: float
    size: float  # micrometres: in 30 days, or at once


def drift_situation(
    seed: int, number: int, planted: Planted | None = None, *, title: str = ""
) -> Situation:
    """Draw a situation of a tool that moves, or does not.

    Parameters
    ----------
    planted
        What goes wrong; None: by its number.
    title
        What somebody wrote as the title of the event that began it; empty: what is usual.
    """
    rng = stream(seed, "drift situation", number)
    drawn = _drawn(planted or TURN[number % len(TURN)], rng)
    month = simulated_month(int(rng.integers(2**31)), _causes(drawn))
    policy = drawn_policy(rng) if drawn.planted == "creep" else DEFAULT_POLICY
    events = _events(month, drawn, title)
    number_of_run = seed * 1000 + number
    run = _run(month, drawn, events, policy, number_of_run)
    return Situation(
        id=f"drift-{number:02d}",
        kind="drift",
        question=_question(drawn, rng),
        names=names(),
        found=Found(runs=(run,), events=tuple(map(_record, events))),
        now_us=NOW_US,
        truth=_truth(month, drawn, policy),
    )


def names() -> tuple[Named, ...]:
    """Names of the fleet."""
    tools = (*(tool_code(n) for n in range(TOOLS)), *(gauge_code(n) for n in range(GAUGES)))
    characteristics = (
        ("LOOP-H", "Loop height"), ("GAUGE-MASTER", "Reference step"),
        ("LOOP-CORR", "Loop height correction"),
    )  # fmt: skip
    return (
        Named(kind="site", code=SITE, title="Simulated plant"),
        *(Named(kind="tool", code=code, site=SITE) for code in tools),
        *(Named(kind="characteristic", code=c, title=t, site=SITE) for c, t in characteristics),
    )


def _drawn(planted: Planted, rng: np.random.Generator) -> _Drawn:
    sigma, sign = device_sigma(), float(rng.choice([-1.0, 1.0]))
    tool = int(rng.integers(TOOLS))
    if planted == "creep":
        return _Drawn(planted, tool, float(rng.uniform(0, 6)), sign * rng.uniform(4, 7) * sigma)
    if planted == "growing corrections":
        return _Drawn(planted, tool, float(rng.uniform(0, 6)), sign * rng.uniform(7.0, 11.0))
    if planted == "gauge reads off":
        return _Drawn(planted, tool, float(rng.uniform(8, 20)), sign * rng.uniform(2.5, 4.5))
    if planted == "nothing":
        return _Drawn(planted, tool, 0.0, 0.0)
    return _Drawn(planted, tool, float(rng.uniform(10, 22)), sign * rng.uniform(3.0, 4.5) * sigma)


def _causes(drawn: _Drawn) -> tuple[MonthCause, ...]:
    size, sigmas = drawn.size, drawn.size / device_sigma()
    if drawn.planted == "nothing":
        return ()
    if drawn.planted == "creep":
        return (MonthCause("drift", drawn.tool, drawn.since, size, sigmas),)
    if drawn.planted == "growing corrections":
        return (MonthCause("corrections", drawn.tool, drawn.since, size, sigmas),)
    if drawn.planted == "gauge reads off":
        return (MonthCause("gauge", drawn.tool % GAUGES, drawn.since, size, sigmas),)
    places = range(TOOLS) if drawn.planted == "shared jump" else (drawn.tool,)
    shared = [n for n in places if drawn.planted != "shared jump" or (n + drawn.tool) % 4]
    return tuple(MonthCause("step", n, drawn.since, size, sigmas) for n in shared)


def _events(month: SimulatedMonth, drawn: _Drawn, written: str) -> tuple[PlantEvent, ...]:
    """Events of the tool; that of a step is what began it, or was never recorded."""
    if drawn.planted == "gauge reads off":
        return ()
    quiet = drawn.planted in ("nothing", "growing corrections")
    own = START_US + round(drawn.since * DAY_US)
    tools = (tool_code(drawn.tool),)
    kept = happened(month.events, DAYS, tools=tools, aside=None if quiet else drawn.since)
    if drawn.planted in ("step alone", "shared jump"):
        return tuple(e for e in kept if e.ts != own)
    kind, usual = EVENT_OF.get(drawn.planted, ("", ""))
    title = written or usual
    return tuple(replace(e, kind=kind, title=title) if e.ts == own and kind else e for e in kept)


def _record(event: PlantEvent) -> EventRecord:
    return EventRecord(event.id, SITE, event.kind, event.ts, event.title, event.tool or None)


def _run(
    month: SimulatedMonth,
    drawn: _Drawn,
    events: tuple[PlantEvent, ...],
    policy: ActionPolicy,
    number: int,
) -> StoredRun:
    if drawn.planted == "shared jump":
        data = ProcessData(Measurements((stretch(month.heights, DAYS, wires=1),)), events=events)
        return _kept("drift-screen", data, DriftScreenParams(judge_last="10d"), number)
    if drawn.planted == "gauge reads off":
        series = stretch(month.reference, DAYS)
        params = DriftParams(characteristic="GAUGE-MASTER", tool=_about(drawn), point="value")
        return _kept("drift", ProcessData(Measurements((series,))), params, number)
    tools = {tool_code(n % TOOLS) for n in range(drawn.tool, drawn.tool + 3)}
    every = [stretch(month.heights, DAYS, tools=tools, wires=WIRES)]
    corrections = ""
    if drawn.planted == "growing corrections":
        every.append(stretch(month.corrections, DAYS, tools=tools))
        corrections = "LOOP-CORR"
    data = ProcessData(
        Measurements(tuple(every)), events=events, policy=policy.model_dump(mode="json")
    )
    params = DriftParams(characteristic="LOOP-H", tool=_about(drawn), corrections=corrections)
    return _kept("drift", data, params, number)


def _kept(name: str, data: ProcessData, params: AnalysisParams, number: int) -> StoredRun:
    window = (START_US + round(DAYS[0] * DAY_US), START_US + round(DAYS[1] * DAY_US))
    return stored_run(name, data, params, seed=number, at=NOW_US, window=window)


def _about(drawn: _Drawn) -> str:
    if drawn.planted == "gauge reads off":
        return gauge_code(drawn.tool % GAUGES)
    return tool_code(drawn.tool)


def _question(drawn: _Drawn, rng: np.random.Generator) -> Question:
    title = "the reference step" if drawn.planted == "gauge reads off" else "the loop height"
    said = _QUESTIONS[int(rng.integers(len(_QUESTIONS)))]
    if drawn.planted == "shared jump":
        return Question(text="Several tools moved at once. Why do they drift, what shall we do?")
    return Question(text=said.format(title=title, tool=_about(drawn)))


def _truth(month: SimulatedMonth, drawn: _Drawn, policy: ActionPolicy) -> Truth:
    about = (_about(drawn),)
    if drawn.planted == "shared jump":
        about = ("LOOP-H",)
    causes, actions = ACCEPTED.get(drawn.planted, (("creep",), ()))
    if drawn.planted == "creep":
        actions = accepted_actions(_line(month, drawn), policy)
    return Truth(drawn.planted, about, causes, actions, numbers=_numbers(drawn))


def _line(month: SimulatedMonth, drawn: _Drawn) -> PlantedLine:
    pace = drawn.size / SPAN
    wires = hypot(NOISE.wire_um, GAUGE_UM)
    return PlantedLine(
        home=float(month.base[drawn.tool]),
        offset=pace * (DAYS[1] - drawn.since),
        pace=pace,
        sigma=hypot(device_sigma(), wires),
        limits=(HEIGHT_UM - HALF_WIDTH_UM, HEIGHT_UM + HALF_WIDTH_UM),
    )


def _numbers(drawn: _Drawn) -> tuple[Expected, ...]:
    """Pace or size of what moves; four standard errors of what the noise of the plant allows."""
    after = DAYS[1] - drawn.since
    if drawn.planted == "creep":
        error = _mean_error(after) * sqrt(12.0) / after
        return (Expected(("slope",), drawn.size / SPAN, 4 * error, "um/d"),)
    if drawn.planted == "gauge reads off":
        error = 3.5 * GAUGE_UM / sqrt(READINGS * SHIFTS * after) + 0.1
        return (Expected(("step", "level", "shift"), drawn.size, 4 * error, "um"),)
    if drawn.planted.startswith("step"):
        error = hypot(_mean_error(after), _mean_error(drawn.since + BEFORE))
        return (Expected(("step",), drawn.size, 4 * error, "um"),)
    return ()


def _mean_error(days: float) -> float:
    """Return the standard error of the mean level of a tool over days, micrometres."""
    spools, lots, devices = max(days / SPOOL_DAYS, 1.0), days * LOTS_PER_DAY, days * PER_DAY
    memory = sqrt((1 + NOISE.phi) / (1 - NOISE.phi))
    of_capillary = CAPILLARY.wear_um / 2 / sqrt(max(days / 10.0, 1.0))
    return hypot(
        NOISE.material_um / sqrt(spools), NOISE.lot_um / sqrt(lots),
        memory * NOISE.device_um / sqrt(devices), of_capillary,
    )  # fmt: skip
