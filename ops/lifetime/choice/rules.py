"""The rules by which a distribution is chosen; a site may set its own."""

from pydantic import BaseModel, ConfigDict, Field


class GovernanceRules(BaseModel):
    """Rules of the choice of a life distribution."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indistinct_below: float = Field(
        default=2.0,
        ge=0.0,
        description="Difference of the criterion (AICc) below which two models are not told apart:"
        " both are reported.",
    )
    waiver_above: float = Field(
        default=10.0,
        gt=0.0,
        description="Difference above which a mechanism does not override the data without a"
        " recorded waiver.",
    )
    low_percentile: float = Field(
        default=0.1,
        gt=0.0,
        lt=1.0,
        description="Share failed up to which, of models that are not told apart, the lowest bound"
        " is the one to use.",
    )
    extrapolation_time: float = Field(
        default=1.0,
        gt=0.0,
        description="Ratio of a life to the longest time on test above which it is an"
        " extrapolation.",
    )
