"""Names of the scores, which of them are better when low, and where they end."""

from math import inf
from typing import Literal

ScoreName = Literal[
    "roc_auc",
    "hand_till",
    "average_precision",
    "brier",
    "brier_skill",
    "log_loss",
    "ece",
    "f1",
    "precision",
    "recall",
    "mcc",
    "accuracy",
    "cost",
    "rmse",
    "mae",
    "r2",
]
LOW: frozenset[ScoreName] = frozenset({"brier", "log_loss", "ece", "cost", "rmse", "mae"})
ENDS: dict[ScoreName, tuple[float, float]] = {
    "brier": (0.0, 2.0),
    "brier_skill": (-inf, 1.0),
    "log_loss": (0.0, inf),
    "mcc": (-1.0, 1.0),
    "cost": (-inf, inf),
    "rmse": (0.0, inf),
    "mae": (0.0, inf),
    "r2": (-inf, 1.0),
}  # the others lie between 0 and 1
