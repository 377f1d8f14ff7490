"""The nightly and weekly reports of a plant site of the demo, and their first night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.db import schedules
from ops.db.types import from_micros
from ops.simulate.field_returns import FieldPlan
from ops.simulate.layer_growth import GrowthPlan
from ops.simulate.life import LifeTestPlan
from ops.simulate.life_lots import LifeLotPlan
from ops.simulate.measurand import code_of, measurands
from ops.simulate.plant import Plant, PlantSite
from ops.work.demo_actor import ACTOR
from ops.work.demo_cases import has_cases
from ops.work.demo_classify import MODEL, TRAINING, has_datasets
from ops.work.demo_datasets import BONDS, LOOPS
from ops.work.demo_life import storage_code
from ops.work.demo_life_kinds import REPAIRS, field_code, growth_code, lots_code
from ops.work.demo_signals import HEIGHTS, TRACES
from ops.work.plan import planned
from ops.work.queue import JobQueue
from ops.work.submit import Submission, submit

STRATA = ("tool", "capillary_lot", "gauge")
NIGHTLY = "30 5 * * *"  # half an hour before the early shift, in the zone of the site
LATER = "40 5 * * *"
LAST = "0 6 * * *"  # when what the night said has been filed
WEEKLY = "0 4 * * 1"
SCREENED_DAYS = 14  # a reading each shift: fewer days are no baseline
RECORD_DAYS = 90  # what a report looks back at
DRIFT_DAYS = 28  # of the screen: what its promise was measured with


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a site; one without a time is computed once, with the first night.

    `waits` is for a report that has nothing to say in the first night: it is only scheduled.
    """

    name: str
    analysis: str
    params: dict[str, Any]
    cron: str = ""
    waits: bool = False


def begin_nights(
    session: Session,
    queue: JobQueue,
    plant: Plant,
    site: PlantSite,
    end_us: int,
    now: datetime,
) -> list[str]:
    """Create the schedules of a site, and submit its reports for the midnight of its record."""
    begun = [
        _begin(session, queue, report, site, end_us, now) for report in reports_of(plant, site)
    ]
    return [run_id for run_id in begun if run_id is not None]


def reports_of(plant: Plant, site: PlantSite) -> Iterator[Report]:
    """Yield the reports of a site: one line is all that a further one takes."""
    here = {"site": site.code}
    heights = [code_of("loop", product) for product in site.products]
    limited = [m.code for m in measurands(plant, site) if m.kind not in ("non-stick", "study")]
    last = site.products[-1]
    days = {"last": f"{min(plant.days, RECORD_DAYS)}d"}
    pair = {"reference": code_of("x-ray", last), "compared": code_of("loop", last)}
    nightly = here | {"window": {"last": "7d"}}
    capability = nightly | {"characteristics": limited, "strata": list(STRATA)}
    long_term = here | {"window": days, "characteristics": heights, "period": "week"}
    readings = [code_of("correction", ""), code_of("master", "")]  # independent, as a screen asks
    screen = here | {"window": days, "characteristics": readings, "baseline_share": 0.4}
    clearance = here | {"window": days, "package": site.products[0], "apex": heights[0]}
    capillaries = here | {"window": days, "characteristics": heights}
    programs = capillaries | {"corrections": code_of("correction", "")}
    study = here | {"window": days, "characteristic": code_of("study", "")}
    yield Report("Nightly capability", "capability", capability, NIGHTLY)
    if plant.days >= SCREENED_DAYS:
        yield Report("Nightly stream screen", "stream-screen", screen, LATER)
        yield from _on_drift(plant, site)
    yield Report("Nightly metrology agreement", "metrology-agreement", nightly | pair, LATER)
    yield Report("Weekly long-term capability", "long-term-capability", long_term, WEEKLY)
    yield Report("Weekly loop clearance", "loop-clearance", clearance, WEEKLY)
    yield Report("Weekly capillary health", "capillary-health", capillaries, WEEKLY)
    yield Report("Nightly program calibration", "loop-program-calibration", programs, LATER)
    yield Report("Gauge study", "gauge-study", study)
    if site.code == plant.sites[0].code:  # it has the life tests
        yield from _on_lives(here)
    yield from _on_learning(plant, site)
    yield Report("Nightly honesty ledger", "honesty-ledger", here, LAST, waits=True)


