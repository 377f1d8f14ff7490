"""Further life tests of the demo plant: lots on test, the field, repairs, growth of a layer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ops.lifetime.document import LifeMeasure, LifeStress, LifeTestDocument
from ops.lifetime.rows import STRESS, LifeRows, texts_of
from ops.simulate.field_returns import MODES as FIELD_MODES
from ops.simulate.field_returns import FieldPlan, simulate_field_returns
from ops.simulate.layer_growth import GrowthPlan, simulate_growth
from ops.simulate.life_lots import LifeLotPlan, simulate_life_lots
from ops.simulate.plant import Plant, PlantSite
from ops.simulate.repairs import MODES as REPAIR_MODES
from ops.simulate.repairs import RepairPlan, simulate_repairs

REPAIRS = "BOND-HEADS"


@dataclass(frozen=True, slots=True)
class DemoLifeTest:
    """A life test with one revision, read `age_h` hours after its begin."""

    code: str
    title: str
    document: LifeTestDocument
    rows: LifeRows
    age_h: float


def demo_life_tests(plant: Plant, place: PlantSite, today: float) -> Iterator[DemoLifeTest]:
    """Yield the life tests that have one revision; `today` in days since 1970."""
    yield lots_of(LifeLotPlan(), plant.seed)
    yield field_of(FieldPlan(), plant.seed, today)
    yield repairs_of(RepairPlan(worn=plant.causes.drift.bonder), plant.seed, place)
    yield growth_of(GrowthPlan(), plant.seed)


def lots_code(plan: LifeLotPlan) -> str:
    """Code of the operating life of lots."""
    return f"OLT-{plan.product}"


def field_code(plan: FieldPlan) -> str:
    """Code of the returns from the field."""
    return f"FIELD-{plan.product}"


def growth_code(plan: GrowthPlan) -> str:
    """Code of the readings of the layer."""
    return f"IMC-{plan.product}"


def lots_of(plan: LifeLotPlan, seed: int) -> DemoLifeTest:
    """Operating life of many lots."""
    seen = simulate_life_lots(plan, seed=seed)
    n = seen.hours.size
    numbers = {
        "lower": seen.hours,
        "upper": np.where(seen.failed, seen.hours, np.inf),
        "weight": np.ones(n),
        "entry": np.zeros(n),
        "exit": np.full(n, np.inf),
        STRESS + "temperature": np.full(n, plan.temperature_c),
    }
    texts = {
        "unit_id": texts_of([f"OL-{i + 1:04}" for i in range(n)], n),
        "mode": texts_of(["ball-lift" if f else "" for f in seen.failed], n),
        "group": texts_of([plan.code_of(at) for at in seen.lot.tolist()], n),
    }
    document = LifeTestDocument(
        product=plan.product,
        failure="a bond of the device is open",
        stresses=(LifeStress(name="temperature", unit="degC", use=plan.temperature_c),),
        group_means="lot",
        standard="JESD22-A108",
        planned_end=plan.end_h,
        notes="Simulated: the lots are alike, but for two whose devices live half as long.",
    )
    rows = LifeRows("life", numbers, texts, stress_units={"temperature": "degC"})
    title = f"Operating life of {plan.lots} lots of {plan.product} (simulated)"
    return DemoLifeTest(lots_code(plan), title, document, rows, plan.end_h)


def field_of(plan: FieldPlan, seed: int, today: float) -> DemoLifeTest:
    """Shipments of a product and its returns."""
    seen = simulate_field_returns(plan, until=today, seed=seed)
    k, n = plan.months, seen.cohort.size
    nothing = np.full(k, np.nan)
    numbers = {
        "shipped": np.concatenate([seen.shipped, seen.shipped[seen.cohort]]),
        "quantity": np.concatenate([np.full(k, float(plan.cohort)), np.ones(n)]),
        "failed_from": np.concatenate([nothing, seen.failed]),
        "failed_to": np.concatenate([nothing, seen.failed]),
        "reported": np.concatenate([nothing, seen.reported]),
    }
    names = [f"shipment {at + 1:02}" for at in range(k)]
    texts = {
        "part": texts_of(["shipped"] * k + ["returned"] * n, k + n),
        "cohort": texts_of(names + [names[at] for at in seen.cohort.tolist()], k + n),
        "mode": texts_of([""] * k + [FIELD_MODES[at] for at in seen.mode.tolist()], k + n),
        "group": texts_of("", k + n),
    }
    document = LifeTestDocument(
        product=plan.product,
        failure="returned by the customer, and the failure is confirmed",
        time_unit="d",
        notes="Simulated: monthly shipments; a failure is reported three weeks later on average.",
    )
    rows = LifeRows("field", numbers, texts, unit="d", until=today)
    title = f"Field returns of {plan.product} (simulated)"
    return DemoLifeTest(field_code(plan), title, document, rows, 0.0)


def repairs_of(plan: RepairPlan, seed: int, place: PlantSite) -> DemoLifeTest:
    """Repairs of the bond heads of a site."""
    bonders = [bonder.code for bonder in place.bonders]
    seen = simulate_repairs(plan, bonders, seed=seed)
    k, n = len(bonders), seen.age.size
    owner = [*(bonders[at] for at in seen.bonder.tolist()), *bonders]
    mode = [*(REPAIR_MODES[at] for at in seen.mode.tolist()), *[""] * k]
    numbers = {
        "time": np.concatenate([seen.age, seen.end]),
        "cost": np.concatenate([np.ones(n), np.zeros(k)]),
    }
    texts = {
        "what": texts_of(["event"] * n + ["end"] * k, n + k),
        "system": texts_of(owner, n + k),
        "mode": texts_of(mode, n + k),
        "group": texts_of("", n + k),
    }
    document = LifeTestDocument(
        product="bond head",
        failure="the bonder stops, and its bond head is repaired",
        notes="Simulated: repairs come as often at every age, but for one head that wears.",
    )
    rows = LifeRows("recurrent", numbers, texts)
    title = "Repairs of bond heads (simulated)"
    return DemoLifeTest(REPAIRS, title, document, rows, 0.0)


def growth_of(plan: GrowthPlan, seed: int) -> DemoLifeTest:
    """Thickness of the layer of every bond, reading by reading."""
    read = simulate_growth(plan, seed=seed)
    k, per = read.shape
    n = k * per
    numbers = {
        "time": np.tile(np.array(plan.ages_h), k),
        "value": read.ravel(),
        STRESS + "temperature": np.full(n, plan.temperature_c),
    }
    texts = {
        "unit_id": texts_of([f"B{i + 1:02}" for i in range(k) for _ in range(per)], n),
        "group": texts_of("", n),
    }
    document = LifeTestDocument(
        product=plan.product,
        failure=f"the layer has used up the pad of {plan.limit_um:g} um",
        mechanism="intermetallic growth",
        stresses=(LifeStress(name="temperature", unit="degC", use=55.0),),
        measure=LifeMeasure(name="thickness", unit="um", upper=plan.limit_um),
        readouts=plan.ages_h[1:],
        notes="Simulated: thickness grows with the root of time; no bond has met the limit yet.",
    )
    rows = LifeRows(
        "degradation",
        numbers,
        texts,
        stress_units={"temperature": "degC"},
        value_unit="um",
    )
    title = f"Intermetallic layer of {plan.product} at {plan.temperature_c:g} degC (simulated)"
    return DemoLifeTest(growth_code(plan), title, document, rows, plan.ages_h[-1])
