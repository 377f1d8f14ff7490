"""Sentences of a training: a score that calibration moved is told with both values."""

from ops.analyses.classifier_train import compute
from ops.analyses.classifier_train_page import view
from ops.analyses.classifier_train_params import ClassifierTrainParams
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_train_sample import sample_bonds
from ops.analysis import silent

PARAMS = ClassifierTrainParams(dataset="bond-defects", kinds=("logistic",), folds=3, tune=False)


def said(result: ClassifierTrainResult, honest: float) -> str:
    told = result.model_copy(update={"random_score": 0.5, "honest_score": honest})
    return " ".join(verdict.sentence for verdict in view(told).verdicts)


def test_a_score_that_calibration_moved_is_told_with_both_values() -> None:
    result = compute(sample_bonds(), PARAMS, silent)
    served = next(one.value for one in result.scores if one.name == result.headline)
    assert served is not None
    both = f"{served + 0.014:.3f}, both before the calibration that makes the latter {served:.3f}"
    assert f"0.500 instead of {both}" in said(result, served + 0.014)
    assert "both before" not in said(result, served)
