"""Degradation readings: unit, time, value; a unit stays at its stress."""

import numpy as np

from ops.ingest.life_columns import LifeColumns
from ops.lifetime.rows import STRESS, LifeRows, TextArray
from ops.values import BoolArray, FloatArray


def read_readings(columns: LifeColumns) -> LifeRows:
    """Degradation rows of a file; those that cannot be are refused."""
    columns.need("unit_id", "time", "value")
    unit_id, time = columns.text("unit_id"), columns.time("time")
    value, value_unit = columns.value()
    columns.refuse("unit_id", [(unit_id == None, "is empty")])  # noqa: E711  (of each row)
    columns.refuse("time", [(np.isnan(time), "is empty"), (time < 0, "a time cannot be negative")])
    columns.refuse("value", [(np.isnan(value), "is empty")])
    keys = list(zip(unit_id.tolist(), time.tolist(), strict=True))
    seen: dict[tuple[str | None, float], int] = {}
    twice = np.array([seen.setdefault(key, at) != at for at, key in enumerate(keys)], dtype=bool)
    said = "the unit was read at that time already: keep one reading, or their mean"
    columns.refuse("time", [(twice, said)])
    levels, units = columns.stresses()
    for name, level in levels.items():
        found = columns.layout.stresses[name].column
        moved = _moved(unit_id, level)
        said = f"the unit was at another {name} in an earlier row"
        columns.refusals.refuse(found, columns.arrow(found), [(moved, said)])
    numbers = {"time": time, "value": value}
    numbers |= {STRESS + name: level for name, level in levels.items()}
    texts = {"unit_id": unit_id, "group": columns.text("group")}
    unit = columns.document.time_unit
    rows = LifeRows("degradation", numbers, texts, unit, units, value_unit)
    return rows.take(columns.refusals.standing)


def _moved(unit_id: TextArray, level: FloatArray) -> BoolArray:
    first: dict[str | None, float] = {}
    return np.array(
        [first.setdefault(u, x) != x for u, x in zip(unit_id, level, strict=True)], dtype=bool
    )
