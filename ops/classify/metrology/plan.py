"""What a training of numbers is asked for, as one frozen value."""

from dataclasses import dataclass
from typing import Literal

from ops.classify.models.settings import NumberSettings
from ops.classify.spec import FeatureSpec
from ops.classify.training.plan import SplitChoice

NumberHeadline = Literal["rmse", "mae"]


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """What is learned, how it is judged, and what may be measured.

    Parameters
    ----------
    candidates
        Settings that are tried, the preferred one first.
    level
        Share of later rows that the interval is to hold.
    tolerance
        Largest error that does no harm, in the label's unit; None: none is known.
    measure
        Share of the rows that may be measured.
    """

    spec: FeatureSpec
    candidates: tuple[NumberSettings, ...]
    folds: int = 5
    splits: SplitChoice = "default"
    tune: bool = True
    headline: NumberHeadline = "rmse"
    level: float = 0.9
    tolerance: float | None = None
    share: float = 0.95
    measure: float = 0.1
    seed: int = 1
