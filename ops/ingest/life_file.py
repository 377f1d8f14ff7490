"""A life test's file of any format: its rows, what each column was taken for, what was refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk, Rejected
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.life_columns import LifeColumns
from ops.ingest.life_events import read_events
from ops.ingest.life_header import LifeLayout, lay_out_life
from ops.ingest.life_mapping import AS_RECOGNISED, LifeMapping
from ops.ingest.life_nevada import is_nevada, read_nevada, with_shipped, without_periods
from ops.ingest.life_readings import read_readings
from ops.ingest.life_returns import read_returns
from ops.ingest.life_times import read_times
from ops.ingest.unpacking import UNPACKING, Unpacking
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import LifeRows, RowsKind

MOST_ROWS = 2_000_000
WITHOUT_STATUS = (
    "no column tells the status: every row counts as failed; add a column status (failed, censored)"
    " if some were still good"
)


@dataclass(frozen=True, slots=True)
class LifeFile:
    """A file that was read.

    Parameters
    ----------
    rows
        Those that can be kept.
    rejected
        Those that cannot, each with its reason, in the order of the file.
    seen
        How many rows the file has.
    layout
        What each column was taken for.
    warnings
        What was assumed, as it may not be meant.
    """

    rows: LifeRows
    rejected: tuple[Rejected, ...]
    seen: int
    layout: LifeLayout
    warnings: tuple[str, ...] = ()


def read_life_file(
    stream: BinaryIO,
    file_format: FileFormat,
    kind: RowsKind,
    document: LifeTestDocument,
    mapping: LifeMapping = AS_RECOGNISED,
    unpacking: Unpacking = UNPACKING,
) -> LifeFile:
    """Read a file of a life test.

    Raises
    ------
    BadData
        If it cannot be read, has no column that the kind needs, or too many rows.
    """
    opened = read_rows(stream, file_format, mapping.reading(), most=MOST_ROWS, unpacking=unpacking)
    chunks = list(_few(opened.chunks))
    raw = chunks[0] if chunks else RawChunk(np.empty(0, np.int64), {})
    names = [name for name in opened.columns if name]
    layout = lay_out_life(names, kind, mapping, document)
    layout = with_shipped(layout, names) if kind == "field" else layout
    columns = LifeColumns(raw, kind, layout, mapping, document)
    rows = _read(columns)
    if kind == "field" and is_nevada(columns):
        layout = without_periods(layout)
    rejected = sorted((*raw.rejected, *columns.refusals.noted), key=lambda r: r.row)
    seen = len(raw) + len(raw.rejected)
    return LifeFile(rows, tuple(rejected), seen, layout, _warnings(kind, layout))


def _warnings(kind: RowsKind, layout: LifeLayout) -> tuple[str, ...]:
    """Warn of a file without a status; two bounds tell by an empty one what has not failed."""
    told = kind != "life" or layout.has("status") or layout.has("lower", "upper")
    return () if told else (WITHOUT_STATUS,)


def _few(chunks: Iterator[RawChunk]) -> Iterator[RawChunk]:
    for number, chunk in enumerate(chunks):
        if number:
            detail = f"more than {MOST_ROWS} rows; give equal rows once, with a quantity"
            raise BadData(f"the file has {detail}", (Problem("/file", detail),))
        yield chunk


def _read(columns: LifeColumns) -> LifeRows:
    if columns.kind == "life":
        return read_times(columns)
    if columns.kind == "recurrent":
        return read_events(columns)
    if columns.kind == "degradation":
        return read_readings(columns)
    return read_nevada(columns) if is_nevada(columns) else read_returns(columns)
