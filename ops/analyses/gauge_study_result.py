"""Result of a gauge study: what is stored, exported and shown."""

from math import isfinite, sqrt
from typing import Literal

from pydantic import Field

from ops.analyses.gauge_study_params import Study
from ops.analysis import AnalysisResult
from ops.capability.index import Interval
from ops.gauge.breakdown import Role
from ops.page import Verdict
from ops.page_value import PageValue


class GaugeEstimate(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float | None = Field(description="Estimate; null if undefined.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")

    @classmethod
    def of(cls, interval: Interval) -> "GaugeEstimate":
        """Take over an interval; what is not finite becomes null."""
        value, lower, upper = (
            float(v) if isfinite(v) else None
            for v in (interval.value, interval.lower, interval.upper)
        )
        return cls(value=value, lower=lower, upper=upper)

    @classmethod
    def root_of(cls, variance: Interval) -> "GaugeEstimate":
        """Take over a variance as a standard deviation."""
        value, lower, upper = (
            sqrt(max(v, 0.0)) if isfinite(v) else None
            for v in (variance.value, variance.lower, variance.upper)
        )
        return cls(value=value, lower=lower, upper=upper)


class GaugeSource(PageValue):
    """A source of variation, or a sum of some."""

    name: str = Field(description="Source: repeatability, operator, part, gauge, total ...")
    role: Role | Literal["sum"] = Field(description="Whose it is; sum: of those above.")
    sd: GaugeEstimate = Field(description="Standard deviation, unit of the characteristic.")
    share: float | None = Field(description="Part of the total variance, 0-1; null if undefined.")
    of_study: float | None = Field(description="Standard deviation over that of the total, 0-1.")
    of_tolerance: float | None = Field(
        description="Its width over the tolerance, 0.1 = 10 %; null without a tolerance."
    )


class GaugeMeanSquare(PageValue):
    """A row of the analysis of variance."""

    name: str = Field(description="Source.")
    df: float = Field(description="Degrees of freedom.")
    mean_square: float = Field(description="Mean square, squared unit.")
    f: float | None = Field(description="F ratio; null if nothing tests it.")
    p: float | None = Field(description="Its p value.")


class GaugeCell(PageValue):
    """What one operator measured on one part."""

    part: str = Field(description="Part.")
    operator: str = Field(description="Operator.")
    n: int = Field(description="Trials.")
    mean: float = Field(description="Mean, unit of the characteristic.")
    range: float = Field(description="Largest minus smallest, unit of the characteristic.")


class GuardRow(PageValue):
    """Acceptance limits and both risks."""

    rule: str = Field(description="How wide the guard band is, in words.")
    width: float = Field(description="Guard band on each side, unit of the characteristic.")
    lower: float | None = Field(description="Lower acceptance limit; null if there is none.")
    upper: float | None = Field(description="Upper acceptance limit; null if there is none.")
    consumer: float = Field(description="Share of products outside and accepted, 0-1.")
    producer: float = Field(description="Share of products inside and rejected, 0-1.")


class TypeOneOutcome(PageValue):
    """A master measured again and again."""

    reference: float = Field(description="True value, unit of the characteristic.")
    mean: float = Field(description="Mean of the measurements, unit of the characteristic.")
    sd: GaugeEstimate = Field(description="Standard deviation, unit of the characteristic.")
    bias: GaugeEstimate = Field(description="Mean minus reference, unit of the characteristic.")
    t: float | None = Field(description="Student's t of the bias; null if undefined.")
    p: float | None = Field(description="Its two-sided p value.")
    cg: GaugeEstimate = Field(description="Cg.")
    cgk: float | None = Field(description="Cgk; null if the gauge shows no spread.")
    k_percent: float = Field(description="K, per cent of the tolerance.")
    spread: float = Field(description="L, standard deviations.")
    repeatability_percent: float | None = Field(description="%Var: K over Cg.")
    total_percent: float | None = Field(description="%Var with bias: K over Cgk; null if not > 0.")
    resolution_ok: bool | None = Field(
        description="Whether it is at most 5 % of the tolerance; null if not known."
    )
    values: tuple[float, ...] = Field(description="Measurements in time order, at most 500.")


class LinearityPoint(PageValue):
    """Bias at one reference value, unit of the characteristic."""

    reference: float = Field(description="Reference value.")
    n: int = Field(description="Measurements.")
    bias: GaugeEstimate = Field(description="Mean bias.")
    p: float | None = Field(description="Test that it is 0.")
    fit: float = Field(description="Bias on the line.")
    lower: float = Field(description="Lower side of the band of the line.")
    upper: float = Field(description="Upper side of the band.")


class LinearityOutcome(PageValue):
    """Bias along the range."""

    slope: GaugeEstimate = Field(description="Bias per unit of reference.")
    intercept: GaugeEstimate = Field(description="Bias at reference 0, unit of the characteristic.")
    p_slope: float | None = Field(description="Test that the slope is 0.")
    p_intercept: float | None = Field(description="Test that the intercept is 0.")
    r_squared: float | None = Field(description="Share of bias explained by the reference.")
    percent: float = Field(description="%linearity: 100 |slope|, of the process variation.")
    bias: GaugeEstimate = Field(description="Mean bias, unit of the characteristic.")
    linear: bool = Field(description="Whether zero bias is inside the band everywhere.")
    points: tuple[LinearityPoint, ...] = Field(description="By reference value.")


class StabilityOutcome(PageValue):
    """A master over time."""

    ts: tuple[int, ...] = Field(description="Microseconds since 1970 UTC of each point.")
    value: tuple[float, ...] = Field(description="Points, unit of the characteristic.")
    signal: tuple[bool, ...] = Field(description="Whether the point breaks a rule.")
    center: float = Field(description="Centre, unit of the characteristic.")
    lower: tuple[float | None, ...] = Field(description="Lower control limit at each point.")
    upper: tuple[float | None, ...] = Field(description="Upper control limit at each point.")
    broken: int = Field(description="Points that break a rule, of all.")
    drift_per_day: GaugeEstimate = Field(description="Slope over time, unit per day.")
    p: float | None = Field(description="Test that it is 0; null if undefined.")
    bias: GaugeEstimate | None = Field(description="Mean minus reference; null without one.")
    left_out: int = Field(description="Earlier points that are not listed.")


class GaugeStudyResult(AnalysisResult):
    """A gauge study of one characteristic."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    study: Study = Field(description="Kind of study.")
    method: str = Field(description="How it was computed, in words.")
    note: str = Field(description="What could not be told; empty if all could.")
    confidence: float = Field(description="Level of the intervals.")
    n: int = Field(description="Values used.")
    without: int = Field(description="Values left out: they name no part or no operator.")
    parts: int = Field(description="Distinct parts.")
    operators: int = Field(description="Distinct operators.")
    tolerance: float | None = Field(description="Width of the tolerance; null if not known.")
    sources: tuple[GaugeSource, ...] = Field(default=(), description="Components, then sums.")
    squares: tuple[GaugeMeanSquare, ...] = Field(default=(), description="Analysis of variance.")
    of_study: GaugeEstimate | None = Field(
        default=None, description="%GRR of study variation, as a ratio."
    )
    of_process: GaugeEstimate | None = Field(
        default=None, description="%GRR of the process given, as a ratio."
    )
    of_tolerance: GaugeEstimate | None = Field(
        default=None, description="%GRR of tolerance (P/T), as a ratio."
    )
    categories: GaugeEstimate | None = Field(
        default=None, description="1.41 PV / GRR, not truncated."
    )
    distinct: int | None = Field(default=None, description="Number of distinct categories (ndc).")
    cells: tuple[GaugeCell, ...] = Field(
        default=(), description="By operator and part, at most 400."
    )
    guard: tuple[GuardRow, ...] = Field(
        default=(), description="Acceptance limits and risks; empty without limits."
    )
    type_one: TypeOneOutcome | None = Field(default=None, description="Of a type-1 study.")
    linearity: LinearityOutcome | None = Field(default=None, description="Of a linearity study.")
    stability: StabilityOutcome | None = Field(default=None, description="Of a stability study.")
    verdict: Verdict = Field(description="The answer in one sentence.")
