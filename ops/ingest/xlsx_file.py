"""Spreadsheets: the first sheet, its first row the header, read row by row."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import numpy as np

from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk
from ops.ingest.mapping import ColumnMapping
from ops.ingest.rows import MOST_COLUMNS, Rows, refuse_wide
from ops.ingest.table import columns_of
from ops.ingest.unpacking import Unpacking, weigh_sheets

_BATCH = 5_000
MOST_ROWS = 1_048_576  # of a sheet, by its format


def read_xlsx(stream: BinaryIO, mapping: ColumnMapping, unpacking: Unpacking) -> Rows:
    """Open the first sheet of a spreadsheet; what it says of its own size counts for nothing.

    Raises
    ------
    BadData
        If it has no header row or too many columns, or would unpack to more than it may.
    """
    weigh_sheets(stream, unpacking)
    import openpyxl  # noqa: PLC0415  (a quarter of a second to load)

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    if not book.worksheets:
        raise BadData("the spreadsheet has no sheet")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # some programs write A1 there, and others the whole grid
    names = _names(sheet, mapping.skip_lines + 1)
    rows = sheet.iter_rows(min_row=mapping.skip_lines + 2, max_col=len(names), values_only=True)
    return Rows(tuple(names), _chunks(_few(rows), names, mapping.decimal))


def _names(sheet: Any, line: int) -> list[str]:
    most = MOST_COLUMNS + 1
    header = next(sheet.iter_rows(min_row=line, max_row=line, max_col=most, values_only=True), ())
    names = ["" if name is None else str(name).strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise BadData("the spreadsheet is empty: its first sheet has no header row")
    refuse_wide(len(names))
    return names


def _few(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:  # a row may carry any number: those before it count as empty
            detail = f"a sheet has at most {MOST_ROWS} rows; split it, or send it as CSV"
            raise BadData(f"the spreadsheet goes on: {detail}", (Problem("/file", detail),))
        yield row


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
