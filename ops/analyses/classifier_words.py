"""Names of scores, splits and maps, as pages of classifiers say them."""

from ops.analyses.classifier_parts import ScoreLine
from ops.page_value import Number, Phrase

SCORES = {
    "average_precision": "Average precision",
    "roc_auc": "ROC AUC",
    "log_loss": "Log-loss",
    "brier": "Brier score",
    "brier_skill": "Brier skill over the base rate",
    "ece": "Calibration error (ECE)",
    "f1": "F1",
    "precision": "Precision",
    "recall": "Recall",
    "mcc": "Matthews correlation",
    "accuracy": "Accuracy",
    "cost": "Mean cost of a row",
}
KINDS = {
    "logistic": "Logistic regression",
    "decision-tree": "Decision tree",
    "random-forest": "Random forest",
    "extra-trees": "Extremely randomised trees",
    "gradient-boosting": "Gradient boosting",
    "mlp": "Neural network",
    "lightgbm": "LightGBM",
    "xgboost": "XGBoost",
    "ebm": "Explainable boosting machine",
    "ridge-link": "Ridge with a logistic link",
    "onnx": "ONNX model",
    "endpoint": "Prediction endpoint",
}
SPLITS = {
    "time-ordered": "Each stretch of time is foretold from the rows before it: what a plant would"
    " have got.",
    "chronological": "The later rows are foretold from the earlier ones.",
    "grouped": "Rows of one group stay together, so that no group is on both sides.",
    "stratified": "Rows are split at random: rows that resemble each other may stand on both sides,"
    " which flatters where later rows differ from earlier ones.",
}
MAPS = {"none": "none", "sigmoid": "sigmoid", "isotonic": "isotonic", "temperature": "temperature"}


def range_of(line: ScoreLine) -> Phrase:
    """Say a score with its interval."""
    if line.lower is None or line.upper is None:
        return Phrase.of(
            "{score} {value}", score=SCORES[line.name], value=Number(value=line.value, decimals=3)
        )
    return Phrase.of(
        "{score} {value} ({lower} to {upper})",
        score=SCORES[line.name],
        value=Number(value=line.value, decimals=3),
        lower=Number(value=line.lower, decimals=3),
        upper=Number(value=line.upper, decimals=3),
    )


def no_gain() -> Phrase:
    """Say that a gain over the base rate may be chance."""
    return Phrase.of("the gain may be chance")
