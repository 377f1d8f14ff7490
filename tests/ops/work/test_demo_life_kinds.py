"""The demo plant has a life test of each kind, and the exported tables are those tests."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa

from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.plant import Site
from ops.life_query import LifetimeQuery
from ops.simulate.field_returns import FieldPlan
from ops.simulate.layer_growth import GrowthPlan
from ops.simulate.life_lots import LifeLotPlan
from ops.simulate.sizes import plant_of
from ops.work.demo_life import store_life_tests
from ops.work.demo_life_kinds import REPAIRS, field_code, growth_code, lots_code
from ops.work.demo_life_tables import life_tables

NOW = datetime(2026, 3, 10, tzinfo=UTC)
PLANT = plant_of("tiny")


def test_every_kind_is_stored_and_read_back(sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        row = Site(code="DEMO-PG", title="", created_at=NOW)
        session.add(row)
        session.flush()
        store_life_tests(session, row, PLANT, PLANT.sites[0], NOW)
    lots = load(sqlite_database, LifetimeQuery(lots_code(LifeLotPlan()))).life
    assert lots is not None
    assert len(lots.groups) == LifeLotPlan().lots
    assert lots.units == LifeLotPlan().lots * LifeLotPlan().units
    field = load(sqlite_database, LifetimeQuery(field_code(FieldPlan()), kind="field")).field
    assert field is not None
    assert field.quantity.sum() == FieldPlan().months * FieldPlan().cohort
    assert 100 < field.returned.sum() < 1000
    assert field.until == (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days
    heads = load(sqlite_database, LifetimeQuery(REPAIRS, kind="recurrent")).recurrent
    assert heads is not None
    assert heads.systems == tuple(b.code for b in PLANT.sites[0].bonders)
    counts = np.bincount(heads.system, minlength=len(heads.systems))
    assert heads.systems[int(counts.argmax())] == PLANT.causes.drift.bonder
    layer = load(sqlite_database, LifetimeQuery(growth_code(GrowthPlan()), kind="degradation"))
    assert layer.degradation is not None
    assert layer.degradation.value_unit == "um"
    assert layer.document["measure"]["upper"] == GrowthPlan().limit_um


def test_exported_tables_hold_each_kind() -> None:
    tables = {t.name: t.table for t in life_tables(seed=3, until=date(2026, 3, 9))}
    assert set(tables) == {"life_lots", "field_returns", "bond_heads", "layer_growth"}
    assert tables["field_returns"].schema.field("ship date").type == pa.date32()
    ends = [text for text in tables["bond_heads"]["event"].to_pylist() if text == "end"]
    assert len(ends) == 14
