"""Positioned safety stock as evidence: all of it, then each place that holds.

Quantities: cost-year, saving-share, gap, safety-stock, cover-days, service-level, worth, verdict.
Facts: scenario, status, method, place, commodity, role, target-met.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Bounds, Stored
from ops.page import Subject
from ops.page_value import Phrase

MOST = 15  # places that hold, the dearest first


class _Achieved(Stored):
    cycle_service: Bounds | None = None


class _Stage(Stored):
    site: str
    commodity: str = ""
    unit: str = ""
    role: str = ""
    ships: bool = False
    target: float | None = None
    safety_stock: float | None = None
    cover: float | None = None
    cost: float | None = None
    worth: float | None = None
    achieved: _Achieved | None = None


class _Positioned(Stored):
    scenario: str = ""
    title: str = ""
    money: str = ""
    status: str = ""
    method: str = ""
    cost: float | None = None
    gap: float | None = None
    decoupled_cost: float | None = None
    saved: float | None = None
    stages: tuple[_Stage, ...] = ()


def read_inventory_positioning(run: StoredRun) -> Iterator[Case]:
    """Cases of positioned stock."""
    found = _Positioned.model_validate(run.result)
    factors = {"scenario": found.scenario} if found.scenario else {}
    of = Dossier(run, found.scenario or "stock", "plan", Subject(site=run.site, factors=factors))
    of.number(
        "cost-year", "safety stock a year", found.cost, found.money,
        reference=found.decoupled_cost, reference_label="if each covered itself",
    )  # fmt: skip
    of.number("saving-share", "saved by placing it", found.saved, percent=True)
    of.number("gap", "share that is not proven", found.gap, percent=True)
    level = tell_verdicts(of, run, found.title)
    facts = {"scenario": found.scenario, "status": found.status, "method": found.method}
    yield of.case(Phrase.of("safety stock of {scenario}", scenario=found.scenario), level, facts)
    for stage in [one for one in found.stages if one.role == "holds"][:MOST]:
        yield _stage(run, found, stage)


def _stage(run: StoredRun, found: _Positioned, stage: _Stage) -> Case:
    name = f"{stage.site}/{stage.commodity}"
    subject = Subject(site=run.site, factors={"site": stage.site, "commodity": stage.commodity})
    of = Dossier(run, f"{found.scenario or 'stock'}/{name}", "plan", subject)
    of.number("safety-stock", "safety stock", stage.safety_stock, stage.unit)
    of.number("cover-days", "demand that it covers", stage.cover, "d")
    of.number("cost-year", "safety stock a year", stage.cost, found.money)
    of.number("worth", "dearer a year without it", stage.worth, found.money)
    served = stage.achieved.cycle_service if stage.achieved else None
    if served is not None:
        of.number(
            "service-level", "days with nothing overdue", served.value, lower=served.lower,
            upper=served.upper, confidence=0.95, percent=True, reference=stage.target,
            reference_label="" if stage.target is None else "target",
        )  # fmt: skip
    missed = (
        served is not None and served.upper is not None and stage.target is not None
        and served.upper < stage.target
    )  # fmt: skip
    facts = {
        "scenario": found.scenario, "place": stage.site, "commodity": stage.commodity,
        "role": stage.role, "target-met": "no" if missed else "yes" if served else "",
    }  # fmt: skip
    return of.case(Phrase.of("stock of {place}", place=name), "warn" if missed else "info", facts)
