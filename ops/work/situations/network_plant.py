"""Networks and their plans: two plants, two customers, one thing wrong, and a question."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import Literal

import numpy as np

from ops.advise.case import StoredRun
from ops.advise.question import Named, Question
from ops.advise.sources import Found
from ops.advise.truth import Expected, Truth
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.plan_monitor import PlanMonitorParams
from ops.forecast_query import EarlierRun, ForecastData
from ops.query import ScenarioData
from ops.simulate.chance import stream
from ops.simulate.month import START_US
from ops.simulate.plant import DAY_US
from ops.values import Characteristic, Factor, FloatArray, Measurements, Series, factor_of
from ops.work.situations.network_truth import ACCEPTED, PlantedNetwork, best_plan
from ops.work.situations.situation import Situation
from ops.work.situations.stored import SITE, stored_run
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.place import Site, Supply
from solvers.scenario.policy import Period

Planted = Literal[
    "sound", "full plant", "too little", "impossible", "demand moved", "in force",
]  # fmt: skip
TURN: tuple[Planted, ...] = (
    "full plant", "too little", "sound", "demand moved", "impossible", "full plant", "too little",
    "in force", "demand moved",
)  # fmt: skip
NOW_US = START_US + 30 * DAY_US
WEEKS, RECENT = 24, 6
SCATTER = 0.05  # of weekly demand, relative to its mean
_SCENARIOS = ("NET-ASIA", "NET-EU", "NET-US")
_PLANTS = ("P-PENANG", "P-DRESDEN", "P-SAIGON", "P-AUSTIN")
_CUSTOMERS = ("C-MUNICH", "C-AUSTIN", "C-OSAKA", "C-LYON")
_QUESTIONS = (
    "What is wrong with the plan of {code}, and what should we do?",
    "How good is the plan of {code}? What should be done?",
    "What limits the plan of {code}, and what should be done about it?",
)
_START = datetime(2025, 7, 7, tzinfo=UTC)  # a Monday
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK_US = 7 * DAY_US


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A scenario, its places and its numbers; `moved` is what demand has become of the forecast."""

    planted: Planted
    code: str
    plants: tuple[str, str]
    customers: tuple[str, str]
    network: PlantedNetwork
    moved: float = 1.0


def network_situation(seed: int, number: int, planted: Planted | None = None) -> Situation:
    """Draw a situation of a plan; without `planted` what is wrong goes by its number."""
    rng = stream(seed, "network situation", number)
    drawn = _drawn(planted or TURN[number % len(TURN)], rng)
    run = seed * 1000 + 300 + number
    watched = drawn.planted in ("demand moved", "in force")
    stored = _watch(drawn, rng, run) if watched else _plan(drawn, run)
    said = _QUESTIONS[int(rng.integers(len(_QUESTIONS)))].format(code=drawn.code)
    return Situation(
        id=f"network-{number:02d}",
        kind="network",
        question=Question(text=said),
        names=names(),
        found=Found(runs=(stored,)),
        now_us=NOW_US,
        truth=_truth(drawn),
    )


def names() -> tuple[Named, ...]:
    """Names of the scenarios."""
    return (
        Named(kind="site", code=SITE, title="Simulated plant"),
        *(Named(kind="scenario", code=code, title="", site=SITE) for code in _SCENARIOS),
    )


def _drawn(planted: Planted, rng: np.random.Generator) -> _Drawn:
    demand = (float(rng.integers(60, 120)), float(rng.integers(60, 120)))
    total = sum(demand)
    cheap = float(rng.integers(200, 300))
    making = (cheap, cheap + float(rng.integers(30, 80)))
    first, second = float(rng.uniform(0.5, 0.7)), float(rng.uniform(0.6, 0.8))
    lost: float | None = 900.0
    if planted in ("sound", "demand moved", "in force"):
        first, second = float(rng.uniform(1.3, 1.8)), float(rng.uniform(0.3, 0.6))
    elif planted == "too little":
        first, second = float(rng.uniform(0.4, 0.5)), float(rng.uniform(0.25, 0.4))
    elif planted == "impossible":
        first, second, lost = float(rng.uniform(0.4, 0.5)), float(rng.uniform(0.25, 0.4)), None
    freight = (
        (float(rng.integers(5, 20)), float(rng.integers(5, 20))),
        (float(rng.integers(5, 20)), float(rng.integers(5, 20))),
    )
    plants, customers = rng.permutation(_PLANTS)[:2], rng.permutation(_CUSTOMERS)[:2]
    capacity = (float(round(first * total)), float(round(second * total)))
    moved = float(rng.choice([rng.uniform(0.6, 0.75), rng.uniform(1.3, 1.6)]))
    return _Drawn(
        planted,
        str(rng.choice(_SCENARIOS)),
        (str(plants[0]), str(plants[1])),
        (str(customers[0]), str(customers[1])),
        PlantedNetwork(capacity, making, demand, freight, lost),
        moved if planted == "demand moved" else 1.0,
    )


