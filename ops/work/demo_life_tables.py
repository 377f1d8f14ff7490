"""The life tests of the demo plant as tables that can be uploaded as they are."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from ops.lifetime.rows import LifeRows
from ops.simulate.field_returns import FieldPlan
from ops.simulate.layer_growth import GrowthPlan
from ops.simulate.life_lots import LifeLotPlan
from ops.simulate.repairs import RepairPlan
from ops.simulate.sizes import PENANG
from ops.values import FloatArray
from ops.work.demo_life_kinds import field_of, growth_of, lots_of, repairs_of
from ops.work.demo_table import ExportedTable, exported_table

EPOCH = date(1970, 1, 1)


def life_tables(*, seed: int, until: date) -> Iterator[ExportedTable]:
    """Yield lots on test, returns from the field, repairs, and readings of a layer."""
    yield _lots(lots_of(LifeLotPlan(), seed).rows)
    yield _field(field_of(FieldPlan(), seed, float((until - EPOCH).days)).rows)
    yield _repairs(repairs_of(RepairPlan(), seed, PENANG).rows)
    yield _growth(growth_of(GrowthPlan(), seed).rows)


def _lots(rows: LifeRows) -> ExportedTable:
    failed = np.isfinite(rows.numbers["upper"])
    return exported_table(
        "life_lots",
        "one device on test",
        serial=(rows.texts["unit_id"].tolist(), "serial"),
        lot=(rows.texts["group"].tolist(), "lot"),
        hours=(rows.numbers["lower"], "h, to the failure or on test without one"),
        status=(np.where(failed, "F", "S").tolist(), "F failed, S suspended"),
        temperature=(rows.stresses["temperature"], "degC"),
    )


def _field(rows: LifeRows) -> ExportedTable:
    days = [_dates(rows.numbers[name]) for name in ("shipped", "failed_to", "reported")]
    return exported_table(
        "field_returns",
        "units shipped on a day, or returned of them",
        **{
            "ship date": (days[0], "day"),
            "return date": (days[1], "day of the failure; empty: shipped"),
            "report date": (days[2], "day on which it became known"),
            "quantity": (rows.numbers["quantity"], "units"),
            "mode": (rows.texts["mode"].tolist(), "failure mode"),
        },
    )


def _repairs(rows: LifeRows) -> ExportedTable:
    what = ["failure" if text == "event" else text for text in rows.texts["what"].tolist()]
    return exported_table(
        "bond_heads",
        "one repair of a bond head, or the end of its watch",
        system=(rows.texts["system"].tolist(), "bonder"),
        hours=(rows.numbers["time"], "h, age of the head"),
        event=(what, "failure or end"),
        mode=(rows.texts["mode"].tolist(), "failure mode"),
    )


def _growth(rows: LifeRows) -> ExportedTable:
    return exported_table(
        "layer_growth",
        "one reading of a bond",
        unit=(rows.texts["unit_id"].tolist(), "bond"),
        hours=(rows.numbers["time"], "h, in the oven"),
        value=(rows.numbers["value"], "um, thickness of the intermetallic layer"),
    )


def _dates(days: FloatArray) -> pa.Array:
    known = np.isfinite(days)
    whole = np.where(known, days, 0).astype(np.int32)
    return pa.array(whole, mask=~known).cast(pa.date32())
