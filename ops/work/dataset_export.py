"""Rows of a dataset on their way out: as they can be sent again."""

import json
import math
from typing import Any

import pyarrow as pa

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.db.dataset_rows import arrow_of


def export_table(table: DataTable, document: DatasetDocument, *, text: bool) -> Any:
    """Rows as an Arrow table in the order of the document, a unit in its header.

    Parameters
    ----------
    text
        Write traces as JSON text, for files that hold no lists.
    """
    arrow = arrow_of(table)
    order = [c.name for c in document.columns if c.name in table.names]
    order += sorted(table.names - set(order))
    columns: list[Any] = []
    for name in order:
        column = arrow.column(name)
        if name in table.traces:
            lists = [_lists(trace) for trace in table.traces[name].tolist()]
            column = (
                pa.array([json.dumps(v) for v in lists], pa.string()) if text else _array(lists)
            )
        elif name in table.numbers:
            column = pa.array(table.numbers[name], from_pandas=True)  # NaN is no value
        columns.append(column)
    return pa.table(columns, names=[header(name, table.units.get(name, "")) for name in order])


def header(name: str, unit: str) -> str:
    """Header that is read as the name with its unit.

    Examples
    --------
    >>> header("Torque", "Nm"), header("Torque [Nm]", "Nm"), header("wear", "")
    ('Torque [Nm]', 'Torque [Nm]', 'wear')
    """
    return name if not unit or name.endswith(f"[{unit}]") else f"{name} [{unit}]"


def _lists(trace: list[list[float]]) -> list[Any]:
    """Write one channel as a list, several as a list of lists; a shorter one without its end."""
    plain = [[None if math.isnan(v) else v for v in row[: _end(row)]] for row in trace]
    return plain[0] if len(plain) == 1 else plain


def _end(row: list[float]) -> int:
    return max((i + 1 for i, v in enumerate(row) if not math.isnan(v)), default=1)


def _array(lists: list[Any]) -> Any:
    nested = bool(lists) and bool(lists[0]) and isinstance(lists[0][0], list)
    numbers = pa.list_(pa.float64())
    return pa.array(lists, pa.list_(numbers) if nested else numbers)
