"""The decision about a drift, told as the part of a result."""

import numpy as np

from ops.analyses.drift_future import Future
from ops.analyses.drift_result import (
    DriftAlternative,
    DriftDecision,
    DriftReason,
    DriftTipping,
)
from ops.analyses.drift_told import six, sixes
from ops.drift.cost_curve import CostCurve
from ops.drift.decision import Candidate, Decision


def told_decision(future: Future) -> DriftDecision:
    """Tell what to do."""
    made: Decision = future.decision
    curve: CostCurve | None = made.curve
    first = made.first
    return DriftDecision(
        action=made.action,
        title=made.title,
        day=made.day,
        day_lower=made.day_lower,
        day_upper=made.day_upper,
        saving=six(made.saving),
        saving_lower=six(made.saving_lower),
        saving_upper=six(made.saving_upper),
        week=six(made.week),
        unavoidable=six(made.unavoidable),
        first_action="" if first is None else first.action.kind,
        first_title="" if first is None else first.action.title,
        first_day=None if first is None else first.day,
        first_saving=None if first is None else six(first.saving),
        currency=made.currency,
        costed=made.costed,
        reasons=tuple(
            DriftReason(id=one.id, rule=one.rule, values=dict(one.values)) for one in made.reasons
        ),
        alternatives=tuple(_alternative(one) for one in made.runners_up),
        tippings=tuple(
            DriftTipping(
                what=one.what,
                factor=one.factor,
                value=six(one.value),
                action=one.action,
                day=one.day,
            )
            for one in made.tippings
        ),
        curve_days=() if curve is None else tuple(int(day) for day in curve.days),
        curve_cost=() if curve is None else sixes(curve.cost),
        curve_lower=() if curve is None else sixes(curve.lower),
        curve_upper=() if curve is None else sixes(curve.upper),
        keep=None if curve is None else six(curve.keep),
    )


def _alternative(one: Candidate) -> DriftAlternative:
    curve = one.curve
    return DriftAlternative(
        action=one.action.kind,
        title=one.action.title,
        cost=None if curve is None else six(float(np.min(curve.cost))),
        day=None if curve is None else curve.best,
    )
