"""Agreement of two ways to measure as cases: the bias of all, and of each gauge that is apart.

Further quantities: gauge-bias (of each gauge, the one apart first), agreement-limit,
proportional-bias, pairs.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier, Label
from ops.advise.read.stored import Bounds, Stored
from ops.page import Subject, Verdict
from ops.page_value import Phrase


class _Group(Stored):
    level: str
    pairs: int
    units: int
    bias: Bounds | None
    lower: Bounds | None
    upper: Bounds | None
    trend: Bounds | None


class _Agreement(Stored):
    reference: str
    compared: str
    site: str
    unit: str
    confidence: float
    allowed: float | None
    stratum: str
    pool: _Group
    strata: tuple[_Group, ...]
    verdict: Verdict


def metrology_cases(run: StoredRun) -> Iterator[Case]:
    """Case of an agreement: all pairs, then every level of the stratum."""
    result = _Agreement.model_validate(run.result)
    verdict = result.verdict
    subject = verdict.subject or Subject(site=result.site, characteristic=result.compared)
    of = Dossier(run, f"{result.site}/{result.compared}", "gauge", subject)
    _add_group(
        of, result, result.pool, Phrase.of("bias against {reference}", reference=result.reference)
    )
    guilty = subject.factors.get(result.stratum, "")
    for group in sorted(result.strata, key=lambda one: one.level != guilty):
        parts = {"factor": result.stratum, "level": group.level}
        _add_group(of, result, group, Phrase.of("bias of {factor} {level}", **parts))
    if guilty:
        of.name(
            "stratum",
            Phrase.of("{factor} that stands apart", factor=result.stratum),
            guilty,
            level=verdict.level,
        )
    of.number("pairs", "wires measured by both", result.pool.pairs, decimals=0)
    of.number("units", "units measured by both", result.pool.units, decimals=0)
    of.verdict(verdict)
    facts = {
        "site": result.site, "characteristic": result.compared, "reference": result.reference,
        "stratum-factor": result.stratum if guilty else "", "stratum-level": guilty,
        "gauge": guilty if result.stratum == "gauge" else "",
        "agrees": _agrees(result),
        "gauges": _gauges(result),
    }  # fmt: skip
    yield of.case(
        Phrase.of("{one} against {other}", one=result.compared, other=result.reference),
        verdict.level,
        facts,
    )


def _gauges(result: _Agreement) -> str:
    """Gauges that were compared, each of which the case is about."""
    return ",".join(one.level for one in result.strata) if result.stratum == "gauge" else ""


def _add_group(of: Dossier, result: _Agreement, group: _Group, label: Label) -> None:
    of.estimate(
        "gauge-bias" if group.level else "bias", label, group.bias, result.unit,
        confidence=result.confidence,
        reference=result.allowed,
        reference_label="" if result.allowed is None else "allowed difference",
        level="info" if group.level else result.verdict.level,
    )  # fmt: skip
    if group.level:
        return
    limits = (group.lower, "lower limit of agreement"), (group.upper, "upper limit of agreement")
    for limit, name in limits:
        of.estimate(
            "agreement-limit", name, limit, result.unit,
            confidence=result.confidence,
        )  # fmt: skip
    of.estimate(
        "proportional-bias", "change of the difference by unit of measure", group.trend,
        confidence=result.confidence, reference=0.0, reference_label="no proportional bias",
    )  # fmt: skip


def _agrees(result: _Agreement) -> str:
    """Say yes or no where the verdict judges; empty where it does not."""
    return {"good": "yes", "warn": "no", "bad": "no"}.get(result.verdict.level, "")
