"""The kept candidate as it will be served: calibrated, with its threshold and conformal sets."""

from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.calibration import Calibration
from ops.classify.evaluation.calibration_choice import CalibrationTrial, choose_calibration
from ops.classify.evaluation.conformal import (
    Conformal,
    Coverage,
    coverage_out_of_fold,
    fit_conformal,
)
from ops.classify.evaluation.decision import (
    Decision,
    decide_by_cost,
    decide_by_matrix,
    decide_by_precision,
    decide_by_recall,
    decided_out_of_fold,
    event_costs,
)
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.scores import ClassScores, score_classes
from ops.classify.training.plan import TrainingPlan
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Judged:
    """Out-of-fold answers as served, and what they are worth.

    Parameters
    ----------
    found
        Calibrated across folds: the map of a row is from the other folds.
    decided : shape (m,)
        Class called for each tested row, by the rule that the other folds chose.
    conformal
        Quantiles on the scale of what is served: of `served` where strengths differ by fold.
    conditional, marginal
        Coverage of the conformal sets by class, and of those of one quantile for all, for contrast.
    """

    found: OutOfFold
    calibration: Calibration | None
    trials: tuple[CalibrationTrial, ...]
    decision: Decision
    decided: IntArray
    scores: ClassScores
    conformal: Conformal
    conditional: Coverage
    marginal: Coverage


def judged(
    found: OutOfFold,
    plan: TrainingPlan,
    *,
    positive: int | None,
    classes: int,
    groups: IntArray | None = None,
    served: OutOfFold | None = None,
) -> Judged:
    """Calibrate, decide and score what a candidate said out of fold.

    Parameters
    ----------
    served
        The same rows by models of the strength that is served; None: `found` is by such models.
        A strength chosen anew in each fold puts each fold's probabilities on a scale of its own,
        so that a quantile of some folds fits neither the others nor the model that is served.
    """
    choice = choose_calibration(found, groups=groups) if plan.calibrate else None
    told = found if choice is None else found.with_probability(choice.probability)
    decided = decided_out_of_fold(told, lambda some: decision(some, plan, positive))
    kept = None if choice is None or choice.calibration.kind == "none" else choice.calibration
    alike = told if served is None else _mapped(served, kept)
    return Judged(
        found=told,
        calibration=kept,
        trials=() if choice is None else choice.trials,
        decision=decision(told, plan, positive),
        decided=decided,
        scores=score_classes(
            told,
            positive=positive,
            decided=decided,
            costs=costs(plan, positive, classes),
            groups=groups,
            seed=plan.seed,
        ),
        conformal=fit_conformal(alike.y, alike.probability, plan.coverage),
        conditional=coverage_out_of_fold(alike, plan.coverage),
        marginal=coverage_out_of_fold(alike, plan.coverage, kind="marginal"),
    )


def _mapped(served: OutOfFold, calibration: Calibration | None) -> OutOfFold:
    """Probabilities after the map that is served."""
    if calibration is None:
        return served
    return served.with_probability(calibration.apply(served.probability))


def decision(found: OutOfFold, plan: TrainingPlan, positive: int | None) -> Decision:
    """Rule that calls a class: by costs, or by a target that is met on these rows."""
    if plan.costs is not None:
        return decide_by_matrix(np.array(plan.costs))
    if positive is None:
        return Decision("likeliest")
    if plan.goal == "precision" and plan.target is not None:
        return decide_by_precision(found, positive, plan.target)
    if plan.goal == "recall" and plan.target is not None:
        return decide_by_recall(found, positive, plan.target)
    classes = found.probability.shape[1]
    return decide_by_cost(positive, plan.false_alarm, plan.miss, classes)


def costs(plan: TrainingPlan, positive: int | None, classes: int) -> FloatArray | None:
    """Cost of each kind of answer by true class (row) and decided class (column)."""
    if plan.costs is not None:
        return np.array(plan.costs)
    if positive is None:
        return None
    return event_costs(positive, plan.false_alarm, plan.miss, classes)
