"""Rows of a dataset as bytes: an Arrow IPC stream, compressed; large ones outside the database."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import fsspec
import numpy as np
import pyarrow as pa

from ops.classify.table import NO_TIME, DataTable
from ops.db.artifacts import IN_DATABASE_BYTES
from ops.db.private import keep
from ops.errors import BadData, NotFound, Problem
from ops.values import Factor

MOST_BYTES = 512 * 2**20
_UNIT, _SHAPE = b"unit", b"shape"
_INSTANT = pa.timestamp("us", "UTC")


@dataclass(frozen=True, slots=True)
class PackedTable:
    """Rows ready to be stored: bytes, their SHA-256, what they hold, where they lie if large.

    `data` is None where the bytes lie at `url`.
    """

    data: bytes | None
    url: str | None
    size: int
    sha256: str
    summary: dict[str, Any]


def packed(table: DataTable, summary: dict[str, Any], *, url: str) -> PackedTable:
    """Compress rows; what the database should not hold is written below `url` at once.

    The file is named for its content: who writes it twice writes the same.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.

    Raises
    ------
    BadData
        If they are larger than a revision may be.
    """
    data = bytes_of(table)
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES:
        detail = (
            f"{len(table)} rows take {len(data) / 2**20:.0f} MiB compressed, a revision holds"
            f" {MOST_BYTES / 2**20:.0f} MiB; leave out columns that are not learned from"
        )
        raise BadData(detail, (Problem("/file", detail),))
    if len(data) <= IN_DATABASE_BYTES:
        return PackedTable(data, None, len(data), sha256, summary)
    target = f"{url.rstrip('/')}/datasets/{sha256}.arrow"
    keep(target, data)
    return PackedTable(None, target, len(data), sha256, summary)


def bytes_at(url: str, sha256: str) -> bytes:
    """Bytes of rows that lie outside of the database.

    Raises
    ------
    NotFound
        If their file is gone, or is not what was stored.
    """
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
        data = bytes(filesystem.cat_file(path))
    except FileNotFoundError as error:
        raise NotFound(f"the rows at {url} are gone from their store") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotFound(f"the rows at {url} are not those that were stored: another SHA-256")
    return data


def bytes_of(table: DataTable) -> bytes:
    """Rows as an Arrow IPC stream."""
    arrow = arrow_of(table)
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, arrow.schema, options=options) as writer:
        writer.write_table(arrow)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def arrow_of(table: DataTable) -> Any:
    """Rows as an Arrow table; units and shapes of traces are in the metadata of the fields."""
    fields: list[Any] = []
    columns: list[Any] = []

    def put(name: str, column: Any, **said: bytes) -> None:
        told = {key.encode(): value for key, value in said.items()}
        if table.units.get(name):
            told[_UNIT] = table.units[name].encode()
        fields.append(pa.field(name, column.type, metadata=told or None))
        columns.append(column)

    for name, number in table.numbers.items():
        put(name, pa.array(np.asarray(number, np.float64)))
    for name, factor in table.categories.items():
        codes = pa.array(factor.codes.astype(np.int32), mask=factor.codes < 0)
        put(name, pa.DictionaryArray.from_arrays(codes, pa.array(factor.levels, pa.string())))
    for name, time in table.times.items():
        micros = pa.array(time, mask=time == NO_TIME)
        put(name, micros.cast(_INSTANT))
    for name, trace in table.traces.items():
        flat = pa.array(np.ascontiguousarray(trace, np.float64).ravel())
        width = trace.shape[1] * trace.shape[2]
        column = pa.FixedSizeListArray.from_arrays(flat, width)
        put(name, column, shape=json.dumps(trace.shape[1:]).encode())
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def table_of(data: bytes) -> DataTable:
    """Rows of stored bytes."""
    arrow = pa.ipc.open_stream(data).read_all().combine_chunks()
    numbers: dict[str, Any] = {}
    categories: dict[str, Any] = {}
    times: dict[str, Any] = {}
    traces: dict[str, Any] = {}
    units: dict[str, str] = {}
    for field, chunked in zip(arrow.schema, arrow.columns, strict=True):
        column = _whole(chunked)
        told = field.metadata or {}
        if _UNIT in told:
            units[field.name] = told[_UNIT].decode()
        if pa.types.is_dictionary(field.type):
            codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            levels = tuple(column.dictionary.to_pylist())
            categories[field.name] = Factor(codes.astype(np.int64), levels)
        elif pa.types.is_timestamp(field.type):
            micros = column.cast(pa.int64()).fill_null(NO_TIME)
            times[field.name] = np.array(micros.to_numpy(zero_copy_only=False), np.int64)
        elif _SHAPE in told:
            channels, points = json.loads(told[_SHAPE])
            flat = np.array(column.flatten().to_numpy(zero_copy_only=False), np.float64)
            traces[field.name] = flat.reshape(len(column), channels, points)
        else:  # a copy: Arrow's arrays cannot be written to, which some kernels stumble over
            numbers[field.name] = np.array(column.to_numpy(zero_copy_only=False), np.float64)
    return DataTable(numbers, categories, times, traces, units)


def _whole(chunked: Any) -> Any:
    if chunked.num_chunks == 1:
        return chunked.chunk(0)
    return (
        pa.array([], chunked.type) if chunked.num_chunks == 0 else pa.concat_arrays(chunked.chunks)
    )
