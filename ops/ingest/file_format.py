"""Which format a file has, and its reader; whatever is wrong with the bytes becomes BadData."""

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Literal, cast, get_args
from xml.etree.ElementTree import ParseError

import pyarrow as pa

from ops.errors import BadData, Problem
from ops.ingest.arrow_file import read_arrow, read_parquet
from ops.ingest.chunk import RawChunk
from ops.ingest.csv_file import read_csv
from ops.ingest.json_file import read_json
from ops.ingest.mapping import ColumnMapping
from ops.ingest.rows import Rows, Spliced, rechunked
from ops.ingest.unpacking import UNPACKING, Bounded, Unpacking
from ops.ingest.xlsx_file import read_xlsx

FileFormat = Literal["csv", "parquet", "arrow", "json", "xlsx"]
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
MEDIA_TYPES: dict[str, FileFormat] = {
    "text/csv": "csv",
    "application/csv": "csv",
    "application/gzip": "csv",
    "application/vnd.apache.parquet": "parquet",
    "application/vnd.apache.arrow.stream": "arrow",
    "application/vnd.apache.arrow.file": "arrow",
    "application/json": "json",
    "application/x-ndjson": "json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
_PIECE = 1 << 16
_SUFFIXES: dict[str, FileFormat] = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".feather": "arrow",
    ".json": "json",
    ".ndjson": "json",
    ".jsonl": "json",
    ".xlsx": "xlsx",
}


def format_of(file_name: str) -> FileFormat:
    """Format of a file by its name.

    Raises
    ------
    BadData
        If the ending of the name is none we read.

    Examples
    --------
    >>> format_of("heights.CSV.gz")
    'csv'
    """
    name = file_name.lower().removesuffix(".gz")
    for suffix, found in _SUFFIXES.items():
        if name.endswith(suffix):
            return found
    raise BadData(
        f"the format of {file_name!r} is unknown; name it one of {', '.join(_SUFFIXES)},"
        f" or give the format: {', '.join(FORMATS)}"
    )


def read_rows(
    stream: BinaryIO,
    file_format: FileFormat,
    mapping: ColumnMapping,
    *,
    most: int,
    unpacking: Unpacking = UNPACKING,
) -> Rows:
    """Open a file and read it in chunks of `most` rows.

    Raises
    ------
    BadData
        If nothing can be read; also later, from `chunks`, where the rest cannot be read.
    """
    with _as_bad_data(file_format):
        rows = _open(stream, file_format, mapping, unpacking)
    return Rows(rows.columns, _guarded(rechunked(rows.chunks, most), file_format))


def _open(
    stream: BinaryIO, file_format: FileFormat, mapping: ColumnMapping, unpacking: Unpacking
) -> Rows:
    match file_format:
        case "csv":
            return read_csv(_unzipped(stream, unpacking), mapping)
        case "json":
            return read_json(_unzipped(stream, unpacking), mapping)
        case "arrow":
            return read_arrow(stream)
        case "parquet":
            return read_parquet(_seekable(stream))
        case "xlsx":
            return read_xlsx(_seekable(stream), mapping, unpacking)


def _unzipped(stream: BinaryIO, unpacking: Unpacking) -> BinaryIO:
    magic = stream.read(2)
    whole = cast("BinaryIO", io.BufferedReader(Spliced(magic, stream)))
    if magic != b"\x1f\x8b":
        return whole
    unpacked = Bounded(gzip.GzipFile(fileobj=whole), unpacking)
    return cast("BinaryIO", io.BufferedReader(unpacked, _PIECE))


def _seekable(stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115  (closed with its reader)
    while octets := stream.read(1 << 20):
        copy.write(octets)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _guarded(chunks: Iterator[RawChunk], file_format: FileFormat) -> Iterator[RawChunk]:
    with _as_bad_data(file_format):
        yield from chunks


@contextmanager
def _as_bad_data(file_format: FileFormat) -> Generator[None]:
    try:
        yield
    except BadData as error:
        if error.problems:
            raise
        raise BadData(str(error), (Problem("/file", str(error)),)) from error
    except (
        pa.ArrowException,
        ArithmeticError,
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        OSError,
        TypeError,
        ValueError,
        NotImplementedError,
        ParseError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        # the readers of other people's formats raise what they like on broken bytes
        text = " ".join(str(error).split())[:300]
        mend = f"send a whole file of {file_format}, or name the format that it has"
        told = f"the file cannot be read as {file_format}: {text}"
        raise BadData(told, (Problem("/file", mend),)) from error
