"""Features of traces that have learned their kernels and scales: traces in, a matrix out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ops.classify.features.part import InputColumn
from ops.classify.table import DataTable
from ops.classify.traces.lengths import lengths_of, stretched
from ops.classify.traces.minirocket import Kernels, kernels_from
from ops.classify.traces.spec import TraceSpec
from ops.classify.traces.summary import summary, summary_names
from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True)
class TraceFeatures:
    """Features of traces, fitted by `ops.classify.traces.fit.fit_trace_features`.

    It answers as `ops.classify.features.fitted.FittedFeatures` does, of which it takes the place.

    Parameters
    ----------
    spec
        How they are made.
    inputs
        Columns of traces that a caller must send, with their channels and longest length.
    kernels
        MiniRocket's, one for each column; () for summaries.
    center, scale : shape (k,)
        Standardised = (raw - center) / scale.
    """

    spec: TraceSpec
    inputs: tuple[InputColumn, ...]
    kernels: tuple[Kernels, ...]
    center: FloatArray
    scale: FloatArray

    @cached_property
    def _told(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return names_of(self.spec, self.inputs, self.kernels)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features, (k,)."""
        return self._told[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """Which part of which trace each feature is of, (k,)."""
        return self._told[1]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Unit of each feature: none is told, since most are of no one unit."""
        return ("",) * len(self.names)

    @property
    def past(self) -> tuple[InputColumn, ...]:
        """Columns that lags are made of: none."""
        return ()

    def matrix(self, table: DataTable) -> FloatArray:
        """Standardised features of each row, shape (n, k); a row without a trace has 0.

        Raises
        ------
        BadData
            If a column is missing, has other channels, or a length that is refused.
        """
        raw = raw_features(table, self.spec, self.inputs, self.kernels)
        lacking = ~np.isfinite(raw)
        found = (np.where(lacking, 0.0, raw) - self.center) / self.scale
        return np.where(lacking, 0.0, found)

    def unusual(self, table: DataTable) -> BoolArray:
        """Whether a row has no trace, or values further outside of those seen than a tenth."""
        strange = np.zeros(len(table), np.bool_)
        for column in self.inputs:
            strange |= [bool(_remarks(one, column)) for one in trace_of(table, column)]
        return strange

    def row(self, values: Mapping[str, Any]) -> FloatArray:
        """Standardised features of one row, shape (k,).

        Parameters
        ----------
        values
            Trace of each of `inputs`: numbers, or a list of them for each channel.
        """
        found: FloatArray = self.matrix(self._table(values))[0]
        return found

    def remarks(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Say what is unusual of one row, a sentence each: as `unusual`."""
        table = self._table(values)
        return tuple(s for c in self.inputs for s in _remarks(trace_of(table, c)[0], c))

    def _table(self, values: Mapping[str, Any]) -> DataTable:
        traces: dict[str, FloatArray] = {}
        for column in self.inputs:
            if column.name not in values:
                _refuse(column.name, "is missing: send its trace")
            traces[column.name] = trace_from(values[column.name], column)[None]
        return DataTable(traces=traces)

    def to_document(self) -> dict[str, Any]:
        """As JSON; `trace_features_from` gives the same features back."""
        return {
            "of": "traces",
            "spec": self.spec.model_dump(mode="json"),
            "inputs": [asdict(column) for column in self.inputs],
            "kernels": [k.to_document() for k in self.kernels],
            "center": self.center.tolist(),
            "scale": self.scale.tolist(),
        }

    def __getstate__(self) -> dict[str, Any]:
        """Fields alone: what was computed of them is made anew where it is needed."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def trace_features_from(document: Mapping[str, Any]) -> TraceFeatures:
    """Features that `TraceFeatures.to_document` wrote, equal to them in every digit."""
    return TraceFeatures(
        TraceSpec.model_validate(document["spec"]),
        tuple(_input_from(said) for said in document["inputs"]),
        tuple(kernels_from(said) for said in document["kernels"]),
        np.array(document["center"], dtype=np.float64),
        np.array(document["scale"], dtype=np.float64),
    )


def _input_from(said: Mapping[str, Any]) -> InputColumn:
    fields: dict[str, Any] = {**said, "levels": tuple(said["levels"])}
    return InputColumn(**fields)


def names_of(
    spec: TraceSpec, inputs: tuple[InputColumn, ...], kernels: tuple[Kernels, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name of each feature, and which part of which trace it is of."""
    names: list[str] = []
    parts: list[str] = []
    for at, column in enumerate(inputs):
        if spec.method == "minirocket":
            count = kernels[at].features
            names += [f"{column.name}: share {i + 1}" for i in range(count)]
            parts += [column.name] * count
        else:
            told, of = summary_names(column.name, column.channels, spec.stretches)
            names += told
            parts += of
    return tuple(names), tuple(parts)


def raw_features(
    table: DataTable,
    spec: TraceSpec,
    inputs: tuple[InputColumn, ...],
    kernels: tuple[Kernels, ...],
) -> FloatArray:
    """Features before scaling, shape (n, k); NaN where a row has no trace."""
    found: list[FloatArray] = []
    for at, column in enumerate(inputs):
        trace = trace_of(table, column)
        if spec.method == "summary":
            found.append(summary(trace, spec.stretches))
            continue
        even = of_one_length(trace, kernels[at].points, spec, column.name)
        shares = kernels[at].apply(even)
        shares[lengths_of(trace) == 0] = np.nan
        found.append(shares)
    return np.hstack(found)


def of_one_length(trace: FloatArray, points: int, spec: TraceSpec, name: str) -> FloatArray:
    """Traces of one length, finite.

    Raises
    ------
    BadData
        If one has another length, and the spec refuses that.
    """
    lengths = lengths_of(trace)
    other = np.flatnonzero((lengths > 0) & (lengths != points))
    if other.size and spec.unequal == "refuse":
        _refuse(
            name,
            f"has {other.size} traces of other lengths than {points} points, the first with"
            f" {lengths[other[0]]}: set unequal to 'stretch', or use the method summary",
        )
    return stretched(trace, points)


def trace_of(table: DataTable, column: InputColumn) -> FloatArray:
    """Traces of a column, shape (n, channels, points).

    Raises
    ------
    BadData
        If the table has no such column, or it has other channels.
    """
    if column.name not in table.traces:
        _refuse(column.name, "is no column of traces in these rows")
    trace = table.traces[column.name]
    if trace.shape[1] != column.channels:
        _refuse(column.name, f"has {trace.shape[1]} channels, training had {column.channels}")
    return trace


def trace_from(value: Any, column: InputColumn) -> FloatArray:
    """Trace that was sent as a list of numbers, or a list of them for each channel.

    Returns
    -------
    shape (channels, points)
        NaN for null, and where one channel is shorter.

    Raises
    ------
    BadData
        If it is none of both, or has other channels.
    """
    try:
        if value is None:
            return np.full((column.channels, 1), np.nan)
        rows: list[Any] = list(value)
        lists = rows if rows and isinstance(rows[0], list | tuple | np.ndarray) else [rows]
        series = [np.array([np.nan if v is None else float(v) for v in s]) for s in lists]
    except (TypeError, ValueError) as error:
        told = "a trace is a list of numbers, or a list of them for each channel"
        raise BadData(f"{column.name!r}: {told}", (Problem(f"/{column.name}", told),)) from error
    if len(series) != column.channels:
        _refuse(column.name, f"has {len(series)} channels, training had {column.channels}")
    out = np.full((column.channels, max(1, *(s.size for s in series))), np.nan)
    for channel, one in enumerate(series):
        out[channel, : one.size] = one
    return out


def _remarks(trace: FloatArray, column: InputColumn) -> list[str]:
    known = trace[np.isfinite(trace)]
    if not known.size:
        return [] if column.seen_missing else [f"{column.name} has no points"]
    low, high = column.limits
    unit = f" {column.unit}" if column.unit else ""
    if known.min() < low or known.max() > high:
        return [
            f"{column.name} goes from {known.min():.4g} to {known.max():.4g}{unit}, training went"
            f" from {column.low:.4g} to {column.high:.4g}"
        ]
    return []


def _refuse(name: str, what: str) -> None:
    raise BadData(f"{name!r} {what}", (Problem(f"/{name}", what),))
