"""Spreadsheets: the first sheet, its first row the header, read row by row."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import numpy as np

from ops.errors import BadData
from ops.ingest.chunk import RawChunk
from ops.ingest.mapping import ColumnMapping
from ops.ingest.rows import Rows
from ops.ingest.table import columns_of

_BATCH = 5_000
_UNPACKED = 2 << 30  # bytes: a sheet of a million rows has about 200 MB


def read_xlsx(stream: BinaryIO, mapping: ColumnMapping) -> Rows:
    """Open the first sheet of a spreadsheet.

    Raises
    ------
    BadData
        If it has no header row, or would unpack to an absurd size.
    """
    with zipfile.ZipFile(stream) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _UNPACKED:
        raise BadData(f"the spreadsheet unpacks to {unpacked} bytes; send it as CSV or Parquet")
    stream.seek(0)
    import openpyxl  # noqa: PLC0415  (a quarter of a second to load)

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    if not book.worksheets:
        raise BadData("the spreadsheet has no sheet")
    rows = book.worksheets[0].iter_rows(values_only=True)
    header = next(islice(rows, mapping.skip_lines, None), ())
    names = ["" if name is None else str(name).strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise BadData("the spreadsheet is empty: its first sheet has no header row")
    return Rows(tuple(names), _chunks(rows, names, mapping.decimal))


def _chunks(rows: Iterator[Sequence[Any]], names: list[str], decimal: str) -> Iterator[RawChunk]:
    filled = (row for row in rows if any(cell is not None for cell in row))
    first = 1
    while batch := list(islice(filled, _BATCH)):
        cells = {
            name: [row[i] if i < len(row) else None for row in batch]
            for i, name in enumerate(names)
            if name
        }
        numbers = np.arange(first, first + len(batch), dtype=np.int64)
        first += len(batch)
        yield RawChunk(numbers, columns_of(cells, decimal))
