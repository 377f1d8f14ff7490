"""Accelerated tests from the parameters of a plan: the design asked for, and its rivals."""

from typing import get_args

import numpy as np

from ops.analyses.life_test_plan_params import LifeTestPlanParams
from ops.analyses.life_test_plan_result import AcceleratedDesign, AcceleratedPlan, CellOfPlan
from ops.lifetime.planning.alt_design import Design, design_plan
from ops.lifetime.planning.alt_model import AltModel, StressRange, alt_model
from ops.lifetime.planning.alt_plan import AltAim, AltPlan, evaluate, units_for_factor
from ops.lifetime.planning.sample_size import PlanningValues

UNITS = 100  # in all, until a number is given: then scaled to the precision asked for
MOST_UNITS = 1_000_000


def accelerated_plan(params: LifeTestPlanParams) -> AcceleratedPlan:
    """Plan the test under raised stress; where no units are given, as many as are needed."""
    assert params.duration is not None
    assert params.log_scale is not None
    ranges = tuple(StressRange(s.name, s.unit, s.use, s.high, s.scale) for s in params.stresses)
    model = alt_model(
        params.failing_at_high,
        tuple(s.acceleration for s in params.stresses),
        sigma=params.log_scale,
        duration=params.duration,
        family=params.family,
    )
    aim = AltAim(params.p, params.duration, params.interval, params.wanted)
    names = (params.design, *(d for d in get_args(Design) if d != params.design))
    plans: list[tuple[str, AltPlan]] = []
    for name in names:
        plan = design_plan(model, params.units or UNITS, aim, name)
        if params.units is None:
            total = min(max(units_for_factor(plan, params.factor), UNITS // 5), MOST_UNITS)
            plan = design_plan(model, total, aim, name)
        plans.append((name, plan))
    if params.cells:
        plans.append(("own", _own(params, ranges, model, aim)))
    at_use = np.zeros((1, len(ranges)))
    lowest = plans[0][1].places[np.argmin(plans[0][1].failing)]
    return AcceleratedPlan(
        stresses=tuple(s.name for s in params.stresses),
        units=tuple(s.unit for s in params.stresses),
        designs=tuple(_design(name, plan, ranges, params.factor) for name, plan in plans),
        wanted=params.wanted,
        assumed_life=PlanningValues(model.intercept, model.sigma, model.family).life(params.p),
        failing_at_use=float(model.failing(at_use, params.duration)[0]),
        extrapolation=float(np.exp(-np.dot(lowest, model.slopes))),
    )


def _own(
    params: LifeTestPlanParams, ranges: tuple[StressRange, ...], model: AltModel, aim: AltAim
) -> AltPlan:
    places = np.array(
        [
            [stress.place(level) for stress, level in zip(ranges, cell.levels, strict=True)]
            for cell in params.cells
        ]
    )
    return evaluate(model, places, np.array([cell.units for cell in params.cells]), aim)


def _design(
    name: str, plan: AltPlan, ranges: tuple[StressRange, ...], factor: float
) -> AcceleratedDesign:
    cells = tuple(
        CellOfPlan(
            levels=tuple(s.level(x) for s, x in zip(ranges, place, strict=True)),
            units=int(units),
            failing=float(failing),
            expected=float(expected),
            few=float(few),
        )
        for place, units, failing, expected, few in zip(
            plan.places.tolist(), plan.units, plan.failing, plan.expected, plan.few, strict=True
        )
    )
    return AcceleratedDesign(
        name=name,
        cells=cells,
        units=int(plan.units.sum()),
        standard_error=plan.standard_error,
        factor=plan.factor,
        any_few=plan.any_few,
        needed=units_for_factor(plan, factor),
    )
