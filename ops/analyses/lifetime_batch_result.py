"""The result of a batch of lives."""

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class PopulationLife(_Part):
    """One population: a lot, a part number, a supplier."""

    name: str = Field(description="Name of the population.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Units that have failed.")
    expected: float = Field(description="Failures that the common life leads one to expect.")
    ratio: float = Field(
        description="hazard ratio to the usual; drawn towards it unless it stands out."
    )
    ratio_lower: float = Field(description="Lower bound of the hazard ratio.")
    ratio_upper: float = Field(description="Upper bound of the hazard ratio.")
    adjusted_p: float = Field(description="p-value over all populations (Benjamini-Hochberg).")
    stands_out: str = Field(description="worse, better, or empty.")
    scale: float | None = Field(description="eta, or the median of a lognormal; null: no maximum.")
    shape: float | None = Field(description="beta, or sigma of a lognormal; null: no maximum.")
    life: float | None = Field(description="Time by which the share has failed; null: no bound.")
    life_lower: float | None = Field(description="Its one-sided lower bound.")
    life_upper: float | None = Field(description="Upper bound of the two-sided interval.")
    method: str = Field(description="Method of the bounds; empty where there are none.")
    reason: str = Field(description="Why there is no estimate; empty where there is one.")


class LifetimeBatchResult(AnalysisResult):
    """Lives of many populations, and which of them stand out."""

    title: str = Field(description="Title of the life test.")
    unit: str = Field(description="Unit of time.")
    family: str = Field(description="Distribution of every population.")
    other: float | None = Field(
        description="Log-likelihood of all populations less that of the other family; null: one."
    )
    share: float = Field(description="Share of failures whose time is asked.")
    confidence: float = Field(description="Confidence of every bound.")
    false_share: float = Field(description="Share of false findings that is allowed.")
    target: float | None = Field(description="Life that is asked at least; null: none.")
    populations: int = Field(description="Populations in all.")
    units: float = Field(description="Units in all.")
    failures: float = Field(description="Failures in all.")
    fitted: int = Field(description="Populations with a maximum of the likelihood.")
    common_scale: float = Field(description="eta, or the median, of all together.")
    common_shape: float = Field(description="beta, or sigma, of all together.")
    spread: float = Field(description="Standard deviation of usual hazard ratios.")
    worse: int = Field(description="Populations that fail sooner than the usual spread explains.")
    better: int = Field(description="Populations that fail later.")
    below: int | None = Field(description="Populations whose lower bound misses the target.")
    shown: tuple[PopulationLife, ...] = Field(description="Those that stand out, then by life.")
    left_out: int = Field(description="Populations that are not shown.")
    ratios: tuple[float, ...] = Field(description="Quantiles of the hazard ratios, 0 to 1.")
