"""Result of a metrology agreement: what is stored, exported and shown."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.loop.agreement import Bounded
from ops.page import Verdict
from ops.page_value import PageValue


class BoundedNumber(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float = Field(description="Estimate.")
    lower: float = Field(description="Lower bound.")
    upper: float = Field(description="Upper bound.")

    @classmethod
    def of(cls, found: Bounded) -> "BoundedNumber":
        """Take over an estimate of a kernel."""
        return cls(value=found.value, lower=found.lower, upper=found.upper)


class AgreementOfGroup(PageValue):
    """Agreement of one level of the stratum, or of all of them."""

    level: str = Field(description="Level; empty for all pairs together.")
    pairs: int = Field(description="Wires measured by both.")
    units: int = Field(description="Units that they belong to.")
    bias: BoundedNumber | None = Field(
        description="Mean of compared less reference, in the unit; null: too few units."
    )
    sd: float | None = Field(description="Standard deviation of a difference, in the unit.")
    sd_between: float | None = Field(description="Its part between units.")
    sd_within: float | None = Field(description="Its part within units.")
    lower: BoundedNumber | None = Field(description="Lower limit of agreement, in the unit.")
    upper: BoundedNumber | None = Field(description="Upper limit of agreement, in the unit.")
    trend: BoundedNumber | None = Field(
        description="Change of the difference for each unit of measure; 0: no proportional bias."
    )
    slope: BoundedNumber | None = Field(description="Slope of Deming's line; 1: none.")
    intercept: BoundedNumber | None = Field(description="Intercept of Deming's line, in the unit.")
    reason: str = Field(description="Why a part is null; empty if all is there.")


class BiasOfPeriod(PageValue):
    """Mean difference in one stretch of time."""

    level: str = Field(description="Level of the stratum.")
    start: int = Field(description="Begin, microseconds since 1970 UTC.")
    units: int = Field(description="Units measured in it.")
    bias: float = Field(description="Mean difference, in the unit.")
    error: float | None = Field(description="Its standard error; null for a single unit.")


class MetrologyAgreementResult(AnalysisResult):
    """How two ways to measure the same wires agree."""

    reference: str = Field(description="What is taken as the reference.")
    compared: str = Field(description="What is compared with it.")
    site: str = Field(description="Code of the site.")
    unit: str = Field(description="Unit of measure.")
    confidence: float = Field(description="Level of the intervals.")
    ratio: float = Field(description="Error variance of compared over reference.")
    allowed: float | None = Field(description="Difference that is allowed, in the unit.")
    stratum: str = Field(description="Factor of the strata; empty if there is none.")
    pool: AgreementOfGroup = Field(description="All pairs together.")
    strata: tuple[AgreementOfGroup, ...] = Field(description="By level, largest bias first.")
    periods: tuple[BiasOfPeriod, ...] = Field(description="Bias by stretch of time and level.")
    mean: tuple[float, ...] = Field(description="Mean of each pair that is drawn, in the unit.")
    difference: tuple[float, ...] = Field(description="Its difference, in the unit.")
    verdict: Verdict = Field(description="The answer in one sentence.")
