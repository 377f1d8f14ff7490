"""Result of an attribute agreement study: what is stored, exported and shown."""

from collections.abc import Mapping
from math import isfinite

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.capability.index import Interval
from ops.gauge.appraisal import Appraiser, Grade
from ops.gauge.kappa import Kappa
from ops.page import Verdict
from ops.page_value import PageValue


class AgreementEstimate(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float | None = Field(description="Estimate; null if undefined.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")

    @classmethod
    def of(cls, interval: Interval | None) -> "AgreementEstimate | None":
        """Take over an interval; None stays None, what is not finite becomes null."""
        if interval is None:
            return None
        value, lower, upper = (
            float(v) if isfinite(v) else None
            for v in (interval.value, interval.lower, interval.upper)
        )
        return cls(value=value, lower=lower, upper=upper)


class KappaOutcome(PageValue):
    """Agreement beyond chance."""

    value: float | None = Field(description="Kappa; null if all is in one category.")
    lower: float | None = Field(description="Lower bound.")
    upper: float | None = Field(description="Upper bound.")
    se: float | None = Field(description="Standard error of the estimate.")
    z: float | None = Field(description="Against agreement by chance.")
    p: float | None = Field(description="One-sided p value that it is not better than chance.")
    agreement: float = Field(description="Share of pairs that agree, 0-1.")

    @classmethod
    def of(cls, kappa: Kappa | None) -> "KappaOutcome | None":
        """Take over a kappa; None stays None, what is not finite becomes null."""
        if kappa is None:
            return None
        numbers = {
            "value": kappa.value.value,
            "lower": kappa.value.lower,
            "upper": kappa.value.upper,
            "se": kappa.se,
            "z": kappa.z,
            "p": kappa.p,
        }
        known = {name: float(v) if isfinite(v) else None for name, v in numbers.items()}
        return cls(**known, agreement=kappa.agreement)


class AppraiserOutcome(PageValue):
    """How one appraiser, or all together, judged."""

    name: str = Field(description="Appraiser; `all` for all of them as if they were one.")
    parts: int = Field(description="Parts judged.")
    ratings: int = Field(description="Judgements in all.")
    within: AgreementEstimate | None = Field(
        description="Share of parts with equal judgements, 0-1; null with one of each."
    )
    kappa_within: KappaOutcome | None = Field(
        description="Fleiss' kappa of the judgements; null if their numbers differ."
    )
    effectiveness: AgreementEstimate | None = Field(
        description="Share of parts always judged right, 0-1; null without a standard."
    )
    miss: AgreementEstimate | None = Field(
        description="Share of judgements of bad parts that say good, 0-1."
    )
    false_alarm: AgreementEstimate | None = Field(
        description="Share of judgements of good parts that say bad, 0-1."
    )
    kappa_standard: KappaOutcome | None = Field(
        description="Cohen's kappa against the standard; null without one."
    )
    grade: Grade | None = Field(description="Worst of the three by AIAG; null without a standard.")

    @classmethod
    def of(cls, name: str, found: Appraiser) -> "AppraiserOutcome":
        """Take over what a study found."""
        return cls(
            name=name,
            parts=found.parts,
            ratings=found.ratings,
            within=AgreementEstimate.of(found.within),
            kappa_within=KappaOutcome.of(found.kappa_within),
            effectiveness=AgreementEstimate.of(found.effectiveness),
            miss=AgreementEstimate.of(found.miss),
            false_alarm=AgreementEstimate.of(found.false_alarm),
            kappa_standard=KappaOutcome.of(found.kappa_standard),
            grade=found.grade,
        )


class PairOutcome(PageValue):
    """Cohen's kappa of two appraisers."""

    first: str = Field(description="One appraiser.")
    second: str = Field(description="The other.")
    kappa: KappaOutcome = Field(description="Their agreement beyond chance.")


class AttributeAgreementResult(AnalysisResult):
    """Agreement of appraisers on one attribute characteristic."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    confidence: float = Field(description="Level of the intervals.")
    categories: tuple[str, ...] = Field(description="Categories found, as their values.")
    names: Mapping[str, str] = Field(description="Names of categories that were given.")
    n: int = Field(description="Judgements used.")
    without: int = Field(description="Judgements left out: no part, no appraiser, no whole value.")
    parts: int = Field(description="Distinct parts.")
    known: int = Field(description="Parts with a standard.")
    appraisers: tuple[AppraiserOutcome, ...] = Field(description="Worst first.")
    all: AppraiserOutcome = Field(description="All appraisers together, against each other.")
    pairs: tuple[PairOutcome, ...] = Field(description="Each two appraisers, at most 200.")
    verdict: Verdict = Field(description="The answer in one sentence.")
