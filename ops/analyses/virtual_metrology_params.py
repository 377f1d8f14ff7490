"""Parameters of virtual metrology."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ops.analyses.dataset_params import DatasetParams
from ops.classify.metrology.plan import NumberHeadline
from ops.classify.models.settings import NumberSettings
from ops.classify.spec import FeatureSpec
from ops.classify.training.plan import SplitChoice

NumberKind = Literal["ridge", "elastic-net", "gradient-boosting", "quantile-boosting"]


class VirtualMetrologyParams(DatasetParams):
    """Parameters of virtual metrology."""

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
    kinds: tuple[NumberKind, ...] = Field(
        default=("ridge", "gradient-boosting", "quantile-boosting"),
        max_length=4,
        description="Kinds of models to try, the preferred one first: another takes its place only"
        " if it is better beyond chance.",
    )
    settings: tuple[NumberSettings, ...] = Field(
        default=(),
        max_length=20,
        description="Exact settings to try, before the kinds; each an object with `kind`.",
    )
    features: FeatureSpec = Field(
        default_factory=FeatureSpec,
        description="Columns, missing values, scaling, levels and derived features; empty: every"
        " column of the role feature.",
    )
    folds: int = Field(default=5, ge=2, le=20, description="Number of splits.")
    splits: SplitChoice = Field(
        default="default",
        description="default: by time or group where such columns exist; random: as if there were"
        " none, which flatters.",
    )
    tune: bool = Field(
        default=True,
        description="Choose the strength of linear models over splits of the training.",
    )
    headline: NumberHeadline = Field(
        default="rmse", description="Score by which kinds and versions are compared."
    )
    coverage: float = Field(
        default=0.9, ge=0.5, le=0.99, description="Share of later rows that the interval holds."
    )
    tolerance: Annotated[float, Field(gt=0, le=1e12)] | None = Field(
        default=None,
        description="Largest error that does no harm, in the label's unit; absent: three robust"
        " standard deviations of the errors, and intervals are held against the label's spread.",
    )
    within: float = Field(
        default=0.95,
        ge=0.5,
        le=0.999,
        description="Share of the rows that are relied on whose error is to keep the tolerance.",
    )
    measure: float = Field(
        default=0.1,
        gt=0,
        lt=1,
        description="Share of the rows to measure where no reliance keeps errors small enough.",
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Of splits, draws and models.")

    @model_validator(mode="after")
    def _some_kind(self) -> Self:
        if not self.kinds and not self.settings:
            raise ValueError("name a kind of model, or settings of one")
        return self
