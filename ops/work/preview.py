"""What a mapping would make of the first rows of a file; nothing is stored."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ops.db.types import from_micros, to_micros
from ops.ingest.chunk import SHOWN as SHOWN_CHARACTERS
from ops.ingest.chunk import Rejected, TypedChunk
from ops.ingest.convert import Converter
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.mapping import ColumnMapping
from ops.ingest.text import as_text
from ops.values import Status
from ops.work.ingest import catalogue_of

SHOWN = 50
FIRST = 3  # values of a column that show what it holds


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One measurement as it would be stored; `value` is in `unit`."""

    row: int
    time: datetime
    characteristic: str
    value: float
    unit: str
    seq: int
    subgroup: str | None
    unit_id: str | None
    position: str | None
    n: float
    beyond_gauge: bool
    factors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns of a file, its first measurements, and the first rows refused."""

    columns: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    refused: tuple[Rejected, ...]


def columns_of(
    content: bytes, file_format: FileFormat, mapping: ColumnMapping
) -> dict[str, tuple[str | None, ...]]:
    """Columns of a file, each with its first values as they stand in it.

    Raises
    ------
    BadData
        If nothing can be read.
    """
    read = read_rows(io.BytesIO(content), file_format, mapping, most=FIRST)
    first = next(read.chunks, None)
    return {
        name: () if first is None else tuple(_written(first.columns[name].slice(0, FIRST)))
        for name in read.columns
    }


def _written(values: Any) -> list[str | None]:
    return [None if v is None else str(v)[:SHOWN_CHARACTERS] for v in as_text(values).to_pylist()]


def preview(
    session: Session,
    site_id: int,
    content: bytes,
    file_format: FileFormat,
    mapping: ColumnMapping,
    *,
    now: datetime,
    tolerance_s: float,
) -> Preview:
    """Read the first rows of a file.

    Raises
    ------
    BadData
        If nothing can be read, or the file lacks a column of the mapping.
    """
    catalogue = catalogue_of(session, site_id)
    read = read_rows(io.BytesIO(content), file_format, mapping, most=SHOWN)
    latest = to_micros(now + timedelta(seconds=tolerance_s))
    convert = Converter(mapping, catalogue, read.columns, latest=latest)
    names = {known.id: (code, known.unit) for code, known in catalogue.items()}
    rows: list[PreviewRow] = []
    refused: list[Rejected] = []
    for raw in read.chunks:
        chunk = convert(raw)
        rows += _rows(chunk, names)
        refused += chunk.rejected
        if len(rows) >= SHOWN or len(refused) >= SHOWN:
            break
    return Preview(read.columns, tuple(rows[:SHOWN]), tuple(refused[:SHOWN]))


def _rows(chunk: TypedChunk, names: dict[int, tuple[str, str]]) -> list[PreviewRow]:
    labels = {name: text.array().to_pylist() for name, text in chunk.factors.items()}
    found: list[PreviewRow] = []
    for i, row in enumerate(chunk.table.to_pylist()):
        code, unit = names[row.pop("characteristic_id")]
        factors = {name: values[i] for name, values in labels.items() if values[i] is not None}
        found.append(_row(row, code, unit, factors))
    return found


def _row(row: dict[str, Any], code: str, unit: str, factors: dict[str, str]) -> PreviewRow:
    beyond = row.pop("status") == Status.BEYOND_GAUGE
    at = from_micros(row.pop("ts"))
    return PreviewRow(
        time=at, characteristic=code, unit=unit, beyond_gauge=beyond, factors=factors, **row
    )
