"""A stress test of a network as evidence: as a whole, then each disruption.

Quantities: undisturbed-cost, service-level, extra-cost, annual-loss, cvar, lost, survive-days,
recover-days, contingency-value, verdict. Facts: scenario, status, disruption, lost-sites,
bottleneck, exposed, pays.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored, verdict_on, verdicts_of
from ops.page import Subject
from ops.page_value import Level, Phrase

MOST = 20  # disruptions, those with the largest expected loss first


class _Case(Stored):
    code: str
    title: str = ""
    lost_sites: tuple[str, ...] = ()
    probability: float | None = None
    cvar: float | None = None
    extra: float | None = None
    annual_loss: float | None = None
    lost: float | None = None
    service: float | None = None
    bottleneck: str = ""


class _Survival(Stored):
    site: str
    survive_days: float | None = None
    recover_days: float | None = None
    exposed: bool | None = None


class _Contingency(Stored):
    name: str = ""
    value: float | None = None


class _Stress(Stored):
    scenario: str = ""
    title: str = ""
    money: str = ""
    plan_status: str = ""
    undisturbed: float | None = None
    undisturbed_service: float | None = None
    cases: tuple[_Case, ...] = ()
    survival: tuple[_Survival, ...] = ()
    contingencies: tuple[_Contingency, ...] = ()


def read_network_stress(run: StoredRun) -> Iterator[Case]:
    """Cases of a stress test."""
    found = _Stress.model_validate(run.result)
    factors = {"scenario": found.scenario} if found.scenario else {}
    of = Dossier(run, found.scenario or "stress", "plan", Subject(site=run.site, factors=factors))
    of.number("undisturbed-cost", "cost while nothing happens", found.undisturbed, found.money)
    label = "share served while nothing happens"
    of.number("service-level", label, found.undisturbed_service, percent=True)
    for one in found.contingencies:
        worth = Phrase.of("worth of {name} a year", name=one.name)
        of.number("contingency-value", worth, one.value, found.money)
    level = tell_verdicts(of, run, found.title)
    facts = {"scenario": found.scenario, "status": found.plan_status}
    yield of.case(Phrase.of("{scenario} under stress", scenario=found.scenario), level, facts)
    survival = {one.site: one for one in found.survival}
    for place, case in enumerate(found.cases[:MOST]):
        yield _disruption(run, found, case, survival, place)


def _disruption(
    run: StoredRun, found: _Stress, case: _Case, survival: dict[str, _Survival], place: int
) -> Case:
    site = case.lost_sites[0] if case.lost_sites else ""
    verdict = verdict_on(verdicts_of(run), level=site) if site else None
    subject = Subject(site=run.site, factors={"site": site} if site else {})
    what = f"{found.scenario or 'stress'}/{place + 1}"
    of = Dossier(run, what, "plan", subject)
    of.number("extra-cost", "cost beyond an undisturbed network", case.extra, found.money)
    of.number("annual-loss", "expected loss a year", case.annual_loss, found.money)
    of.number("service-level", "share served", case.service, percent=True)
    of.number("lost", "units lost", case.lost)
    of.number("cvar", "mean cost of the worst outcomes", case.cvar, found.money)
    of.number("probability", "chance a year", case.probability, percent=True)
    lasts = survival.get(site) or _Survival(site=site)
    of.number(
        "survive-days",
        Phrase.of("time to survive without {site}", site=site),
        lasts.survive_days,
        "d",
    )
    of.number(
        "recover-days", Phrase.of("time to recover {site}", site=site), lasts.recover_days, "d"
    )
    of.verdict(verdict, case.title)
    level: Level = verdict.level if verdict else "info"
    facts = {
        "scenario": found.scenario, "disruption": case.code, "bottleneck": case.bottleneck,
        "lost-sites": " ".join(case.lost_sites),
        "exposed": {None: "", True: "yes", False: "no"}[lasts.exposed],
    }  # fmt: skip
    return of.case(case.title or case.code, level, facts)
