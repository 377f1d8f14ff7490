"""How long a test in progress must still run, from the parameters of a plan and its rows."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from ops.analyses.life_test_plan_params import LifeTestPlanParams
from ops.analyses.life_test_plan_result import RemainingPlan, RemainingRow
from ops.errors import NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.planning.remaining_failures import (
    chance_of_no_failure,
    expected_failures,
    until_failures,
)
from ops.lifetime.planning.remaining_precision import until_precise
from ops.lifetime.planning.remaining_test import RemainingTime, running_units, until_demonstrated
from ops.lifetime.qualification.shape_flag import shape_flag
from ops.values import FloatArray

SEED = 7  # of the draws behind a predictive interval: equal data give an equal result
_POINTS = 31
_FURTHER = 2  # further failures that are allowed for beside none


@dataclass(frozen=True, slots=True)
class _Shape:
    """Weibull shape that a demonstration rests on, and where it comes from."""

    value: float | None
    lower: float | None
    upper: float | None
    source: str


def remaining_plan(data: LifetimeData, params: LifeTestPlanParams) -> RemainingPlan:
    """Tell how long the test must still run.

    Raises
    ------
    NotEnoughData
        If there is no test, none of its units runs, or it cannot be fitted and no shape is given.
    """
    life = data.life
    if life is None or not life.units:
        raise NotEnoughData(
            f"no units of a test in progress: the life test {params.life_test!r} has none; name one"
        )
    running, weight = running_units(life)
    fitted = _fitted(life, params)
    shape = _Shape(None, None, None, "")
    if params.aim == "demonstrate":
        shape = _shape(life, params)
        times = [_demonstrated(life, params, shape, more) for more in range(_FURTHER + 1)]
    elif fitted is None:
        raise NotEnoughData(
            f"{life.failures:g} failures of {life.units:g} units give no fit: the aim"
            f" {params.aim!r} needs one; run on, or take the aim 'demonstrate' with a shape"
        )
    elif params.aim == "failures":
        rng = np.random.default_rng(SEED)
        times = [until_failures(life, fitted, params.failures, rng=rng, confidence=params.interval)]
    else:
        given = {"confidence": params.interval}
        times = [until_precise(life, fitted, params.p, params.factor, **given)]
    further = _curve_of(times, float(running.max()))
    expected = () if fitted is None else expected_failures(life, fitted, further).tolist()
    return RemainingPlan(
        code=data.code,
        revision=data.revision,
        aim=params.aim,
        units=life.units,
        failures=life.failures,
        wanted=params.failures,
        running=float(weight.sum()),
        longest=float(running.max()),
        shape=shape.value,
        shape_lower=shape.lower,
        shape_upper=shape.upper,
        shape_from=shape.source,
        reached=times[0].reached,
        rows=tuple(
            _row(life, fitted, time, more, bounded=shape.value is None or shape.lower is not None)
            for more, time in enumerate(times)
        ),
        further=tuple(further.tolist()) if len(expected) else (),
        expected=tuple(expected),
    )


def _fitted(life: LifeData, params: LifeTestPlanParams) -> LifeFit | None:
    try:
        return fit(life, params.family)
    except NotEnoughData:
        return None


def _shape(life: LifeData, params: LifeTestPlanParams) -> _Shape:
    """Take the shape given; else that of the test so far, with its interval."""
    if params.shape is not None:
        lower, upper = params.shape_lower, params.shape_upper
        if lower is None and upper is None:
            return _Shape(params.shape, None, None, "given")
        return _Shape(params.shape, lower or params.shape, upper or params.shape, "given")
    flag = shape_flag(life, confidence=params.interval)
    if flag.state == "unknown":
        raise NotEnoughData(
            f"{life.failures:g} failures of {life.units:g} units do not tell a Weibull shape:"
            " give the shape of earlier tests of the mechanism"
        )
    return _Shape(flag.shape, flag.lower, flag.upper, "fit")


def _demonstrated(
    life: LifeData, params: LifeTestPlanParams, shape: _Shape, further: int
) -> RemainingTime:
    assert shape.value is not None
    return until_demonstrated(
        life,
        params.life,
        params.reliability,
        confidence=params.confidence,
        shape=shape.value,
        shape_bounds=(shape.lower or shape.value, shape.upper or shape.value),
        further_failures=further,
    )


def _row(
    life: LifeData, fitted: LifeFit | None, time: RemainingTime, further: int, *, bounded: bool
) -> RemainingRow:
    """Show a further time; without bounds of the shape it has none either."""
    chance = None
    if fitted is not None and isfinite(time.estimate):
        chance = chance_of_no_failure(life, fitted, time.estimate)
    return RemainingRow(
        further_failures=further,
        estimate=_finite(time.estimate),
        lower=_finite(time.lower) if bounded else None,
        upper=_finite(time.upper) if bounded else None,
        chance=chance,
    )


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _curve_of(times: list[RemainingTime], longest: float) -> FloatArray:
    ends = [t.upper for t in times if isfinite(t.upper)] + [t.estimate for t in times]
    reach = max((end for end in ends if isfinite(end)), default=0.0)
    return np.linspace(0.0, min(max(1.2 * reach, 0.5 * longest), 20.0 * longest), _POINTS)
