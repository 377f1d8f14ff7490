"""Learn kernels and scales of the traces that a spec names."""

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.features.part import InputColumn
from ops.classify.table import DataTable
from ops.classify.traces.features import TraceFeatures, of_one_length, raw_features
from ops.classify.traces.lengths import lengths_of
from ops.classify.traces.minirocket import SHORTEST, Kernels, fit_kernels
from ops.classify.traces.spec import TraceSpec
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import FloatArray, IntArray

_TINY = 1e-12  # of the size of a feature: what rounding makes of a constant


def fit_trace_features(
    table: DataTable, spec: TraceSpec, document: DatasetDocument, rows: IntArray | None = None
) -> TraceFeatures:
    """Features of traces, with what they learn from some rows of a table.

    Parameters
    ----------
    rows
        Rows to learn from; None: all.

    Raises
    ------
    BadData
        If there is no column of traces, one is named that is not there, or MiniRocket gets
        lengths that it refuses.
    NotEnoughData
        If there are no rows, or a column has no trace in them.
    NotReady
        If MiniRocket is asked for and aeon is not installed.
    """
    table = table if rows is None else table.take(rows)
    if not len(table):
        raise NotEnoughData("features need at least 1 row to learn from, there are 0")
    inputs = tuple(_input(table, document, name) for name in trace_columns(table, document, spec))
    kernels: tuple[Kernels, ...] = ()
    if spec.method == "minirocket":
        kernels = tuple(_kernels(table.traces[c.name], spec, c) for c in inputs)
    raw = raw_features(table, spec, inputs, kernels)
    raw = raw[np.isfinite(raw).all(axis=1)]
    center, scale = _scaling(raw)
    return TraceFeatures(spec, inputs, kernels, center, scale)


def trace_columns(table: DataTable, document: DatasetDocument, spec: TraceSpec) -> tuple[str, ...]:
    """Columns of traces that a spec means.

    Raises
    ------
    BadData
        If there is none, or one that is named is not there.
    """
    said = {c.name: c.role for c in document.columns}
    every = [n for n in table.traces if said.get(n, "feature") == "feature"]
    for name in spec.columns:
        if name not in every:
            have = ", ".join(sorted(every)) or "none"
            _refuse("/features/columns", f"{name!r} is no column of traces of the role feature;"
                    f" there are: {have}")  # fmt: skip
    if not every:
        _refuse("/document/columns", "no column of traces has the role feature")
    return spec.columns or tuple(sorted(every))


def _input(table: DataTable, document: DatasetDocument, name: str) -> InputColumn:
    trace = table.traces[name]
    lengths = lengths_of(trace)
    known = trace[np.isfinite(trace)]
    if not known.size:
        raise NotEnoughData(f"{name!r} has no points in any of {len(trace)} rows")
    said = {c.name: c.unit for c in document.columns}
    return InputColumn(
        name,
        "trace",
        table.units.get(name) or said.get(name, ""),
        low=float(known.min()),
        high=float(known.max()),
        seen_missing=bool((lengths == 0).any()),
        channels=trace.shape[1],
        points=int(lengths.max()),
    )


def _kernels(trace: FloatArray, spec: TraceSpec, column: InputColumn) -> Kernels:
    if column.points < SHORTEST:
        _refuse(
            f"/{column.name}",
            f"{column.name!r} has {column.points} points, MiniRocket needs {SHORTEST}:"
            " use the method summary",
        )
    known = trace[lengths_of(trace) > 0]
    even = of_one_length(known, column.points, spec, column.name)
    return fit_kernels(even, spec.kernels, spec.seed)


def _scaling(raw: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation; 1 where nothing but rounding varies."""
    if not len(raw):
        raise NotEnoughData("no row has a trace in every column of traces")
    center, sd = raw.mean(axis=0), raw.std(axis=0)
    size = np.abs(raw).max(axis=0)
    return center, np.where(sd > _TINY * size, sd, 1.0)


def _refuse(pointer: str, detail: str) -> None:
    raise BadData(detail, (Problem(pointer, detail),))
