"""Agreement of two ways to measure as cases: the bias of all, and of each gauge that is apart.

Further quantities: gauge-bias (of each gauge, the one apart first), agreement-limit,
proportional-bias, pairs.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Bounds, Stored
from ops.page import Subject, Verdict


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
    _add_group(of, result, result.pool, f"bias against {result.reference}")
    guilty = subject.factors.get(result.stratum, "")
    for group in sorted(result.strata, key=lambda one: one.level != guilty):
        _add_group(of, result, group, f"bias of {result.stratum} {group.level}")
    if guilty:
        of.name("stratum", f"{result.stratum} that stands apart", guilty, level=verdict.level)
    of.number("pairs", "wires measured by both", result.pool.pairs, decimals=0)
    of.number("units", "units measured by both", result.pool.units, decimals=0)
    of.verdict(verdict)
    facts = {
        "site": result.site, "characteristic": result.compared, "reference": result.reference,
        "stratum-factor": result.stratum if guilty else "", "stratum-level": guilty,
        "gauge": guilty if result.stratum == "gauge" else "",
        "agrees": _agrees(result),
    }  # fmt: skip
    yield of.case(f"{result.compared} against {result.reference}", verdict.level, facts)


def _add_group(of: Dossier, result: _Agreement, group: _Group, label: str) -> None:
    of.estimate(
        "gauge-bias" if group.level else "bias", label, group.bias, result.unit,
        confidence=result.confidence,
        reference=result.allowed,
        reference_label="" if result.allowed is None else "allowed difference",
        level="info" if group.level else result.verdict.level,
    )  # fmt: skip
    if group.level:
        return
    for limit, name in ((group.lower, "lower"), (group.upper, "upper")):
        of.estimate(
            "agreement-limit", f"{name} limit of agreement", limit, result.unit,
            confidence=result.confidence,
        )  # fmt: skip
    of.estimate(
        "proportional-bias", "change of the difference by unit of measure", group.trend,
        confidence=result.confidence, reference=0.0, reference_label="no proportional bias",
    )  # fmt: skip


def _agrees(result: _Agreement) -> str:
    """Say yes or no where the verdict judges; empty where it does not."""
    return {"good": "yes", "warn": "no", "bad": "no"}.get(result.verdict.level, "")