def _scenario(drawn: _Drawn) -> Scenario:
    net = drawn.network
    return Scenario(
        title=f"Network {drawn.code}",
        periods=(Period(code="W1", days=7.0),),
        commodities=(Commodity(code="QFN", unit="kpcs", value=400.0),),
        sites=(
            *(Site(code=code, kind="plant") for code in drawn.plants),
            *(Site(code=code, kind="customer") for code in drawn.customers),
        ),
        supplies=tuple(
            Supply(site=code, commodity="QFN", quantity=net.capacity[n], unit_cost=net.making[n])
            for n, code in enumerate(drawn.plants)
        ),
        modes=(Mode(code="road"),),
        lanes=tuple(
            Lane(origin=origin, destination=to, unit_cost=net.freight[p][c], lead_time=2.0)
            for p, origin in enumerate(drawn.plants)
            for c, to in enumerate(drawn.customers)
        ),
        demands=tuple(
            Demand(
                customer=code, commodity="QFN", quantity=net.demand[n], price=600.0,
                lost_cost=net.lost,
            )
            for n, code in enumerate(drawn.customers)
        ),
    )  # fmt: skip


def _plan(drawn: _Drawn, number: int) -> StoredRun:
    data = ScenarioData(code=drawn.code, revision=1, scenario=_scenario(drawn))
    params = NetworkPlanParams(scenario=drawn.code, worths=2, entries=0)
    return stored_run("network-plan", data, params, seed=number, at=NOW_US)


def _watch(drawn: _Drawn, rng: np.random.Generator, number: int) -> StoredRun:
    """Half a year of demand, which leaves its forecast in the last weeks or does not."""
    mean = drawn.network.demand[0]
    week = np.arange(WEEKS)
    level = np.where(week >= WEEKS - RECENT, mean * drawn.moved, mean)
    demand: FloatArray = np.round(rng.normal(level, SCATTER * mean), 1)
    served: FloatArray = demand
    plan = {"status": "optimal", "objective": 52_000.0, "service_level": 0.99,
            "demand": mean * WEEKS}  # fmt: skip
    data = ForecastData(
        Measurements((_weekly(1, "DEMAND", demand), _weekly(2, "SERVED", served))),
        start=_START,
        end=_START + timedelta(weeks=WEEKS),
        earlier=tuple(_night(mean, n) for n in reversed(range(WEEKS))),
        plan=EarlierRun("planned", _START, plan),
    )
    params = PlanMonitorParams(
        scenario=drawn.code, served=("SERVED",), by=("customer",), recent=RECENT,
    )  # fmt: skip
    return stored_run("plan-monitor", data, params, seed=number, at=NOW_US)


def _night(mean: float, week: int) -> EarlierRun:
    day = _START + timedelta(weeks=week)
    bounds = [day.date().isoformat(), (day + timedelta(weeks=1)).date().isoformat()]
    half = 0.1 * mean
    said = {"mean": mean, "sd": half / 1.3, "lower": mean - half, "upper": mean + half,
            "stock": mean + half}  # fmt: skip
    one = {part: [value] for part, value in said.items()} | {"name": "CUST-01", "last": mean}
    return EarlierRun(f"night-{week}", day, {"bounds": bounds, "series": [one]})


def _weekly(identity: int, code: str, value: FloatArray) -> Series:
    nothing = Factor(np.full(value.size, -1, dtype=np.int64), ())
    first = (_START - _EPOCH) // timedelta(microseconds=1) + _WEEK_US // 14
    return Series(
        characteristic=Characteristic(identity, SITE, code, code.title(), "piece"),
        ts=first + np.arange(value.size) * _WEEK_US,
        value=value,
        n=np.ones(value.size),
        subgroup=nothing,
        unit_id=nothing,
        position=nothing,
        factors={"customer": factor_of(["CUST-01"] * value.size)},
    )


def _truth(drawn: _Drawn) -> Truth:
    causes, actions = ACCEPTED[drawn.planted]
    numbers: tuple[Expected, ...] = ()
    if drawn.planted == "demand moved":
        bias = abs(1.0 - 1.0 / drawn.moved)  # error of the forecast over demand, either way
        error = SCATTER / sqrt(RECENT) / drawn.moved**2
        numbers = (Expected(("bias",), bias, 4.0 * error),)
    elif drawn.planted == "impossible":
        short = sum(drawn.network.demand) - sum(drawn.network.capacity)
        numbers = (Expected(("violated-rule",), short, 1e-6),)
    elif drawn.planted != "in force":
        best = best_plan(drawn.network)
        if best is None:
            raise AssertionError(f"{drawn.code} was drawn to have a plan")
        numbers = (
            Expected(("total-cost",), best.cost, 1e-4 * best.cost + 0.01),
            Expected(("service-level",), best.served / sum(drawn.network.demand), 1e-6),
        )
        if drawn.planted == "full plant":
            kink = abs(best.worth_more - best.worth_further)
            worth = Expected(("shadow-price",), best.worth_more, 0.01 + kink)
            numbers = (*numbers, worth)
    return Truth(drawn.planted, (drawn.code,), causes, actions, numbers=numbers)
