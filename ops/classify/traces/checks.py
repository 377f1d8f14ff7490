"""What is wrong with a dataset of traces before anything is learned from it."""

from collections.abc import Iterator

import numpy as np

from ops.classify.checks import inspect
from ops.classify.document import DatasetDocument
from ops.classify.doubt import DataWarning, Severity
from ops.classify.likeness import repeats
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.classify.traces.fit import trace_columns
from ops.classify.traces.lengths import lengths_of
from ops.classify.traces.spec import TraceSpec
from ops.values import FloatArray, IntArray

_MOST = 50_000_000  # values of a column that are looked at for repeats


def inspect_traces(
    table: DataTable, document: DatasetDocument, spec: TraceSpec, y: IntArray
) -> tuple[DataWarning, ...]:
    """Doubts about a dataset of traces, those that forbid to learn first.

    Labels, classes and times are looked at as those of any dataset; of the traces: rows without
    points, constant ones, repeated ones, and lengths that alone tell the class.

    Parameters
    ----------
    y : shape (n,)
        Class of each row, -1 where it is not known.

    Raises
    ------
    BadData
        If no column of traces can be learned from.
    """
    found: list[DataWarning] = []
    for warning in inspect(_apart_from_features(table, document), document, FeatureSpec()):
        if not warning.pointer.startswith("/spec"):
            found.append(warning)
    for name in trace_columns(table, document, spec):
        found += _of_column(table.traces[name], name, y)
    return tuple(sorted(found, key=lambda w: w.severity != "refuse"))


def _apart_from_features(table: DataTable, document: DatasetDocument) -> DataTable:
    said = {c.name for c in document.columns if c.role not in ("feature", "ignore", "unit")}
    return DataTable(
        {n: x for n, x in table.numbers.items() if n in said},
        {n: f for n, f in table.categories.items() if n in said},
        {n: t for n, t in table.times.items() if n in said},
    )


def _of_column(trace: FloatArray, name: str, y: IntArray) -> Iterator[DataWarning]:
    lengths, rows = lengths_of(trace), len(trace)
    where = f"/columns/{name}"
    empty = int((lengths == 0).sum())
    if empty:
        severity: Severity = "refuse" if empty == rows else "warn"
        told = f"{name!r} has no points in {empty} of {rows} rows; leave them out, or record them"
        yield DataWarning(severity, where, told, "all-missing" if empty == rows else "missing")
    if empty == rows:
        return
    low, high = np.nanmin(trace[lengths > 0], axis=2), np.nanmax(trace[lengths > 0], axis=2)
    constant = int((low == high).all(axis=1).sum())
    if constant:
        told = f"{constant} of {rows} traces of {name!r} never change; look at the sensor"
        yield DataWarning("warn", where, told, "constant")
    if trace.size <= _MOST:
        twice = repeats(list(trace.reshape(rows, -1).T))
        if twice > 0.01 * rows:
            told = f"{twice} of {rows} traces of {name!r} repeat another exactly; keep one of each,"
            told += " or one of them is tested by a model that has learned it"
            yield DataWarning("warn", where, told, "repeated")
    if _told_by_length(lengths, y):
        told = f"the length of {name!r} alone tells every class; cut the traces to one length, or"
        told += " say how it is known in time"
        yield DataWarning("warn", where, told, "leak-suspect")


def _told_by_length(lengths: IntArray, y: IntArray) -> bool:
    """Whether each length has rows of one class only, and there are few lengths."""
    known = y >= 0
    values = np.unique(lengths[known])
    if not 1 < values.size <= max(2, known.sum() // 10):
        return False
    return all(np.unique(y[known & (lengths == v)]).size == 1 for v in values.tolist())
