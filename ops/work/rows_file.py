"""Raw measurements as a file: CSV and Parquet piece by piece, XLSX as a whole."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from ops.errors import BadData, Problem

pc: Any = pyarrow.compute
RowFormat = Literal["csv", "parquet", "xlsx"]
MOST_SHEET_ROWS = 200_000  # a sheet holds 1,048,576, but takes minutes and gigabytes to open
_GROUP_ROWS = 500_000


def rows_file(
    format: RowFormat, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
) -> Iterator[bytes]:
    """Write record batches in a format, as pieces of one file.

    Parameters
    ----------
    format
        CSV is UTF-8 with instants as ISO 8601 in UTC and texts as they are; in XLSX a text is
        never a formula, and instants are UTC.

    Raises
    ------
    BadData
        If there are more rows than an XLSX sheet should hold.
    """
    writers = {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}
    return writers[format](schema, batches)


def _csv(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    plain = pa.schema([(f.name, _plain(f.type)) for f in schema])
    yield _lines(plain.empty_table(), header=True)
    for batch in batches:
        yield _lines(_iso(pa.table(batch).cast(plain)), header=False)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _iso(rows: pa.Table) -> pa.Table:
    """Instants with a T, as most readers want them."""
    for place, field in enumerate(rows.schema):
        if pa.types.is_timestamp(field.type):
            text = pc.strftime(rows.column(place), format="%Y-%m-%dT%H:%M:%SZ")
            rows = rows.set_column(place, field.name, text)
    return rows


def _lines(rows: pa.Table, *, header: bool) -> bytes:
    written = io.BytesIO()
    pacsv.write_csv(rows, written, pacsv.WriteOptions(include_header=header))
    return written.getvalue()


class _Drain(io.RawIOBase):
    """A file that is only written, and whose content is taken away from time to time."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._held.append(piece)
        self._size += len(piece)
        return len(piece)

    def drain(self) -> bytes:
        """Take what was written since the last time."""
        taken = b"".join(self._held)
        self._held.clear()
        return taken


def _parquet(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    drain = _Drain()
    with pq.ParquetWriter(pa.PythonFile(drain, "w"), schema, compression="zstd") as writer:
        held: list[pa.RecordBatch] = []
        for batch in batches:
            held.append(batch)
            if sum(b.num_rows for b in held) >= _GROUP_ROWS:
                writer.write_table(pa.Table.from_batches(held, schema))
                held.clear()
                yield drain.drain()
        if held:
            writer.write_table(pa.Table.from_batches(held, schema))
    yield drain.drain()


def _xlsx(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    from openpyxl import Workbook  # noqa: PLC0415  (a quarter of a second to load)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    held = _few(batches)  # a sheet that was begun must be ended
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Measurements")
    sheet.append([f"{f.name} (UTC)" if pa.types.is_timestamp(f.type) else f.name for f in schema])

    def cell(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value)
        made.data_type = "s"  # also where it begins with =
        return made

    for batch in held:
        for row in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            sheet.append([cell(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    yield stream.getvalue()


def _few(batches: Iterable[pa.RecordBatch]) -> list[pa.RecordBatch]:
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(b.num_rows for b in held) > MOST_SHEET_ROWS:
            mend = f"narrow the window to at most {MOST_SHEET_ROWS} rows, or take csv or parquet"
            raise BadData(f"too many rows for a sheet; {mend}", (Problem("/start", mend),))
    return held
