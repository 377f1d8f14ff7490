"""Rows of a life test as a table whose headers are read again as they were written."""

from typing import Any

import numpy as np
import pyarrow as pa

from ops.lifetime.rows import NUMBERS, STRESS, TEXTS, LifeRows
from ops.values import FloatArray

_TIMES = frozenset({"lower", "upper", "entry", "exit", "time"})
_HEADER = {"weight": "quantity", "what": "event"}


def export_table(rows: LifeRows) -> pa.Table:
    """Table of rows; what is endless, or not a number, is empty.

    Times and readings have their unit in the header, e.g. ``lower [h]``.
    """
    columns: dict[str, Any] = {}
    for name in TEXTS[rows.kind]:
        columns[_HEADER.get(name, name)] = pa.array(rows.texts[name], pa.string())
    for name in NUMBERS[rows.kind]:
        columns[_header(name, rows)] = _finite(rows.numbers[name])
    for name, level in rows.stresses.items():
        columns[_with_unit(name, rows.stress_units.get(name, ""))] = _finite(level)
    return pa.table(columns)


def _header(name: str, rows: LifeRows) -> str:
    if name in _TIMES:
        return _with_unit(name, rows.unit)
    if name == "value":
        return _with_unit(name, rows.value_unit)
    return _HEADER.get(name.removeprefix(STRESS), name)


def _with_unit(name: str, unit: str) -> str:
    return f"{name} [{unit}]" if unit else name


def _finite(column: FloatArray) -> Any:
    return pa.array(column, pa.float64(), mask=~np.isfinite(column))
