"""Life tests of the demo plant: storage at high temperature, and those of the further kinds.

Each storage has three revisions, after a quarter, a half and all of its time: who reads them at an
earlier instant sees how the life looked then.
"""

from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from ops.db import life_revisions, life_tests
from ops.db.life_revisions import LifeOrigin
from ops.db.life_rows import packed
from ops.db.models.plant import Site
from ops.lifetime.document import LifeStress, LifeTestDocument
from ops.lifetime.rows import STRESS, LifeRows, texts_of
from ops.simulate.life import MODES, LifeTestPlan, LifeTests, simulate_life_tests
from ops.simulate.plant import Plant, PlantSite
from ops.work.demo_actor import ACTOR
from ops.work.demo_life_kinds import DemoLifeTest, demo_life_tests

USE_C = 55.0
DAY_S = 86_400
SHARES = (0.25, 0.5, 1.0)  # of the time of a test, at which its rows were sent


def store_life_tests(
    session: Session, row: Site, plant: Plant, place: PlantSite, now: datetime
) -> None:
    """Store the life tests of the plant at its first site, which has the ovens."""
    if place.code != plant.sites[0].code:
        return
    plan = LifeTestPlan()
    tests = simulate_life_tests(plan, seed=plant.seed)
    for product in plan.products:
        _store(session, row, plan, tests, product, now)
    today = now.timestamp() // DAY_S
    for test in demo_life_tests(plant, place, today):
        _store_one(session, row, test, now)


def storage_code(product: str) -> str:
    """Code of the storage of a package."""
    return f"HTS-{product}"


def _store_one(session: Session, site: Site, test: DemoLifeTest, now: datetime) -> None:
    fields = {
        "code": test.code,
        "site_id": site.id,
        "title": test.title,
        "kind": test.rows.kind,
        "document": test.document.model_dump(mode="json"),
    }
    begun = now - timedelta(hours=test.age_h)
    row = life_tests.create(session, fields, actor=ACTOR, now=begun)
    origin = LifeOrigin("replace", "as of the load of the demo plant")
    life_revisions.add(session, row, packed(test.rows), origin, actor=ACTOR, now=now)


def _store(
    session: Session,
    site: Site,
    plan: LifeTestPlan,
    tests: LifeTests,
    product: str,
    now: datetime,
) -> None:
    begun = now - timedelta(hours=plan.end_h)
    fields = {
        "code": storage_code(product),
        "site_id": site.id,
        "title": f"High-temperature storage of {product} (simulated)",
        "kind": "life",
        "document": document_of(plan, product).model_dump(mode="json"),
    }
    test = life_tests.create(session, fields, actor=ACTOR, now=begun)
    for share in SHARES:
        at_h = np.round(share * plan.end_h / plan.readout_h) * plan.readout_h
        at_h = plan.end_h if share == SHARES[-1] else float(at_h)
        rows = rows_of(plan, tests, product, at_h=at_h)
        origin = LifeOrigin("replace", f"readout at {at_h:g} h")
        then = begun + timedelta(hours=at_h)
        life_revisions.add(session, test, packed(rows), origin, actor=ACTOR, now=then)


def document_of(plan: LifeTestPlan, product: str) -> LifeTestDocument:
    """Facts of a test of the simulation."""
    readouts = np.arange(plan.readout_h, plan.end_h, plan.readout_h)
    return LifeTestDocument(
        product=product,
        failure="resistance of a bonded daisy chain up by 20 % at 25 degC",
        stresses=(LifeStress(name="temperature", unit="degC", use=USE_C),),
        group_means="oven",
        standard="JESD22-A103",
        planned_end=plan.end_h,
        readouts=(*(float(hours) for hours in readouts), plan.end_h),
        notes="Simulated: two competing modes, both accelerated by temperature.",
    )


def rows_of(plan: LifeTestPlan, tests: LifeTests, product: str, *, at_h: float) -> LifeRows:
    """Rows of a package as they were known at a readout."""
    mine = tests.product == plan.products.index(product)
    hours, seen = tests.hours[mine], tests.seen_h[mine]
    failed = tests.failed[mine] & (seen <= at_h)
    n = hours.size
    lasted = np.minimum(np.where(tests.failed[mine], at_h, np.maximum(hours, 0.1)), at_h)
    names = [MODES[mode] for mode in tests.mode[mine]]
    numbers = {
        "lower": np.where(failed, tests.last_good_h[mine], lasted),
        "upper": np.where(failed, seen, np.inf),
        "weight": np.ones(n),
        "entry": np.zeros(n),
        "exit": np.full(n, np.inf),
        STRESS + "temperature": tests.temperature_c[mine],
    }
    texts = {
        "unit_id": texts_of([f"{product}-{i + 1:03}" for i in range(n)], n),
        "mode": texts_of([m if f else "" for m, f in zip(names, failed, strict=True)], n),
        "group": texts_of([f"oven {t:g} degC" for t in tests.temperature_c[mine]], n),
    }
    return LifeRows("life", numbers, texts, stress_units={"temperature": "degC"})
