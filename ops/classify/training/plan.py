"""What a training is asked for, as one frozen value."""

from dataclasses import dataclass
from typing import Literal

from ops.classify.models.settings import ModelSettings
from ops.classify.seen import SeenSpec

Headline = Literal["average_precision", "roc_auc", "brier", "log_loss"]
HeadlineChoice = Literal["auto", "average_precision", "roc_auc", "brier", "log_loss"]
Goal = Literal["cost", "precision", "recall"]
SplitChoice = Literal["default", "random"]


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What is learned, how it is judged, and by what the event is called.

    Parameters
    ----------
    candidates
        Settings that are tried, the one that is preferred first: another takes its place only if
        it is better beyond chance.
    tune
        Choose the strength of a penalised logistic regression over folds of the training rows.
    headline
        Score by which versions are compared.
    goal, target
        What the threshold is chosen by; the precision or recall that is aimed at.
    false_alarm, miss
        Costs of the two errors, in any one unit.
    costs : (classes, classes)
        Cost by true class (row) and called class (column), of more than two classes; None: the
        event's, or none.
    coverage
        Share of the rows of each class whose conformal set is to hold it.
    """

    spec: SeenSpec
    candidates: tuple[ModelSettings, ...]
    folds: int = 5
    splits: SplitChoice = "default"
    tune: bool = True
    headline: Headline = "log_loss"
    goal: Goal = "cost"
    target: float | None = None
    false_alarm: float = 1.0
    miss: float = 1.0
    costs: tuple[tuple[float, ...], ...] | None = None
    calibrate: bool = True
    coverage: float = 0.9
    seed: int = 1
