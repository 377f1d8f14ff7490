"""Stochastic plans of a stress test: decided for many outcomes, tried in fresh ones."""

from dataclasses import replace
from typing import Any

import numpy as np

from ops.analyses.network_stress_cases import Likely
from ops.analyses.network_stress_params import NetworkStressParams
from ops.analyses.network_stress_result import StressDesign, StressDesignSite, finite
from solvers.network.instance import Instance
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.chance import draw
from solvers.risk.design import Design, design, outcomes, trial
from solvers.risk.stress import UNDISTURBED, Ground
from solvers.risk.tail import tail
from solvers.values import FloatArray
from solvers.watch import Watch

MOST_CHANCE = 0.9  # of all cases together: the rest is left to the undisturbed outcomes


def designed(
    ground: Ground,
    cases: tuple[Likely, ...],
    params: NetworkStressParams,
    rng: np.random.Generator,
    watch: Watch,
) -> dict[str, Any]:
    """Fields of a result: plans for the expected cost and, if asked, for the tail."""
    instance, count = ground.instance, params.design_outcomes
    streams = rng.spawn(3)
    terms = replace(
        ground.terms, options=replace(ground.terms.options, time_s=params.time_s, relaxed=False)
    )
    hit = _cases(cases) if params.design_cases else []
    known = draw(streams[0], ground.scenario, instance, count).demand_of(instance)
    worlds, chance = outcomes(instance, known, hit, terms)
    fresh = draw(streams[1], ground.scenario, instance, params.fresh).demand_of(instance)
    happens = _happens(streams[2], hit, params.fresh)
    weights = [0.0, params.cvar_weight] if params.cvar_weight > 0 else [0.0]
    plans = [
        design(instance, worlds, chance, terms, watch, weight=weight, level=params.level)
        for weight in weights
    ]
    rows = [
        _row(found, ("expected", "cvar")[place], chance, params.level)
        for place, found in enumerate(plans)
    ]
    if params.fresh:
        rows = [
            _tried(row, found, (instance, fresh, happens), ground, watch)
            for row, found in zip(rows, plans, strict=True)
        ]
    return {"designs": tuple(rows), "design_sites": _sites(ground, plans)}


def _cases(cases: tuple[Likely, ...]) -> list[tuple[Disruption, float]]:
    """Cases that can be outcomes; together no likelier than `MOST_CHANCE`."""
    hit = [(one.case, one.chance) for one in cases if not one.case.edits and one.chance > 0]
    together = sum(chance for _, chance in hit)
    scale = min(1.0, MOST_CHANCE / together) if together else 1.0
    return [(case, scale * chance) for case, chance in hit]


def _happens(
    rng: np.random.Generator, hit: list[tuple[Disruption, float]], count: int
) -> list[Disruption]:
    chances = [1.0 - sum(p for _, p in hit), *(p for _, p in hit)]
    drawn = rng.choice(len(chances), size=count, p=chances)
    return [(UNDISTURBED, *(case for case, _ in hit))[i] for i in drawn.tolist()]


def _row(found: Design, objective: str, chance: FloatArray, level: float) -> StressDesign:
    known = found.information
    solved = found.plan is not None
    return StressDesign(
        objective=objective,
        status=found.status,
        outcomes=chance.size,
        cost=finite(float(chance @ found.cost)) if solved else None,
        cvar=finite(_cvar(found.cost, chance, level)) if solved else None,
        wait_and_see=None if known is None else finite(known.wait_and_see),
        mean_value=None if known is None else finite(known.mean_value),
        evpi=None if known is None else finite(known.evpi),
        vss=None if known is None else finite(known.vss),
    )


def _cvar(cost: FloatArray, chance: FloatArray, level: float) -> float:
    """Mean of the worst ``1 - level`` of the mass."""
    order = np.argsort(-cost, kind="stable")
    before = np.cumsum(chance[order]) - chance[order]
    weight = np.clip(1.0 - level - before, 0.0, chance[order])
    return float(cost[order] @ weight / (1.0 - level))


def _tried(
    row: StressDesign,
    found: Design,
    outside: tuple[Instance, FloatArray, list[Disruption]],
    ground: Ground,
    watch: Watch,
) -> StressDesign:
    instance, factors, happens = outside
    fields: dict[str, Any] = {"fresh": len(happens)}
    for name, plan in (("fresh", found.plan), ("fresh_mean_plan", found.mean_plan)):
        if plan is not None:
            costs = trial(instance, plan, factors, happens, ground.terms, watch)
            cost = tail(costs, ground.level)
            mean = "fresh_mean" if name == "fresh" else name
            fields |= {mean: finite(cost.mean), f"{name}_cvar": finite(cost.cvar)}
    return row.model_copy(update=fields)


def _sites(ground: Ground, plans: list[Design]) -> tuple[StressDesignSite, ...]:
    sites = ground.instance.sites
    first, last = plans[0], plans[-1]
    if first.plan is None or first.mean_plan is None:
        return ()
    return tuple(
        StressDesignSite(
            site=code,
            stressed=_open(ground.plan, code, ground.instance),
            mean=_open(first.mean_plan, code, ground.instance),
            expected=_open(first.plan, code, ground.instance),
            cvar=None
            if last is first or last.plan is None
            else _open(last.plan, code, ground.instance),
        )
        for code in (sites.code[s] for s in np.flatnonzero(sites.designed))
    )


def _open(plan: Start, code: str, instance: Instance) -> float:
    return float(np.mean([plan.open.get((code, period), True) for period in instance.periods]))
