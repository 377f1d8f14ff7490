"""The plan of a training, of its parameters and its rows."""

from dataclasses import replace

from ops.analyses.classifier_train_params import TrainingParams
from ops.classify.models.settings import ModelSettings
from ops.classify.seen import SeenSpec
from ops.classify.training.costs import cost_matrix
from ops.classify.training.plan import Headline, TrainingPlan
from ops.classify.training.rows import LabelledRows


def plan_of(
    params: TrainingParams,
    rows: LabelledRows,
    spec: SeenSpec,
    candidates: tuple[ModelSettings, ...],
) -> TrainingPlan:
    """Make the plan."""
    plan = TrainingPlan(
        spec=spec,
        candidates=candidates,
        folds=params.folds,
        splits=params.splits,
        tune=params.tune,
        headline=_headline(params, rows),
        goal=params.goal,
        target=params.target,
        false_alarm=params.false_alarm,
        miss=params.miss,
        calibrate=params.calibrate,
        coverage=params.coverage,
        seed=params.seed,
    )
    return _costly(plan, params, rows)


def _costly(plan: TrainingPlan, params: TrainingParams, rows: LabelledRows) -> TrainingPlan:
    """Take in costs of single mistakes; those of two classes are those of the event."""
    if not params.costs:
        return plan
    costs = cost_matrix(params.costs, rows.classes)
    event = rows.positive
    if event is None or len(rows.classes) > 2:
        return replace(plan, costs=tuple(tuple(row) for row in costs.tolist()))
    other = 1 - event
    return replace(plan, false_alarm=float(costs[other, event]), miss=float(costs[event, other]))


def _headline(params: TrainingParams, rows: LabelledRows) -> Headline:
    if params.headline == "auto":
        return "log_loss" if rows.positive is None else "average_precision"
    return params.headline
