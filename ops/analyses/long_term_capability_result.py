"""Result of the long-term capability analysis: what is stored, exported and shown."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class LongTermEstimate(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float = Field(description="Estimate.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")


class LongTermComponent(PageValue):
    """One source of the total variation."""

    source: str = Field(description="Factor, drift, or residual.")
    kind: str = Field(description="random, fixed, or residual.")
    levels: int = Field(description="Levels of the factor (nodes, if nested); values of residual.")
    sigma: LongTermEstimate | None = Field(
        description="Standard deviation, in the unit; null if it cannot be told from another."
    )
    share: LongTermEstimate | None = Field(description="Share of the total variance, 0-1.")
    interval: str = Field(description="How the bounds were found: profile, wald, or none.")
    note: str = Field(description="What it includes, or why there is no estimate; may be empty.")


class LongTermPeriod(PageValue):
    """One month or week."""

    first_day: str = Field(description="Its first day, UTC.")
    n: int = Field(description="Values.")
    effective_n: float = Field(description="Independent values that its mean is worth.")
    mean: float = Field(description="Mean, in the unit.")
    sigma: float | None = Field(description="Standard deviation (n - 1), in the unit.")
    ppk: LongTermEstimate | None = Field(description="Index with all variation of the period.")
    cpk: LongTermEstimate | None = Field(description="Index with the short-term variation only.")


class LongTermStratum(PageValue):
    """One level of one factor, judged beside all other levels."""

    factor: str = Field(description="Factor.")
    level: str = Field(description="Its level.")
    n: int = Field(description="Values.")
    mean: float = Field(description="Mean of its own values, in the unit.")
    sigma: float | None = Field(description="Standard deviation of its own values, in the unit.")
    raw: float | None = Field(description="Index from its own values alone.")
    index: float = Field(description="Index from shrunken mean and sigma.")
    upper: float = Field(description="Upper bound of the index, for all strata together.")
    excess_ppm: float = Field(
        description="Share outside of the pool that would be gone were it like the rest, in ppm."
    )
    below: bool = Field(description="Whether the upper bound is below the requirement.")


class LongTermPart(PageValue):
    """What one source takes from the index between short and long term."""

    source: str = Field(description="Drift, steps, or a factor.")
    share: float = Field(description="Share of the total variance, 0-1.")
    loss: float = Field(description="Loss of index.")
    without: float = Field(description="Long-term index if this source were gone.")


class LongTermGap(PageValue):
    """Short-term beside long-term index, from the variance components."""

    cpk: float = Field(description="Index with the short-term variation.")
    ppk: float = Field(description="Index with the total variation.")
    sigma_short: float = Field(description="Short-term standard deviation, in the unit.")
    sigma_long: float = Field(description="Long-term standard deviation, in the unit.")
    within: str = Field(description="Variation within one level of this factor is short-term.")
    parts: tuple[LongTermPart, ...] = Field(description="Sources, the largest first.")


class LongTermTest(PageValue):
    """Evidence for one question of the time-dependent distribution model."""

    question: str = Field(description="What is asked.")
    test: str = Field(description="Which test answers it.")
    statistic: float = Field(description="Its statistic.")
    p: float = Field(description="Its p-value.")
    effect: float = Field(description="Size: share of the variance, or distance to the normal.")
    threshold: float = Field(description="Size from which on it counts.")
    counts: bool = Field(description="Whether it is both significant and large enough.")


class LongTermModel(PageValue):
    """Time-dependent distribution model of ISO 22514-2."""

    name: str = Field(description="A1, A2, B, C1, C2, C3, C4 or D.")
    location: str = Field(description="constant, random, systematic, systematic and random.")
    variation: str = Field(description="constant or changing.")
    shape: str = Field(description="Resulting distribution: normal, unimodal or multimodal.")
    level: float = Field(description="Level of each test.")
    evidence: tuple[LongTermTest, ...] = Field(description="One test for each question.")


class LongTermRule(PageValue):
    """One run rule over the means of short stretches, within each tool."""

    rule: str = Field(description="Its name.")
    sentence: str = Field(description="What it looks for.")
    count: int = Field(description="Points that break it.")
    expected: float = Field(description="Points expected of a stable process.")
    p: float = Field(description="Probability of so many by chance; runs counted as half.")


class LongTermStability(PageValue):
    """Evidence of the run rules."""

    points: int = Field(description="Plotted points.")
    unstable: bool = Field(description="Whether a rule is broken more often than chance allows.")
    rules: tuple[LongTermRule, ...] = Field(description="Every rule, with its count.")


class LongTermOfCharacteristic(PageValue):
    """Long-term capability of one characteristic."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    sites: tuple[str, ...] = Field(description="Codes of the sites.")
    unit: str = Field(description="Its unit.")
    lsl: float | None = Field(description="Lower specification limit; null if there is none.")
    usl: float | None = Field(description="Upper specification limit; null if there is none.")
    n: int = Field(description="Values.")
    effective_n: float = Field(description="Independent values that the mean is worth.")
    mean: float = Field(description="Mean, in the unit.")
    sigma: float = Field(description="Standard deviation (n - 1), in the unit.")
    ppk: LongTermEstimate | None = Field(description="Index of the pool; null without limits.")
    components: tuple[LongTermComponent, ...] = Field(description="Outermost first, fixed last.")
    period: str = Field(description="month or week.")
    periods: tuple[LongTermPeriod, ...] = Field(description="In order; the newest 120.")
    trend: LongTermEstimate | None = Field(
        description="Slope of the index, per month; null with fewer than 3 periods."
    )
    strata: tuple[LongTermStratum, ...] = Field(description="By excess ppm, the costliest first.")
    strata_judged: int = Field(description="Strata of all factors.")
    strata_below: int = Field(description="Strata surely below the requirement.")
    over_aggregated: bool = Field(
        description="Whether the pool meets a requirement that a stratum surely does not."
    )
    gap: LongTermGap | None = Field(description="Short beside long term; null without limits.")
    model: LongTermModel | None = Field(description="Null where the data do not allow it.")
    stability: LongTermStability | None = Field(description="Null with fewer than 10 points.")
    notes: tuple[str, ...] = Field(description="What was left out, and why.")
    verdict: Verdict = Field(description="The answer in one sentence.")


class LongTermNotStudied(PageValue):
    """A characteristic that was left out, and why."""

    code: str = Field(description="Code of the characteristic.")
    reason: str = Field(description="Why it was not studied, with the number.")


class LongTermCapabilityResult(AnalysisResult):
    """Long-term capability of every characteristic with data, worst first."""

    requirement: float = Field(description="Index required.")
    confidence: float = Field(description="Level of the intervals.")
    characteristics: tuple[LongTermOfCharacteristic, ...] = Field(description="Worst first.")
    not_studied: tuple[LongTermNotStudied, ...] = Field(description="Left out, and why.")
