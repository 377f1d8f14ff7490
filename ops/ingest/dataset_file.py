"""A dataset's file of any format, opened: its bytes checked, its rows as they stand."""

from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np
import pyarrow as pa

from ops.classify.document import DatasetDocument
from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk
from ops.ingest.dataset_mapping import AS_WRITTEN, DatasetMapping
from ops.ingest.dataset_typed import DatasetFile, read_typed
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.rows import Spliced
from ops.ingest.text import UNKNOWN
from ops.ingest.unpacking import UNPACKING, Unpacking

MOST_ROWS = 2_000_000
MOST_CELLS = 50_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_READ = (".npz", ".npy", ".pkl", ".pickle", ".joblib")


def refuse_name(name: str) -> None:
    """Refuse a file by its name whose format can hold code, or names no columns.

    Raises
    ------
    BadData
        With what to send instead.
    """
    if name.lower().endswith(_NOT_READ):
        detail = (
            f"{name} is not read: such a file may hold code, and names no columns; send Parquet"
            " (traces: a column of lists, or UCR-style tab-separated text)"
        )
        raise BadData(detail, (Problem("/file", detail),))


def decodable(stream: BinaryIO, mapping: DatasetMapping) -> BinaryIO:
    """Stream of a text file from its start, if its encoding is the one that the mapping says.

    Raises
    ------
    BadData
        If it is UTF-16 and the mapping says another encoding.
    """
    head = stream.read(512)
    if head.startswith(b"PK\x03\x04"):
        detail = "the file is a zip archive, not text; send a spreadsheet under its name, .xlsx"
        raise BadData(detail, (Problem("/file", detail),))
    narrow = "16" not in mapping.encoding and "32" not in mapping.encoding
    if narrow and (head[:2] in _UTF16 or (b"\0" in head and not head.startswith(b"\x1f\x8b"))):
        mend = 'save it as UTF-8, or set "encoding": "utf-16" in the mapping'
        detail = f"the file looks like UTF-16, not {mapping.encoding}; {mend}"
        raise BadData(detail, (Problem("/mapping/encoding", detail),))
    if stream.seekable():
        stream.seek(0)
        return stream
    return cast("BinaryIO", Spliced(head, stream))


def read_dataset_file(
    stream: BinaryIO,
    file_format: FileFormat,
    document: DatasetDocument,
    mapping: DatasetMapping = AS_WRITTEN,
    *,
    partial: bool = False,
    unpacking: Unpacking = UNPACKING,
) -> DatasetFile:
    """Read a file of rows.

    Parameters
    ----------
    partial
        Whether declared columns may be absent: their values are missing.

    Raises
    ------
    BadData
        If it cannot be read, has too many rows, or lacks a column that has a role.
    """
    raw, headers = read_raw(stream, file_format, mapping, unpacking)
    return read_typed(raw, headers, document, mapping, partial=partial)


def read_raw(
    stream: BinaryIO, file_format: FileFormat, mapping: DatasetMapping, unpacking: Unpacking
) -> tuple[RawChunk, tuple[str, ...]]:
    """All rows of a file as they stand, and its headers.

    Raises
    ------
    BadData
        If it cannot be read or has too many rows.
    """
    if file_format in ("csv", "json"):
        stream = decodable(stream, mapping)
    opened = read_rows(stream, file_format, mapping.reading(), most=MOST_ROWS, unpacking=unpacking)
    most = min(MOST_ROWS, MOST_CELLS // max(len(opened.columns), 1))
    chunks = list(_few(opened.chunks, most, len(opened.columns)))
    raw = chunks[0] if chunks else RawChunk(np.empty(0, np.int64), {})
    if len(raw) == 0 and not raw.rejected:
        raise BadData("the file has no rows", (Problem("/file", "it has no rows"),))
    if any(UNKNOWN in name for name in opened.columns):
        detail = f"the header is not {mapping.encoding} text; set encoding in the mapping"
        raise BadData(detail, (Problem("/mapping/encoding", detail),))
    empty = {name: pa.nulls(len(raw), pa.string()) for name in opened.columns if name}
    return RawChunk(raw.rows, {**empty, **raw.columns}, raw.rejected), opened.columns


def _few(chunks: Iterator[RawChunk], most: int, columns: int) -> Iterator[RawChunk]:
    for number, chunk in enumerate(chunks):
        if number or len(chunk) > most:
            detail = f"more than {most} rows of {columns} columns; send fewer rows or columns"
            raise BadData(f"the file has {detail}", (Problem("/file", detail),))
        yield chunk
