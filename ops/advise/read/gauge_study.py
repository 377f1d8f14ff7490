"""A gauge study as a case: %GRR, distinct categories, bias, drift of a master.

Further quantities: grr-source, cg, cgk, linearity, drift-signals.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.pace import add_pace
from ops.advise.read.stored import Bounds, Stored
from ops.page import Subject, Verdict
from ops.page_value import Phrase

LEAST_CATEGORIES = 5.0  # AIAG MSA: fewer tell parts apart too coarsely


class _Source(Stored):
    name: str
    role: str
    share: float | None


class _TypeOne(Stored):
    bias: Bounds
    p: float | None
    cg: Bounds
    cgk: float | None


class _Linearity(Stored):
    percent: float
    bias: Bounds
    linear: bool


class _Stability(Stored):
    broken: int
    drift_per_day: Bounds
    p: float | None
    bias: Bounds | None


class _Study(Stored):
    code: str
    title: str
    site: str
    unit: str
    study: str
    confidence: float
    tolerance: float | None
    sources: tuple[_Source, ...] = ()
    of_study: Bounds | None = None
    of_process: Bounds | None = None
    of_tolerance: Bounds | None = None
    distinct: int | None = None
    type_one: _TypeOne | None = None
    linearity: _Linearity | None = None
    stability: _Stability | None = None
    verdict: Verdict


def gauge_study_cases(run: StoredRun) -> Iterator[Case]:
    """Case of a gauge study."""
    result = _Study.model_validate(run.result)
    verdict = result.verdict
    subject = verdict.subject or Subject(site=result.site, characteristic=result.code)
    of = Dossier(run, f"{result.site}/{result.code}", "gauge", subject)
    _add_grr(of, run, result)
    _add_master(of, result)
    of.number("tolerance", "tolerance", result.tolerance, result.unit)
    of.verdict(verdict)
    facts = {
        "site": result.site, "characteristic": result.code, "study": result.study,
        "accepted": {"good": "yes", "warn": "open", "bad": "no"}.get(verdict.level, ""),
        "main-source": _main_source(result),
    }  # fmt: skip
    yield of.case(result.title, verdict.level, facts)


def _add_grr(of: Dossier, run: StoredRun, result: _Study) -> None:
    accept = run.params.get("accept")
    reference = accept if isinstance(accept, float) else None
    named = (
        ("tolerance", result.of_tolerance),
        ("process", result.of_process),
        ("study", result.of_study),
    )
    for what, found in named:
        of.estimate(
            "grr", Phrase.of("%GRR of {whole}", whole=what),
            found, confidence=result.confidence, percent=True,
            decimals=1, level=result.verdict.level, reference=reference,
            reference_label="" if reference is None else "accepted",
        )  # fmt: skip
    of.number(
        "ndc", "distinct categories", result.distinct, decimals=0, reference=LEAST_CATEGORIES,
        reference_label="least that is asked for",
    )  # fmt: skip
    for source in result.sources:
        if source.role in ("repeatability", "reproducibility"):
            of.number(
                "grr-source", Phrase.of("share of the variance by {source}", source=source.name),
                source.share,
                percent=True, decimals=1,
            )  # fmt: skip


def _add_master(of: Dossier, result: _Study) -> None:
    confidence = result.confidence
    if result.type_one is not None:
        one = result.type_one
        of.estimate("bias", "bias", one.bias, result.unit, confidence=confidence)
        of.estimate("cg", "Cg", one.cg, confidence=confidence, decimals=2)
        of.number("cgk", "Cgk", one.cgk, decimals=2)
        of.number("p-value", "p of no bias", one.p)
    if result.linearity is not None:
        line = result.linearity
        of.estimate("bias", "mean bias", line.bias, result.unit, confidence=confidence)
        of.number("linearity", "linearity, per cent of the process", line.percent, "%")
    if result.stability is not None:
        over = result.stability
        add_pace(
            of, "drift of the master", over.drift_per_day.value, f"{result.unit}/d",
            lower=over.drift_per_day.lower, upper=over.drift_per_day.upper, confidence=confidence,
        )  # fmt: skip
        of.estimate("bias", "bias of the master", over.bias, result.unit, confidence=confidence)
        of.number("drift-signals", "points of the master that break a rule", over.broken)
        of.number("p-value", "p of no drift of the master", over.p)


def _main_source(result: _Study) -> str:
    known = [s for s in result.sources if s.role in ("repeatability", "reproducibility")]
    return max(known, key=lambda s: s.share or 0.0).name if known else ""
