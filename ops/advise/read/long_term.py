"""Long-term capability as cases: the index, what takes it down, the guilty stratum.

Further quantities: index-trend, index-loss, index-without, component-share, strata-below,
rule-points, mean, sigma.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Bounds, Stored, is_code
from ops.advise.read.stratum import guilty_of
from ops.page import Subject, Verdict
from ops.page_value import Phrase

MOST_PARTS = 3  # sources of loss that are told


class _Component(Stored):
    source: str
    share: Bounds | None


class _Stratum(Stored):
    factor: str
    level: str
    index: float
    upper: float
    excess_ppm: float


class _Part(Stored):
    source: str
    share: float
    loss: float
    without: float


class _Gap(Stored):
    cpk: float
    parts: tuple[_Part, ...]


class _Rule(Stored):
    rule: str
    sentence: str
    count: int
    expected: float
    p: float


class _Stability(Stored):
    unstable: bool
    rules: tuple[_Rule, ...]


class _Model(Stored):
    name: str


class _Studied(Stored):
    code: str
    title: str
    sites: tuple[str, ...]
    unit: str
    lsl: float | None
    usl: float | None
    mean: float
    sigma: float
    ppk: Bounds | None
    components: tuple[_Component, ...]
    trend: Bounds | None
    strata: tuple[_Stratum, ...]
    strata_below: int
    over_aggregated: bool
    gap: _Gap | None
    model: _Model | None
    stability: _Stability | None
    verdict: Verdict


class _LongTerm(Stored):
    requirement: float
    confidence: float
    characteristics: tuple[_Studied, ...]


def long_term_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a long-term study, one for each characteristic, worst first."""
    result = _LongTerm.model_validate(run.result)
    for one in result.characteristics:
        yield _case(run, result, one)


def _case(run: StoredRun, result: _LongTerm, one: _Studied) -> Case:
    verdict, confidence = one.verdict, result.confidence
    subject = verdict.subject or Subject(characteristic=one.code)
    of = Dossier(run, "/".join((*one.sites, one.code)), "capability", subject)
    of.estimate(
        "ppk", "long-term Ppk", one.ppk, confidence=confidence, decimals=2,
        reference=result.requirement, reference_label="requirement", level=verdict.level,
    )  # fmt: skip
    of.number("requirement", "requirement", result.requirement, decimals=2)
    of.estimate("index-trend", "change of the index", one.trend, "1/month", confidence=confidence)
    guilty = guilty_of(one.strata, one.verdict)
    if guilty is not None:
        _add_stratum(of, result, guilty)
    of.number("strata-below", "strata surely below", one.strata_below, decimals=0)
    _add_sources(of, one, confidence)
    _add_rule(of, one)
    of.number("mean", "mean", one.mean, one.unit)
    of.number("sigma", "sigma", one.sigma, one.unit)
    of.number("limit", "lower limit", one.lsl, one.unit)
    of.number("limit", "upper limit", one.usl, one.unit)
    of.verdict(verdict, *(w for w in subject.factors.values() if not is_code(w)))
    return of.case(one.title, verdict.level, _facts(result, one, guilty))


def _add_stratum(of: Dossier, result: _LongTerm, guilty: _Stratum) -> None:
    of.name(
        "stratum",
        Phrase.of("guilty {factor}", factor=guilty.factor),
        guilty.level,
        quoted=not is_code(guilty.level),
    )
    of.number(
        "stratum-index", Phrase.of("Ppk of that {factor}", factor=guilty.factor),
        guilty.index, upper=guilty.upper,
        confidence=result.confidence, decimals=2, reference=result.requirement,
        reference_label="requirement", level="bad",
    )  # fmt: skip
    of.number(
        "stratum-ppm",
        Phrase.of("ppm outside that this {factor} adds", factor=guilty.factor),
        guilty.excess_ppm,
        "ppm",
        decimals=0,
    )


def _add_sources(of: Dossier, one: _Studied, confidence: float) -> None:
    if one.gap is not None:
        of.number("cpk", "short-term Cpk", one.gap.cpk, decimals=2)
        for part in one.gap.parts[:MOST_PARTS]:
            of.number(
                "index-loss",
                Phrase.of("index lost to {source}", source=part.source),
                part.loss,
                decimals=2,
            )
            of.number(
                "index-without",
                Phrase.of("index without {source}", source=part.source),
                part.without,
                decimals=2,
            )
    known = [c for c in one.components if c.share is not None and c.share.value is not None]
    for component in sorted(known, key=_share, reverse=True)[:MOST_PARTS]:
        of.estimate(
            "component-share",
            Phrase.of("share of the variance by {source}", source=component.source),
            component.share,
            confidence=confidence, percent=True, decimals=0,
        )  # fmt: skip


def _share(component: _Component) -> float:
    return 0.0 if component.share is None else component.share.value or 0.0


def _add_rule(of: Dossier, one: _Studied) -> None:
    if one.stability is None or not one.stability.unstable or not one.stability.rules:
        return
    rule = min(one.stability.rules, key=lambda r: r.p)
    of.name(
        "violated-rule", Phrase.of("run rule {rule}", rule=rule.rule), rule.sentence, level="warn"
    )
    of.number(
        "rule-points", "points that break it", rule.count, decimals=0, level="warn",
        reference=rule.expected, reference_label="expected by chance",
    )  # fmt: skip


def _facts(result: _LongTerm, one: _Studied, guilty: _Stratum | None) -> dict[str, str]:
    stable = "" if one.stability is None else "no" if one.stability.unstable else "yes"
    return {
        "site": " ".join(one.sites),
        "characteristic": one.code,
        "term": "long",
        "capable": _capable(one.ppk, result.requirement),
        "stable": stable,
        "main-source": one.gap.parts[0].source if one.gap is not None and one.gap.parts else "",
        "over-aggregated": "yes" if one.over_aggregated else "",
        "time-model": "" if one.model is None else one.model.name,
        "stratum-factor": "" if guilty is None else guilty.factor,
        "stratum-level": "" if guilty is None else guilty.level,
        "tool": guilty.level if guilty is not None and guilty.factor == "tool" else "",
    }


def _capable(ppk: Bounds | None, requirement: float) -> str:
    if ppk is None or ppk.value is None:
        return ""
    if ppk.value < requirement:
        return "no"
    return "yes" if ppk.lower is not None and ppk.lower >= requirement else "open"
