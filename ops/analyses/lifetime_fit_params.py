"""What a fit of lives asks for: families, quantiles, mechanism, rules, and how to bound."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ops.analyses.life_params import LifeTestParams
from ops.lifetime.bounds.method import Asked
from ops.lifetime.choice.rules import GovernanceRules
from ops.lifetime.nonparametric.as_in import Package

FamilyAsked = Literal[
    "all",
    "weibull",
    "lognormal",
    "exponential",
    "loglogistic",
    "gamma",
    "generalized_gamma",
    "normal",
    "gumbel",
    "weibull_3p",
    "lognormal_3p",
    "defective_weibull",
    "defective_lognormal",
    "mixture_weibull",
]
Share = Annotated[float, Field(gt=0.0, lt=1.0)]
Positive = Annotated[float, Field(gt=0.0)]


class LifetimeFitParams(LifeTestParams):
    """Parameters of a fit of lives."""

    families: tuple[FamilyAsked, ...] = Field(
        default=("weibull", "lognormal"),
        min_length=1,
        max_length=14,
        description="Distributions that are compared; all: every one there is.",
    )
    quantiles: tuple[Share, ...] = Field(
        default=(0.01, 0.1, 0.5),
        min_length=1,
        max_length=10,
        description="Shares failed whose time is asked: 0.1 is B10.",
    )
    times: tuple[Positive, ...] = Field(
        default=(),
        max_length=10,
        description="Times, in the unit of the test, beyond which the surviving share is asked.",
    )
    mode: str = Field(
        default="",
        max_length=100,
        description="Only this failure mode: units that failed by another count as not failed."
        " Empty: whatever they failed by.",
    )
    competing: Literal["look", "ignore"] = Field(
        default="look",
        description="Whether failure modes that are named are fitted one by one, beside the whole.",
    )
    mechanism: str = Field(
        default="",
        max_length=64,
        description="Failure mechanism by its code, e.g. electromigration; ask: those that the"
        " document of the test may mean are listed; empty: what the document names.",
    )
    rules: GovernanceRules = Field(
        default_factory=GovernanceRules, description="Rules of the choice."
    )
    waiver: str = Field(
        default="",
        max_length=2000,
        description="Why the mechanism is followed against the data, where that needs a waiver.",
    )
    waived_by: str = Field(default="", max_length=200, description="Who answers for the waiver.")
    rationale: str = Field(
        default="",
        max_length=2000,
        description="What else speaks for the choice, in words; kept on record.",
    )
    method: Asked = Field(
        default="auto",
        description="How bounds are made; auto: pivots where they are exact, the likelihood ratio"
        " from 30 failures, calibrated below.",
    )
    as_in: tuple[Package, ...] = Field(
        default=(),
        max_length=3,
        description="Packages whose results are reproduced beside ours, to check old reports.",
    )
    shape: float | None = Field(
        default=None,
        gt=0.0,
        le=50.0,
        description="Shape (beta) of the mechanism that is known from earlier tests: Weibayes.",
    )
    shape_range: tuple[Positive, Positive] | None = Field(
        default=None,
        description="Shapes between which the shape lies with 90 % probability: Bayesian Weibull.",
    )
    resolution: float | None = Field(
        default=None,
        gt=0.0,
        description="To what the times were read, in their unit; absent: told by their digits.",
    )
    negative_threshold: bool = Field(
        default=False, description="Whether a threshold may lie before time 0."
    )
    departures: Literal["look", "ignore"] = Field(
        default="look",
        description="Whether a plateau or a bend of the plot brings in the models that explain it.",
    )
    resamples: int = Field(
        default=99,
        ge=0,
        le=999,
        description="Draws of the likelihood ratio of a model on the boundary of another.",
    )
    seed: int = Field(default=1, ge=0, description="Of every draw.")

    @model_validator(mode="after")
    def _range_rises(self) -> "LifetimeFitParams":
        if self.shape_range is not None and self.shape_range[0] >= self.shape_range[1]:
            low, high = self.shape_range
            raise ValueError(f"shape_range: {low:g} is not below {high:g}; give the lower first")
        return self
