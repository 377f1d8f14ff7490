"""The result of a comparison of the lives of groups."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.analyses.life_charts import LifePlot
from ops.analysis import AnalysisResult

ComparedFamilyName = Literal["weibull", "lognormal"]
PairFinding = Literal["shorter", "longer", "alike", "open"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class ComparedTest(_Part):
    """A likelihood-ratio test of all groups."""

    statistic: float = Field(description="Twice the difference of the log-likelihoods.")
    df: int = Field(description="Degrees of freedom.")
    p: float = Field(description="p-value: the one to use.")
    chi_square_p: float = Field(description="p-value of the statistic as it stands.")
    calibrated: bool = Field(
        description="Whether p is by Bartlett's correction, its factor from drawn tests."
    )


class ComparedPair(_Part):
    """Lives of two groups at the asked share, as a ratio."""

    one: str = Field(description="Group whose life is divided.")
    other: str = Field(description="Group that it is divided by.")
    ratio: float | None = Field(description="Estimate; null where a group has no failure.")
    lower: float | None = Field(description="Lower end of the interval; null: none.")
    upper: float | None = Field(description="Upper end of the interval; null: none.")
    lower_one_sided: float | None = Field(description="One-sided lower bound; null: none.")
    upper_one_sided: float | None = Field(description="One-sided upper bound; null: none.")
    plain_lower: float | None = Field(description="Lower end without calibration.")
    plain_upper: float | None = Field(description="Upper end without calibration.")
    p: float = Field(description="Two-sided p-value of a ratio of 1, of this pair alone.")
    adjusted_p: float = Field(description="The same allowing for all pairs compared (Holm).")
    longer: float = Field(description="Confidence that the first lasts longer than the other.")
    finding: PairFinding = Field(
        description="What is shown of the first: shorter, longer, alike (within the margin) or"
        " open (neither)."
    )
    calibrated: bool = Field(description="Whether it is calibrated by drawn tests.")
    approximate: bool = Field(description="Whether failures are few and it is not calibrated.")
    shapes: Literal["own", "common"] = Field(
        description="Whether each group had its own shape or all had one."
    )


class ComparedFamily(_Part):
    """All tests by one distribution."""

    family: ComparedFamilyName = Field(description="Distribution.")
    loglik: float = Field(description="Log-likelihood of all groups, each fitted by itself.")
    took_part: tuple[str, ...] = Field(description="Groups with a maximum, in the tests.")
    sigma: float | None = Field(description="Common sigma (Weibull: 1 / beta); null: none.")
    shape: ComparedTest | None = Field(description="Of one shape; null with one group.")
    scale: ComparedTest | None = Field(description="Of one scale, given one shape.")
    joint: ComparedTest | None = Field(description="Of one shape and one scale at once.")
    pairs: tuple[ComparedPair, ...] = Field(description="Groups two by two.")


class ComparedGroup(_Part):
    """One group by itself, by the chosen distribution."""

    name: str = Field(description="Name of the group.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Units that failed.")
    life: float | None = Field(description="Life at the asked share, in the unit of time.")
    lower_one_sided: float | None = Field(description="One-sided lower bound of the life.")
    lower: float | None = Field(description="Lower end of the interval of the life.")
    upper: float | None = Field(description="Upper end of the interval of the life.")
    scale: float | None = Field(description="Weibull eta or lognormal median, in the time unit.")
    scale_lower: float | None = Field(description="Lower end of its interval.")
    scale_upper: float | None = Field(description="Upper end of its interval.")
    shape: float | None = Field(description="Weibull beta or lognormal sigma.")
    shape_lower: float | None = Field(description="Lower end of its interval.")
    shape_upper: float | None = Field(description="Upper end of its interval.")
    region_scale: tuple[float, ...] = Field(description="Edge of the joint region: scales.")
    region_shape: tuple[float, ...] = Field(description="Edge of the joint region: shapes.")
    why: str = Field(description="Why it has no life of its own; empty where it has one.")


class ComparedSize(_Part):
    """Units that tell a ratio of lives from 1."""

    ratio: float = Field(description="Ratio of the lives.")
    units: int | None = Field(description="Units of each group; null: the test ends too early.")
    failures: float | None = Field(description="Failures expected then, in both groups.")


class LifetimeCompareResult(AnalysisResult):
    """Whether groups of a life test last alike, and by how much they differ."""

    title: str = Field(description="Title of the life test.")
    unit: str = Field(description="Unit of time.")
    group_means: str = Field(description="What the groups are: lot, supplier, design.")
    site: str | None = Field(description="Site of the test; null: not said.")
    mode: str = Field(description="Failure mode that is looked at; empty: all.")
    reference: str = Field(description="Group that the others are compared with; empty: none.")
    share: float = Field(description="Share failed at which lives are compared.")
    confidence: float = Field(description="Confidence of every bound and interval.")
    margin: float | None = Field(description="Ratio that does not matter; null: none given.")
    chosen: ComparedFamilyName = Field(description="Distribution of the comparison.")
    delta: float | None = Field(
        description="Twice the log-likelihood of the chosen distribution over the other's."
    )
    distinguishable: bool = Field(description="Whether the data tell the distributions apart.")
    asked: bool = Field(description="Whether the distribution was asked for.")
    families: tuple[ComparedFamily, ...] = Field(description="The chosen distribution first.")
    groups: tuple[ComparedGroup, ...] = Field(description="Groups, in order.")
    overlap: tuple[tuple[str, str], ...] = Field(
        description="Pairs of groups whose joint regions overlap; that is no test."
    )
    plots: tuple[LifePlot, ...] = Field(
        description="Failures and fitted line of each group on probability paper, six at most."
    )
    sizes: tuple[ComparedSize, ...] = Field(description="Units that tell ratios of lives apart.")
    power: float = Field(description="Chance with which these sizes tell them apart.")
    test_end: float = Field(description="Time at which such a test would end.")
    stresses_differ: tuple[str, ...] = Field(
        description="Stresses that were not the same for all groups."
    )
    other_modes: float = Field(description="Failures of other modes, taken as censored.")
