"""Demonstration tests and tests of a wanted precision, from the parameters of a plan."""

import numpy as np

from ops.analyses.life_test_plan_params import LifeTestPlanParams
from ops.analyses.life_test_plan_result import (
    DemonstrationPlan,
    DemonstrationRow,
    EstimationPlan,
    FixedDuration,
    PassCurve,
    PrecisionRow,
)
from ops.lifetime.location_scale import standard_quantile
from ops.lifetime.planning.binomial import (
    PassPlan,
    demonstrated_reliability,
    operating_characteristic,
    units_needed,
)
from ops.lifetime.planning.demonstration import (
    multiple_needed,
    survival_at_multiple,
    units_at_multiple,
)
from ops.lifetime.planning.exponential import fixed_duration_plan, pass_probability_of_mtbf
from ops.lifetime.planning.sample_size import (
    PlanningValues,
    PrecisionPlan,
    precision,
    trade_off,
    units_for_precision,
)
from ops.values import FloatArray

MULTIPLES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
LIKELY = 0.9  # chance to pass that a plan should give units that are good
_POINTS = 41


def demonstration_plan(params: LifeTestPlanParams) -> DemonstrationPlan:
    """Units for the duration asked for, and for others; chances to pass."""
    multiple = 1.0 if params.duration is None else params.duration / params.life
    plan = _row(params, multiple, params.accept)
    accepts = sorted({0, 1, 2, params.accept})
    multiples = sorted({*MULTIPLES, multiple}) if params.log_scale is not None else [1.0]
    rows = [_row(params, m, accept) for accept in accepts for m in multiples]
    found = _pass_plan(params, multiple, params.accept)
    fixed, curve = _fixed(params)
    return DemonstrationPlan(
        plan=plan,
        rows=tuple(rows),
        multiple_of_units=_lives(params),
        curves=tuple(_curve(params, multiple, accept) for accept in accepts),
        good=_good(params, found, multiple),
        fixed=fixed,
        fixed_curve=curve,
    )


def estimation_plan(params: LifeTestPlanParams) -> EstimationPlan:
    """Units for the precision asked for at this duration, and at others."""
    assert params.scale is not None
    assert params.duration is not None
    assert params.log_scale is not None
    values = PlanningValues(float(np.log(params.scale)), params.log_scale, params.family)
    given = {"confidence": params.interval}
    needed = units_for_precision(
        values, params.p, factor=params.factor, duration=params.duration, **given
    )
    plan = needed
    if params.units is not None:
        plan = precision(values, params.p, units=params.units, duration=params.duration, **given)
    life = values.life(params.p)
    durations = _durations(values, params.duration)
    rows = trade_off(values, params.p, durations, factor=params.factor, **given)
    return EstimationPlan(
        assumed_life=life,
        lower=life / plan.factor,
        upper=life * plan.factor,
        plan=_precision(plan),
        needed=_precision(needed),
        rows=tuple(_precision(row) for row in rows),
    )


def _pass_plan(
    params: LifeTestPlanParams, multiple: float, accept: int, shape: float | None = None
) -> PassPlan:
    scale = params.log_scale if shape is None else 1.0 / shape
    if scale is None:
        return units_needed(params.reliability, params.confidence, accept)
    return units_at_multiple(
        params.reliability,
        params.confidence,
        multiple,
        sigma=scale,
        accept=accept,
        family=params.family,
    )


def _row(params: LifeTestPlanParams, multiple: float, accept: int) -> DemonstrationRow:
    plan = _pass_plan(params, multiple, accept)
    shapes = [s for s in (params.shape_lower, params.shape_upper) if s is not None]
    others = [_pass_plan(params, multiple, accept, s).units for s in shapes]
    return DemonstrationRow(
        accept=accept,
        multiple=multiple,
        duration=multiple * params.life,
        units=plan.units,
        confidence=plan.confidence,
        units_lower=min((*others, plan.units)) if others else None,
        units_upper=max((*others, plan.units)) if others else None,
    )


def _lives(params: LifeTestPlanParams) -> float | None:
    if params.units is None or params.log_scale is None or params.units <= params.accept:
        return None
    return multiple_needed(
        params.units,
        params.reliability,
        params.confidence,
        sigma=params.log_scale,
        accept=params.accept,
        family=params.family,
    )


def _curve(params: LifeTestPlanParams, multiple: float, accept: int) -> PassCurve:
    plan = _pass_plan(params, multiple, accept)
    true = 1.0 - (1.0 - params.reliability) * np.linspace(0.02, 1.6, _POINTS)
    true = true[true > 0.0][::-1]
    return PassCurve(
        label=f"{plan.units} / {accept}",
        true=tuple(true.tolist()),
        passes=tuple(
            operating_characteristic(plan.units, accept, _there(params, true, multiple)).tolist()
        ),
    )


def _there(params: LifeTestPlanParams, true: FloatArray, multiple: float) -> FloatArray:
    """Share that lasts the test, where `true` lasts the life."""
    if params.log_scale is None:
        return true
    return survival_at_multiple(true, multiple, sigma=params.log_scale, family=params.family)


def _good(params: LifeTestPlanParams, plan: PassPlan, multiple: float) -> float:
    """Reliability at the life with which the plan passes with `LIKELY`."""
    lasts = demonstrated_reliability(plan.units, plan.accept, 1.0 - LIKELY)
    if params.log_scale is None:
        return lasts
    back = survival_at_multiple(
        np.array([lasts]), 1.0 / multiple, sigma=params.log_scale, family=params.family
    )
    return float(back[0])


def _fixed(params: LifeTestPlanParams) -> tuple[FixedDuration | None, PassCurve | None]:
    if params.mtbf_ratio is None:
        return None, None
    plan = fixed_duration_plan(params.mtbf_ratio, params.producer_risk, 1.0 - params.confidence)
    true = np.linspace(0.25, 1.5 * params.mtbf_ratio, _POINTS)
    passes = pass_probability_of_mtbf(plan.duration, plan.accept, true)
    fixed = FixedDuration(
        duration=plan.duration * params.life,
        multiple=plan.duration,
        accept=plan.accept,
        producer=plan.producer,
        consumer=plan.consumer,
        upper_mtbf=params.mtbf_ratio * params.life,
    )
    label = f"{plan.duration:.3g} / {plan.accept}"
    curve = PassCurve(label=label, true=tuple(true.tolist()), passes=tuple(passes.tolist()))
    return fixed, curve


def _durations(values: PlanningValues, asked: float) -> FloatArray:
    """Durations from early failures to nearly all, and the one asked for."""
    shares = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99])
    z = standard_quantile(values.family, shares)
    return np.unique(np.append(np.exp(values.mu + values.sigma * z), asked))


def _precision(plan: PrecisionPlan) -> PrecisionRow:
    return PrecisionRow(
        duration=plan.duration,
        units=plan.units,
        factor=plan.factor,
        expected=plan.expected_failures,
        few=plan.few,
    )
