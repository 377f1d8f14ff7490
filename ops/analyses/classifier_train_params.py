"""Parameters of a training."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ops.analyses.dataset_params import DatasetParams
from ops.classify.models.settings import ModelSettings
from ops.classify.spec import FeatureSpec
from ops.classify.training.costs import MistakeCost
from ops.classify.training.plan import Goal, HeadlineChoice, SplitChoice

ModelKind = Literal[
    "logistic", "decision-tree", "random-forest", "extra-trees", "gradient-boosting", "mlp",
    "lightgbm", "xgboost", "ebm",
]  # fmt: skip


class TrainingParams(DatasetParams):
    """Parameters of any training: what it is registered as, how it is split and judged."""

    model: str = Field(
        default="",
        max_length=64,
        pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]*)?$",
        description="Name in the registry that gets a new version; empty registers nothing.",
    )
    title: str = Field(
        default="", max_length=200, description="Title of the model, where it is a new one."
    )
    intended_use: str = Field(
        default="", max_length=2000, description="What answers are meant for; stands on the card."
    )
    folds: int = Field(default=5, ge=2, le=20, description="Number of splits.")
    splits: SplitChoice = Field(
        default="default",
        description="default: by time or group where such columns exist; random: as if there were"
        " none, which flatters.",
    )
    tune: bool = Field(
        default=True, description="Choose the strength of a penalty over splits of the training."
    )
    search_s: float = Field(
        default=0.0,
        ge=0,
        le=3600,
        description="Seconds to search for better settings of the kinds; 0: their defaults.",
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
    costs: tuple[MistakeCost, ...] = Field(
        default=(),
        max_length=2450,
        description="Costs of single mistakes, by true class and class called, instead of those of"
        " the event: the class of the least expected cost is called. Mistakes that are not named"
        " cost 1.",
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
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of splits, draws and models.")

    @model_validator(mode="after")
    def _target_of_goal(self) -> Self:
        if self.goal != "cost" and self.target is None:
            raise ValueError(f"the goal {self.goal} needs a target between 0 and 1")
        if self.goal != "cost" and self.costs:
            raise ValueError(f"costs decide by cost, the goal is {self.goal}: leave one of them")
        return self


class ClassifierTrainParams(TrainingParams):
    """Parameters of a training."""

    kinds: tuple[ModelKind, ...] = Field(
        default=("logistic", "gradient-boosting"),
        max_length=9,
        description="Kinds of models to try, the preferred one first: another takes its place only"
        " if it is better beyond chance.",
    )
    settings: tuple[ModelSettings, ...] = Field(
        default=(),
        max_length=20,
        description="Exact settings to try, before the kinds; each an object with `kind`.",
    )
    features: FeatureSpec = Field(
        default_factory=FeatureSpec,
        title="Features",
        description="Columns, missing values, scaling, levels and derived features; empty: every"
        " column of the role feature.",
    )

    @model_validator(mode="after")
    def _some_kind(self) -> Self:
        if self.search_s > 0 and not self.kinds:
            raise ValueError("search_s searches the settings of kinds: name one, or set it to 0")
        if not self.kinds and not self.settings:
            raise ValueError("name a kind of model, or settings of one")
        return self
