"""A capability study as cases: each characteristic with its index, its spread, its guilty stratum.

Further quantities: pp, ppm-counted, mean, sigma, rule-points, stratum-ppm, population.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.apart import Stratum, stands_apart
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Bounds, Stored, is_code
from ops.advise.read.stratum import guilty_of
from ops.page import Subject, Verdict
from ops.page_value import Phrase


class _Index(Stored):
    letter: str
    spread: float | None
    value: float
    lower: float | None
    upper: float | None


class _Group(Stored):
    factor: str
    level: str
    n: int
    mean: float
    sigma_overall: Bounds
    index: _Index | None = None
    excess_ppm: float | None = None
    outside_counted: Bounds | None


class _Broken(Stored):
    rule: str
    sentence: str
    points: int
    expected: float


class _Stability(Stored):
    shown: bool
    broken: tuple[_Broken, ...]


class _Populations(Stored):
    mean: tuple[float, float]
    factor: str
    levels: tuple[str, ...]


class _Distribution(Stored):
    populations: _Populations | None


class _Studied(Stored):
    code: str
    title: str
    site: str
    unit: str
    lsl: float | None
    usl: float | None
    target: float | None
    pool: _Group
    strata: tuple[_Group, ...]
    distribution: _Distribution | None = None
    stability: _Stability | None = None
    expected_ppm: Bounds | None = None
    verdict: Verdict


class _Capability(Stored):
    requirement: float
    confidence: float
    characteristics: tuple[_Studied, ...]


def capability_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a capability study, one for each characteristic, worst first."""
    result = _Capability.model_validate(run.result)
    for one in result.characteristics:
        yield _case(run, result, one)


def _case(run: StoredRun, result: _Capability, one: _Studied) -> Case:
    verdict = one.verdict
    subject = verdict.subject or Subject(site=one.site, characteristic=one.code)
    of = Dossier(run, f"{one.site}/{one.code}", "capability", subject)
    confidence = result.confidence
    _add_index(of, result, one.pool.index, verdict)
    guilty = guilty_of(one.strata, one.verdict)
    if guilty is not None:
        _add_stratum(of, result, guilty)
    _add_stability(of, one)
    of.estimate(
        "ppm", "share outside that is expected", one.expected_ppm, "ppm", confidence=confidence,
        decimals=0,
    )  # fmt: skip
    of.estimate(
        "ppm-counted", "share outside that was counted", one.pool.outside_counted,
        confidence=confidence, percent=True, decimals=2,
    )  # fmt: skip
    of.number(
        "mean", "mean", one.pool.mean, one.unit,
        reference=one.target, reference_label="" if one.target is None else "target",
    )  # fmt: skip
    of.estimate("sigma", "sigma", one.pool.sigma_overall, one.unit, confidence=confidence)
    of.number("limit", "lower limit", one.lsl, one.unit)
    of.number("limit", "upper limit", one.usl, one.unit)
    of.number("target", "target", one.target, one.unit)
    of.verdict(verdict, *(w for w in subject.factors.values() if not is_code(w)))
    return of.case(one.title, verdict.level, _facts(result, one, guilty))


def _add_index(of: Dossier, result: _Capability, index: _Index | None, verdict: Verdict) -> None:
    if index is None:
        return
    of.number(
        f"{index.letter.lower()}pk", f"{index.letter}pk", index.value,
        lower=index.lower, upper=index.upper, confidence=result.confidence, decimals=2,
        reference=result.requirement, reference_label="requirement", level=verdict.level,
    )  # fmt: skip
    of.number("requirement", "requirement", result.requirement, decimals=2)
    if index.spread is not None:
        of.number(
            f"{index.letter.lower()}p", f"{index.letter}p", index.spread, decimals=2,
            reference=result.requirement, reference_label="requirement",
        )  # fmt: skip
    if index.spread:
        lost = 1 - index.value / index.spread  # k: Cpk = (1 - k) Cp
        of.number("off-centre", "part of it lost off centre", lost, decimals=0, percent=True)


def _add_stratum(of: Dossier, result: _Capability, guilty: _Group) -> None:
    of.name(
        "stratum",
        Phrase.of("guilty {factor}", factor=guilty.factor),
        guilty.level,
        quoted=not is_code(guilty.level),
    )
    index = guilty.index
    if index is not None:
        of.number(
            "stratum-index", Phrase.of(
                "{index} of that {factor} alone", index=f"{index.letter}pk", factor=guilty.factor
            ),
            index.value, lower=index.lower, upper=index.upper, confidence=result.confidence,
            decimals=2, reference=result.requirement, reference_label="requirement", level="bad",
        )  # fmt: skip
    of.number(
        "stratum-ppm", Phrase.of("ppm outside that this {factor} adds", factor=guilty.factor),
        guilty.excess_ppm,
        "ppm", decimals=0,
    )  # fmt: skip


def _add_stability(of: Dossier, one: _Studied) -> None:
    broken = () if one.stability is None else one.stability.broken
    for rule in broken[:1]:
        of.name(
            "violated-rule",
            Phrase.of("run rule {rule}", rule=rule.rule),
            rule.sentence,
            level="warn",
        )
        of.number(
            "rule-points", "points that break it", rule.points, decimals=0, level="warn",
            reference=rule.expected, reference_label="expected by chance",
        )  # fmt: skip
    populations = None if one.distribution is None else one.distribution.populations
    for mean in () if populations is None else populations.mean:
        of.number("population", "mean of one of two populations", mean, one.unit)


def _facts(result: _Capability, one: _Studied, guilty: _Group | None) -> dict[str, str]:
    populations = None if one.distribution is None else one.distribution.populations
    return {
        "site": one.site,
        "characteristic": one.code,
        "capable": _capable(one.pool.index, result.requirement),
        "spread-capable": _spread_capable(one.pool.index, result.requirement),
        "stable": "" if one.stability is None else "no" if one.stability.broken else "yes",
        "rules-broken": ""
        if one.stability is None
        else " ".join(broken.rule for broken in one.stability.broken),
        "mixture": "" if populations is None else "yes",
        "mixture-factor": "" if populations is None else populations.factor,
        "mixture-levels": "" if populations is None else " ".join(populations.levels),
        "stratum-factor": "" if guilty is None else guilty.factor,
        "stratum-level": "" if guilty is None else guilty.level,
        "stratum-apart": _apart(one, guilty),
        "tool": guilty.level if guilty is not None and guilty.factor == "tool" else "",
        "index": "" if one.pool.index is None else f"{one.pool.index.letter}pk",
    }


def _apart(one: _Studied, guilty: _Group | None) -> str:
    """Say yes or no; empty where there is no guilty stratum, or its like are not known."""
    if guilty is None or guilty.sigma_overall.value is None:
        return ""
    others = [
        Stratum(s.n, s.mean, s.sigma_overall.value)
        for s in one.strata
        if s.factor == guilty.factor and s.level != guilty.level
        and s.sigma_overall.value is not None
    ]  # fmt: skip
    found = stands_apart(Stratum(guilty.n, guilty.mean, guilty.sigma_overall.value), others)
    return {None: "", True: "yes", False: "no"}[found]


def _capable(index: _Index | None, requirement: float) -> str:
    """Say yes, no, or open: not surely."""
    if index is None:
        return ""
    if index.value < requirement:
        return "no"
    return "yes" if index.lower is not None and index.lower >= requirement else "open"


def _spread_capable(index: _Index | None, requirement: float) -> str:
    if index is None or index.spread is None:
        return ""
    return "yes" if index.spread >= requirement else "no"
