"""The rows of a dataset's file by type: each column read, each named in the document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from ops.classify.document import ColumnRole, DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk, Rejected
from ops.ingest.dataset_column import TypedColumn, as_label, typed
from ops.ingest.dataset_header import HeaderColumn, lay_out
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.refusal import Refusals
from ops.ingest.text import as_text
from ops.ingest.units import conversion
from ops.values import BoolArray, Factor, FloatArray


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """A file that was read.

    Parameters
    ----------
    table, document
        Rows that can be kept; the document with every column of the file in it.
    rejected
        Rows that cannot, each with its reason, in the order of the file.
    seen
        How many rows the file has.
    dropped
        Features that the document names and the file lacks.
    """

    table: DataTable
    document: DatasetDocument
    rejected: tuple[Rejected, ...]
    seen: int
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Traces:
    """Traces that were read beside the other columns.

    Parameters
    ----------
    columns : shape (n, channels, points) each
    unit
        Of all of them, from the header.
    keys
        Columns that name a trace.
    """

    columns: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])
    unit: str = ""
    keys: tuple[str, ...] = ()


NO_TRACES = Traces()


def read_typed(
    raw: RawChunk,
    headers: Sequence[str],
    document: DatasetDocument,
    mapping: DatasetMapping,
    *,
    refusals: Refusals | None = None,
    traces: Traces = NO_TRACES,
    partial: bool = False,
) -> DatasetFile:
    """Read the columns of a file by their types.

    Parameters
    ----------
    refusals
        Rows that do not stand any more; None: all stand.
    partial
        Whether declared columns may be absent: their values are missing.

    Raises
    ------
    BadData
        If a header stands twice, a unit cannot be converted, or a column with a role is lacking.
    """
    columns = lay_out(headers, document, mapping)
    there = [*(c.name for c in columns), *traces.columns]
    dropped = () if partial else refuse_absent(document, there)
    refusals = refusals or Refusals(raw.rows)
    read = [_read(raw, column, mapping, refusals) for column in columns]
    told = _document(columns, [t for t, _ in read], document, mapping, traces)
    table = _table(columns, read, refusals.standing, traces)
    rejected = sorted((*raw.rejected, *refusals.noted), key=lambda r: r.row)
    return DatasetFile(table, told, tuple(rejected), len(raw) + len(raw.rejected), dropped)


def refuse_absent(document: DatasetDocument, names: Sequence[str]) -> tuple[str, ...]:
    """Features of the document that a file lacks.

    Raises
    ------
    BadData
        If it lacks a column that has another role.
    """
    lacking = [c for c in document.columns if c.name not in names]
    needed = [c for c in lacking if c.role not in ("feature", "ignore")]
    if needed:
        has = ", ".join(repr(n) for n in names[:20])
        told = tuple(
            Problem(f"/document/columns/{c.name}", f"the file lacks the {c.role} {c.name!r}")
            for c in needed
        )
        raise BadData(f"{told[0].detail}; it has {has}", told)
    return tuple(c.name for c in lacking)


def _read(
    raw: RawChunk, column: HeaderColumn, mapping: DatasetMapping, refusals: Refusals
) -> tuple[TypedColumn, str]:
    """Values of a column and their unit; rows that are wrong are refused."""
    cells = raw.columns[column.header]
    if column.in_utc and mapping.times.zone is None:
        times = mapping.times.model_copy(update={"zone": "UTC"})
        mapping = mapping.model_copy(update={"times": times})
    found = typed(cells, column.header, column.type, mapping)
    if column.role == "label" and column.type is None:
        found = as_label(found)
    if column.role != "ignore":
        refusals.refuse(column.header, as_text(cells), found.faults)
    wanted = "" if column.declared is None else column.declared.unit
    if found.type != "number" or not wanted or not column.unit:
        return found, wanted or column.unit
    way = conversion(column.unit, wanted)
    if way is None:
        detail = f"{column.header!r} is in {column.unit}, the document says {wanted}"
        raise BadData(detail, (Problem(f"/document/columns/{column.name}/unit", detail),))
    values = cast("FloatArray", found.values) * way.factor + way.offset
    return TypedColumn("number", values, found.faults, found.missing), wanted


def _document(
    columns: Sequence[HeaderColumn],
    read: Sequence[TypedColumn],
    document: DatasetDocument,
    mapping: DatasetMapping,
    traces: Traces,
) -> DatasetDocument:
    """Document with every column of the file: its type, role, unit."""
    free = [
        c.name for c, t in zip(columns, read, strict=True) if t.type == "time" and c.role is None
    ]
    ordered = any(c.role == "time" for c in columns)
    told: list[DatasetColumn] = []
    for column, found in zip(columns, read, strict=True):
        key = column.name in traces.keys
        role: ColumnRole = column.role or ("unit" if key else "feature")
        if column.name in free:  # a time is no feature; the only one orders the rows
            role = "time" if len(free) == 1 and not ordered else "ignore"
        base = column.declared or DatasetColumn(name=column.name)
        changes = {"type": found.type, "role": role, "unit": base.unit or column.unit}
        told.append(base.model_copy(update=changes))
    said = {c.name: c for c in document.columns}
    for name in traces.columns:
        base = said.get(name) or DatasetColumn(name=name)
        changes = {"type": "trace", "unit": base.unit or traces.unit}
        told.append(base.model_copy(update=changes))
    return DatasetDocument(
        **document.model_dump(exclude={"columns", "positive"}),
        columns=tuple(told),
        positive=mapping.positive or document.positive,
    )


def _table(
    columns: Sequence[HeaderColumn],
    read: Sequence[tuple[TypedColumn, str]],
    standing: BoolArray,
    traces: Traces,
) -> DataTable:
    """Rows that still stand."""
    kinds: dict[str, dict[str, Any]] = {"number": {}, "category": {}, "time": {}}
    units: dict[str, str] = {}
    for column, (found, unit) in zip(columns, read, strict=True):
        values = found.values
        taken = _present(values.take(standing)) if isinstance(values, Factor) else values[standing]
        kinds[found.type][column.name] = taken
        if unit and found.type == "number":
            units[column.name] = unit
    units |= dict.fromkeys(traces.columns, traces.unit) if traces.unit else {}
    drawn = {name: trace[standing] for name, trace in traces.columns.items()}
    return DataTable(kinds["number"], kinds["category"], kinds["time"], drawn, units)


def _present(factor: Factor) -> Factor:
    """Levels that a row has: those of refused rows are gone."""
    there = np.unique(factor.codes[factor.codes >= 0])
    if len(there) == len(factor.levels):
        return factor
    place = np.full(len(factor.levels) + 1, -1, np.int64)
    place[there] = np.arange(len(there))
    return Factor(place[factor.codes], tuple(factor.levels[i] for i in there))
