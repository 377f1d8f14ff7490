"""CSV in chunks of constant memory; rows that do not fit the header are refused, not fatal."""

import csv
import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk, Rejected, rejected
from ops.ingest.mapping import ColumnMapping
from ops.ingest.rows import Rows, Transcoded, refuse_wide

_HEAD = 1 << 20  # 5000 long names
_BLOCK = 1 << 20
_DELIMITERS: tuple[str, ...] = (",", ";", "\t", "|")


def read_csv(stream: BinaryIO, mapping: ColumnMapping) -> Rows:
    """Open a CSV file; every column stays text.

    Raises
    ------
    BadData
        If it is empty or has no header in the encoding of the mapping.
    """
    text = Transcoded(stream, mapping.encoding)
    head = text.read(_HEAD)
    delimiter, names, lines = _header(head.decode("utf-8", "ignore"), mapping)
    text.put_back(head)
    unfit: list[Any] = []

    def skip(row: Any) -> str:
        unfit.append(row)
        return "skip"

    options = (
        pa_csv.ReadOptions(
            use_threads=False,  # else the numbers of unfit rows are not known
            block_size=_BLOCK,
            column_names=names,
            skip_rows=lines,
        ),
        pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
        pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    with _whole_rows():
        reader = pa_csv.open_csv(pa.PythonFile(text, mode="r"), *options)
    return Rows(tuple(names), _chunks(reader, unfit, lines))


def _header(head: str, mapping: ColumnMapping) -> tuple[str, list[str], int]:
    """Delimiter, column names, and how many lines stand before the data."""
    lines = head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) <= mapping.skip_lines or not head.strip():
        raise BadData("the file is empty: it has no header line")
    blank = 0
    rest = "\n".join(lines[mapping.skip_lines :])
    while rest.startswith("\n"):
        blank, rest = blank + 1, rest[1:]
    line = rest.split("\n", 1)[0]
    delimiter: str = mapping.delimiter or max(_DELIMITERS, key=line.count)
    try:
        reader = csv.reader(io.StringIO(rest), delimiter=delimiter)
        names = [name.strip() for name in next(reader)]
    except (csv.Error, StopIteration) as error:
        raise BadData(f"the header line cannot be read: {error}") from error
    refuse_wide(len(names))
    if "\x00" in line:
        raise BadData("the file is no CSV text: its first line is not a header")
    return delimiter, names, mapping.skip_lines + blank + reader.line_num


@contextmanager
def _whole_rows() -> Generator[None]:
    try:
        yield
    except pa.ArrowInvalid as error:
        if "Could not skip" in str(error):  # a header that no line end follows
            mend = "send it with its rows"
            raise BadData(f"the file has no rows: {mend}", (Problem("/file", mend),)) from error
        if "straddl" not in str(error):
            raise
        mend = "close its quotation mark, or split the row"
        told = f"a row is longer than {_BLOCK >> 20} MiB"
        raise BadData(f"{told}: {mend}", (Problem("/file", mend),)) from error


def _blocks(reader: Any) -> Iterator[Any]:
    with _whole_rows():
        yield from reader


def _chunks(reader: Any, unfit: list[Any], lines: int) -> Iterator[RawChunk]:
    """Batches with their row numbers: those of unfit rows are left out."""
    number = lines + 1
    for batch in _blocks(reader):
        waiting = np.array([row.number for row in unfit], np.int64)
        candidates = np.arange(number, number + batch.num_rows + len(waiting))
        numbers = candidates[~np.isin(candidates, waiting)][: batch.num_rows]
        if batch.num_rows:
            number = int(numbers[-1]) + 1
        passed = [row for row in unfit if row.number < number]
        unfit[:] = [row for row in unfit if row.number >= number]
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        yield RawChunk(numbers - lines, columns, tuple(_unfit(row, lines) for row in passed))
    if unfit:
        yield RawChunk(np.empty(0, np.int64), {}, tuple(_unfit(row, lines) for row in unfit))


def _unfit(row: Any, lines: int) -> Rejected:
    reason = f"has {row.actual_columns} columns, the header has {row.expected_columns}"
    return rejected(row.number - lines, "", row.text, reason)
