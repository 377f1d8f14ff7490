"""Rows of a life test as bytes: an Arrow IPC stream, compressed."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from ops.errors import BadData, Problem
from ops.lifetime.row_summary import summary
from ops.lifetime.rows import LifeRows

MOST_BYTES = 16 * 2**20
_FACTS = b"longrun"


@dataclass(frozen=True, slots=True)
class PackedRows:
    """Rows ready to be stored: bytes, their SHA-256, what they hold."""

    data: bytes
    sha256: str
    summary: dict[str, Any]


def packed(rows: LifeRows) -> PackedRows:
    """Compress rows.

    Raises
    ------
    BadData
        If they are larger than a revision may be.
    """
    table = table_of(rows)
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    if len(data) > MOST_BYTES:
        detail = (
            f"{len(rows)} rows take {len(data) / 2**20:.1f} MiB compressed, a revision holds"
            f" {MOST_BYTES / 2**20:.0f} MiB; split the test, or give equal rows a quantity"
        )
        raise BadData(detail, (Problem("/file", detail),))
    return PackedRows(data, hashlib.sha256(data).hexdigest(), summary(rows))


def table_of(rows: LifeRows) -> pa.Table:
    """Rows as an Arrow table; what is said beside the columns is in its metadata."""
    texts = {n: pa.array(column, pa.string()) for n, column in rows.texts.items()}
    numbers = {n: pa.array(column, pa.float64()) for n, column in rows.numbers.items()}
    table = pa.table({**texts, **numbers})
    return table.replace_schema_metadata({_FACTS: json.dumps(rows.facts())})


def rows_of(data: bytes) -> LifeRows:
    """Rows of stored bytes."""
    table = pa.ipc.open_stream(data).read_all()
    facts: dict[str, Any] = json.loads(table.schema.metadata[_FACTS])
    numbers: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_string(column.type):
            texts[name] = np.array([*column.to_pylist()], dtype=object)
        else:
            numbers[name] = column.to_numpy()
    return LifeRows(numbers=numbers, texts=texts, **facts)
