"""Rows that a model is asked about: JSON, CSV or Arrow into the columns that it wants."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np
import pyarrow as pa

from ops.classify.features.part import InputColumn
from ops.classify.table import DataTable
from ops.errors import BadData, Problem, TooLarge
from ops.ingest.life_header import bracket_of
from ops.ingest.prediction_traces import traces_of
from ops.values import Factor, FloatArray, factor_of

TOLD = 20  # wrong values that are named in an answer
_ABSENT = object()
_PLAIN = frozenset({float, int, type(None)})


@dataclass(frozen=True, slots=True)
class SentRows:
    """What was sent: the columns that the model wants, and the names of those it does not."""

    table: DataTable
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """Cells of a column as they were sent: numbers, texts, None; and its unit, if it was said."""

    cells: Sequence[Any]
    unit: str | None = None


def rows_of_json(body: bytes, inputs: Sequence[InputColumn], *, most: int) -> SentRows:
    """Rows of JSON: one object, a list of them, or an object with a list as `rows`.

    A value may be ``{"value": 4.1, "unit": "Nm"}``; null says that it is missing.

    Raises
    ------
    BadData
        If it cannot be read, a column is missing, or a value is not what the column holds.
    TooLarge
        If there are more than `most` rows.
    """
    try:
        sent = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        told = f"the body is not JSON: {error}"
        raise BadData(told, (Problem("", told),)) from error
    if isinstance(sent, dict) and isinstance(sent.get("rows"), list):
        sent = sent["rows"]
    rows: list[Any] = sent if isinstance(sent, list) else [sent]
    for i, row in enumerate(rows):
        if not isinstance(row, dict):
            told = f'row {i} is no object of columns; send {{"column": value}}'
            raise BadData(told, (Problem(f"/{i}", told),))
    _count(len(rows), most)
    wanted = {c.name for c in inputs}
    columns = {name: _Column([row.get(name, _ABSENT) for row in rows]) for name in wanted}
    others = sorted({key for row in rows for key in row} - wanted) if len(rows) < 100 else ()
    return SentRows(_table(columns, inputs, len(rows)), tuple(others))


def rows_of_csv(body: bytes, inputs: Sequence[InputColumn], *, most: int) -> SentRows:
    """Rows of CSV with a header; a unit may stand in it in brackets: ``torque [Nm]``.

    Raises
    ------
    BadData, TooLarge
        As `rows_of_json`.
    """
    try:
        text = body.decode("utf-8-sig")
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except (UnicodeDecodeError, csv.Error) as error:
        mend = Problem("", "send CSV in UTF-8, its quotation marks closed")
        raise BadData(f"the body is no CSV in UTF-8: {error}", (mend,)) from error
    if not lines:
        raise BadData("the CSV is empty", (Problem("", "send a header and rows"),))
    header, rows = lines[0], lines[1:]
    _count(len(rows), most)
    for i, row in enumerate(rows):
        if len(row) != len(header):
            told = f"row {i} has {len(row)} cells, the header has {len(header)}"
            raise BadData(told, (Problem(f"/{i}", told),))
    numbers = {c.name for c in inputs if c.type == "number"}
    cells = list(zip(*rows, strict=True)) or [()] * len(header)
    columns: dict[str, _Column] = {}
    for head, column in zip(header, cells, strict=True):
        name, unit = _named(head.strip(), inputs)
        _once(name, columns)
        read = _parsed(column) if name in numbers else [cell or None for cell in column]
        columns[name] = _Column(read, unit)
    return _sent(columns, inputs, len(rows))


def rows_of_arrow(body: bytes, inputs: Sequence[InputColumn], *, most: int) -> SentRows:
    """Rows of an Arrow IPC stream or file; the unit in the name or in the field's metadata.

    Raises
    ------
    BadData, TooLarge
        As `rows_of_json`.
    """
    try:
        is_file = body.startswith(b"ARROW1")
        with (pa.ipc.open_file if is_file else pa.ipc.open_stream)(pa.py_buffer(body)) as reader:
            sent = reader.read_all()
        sent.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        mend = Problem("", "send a whole Arrow IPC stream or file, or another Content-Type")
        raise BadData(f"the body is no Arrow IPC: {error}", (mend,)) from error
    _count(sent.num_rows, most)
    columns: dict[str, _Column] = {}
    for field, column in zip(sent.schema, sent.columns, strict=True):
        name, unit = _named(field.name, inputs)
        _once(name, columns)
        told = (field.metadata or {}).get(b"unit")
        columns[name] = _Column(
            _cells(column), unit or (told.decode("utf-8", "replace") if told else None)
        )
    return _sent(columns, inputs, sent.num_rows)


def _cells(column: Any) -> Sequence[Any]:
    """Cells of an Arrow column; floats without gaps stay an array."""
    if pa.types.is_floating(column.type):
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)  # type: ignore[return-value]
    cells: list[Any] = column.to_pylist()
    return cells


def _sent(columns: Mapping[str, _Column], inputs: Sequence[InputColumn], rows: int) -> SentRows:
    wanted = {c.name for c in inputs}
    ignored = tuple(sorted(columns.keys() - wanted))
    absent = {name: _Column([_ABSENT] * rows) for name in wanted - columns.keys()}
    return SentRows(_table({**columns, **absent}, inputs, rows), ignored)


def _named(head: str, inputs: Iterable[InputColumn]) -> tuple[str, str | None]:
    """Name and unit of a header; a name that the model knows with its brackets is that name."""
    unit = bracket_of(head)
    if unit is None or any(c.name == head for c in inputs):
        return head, None
    return head[: head.rindex("[")].strip() if "[" in head else head, unit


def _once(name: str, columns: Mapping[str, _Column]) -> None:
    if name in columns:
        raise BadData(f"the column {name!r} is there twice", (Problem(f"/{name}", "is twice"),))


def _count(rows: int, most: int) -> None:
    if rows == 0:
        raise BadData("there are no rows", (Problem("", "send at least one"),))
    if rows > most:
        raise TooLarge(f"{rows} rows are more than the {most} of LONGRUN_MAX_PREDICT_ROWS")


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON; send null where a value is missing")


def _parsed(cells: Sequence[str]) -> list[Any]:
    """Numbers of texts; what is no number stays a text and is refused as such."""
    found: list[Any] = []
    for cell in cells:
        try:
            found.append(float(cell) if cell.strip() else None)
        except ValueError:
            found.append(cell)
    return found


def _table(columns: Mapping[str, _Column], inputs: Sequence[InputColumn], rows: int) -> DataTable:
    numbers: dict[str, FloatArray] = {}
    categories: dict[str, Factor] = {}
    units: dict[str, str] = {}
    traces: dict[str, FloatArray] = {}
    wrong: list[Problem] = []
    single = rows == 1
    for c in inputs:
        column = columns[c.name]
        if c.type == "trace":
            cells = [None if cell is _ABSENT else cell for cell in column.cells]
            if any(cell is _ABSENT for cell in column.cells):
                told = f"{c.name!r}: the column is missing; send its trace, or null"
                wrong.append(Problem(_pointer(c.name, 0, single=single), told))
            else:
                traces[c.name] = traces_of(c, cells)
        elif c.type == "number":
            numbers[c.name], unit = _numbers(c, column, wrong, single=single)
            if unit is not None and unit != c.unit:
                units[c.name] = unit
        else:
            categories[c.name] = _texts(c, column, wrong, single=single)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise BadData(wrong[0].detail + more, tuple(wrong[:TOLD]))
    return DataTable(numbers=numbers, categories=categories, traces=traces, units=units)


def _numbers(
    c: InputColumn, column: _Column, wrong: list[Problem], *, single: bool
) -> tuple[FloatArray, str | None]:
    cells = column.cells
    if isinstance(cells, np.ndarray):
        return cells, column.unit
    unit = column.unit
    if set(map(type, cells)) <= _PLAIN:
        with suppress(OverflowError):  # an integer beyond all floats is named below
            whole = np.array(cells, dtype=np.float64)
            if not np.isinf(whole).any():
                return whole, unit
    values = np.full(len(cells), nan)
    said: set[str] = set()
    for i, cell in enumerate(cells):
        if isinstance(cell, dict):
            cell, told = cell.get("value", _ABSENT), cell.get("unit")
            said.add(told if isinstance(told, str) else c.unit)
        try:
            values[i] = _number(cell)
        except (ValueError, OverflowError) as error:
            wrong.append(Problem(_pointer(c.name, i, single=single), f"{c.name!r}: {error}"))
    if len(said) > 1:
        told = f"{c.name!r} comes in several units: {', '.join(sorted(said))}; send one"
        wrong.append(Problem(_pointer(c.name, 0, single=single), told))
    return values, min(said) if said else unit


def _number(cell: Any) -> float:
    if cell is _ABSENT:
        raise ValueError("the column is missing; send it, or null where it has no value")
    if cell is None:
        return nan
    if type(cell) not in _PLAIN:
        raise ValueError(f"{_short(cell)} is not a number")
    number = float(cell)
    if not isfinite(number):
        raise ValueError(f"{_short(cell)} is not a finite number; leave it out where it is missing")
    return number


def _texts(c: InputColumn, column: _Column, wrong: list[Problem], *, single: bool) -> Factor:
    found: list[str | None] = []
    for i, cell in enumerate(column.cells):
        if cell is None or isinstance(cell, str):
            found.append(cell)
            continue
        found.append(None)
        told = (
            f"{_short(cell)} is not a text"
            if cell is not _ABSENT
            else (f"the column is missing; send one of {', '.join(c.levels[:10])}")
        )
        wrong.append(Problem(_pointer(c.name, i, single=single), f"{c.name!r}: {told}"))
    return factor_of(found)


def _pointer(name: str, row: int, *, single: bool) -> str:
    escaped = name.replace("~", "~0").replace("/", "~1")
    return f"/{escaped}" if single else f"/{row}/{escaped}"


def _short(cell: Any) -> str:
    text = repr(cell)
    return text if len(text) <= 80 else f"{text[:77]}..."
