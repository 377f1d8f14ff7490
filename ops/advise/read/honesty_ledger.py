"""The record of predictions as evidence: one case for each kind of interval or finding.

Quantities: coverage (share that held, against what was promised), predictions, false-alarm-share,
findings, verdict. Facts: of, quantity, promised, status.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Number, Phrase


class _Interval(Stored):
    analysis: str
    quantity: str = ""
    level: float
    n: int | None = None
    share: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Finding(Stored):
    source: str
    findings: int | None = None
    share: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Ledger(Stored):
    false_share: float | None = None
    intervals: tuple[_Interval, ...] = ()
    findings: tuple[_Finding, ...] = ()


def read_honesty_ledger(run: StoredRun) -> Iterator[Case]:
    """Cases of a record of predictions."""
    found = _Ledger.model_validate(run.result)
    of = Dossier(run, "ledger", "forecast", Subject(site=run.site))
    yield of.case("record of predictions", tell_verdicts(of, run), {})
    for place, one in enumerate(found.intervals):
        yield _interval(run, one, place)
    for place, other in enumerate(found.findings):
        yield _finding(run, other, found.false_share, place)


def _interval(run: StoredRun, one: _Interval, place: int) -> Case:
    of = Dossier(run, f"intervals/{place + 1}", "forecast", Subject(site=run.site))
    label = Phrase.of(
        "share of the {level} intervals of {analysis} that held",
        level=Number(value=one.level, percent=True), analysis=one.analysis,
    )  # fmt: skip
    of.number(
        "coverage", label, one.share, lower=one.lower, upper=one.upper, confidence=0.95,
        percent=True, reference=one.level, reference_label="promised",
    )  # fmt: skip
    of.number("predictions", "predictions that could be told", one.n, decimals=0)
    level, status = _short(one.upper, one.level, one.share is not None)
    facts = {"of": one.analysis, "quantity": one.quantity, "status": status}
    parts = {"analysis": one.analysis, "quantity": one.quantity}
    return of.case(Phrase.of("intervals of {analysis} ({quantity})", **parts), level, facts)


def _short(upper: float | None, promised: float, told: bool) -> tuple[Level, str]:
    """Whether fewer held than promised, beyond chance."""
    if not told or upper is None:
        return "info", "open"
    return ("bad", "short") if upper < promised else ("good", "kept")


def _finding(run: StoredRun, one: _Finding, promised: float | None, place: int) -> Case:
    of = Dossier(run, f"findings/{place + 1}", "forecast", Subject(site=run.site))
    of.number(
        "false-alarm-share", Phrase.of("false alarms of {source}", source=one.source),
        one.share, lower=one.lower,
        upper=one.upper, confidence=0.95, percent=True, reference=promised,
        reference_label="" if promised is None else "promised",
    )  # fmt: skip
    of.number("findings", "findings", one.findings, decimals=0)
    beyond = one.lower is not None and promised is not None and one.lower > promised
    told = one.share is not None
    level: Level = "info" if not told else "bad" if beyond else "good"
    facts = {"of": one.source, "status": "open" if not told else "beyond" if beyond else "kept"}
    return of.case(Phrase.of("findings of {source}", source=one.source), level, facts)
