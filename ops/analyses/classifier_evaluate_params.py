"""Parameters of an evaluation."""

from pydantic import Field

from ops.analyses.dataset_params import DatasetParams
from ops.classify.training.plan import HeadlineChoice


class ClassifierEvaluateParams(DatasetParams):
    """Parameters of an evaluation."""

    model: str = Field(min_length=1, max_length=64, description="Name of the model.")
    versions: tuple[str, ...] = Field(
        default=("champion", "challenger"),
        min_length=1,
        max_length=8,
        description="Which of its versions: aliases or numbers; the first one is held against the"
        " others.",
    )
    only_later: bool = Field(
        default=True,
        description="Only rows later than all that the versions have learned from, where the"
        " dataset has times.",
    )
    headline: HeadlineChoice = Field(
        default="auto",
        description="Score by which versions are compared; auto: average precision where an event"
        " is predicted, log-loss otherwise.",
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of the bootstrap.")
