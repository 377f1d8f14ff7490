"""Parameters of the watch over a served classifier."""

from pydantic import Field

from ops.analyses.dataset_params import DatasetParams
from ops.classify.training.plan import HeadlineChoice


class ClassifierMonitorParams(DatasetParams):
    """Parameters of the watch over a served classifier."""

    model: str = Field(min_length=1, max_length=64, description="Name of the model.")
    versions: tuple[str, ...] = Field(
        default=("champion", "challenger"),
        min_length=1,
        max_length=8,
        description="Which of its versions: the first one is watched, the others are held against"
        " it on the same later rows.",
    )
    newest: int = Field(
        default=1000,
        ge=50,
        le=1_000_000,
        description="Rows of the newest window, and of each stretch before it.",
    )
    headline: HeadlineChoice = Field(
        default="auto",
        description="Score that is watched; auto: the one that the version was chosen by.",
    )
    fdr: float = Field(
        default=0.05,
        gt=0,
        lt=1,
        description="Share of false ones among all alarms of the nights together.",
    )
    nights: int = Field(
        default=30, ge=1, le=3660, description="Nights that share the promise of false alarms."
    )
    mature: float = Field(
        default=0.95,
        gt=0,
        lt=1,
        description="Share of the labels of each class that must be known at an age, for rows of"
        " that age to be judged by their labels.",
    )
    shift: float = Field(
        default=0.25,
        gt=0,
        description="Smallest change of a column that is worth a word, in its standard deviations.",
        json_schema_extra={"x-option": "smallest-shift"},
    )
    calibration: float = Field(
        default=0.25,
        gt=0,
        description="Smallest miscalibration worth a word: 0.25 takes events over promised ones of"
        " 1/1.25 to 1.25 for right.",
    )
    drop: float = Field(
        default=0.1,
        gt=0,
        lt=1,
        description="Smallest loss of the score worth a word, as a share of what was promised.",
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of permutations and bootstrap.")
