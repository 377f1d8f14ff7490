"""Result of the capability analysis: what is stored, exported and shown."""

from math import inf, isfinite
from typing import Any

import numpy as np
from pydantic import Field

from ops.analysis import AnalysisResult
from ops.capability.index import Indices, Interval
from ops.capability.study import Study, sigma_interval
from ops.page import Level, Number, PageValue, Phrase, Subject, Verdict
from ops.values import Series

BINS = 30
MOST_DECIMALS = 6  # of an index in a sentence


class Estimate(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float = Field(description="Estimate.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")


class CapabilityGroup(PageValue):
    """Capability of one group: the pool, or one level of one factor."""

    factor: str = Field(description="Factor of the stratum; empty for the pool.")
    level: str = Field(description="Level of the factor; `all` for the pool.")
    n: int = Field(description="Number of values.")
    mean: float = Field(description="Mean, in the unit of the characteristic.")
    sigma_within: Estimate | None = Field(description="Within-subgroup sigma, unit as above.")
    sigma_overall: Estimate = Field(description="Overall sigma (n - 1), unit as above.")
    cp: Estimate | None = Field(description="Cp, from sigma within; needs both limits.")
    cpk: Estimate | None = Field(description="Cpk, from sigma within.")
    pp: Estimate | None = Field(description="Pp, from sigma overall; needs both limits.")
    ppk: Estimate | None = Field(description="Ppk, from sigma overall.")
    cpm: Estimate | None = Field(description="Cpm, around the target; needs both limits.")
    outside_counted: Estimate | None = Field(description="Share outside the limits, counted, 0-1.")
    outside_expected: float | None = Field(
        description="Share outside of a normal process of this mean and overall sigma, 0-1."
    )
    outside_expected_within: float | None = Field(
        description="The same with the within-subgroup sigma: what a stable process would reach."
    )
    reason: str = Field(description="Why a part is null; empty if all is there.")

    @property
    def worst(self) -> float:
        """Cpk, else Ppk, else infinity: the key of rankings, worst first."""
        found = self.cpk or self.ppk
        return inf if found is None else found.value

    @classmethod
    def of(cls, label: tuple[str, str], found: Study, confidence: float) -> "CapabilityGroup":
        """Take over a study; `label` is factor and level."""
        within, overall = found.within, found.overall
        capability, performance = found.capability, found.performance
        return cls(
            factor=label[0],
            level=label[1],
            n=found.n,
            mean=found.mean,
            sigma_within=None if within is None else _made(sigma_interval(within, confidence)),
            sigma_overall=_made(sigma_interval(overall, confidence)),
            cp=_side(capability, "two_sided"),
            cpk=_side(capability, "minimum"),
            pp=_side(performance, "two_sided"),
            ppk=_side(performance, "minimum"),
            cpm=None if found.cpm is None else _made(found.cpm),
            outside_counted=None if found.outside is None else _made(found.outside.counted),
            outside_expected=None if found.outside is None else found.outside.expected,
            outside_expected_within=found.expected_within,
            reason=found.reason,
        )


class CapabilityOfCharacteristic(PageValue):
    """Capability of one characteristic: the pool beside its strata."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    lsl: float | None = Field(description="Lower specification limit; null if there is none.")
    usl: float | None = Field(description="Upper specification limit; null if there is none.")
    target: float | None = Field(description="Target; null if there is none.")
    subgrouping: str = Field(description="Rational subgroup and estimator of sigma within.")
    pool: CapabilityGroup = Field(description="All values together.")
    strata: tuple[CapabilityGroup, ...] = Field(description="By level, worst first.")
    strata_left_out: int = Field(description="Strata beyond those shown.")
    strata_unknown: tuple[str, ...] = Field(description="Factors asked for that the data lack.")
    bin_start: float = Field(description="Left edge of the histogram, in the unit.")
    bin_width: float = Field(description="Width of each of its bins, in the unit.")
    bin_counts: tuple[int, ...] = Field(description="Values in each bin, from left to right.")
    verdict: Verdict = Field(description="The answer in one sentence.")


class NotStudied(PageValue):
    """A characteristic that was left out, and why."""

    code: str = Field(description="Code of the characteristic.")
    reason: str = Field(description="Why it was not studied, with the number.")


class CapabilityResult(AnalysisResult):
    """Capability of every characteristic with data, worst first."""

    requirement: float = Field(description="Index required.")
    confidence: float = Field(description="Level of the intervals.")
    characteristics: tuple[CapabilityOfCharacteristic, ...] = Field(description="Worst first.")
    not_studied: tuple[NotStudied, ...] = Field(description="Characteristics left out, and why.")


_CLAIMS: dict[Level, Phrase] = {
    "bad": Phrase.of("{name}: {index} {value} ({level} {lower} to {upper}) is below {low}"),
    "warn": Phrase.of(
        "{name}: {index} {value} ({level} {lower} to {upper}) is above {low}, but its lower bound"
        " is not"
    ),
    "good": Phrase.of("{name}: {index} {value} ({level} {lower} to {upper}) is above {low}"),
}


def describe(series: Series, strata: tuple[str, ...]) -> dict[str, Any]:
    """Limits, histogram and unknown factors of a series, as fields of the result."""
    spec = series.spec
    counts, edges = np.histogram(series.value, bins=BINS)
    return {
        "lsl": spec.lower if spec is not None and isfinite(spec.lower) else None,
        "usl": spec.upper if spec is not None and isfinite(spec.upper) else None,
        "target": None if spec is None else spec.target,
        "bin_start": float(edges[0]),
        "bin_width": float(edges[-1] - edges[0]) / BINS,
        "bin_counts": tuple(int(c) for c in counts),
        "strata_unknown": tuple(s for s in strata if s not in series.factors),
    }


def verdict(
    series: Series,
    pool: CapabilityGroup,
    strata: list[CapabilityGroup],
    requirement: float,
    confidence: float,
) -> Verdict:
    """Say in one sentence whether the requirement is met, and by whom it is not."""
    name = series.characteristic.title
    index = pool.cpk or pool.ppk
    if index is None:
        return Verdict.of(
            "info", Phrase.of("{name}: no index; {reason}", name=name, reason=pool.reason or "")
        )
    level = _level(index, requirement)
    letter = "Cpk" if pool.cpk is not None else "Ppk"
    values = _compared(index, requirement, confidence)
    clauses = [Phrase.of(_CLAIMS[level].template, name=name, index=letter, **values)]
    if letter == "Cpk" and pool.ppk is not None and pool.ppk.value < requirement <= index.value:
        ppk = _index(pool.ppk.value, requirement)
        clauses.append(Phrase.of("the overall Ppk {ppk} is not", ppk=ppk))
        level = "warn"
    factors = dict[str, str]()
    culprit = _culprit(strata, requirement)
    if culprit is not None:
        clauses.append(_alone(culprit, requirement))
        factors[culprit.factor or ""] = culprit.level
        level = "warn" if level == "good" else level
    about = series.characteristic
    subject = Subject(site=about.site, characteristic=about.code, factors=factors)
    return Verdict.of(level, *clauses, subject=subject)


def _level(index: Estimate, requirement: float) -> Level:
    if index.value < requirement:
        return "bad"
    return "warn" if (index.lower or 0.0) < requirement else "good"


def _compared(index: Estimate, requirement: float, confidence: float) -> dict[str, Number]:
    return {
        "value": _index(index.value, requirement),
        "level": Number(value=confidence, percent=True),
        "lower": _index(index.lower, requirement),
        "upper": _index(index.upper, requirement),
        "low": Number(value=requirement),
    }


def _alone(culprit: CapabilityGroup, requirement: float) -> Phrase:
    worst = culprit.cpk or culprit.ppk
    assert worst is not None
    where = {"factor": culprit.factor or "", "stratum": culprit.level}
    value = _index(worst.value, requirement)
    return Phrase.of("{factor} {stratum} alone has {value}", **where, value=value)


def _index(value: float | None, requirement: float) -> Number:
    """Two decimals, or as many as show on which side of the requirement it lies."""
    if value is None:
        return Number(value=None, decimals=2)
    sides = (d for d in range(2, MOST_DECIMALS) if round(value, d) != round(requirement, d))
    decimals = 2 if value == requirement else next(sides, MOST_DECIMALS)
    return Number(value=round(value, decimals), decimals=decimals)


def _culprit(strata: list[CapabilityGroup], requirement: float) -> CapabilityGroup | None:
    """Worst stratum whose upper bound is below the requirement."""
    judged = [s for s in strata if (s.cpk or s.ppk) is not None]
    for group in judged:
        index = group.cpk or group.ppk
        if index is not None and index.upper is not None and index.upper < requirement:
            return group
    return None


def _made(interval: Interval) -> Estimate:
    return Estimate(
        value=float(interval.value),
        lower=float(interval.lower) if isfinite(interval.lower) else None,
        upper=float(interval.upper) if isfinite(interval.upper) else None,
    )


def _side(found: Indices | None, name: str) -> Estimate | None:
    interval: Interval | None = None if found is None else getattr(found, name)
    return None if interval is None else _made(interval)