def _on_lives(here: dict[str, Any]) -> Iterator[Report]:
    """Yield what the life tests say: the lots and the field each night, the others once."""
    lots, field, growth = LifeLotPlan(), FieldPlan(), GrowthPlan()
    storage = here | {"life_test": storage_code(LifeTestPlan().products[0])}
    batch = here | {"life_test": lots_code(lots), "target": 500.0}
    returns = here | {"life_test": field_code(field), "warranty": 730.0}
    layer = here | {"life_test": growth_code(growth), "limit": growth.limit_um}
    heel = {"families": {"heel-crack": "lognormal"}}
    oven = storage | {"groups": [f"oven {LifeTestPlan().reference_c:g} degC"]}
    yield Report("Nightly life in storage", "lifetime-fit", oven, LATER)
    yield Report("Nightly lives of lots", "lifetime-batch", batch, LATER)
    yield Report("Nightly warranty forecast", "warranty-forecast", returns, LATER)
    yield Report("Accelerated life", "accelerated-life", storage | heel)
    yield Report("Repairs of bond heads", "repairable-trend", here | {"life_test": REPAIRS})
    yield Report("Life of the layer", "degradation-life", layer)


def _on_learning(plant: Plant, site: PlantSite) -> Iterator[Report]:
    """Yield what trains models each week, what watches them each night, and what has helped."""
    here = {"site": site.code}
    if has_cases(plant, site):
        yield Report("Nightly action ranking", "action-ranking", here, LATER)
    if not has_datasets(plant, site):
        return
    watched = here | {"dataset": BONDS, "model": MODEL}
    champion = watched | {"versions": ["champion"]}
    loops = {"dataset": LOOPS, "model": LOOPS, "rebuild": True, "title": "Loop heights astray"}
    quick = {"kinds": ["logistic"], "folds": 3, "tune": False}
    yield Report("Nightly classifier evaluation", "classifier-evaluate", champion, LATER)
    yield Report("Nightly classifier monitor", "classifier-monitor", watched, LATER)
    yield Report("Weekly training of lifted balls", "classifier-train", here | TRAINING, WEEKLY)
    yield Report(
        "Weekly training of loop heights", "classifier-train", here | loops | quick, WEEKLY
    )
    traces = {"dataset": TRACES, "model": TRACES, "title": "Lifted bonds from traces"}
    heights = {"dataset": HEIGHTS, "model": HEIGHTS, "title": "Loop heights from signals"}
    ridge = quick | {"kinds": ["ridge"]}
    yield Report("Training on traces", "trace-classifier-train", here | traces | quick)
    yield Report("Virtual metrology", "virtual-metrology", here | heights | ridge)


def _on_drift(plant: Plant, site: PlantSite) -> Iterator[Report]:
    """Yield what looks for drift: the screen, the fleet in what all bonders share, one bonder."""
    here = {"site": site.code, "window": {"last": f"{min(plant.days, DRIFT_DAYS)}d"}}
    shared = [code_of("correction", ""), code_of("non-stick", "")]
    tool, watched = _watched(plant, site)
    record = {"site": site.code, "window": {"last": f"{min(plant.days, RECORD_DAYS)}d"}}
    yield Report("Nightly drift screen", "drift-screen", here, LATER)
    yield Report(
        "Weekly tool matching", "tool-matching", here | {"characteristics": shared}, WEEKLY
    )
    yield Report(f"Nightly drift of {tool}", "drift", record | watched, LATER)


def _watched(plant: Plant, site: PlantSite) -> tuple[str, dict[str, Any]]:
    """Bonder of a site that somebody keeps an eye on, and what of it is looked at."""
    causes, product_of = plant.causes, {b.code: b.product for b in site.bonders}
    if causes.drift.bonder in product_of:
        tool = causes.drift.bonder
        code, beside = code_of("loop", product_of[tool]), code_of("correction", "")
        return tool, {"characteristic": code, "tool": tool, "corrections": beside}
    tool = causes.corrections.bonder
    return tool, {"characteristic": code_of("correction", ""), "tool": tool}


def _begin(
    session: Session,
    queue: JobQueue,
    report: Report,
    site: PlantSite,
    end_us: int,
    now: datetime,
) -> str | None:
    midnight = from_micros(end_us)
    key = _schedule(session, report, site, now) if report.cron else None
    if report.waits:
        return None
    first_night = Submission(
        analysis=report.analysis,
        params=report.params,
        actor=ACTOR,
        now=now,
        fire_at=midnight,
        queue="nightly",
        schedule_id=key,
        fire_key=None if key is None else f"first night {midnight.date().isoformat()}",
    )
    return submit(session, queue, first_night).id


def _schedule(session: Session, report: Report, site: PlantSite, now: datetime) -> int:
    wanted = {
        "name": f"{report.name} {site.title.partition(' ')[0]}",
        "analysis": report.analysis,
        "params": report.params,
        "cron": report.cron,
        "zone": site.zone,
        "enabled": True,
        "catch_up": "once",
        "max_parallel": 1,
    }
    fields = planned(session, wanted, actor=ACTOR, now=now)
    return schedules.create(session, fields, actor=ACTOR, now=now).id
