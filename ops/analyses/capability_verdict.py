"""The verdict of a capability study: one sentence with the number and the comparison."""

from math import floor, log10

from ops.analyses.capability_parts import (
    DistributionFound,
    JudgedIndex,
    PopulationsFound,
    StabilityFound,
)
from ops.analyses.capability_result import CapabilityGroup, JudgedBy
from ops.capability.convention import Convention
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Series

MOST_DECIMALS = 6  # of an index in a sentence
CONVENTIONS = {"aiag-2005": "AIAG 2005", "iso-22514-2": "ISO 22514-2"}

_CLAIMS: dict[Level, Phrase] = {
    "bad": Phrase.of("{name}: {index} {value} ({level} {lower} to {upper}) is below {low}"),
    "warn": Phrase.of(
        "{name}: {index} {value} ({level} {lower} to {upper}) is above {low}, but its lower bound"
        " is not"
    ),
    "good": Phrase.of("{name}: {index} {value} ({level} {lower} to {upper}) is above {low}"),
}


def verdict(
    series: Series,
    pool: CapabilityGroup,
    strata: list[CapabilityGroup],
    evidence: tuple[StabilityFound | None, DistributionFound | None],
    asked: tuple[float, float, JudgedBy, Convention],
) -> Verdict:
    """Say in one sentence whether the requirement is met, and by whom it is not.

    Parameters
    ----------
    evidence
        Stability and distribution of the pool.
    asked
        Requirement, confidence, what is judged, and the convention.
    """
    name, (requirement, confidence, judged_by, convention) = series.characteristic.title, asked
    index = pool.index
    if index is None:
        return Verdict.of(
            "info", Phrase.of("{name}: no index; {reason}", name=name, reason=pool.reason or "")
        )
    level = _level(index, requirement, judged_by)
    said = f"{index.name} ({CONVENTIONS[convention]})"
    values = _compared(index, requirement, confidence)
    clauses = [Phrase.of(_CLAIMS[level].template, name=name, index=said, **values)]
    doubts = _doubts(pool, evidence, requirement, convention)
    factors = dict[str, str]()
    culprit = _culprit(strata, requirement)
    if culprit is not None:
        doubts.append(_alone(culprit, requirement))
        factors[culprit.factor] = culprit.level
    if doubts and level == "good":
        level = "warn"
    about = series.characteristic
    subject = Subject(site=about.site, characteristic=about.code, factors=factors)
    return Verdict.of(level, *clauses, *doubts, subject=subject)


def _doubts(
    pool: CapabilityGroup,
    evidence: tuple[StabilityFound | None, DistributionFound | None],
    requirement: float,
    convention: Convention,
) -> list[Phrase]:
    stable, shape = evidence
    doubts: list[Phrase] = []
    judged = pool.index
    if convention == "aiag-2005" and judged is not None and judged.letter == "C":
        ppk = pool.ppk
        if ppk is not None and ppk.value < requirement <= judged.value:
            shown = index_number(ppk.value, requirement)
            doubts.append(Phrase.of("the overall Ppk {ppk} is not", ppk=shown))
    if shape is not None and shape.populations is not None:
        return [*doubts, populations_phrase(shape)]
    if stable is not None and stable.broken:
        worst = stable.broken[0]
        doubts.append(
            Phrase.of(
                "the process is not stable: {points} points break rule {rule}, {expected} would by"
                " chance",
                points=Number(value=worst.points),
                rule=worst.rule,
                expected=Number(value=worst.expected, decimals=1),
            )
        )
    return doubts


def populations_phrase(shape: DistributionFound) -> Phrase:
    """Name the two populations, and the factor that tells them apart."""
    found = shape.populations
    assert found is not None
    values: dict[str, Number | str] = {
        "low": Number(value=found.mean[0], decimals=_decimals(found)),
        "high": Number(value=found.mean[1], decimals=_decimals(found)),
        "share": Number(value=round(found.share[1], 3), percent=True),
    }
    if not found.factor:
        return Phrase.of(
            "two populations at {low} and {high} ({share}) are mixed, no factor tells them apart",
            **values,
        )
    return Phrase.of(
        "two populations at {low} and {high} ({share}) are mixed, told apart by {factor}",
        **values,
        factor=found.factor,
    )


def _decimals(found: PopulationsFound) -> int:
    """Decimals of the two means: the third digit of the distance between them."""
    return max(0, 2 - floor(log10(abs(found.mean[1] - found.mean[0]) or 1.0)))


def _level(index: JudgedIndex, requirement: float, judged_by: JudgedBy) -> Level:
    if index.value < requirement:
        return "bad"
    if judged_by == "point":
        return "good"
    return "warn" if index.lower is None or index.lower < requirement else "good"


def _compared(index: JudgedIndex, requirement: float, confidence: float) -> dict[str, Number]:
    return {
        "value": index_number(index.value, requirement),
        "level": Number(value=confidence, percent=True),
        "lower": index_number(index.lower, requirement),
        "upper": index_number(index.upper, requirement),
        "low": Number(value=requirement),
    }


def _alone(culprit: CapabilityGroup, requirement: float) -> Phrase:
    assert culprit.index is not None
    where = {"factor": culprit.factor, "stratum": culprit.level}
    value = index_number(culprit.index.value, requirement)
    return Phrase.of("{factor} {stratum} alone has {value}", **where, value=value)


def index_number(value: float | None, requirement: float) -> Number:
    """Two decimals, or as many as show on which side of the requirement it lies."""
    if value is None:
        return Number(value=None, decimals=2)
    sides = (d for d in range(2, MOST_DECIMALS) if round(value, d) != round(requirement, d))
    decimals = 2 if value == requirement else next(sides, MOST_DECIMALS)
    return Number(value=round(value, decimals), decimals=decimals)


def _culprit(strata: list[CapabilityGroup], requirement: float) -> CapabilityGroup | None:
    """Worst stratum whose upper bound is below the requirement."""
    below = [
        group
        for group in strata
        if group.index is not None
        and group.index.upper is not None
        and group.index.upper < requirement
    ]
    return min(below, key=lambda group: group.worst, default=None)
