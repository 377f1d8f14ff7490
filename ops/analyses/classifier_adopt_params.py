"""Parameters of an adoption."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from ops.analyses.dataset_params import DatasetParams
from ops.classify.training.plan import Goal, HeadlineChoice


class ClassifierAdoptParams(DatasetParams):
    """Parameters of an adoption."""

    model: str = Field(min_length=1, max_length=64, description="Name of the model.")
    version: str = Field(
        min_length=1,
        max_length=32,
        description="Number or alias of the version that came from outside.",
    )
    only_later: bool = Field(
        default=True,
        description="Only rows later than all that the version learned from, where both are known.",
    )
    headline: HeadlineChoice = Field(
        default="auto",
        description="Score by which versions are compared; auto: average precision where an event"
        " is predicted, log-loss otherwise.",
    )
    goal: Goal = Field(
        default="cost",
        description="What the threshold is chosen by: costs of errors, a precision or a recall.",
    )
    target: Annotated[float, Field(gt=0, lt=1)] | None = Field(
        default=None, description="Precision or recall that is aimed at."
    )
    false_alarm: float = Field(
        default=1.0, gt=0, le=1e9, description="Cost of calling the event where there is none."
    )
    miss: float = Field(
        default=10.0, gt=0, le=1e9, description="Cost of not calling it, in the same unit."
    )
    calibrate: bool = Field(
        default=True,
        description="Try sigmoid, isotonic and temperature maps; one is kept only if it helps rows"
        " that it was not fitted on.",
    )
    coverage: float = Field(
        default=0.9,
        ge=0.5,
        le=0.999,
        description="Share of the rows of each class whose conformal set is to hold that class.",
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of draws.")

    @model_validator(mode="after")
    def _target_of_goal(self) -> Self:
        if self.goal != "cost" and self.target is None:
            raise ValueError(f"the goal {self.goal} needs a target between 0 and 1")
        return self
