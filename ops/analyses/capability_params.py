"""Parameters of the capability analysis, and those of its first version."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from ops.analyses.capability_result import JudgedBy
from ops.analysis import AnalysisParams
from ops.capability.convention import Convention
from ops.capability.distribution import DistributionName
from ops.capability.sigma import WithinMethod

FACTOR = "factor:"
SubgroupFactor = Annotated[str, Field(pattern=r"^factor:[^\x00]{1,100}$")]


class CapabilityParams(AnalysisParams):
    """Parameters of the capability analysis."""

    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1000, description="Codes; empty means every one of the site."
    )
    strata: tuple[str, ...] = Field(
        default=(),
        max_length=5,
        description="Factors to stratify by, each on its own: tool, lot, capillary, shift ...",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    subgroup: Literal["auto", "column", "unit", "individuals"] | int | SubgroupFactor = Field(
        default="auto",
        description=(
            "Rational subgroup: column, unit, individuals (moving ranges), a count of consecutive"
            " values, or a factor such as factor:lot. auto: the column if filled, else individuals."
        ),
    )
    method: WithinMethod = Field(
        default="pooled",
        description=(
            "Estimator of the within-subgroup sigma: pooled (over c4), pooled-biased (without c4),"
            " rbar, sbar; moving-range and median-moving-range take individuals."
        ),
    )
    convention: Convention = Field(
        default="iso-22514-2",
        description=(
            "Letter of an index. iso-22514-2: of the total distribution, C only where stability is"
            " shown, else P. aiag-2005: of sigma within C, of sigma overall P."
        ),
    )
    requirement: float = Field(default=1.33, gt=0, le=10, description="Index required.")
    judged_by: JudgedBy = Field(
        default="lower-bound",
        description="What has to reach the requirement: the lower bound of the index, or itself.",
    )
    distribution: Literal["auto"] | DistributionName = Field(
        default="auto",
        description=(
            "Distribution of the total. auto: normal unless rejected, then the best family; a"
            " family by name; empirical quantiles; or clements (Pearson curve by moments)."
        ),
    )
    quantile_type: int = Field(
        default=8,
        ge=1,
        le=9,
        description="Sample quantile of Hyndman and Fan that empirical takes, 1 to 9.",
    )
    lot_factor: str = Field(
        default="lot",
        max_length=100,
        description=(
            "Factor whose levels are the highest random level: its values are alike, and intervals"
            " allow for it. subgroup and unit name these columns. Without it neighbours count."
        ),
    )
    coverage: float = Field(
        default=0.9973, ge=0.5, le=0.99999, description="Share that tolerance intervals hold."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")

    @field_validator("subgroup")
    @classmethod
    def _two_at_least(cls, value: str | int) -> str | int:
        if isinstance(value, int) and not 2 <= value <= 1000:
            raise ValueError(f"a subgroup of consecutive values has 2 to 1000 of them, got {value}")
        return value


def upgrade(params: dict[str, Any], version: int) -> dict[str, Any]:
    """Keep what version 1 meant: AIAG's letters, and a normal distribution."""
    if version >= 2:
        return params
    return {"convention": "aiag-2005", "distribution": "normal"} | params


def subgroup_factor(params: CapabilityParams) -> tuple[str, ...]:
    """Name of the factor that makes the subgroups, if one does."""
    wanted = str(params.subgroup)
    return (wanted.removeprefix(FACTOR),) if wanted.startswith(FACTOR) else ()
