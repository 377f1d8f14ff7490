"""Parquet files and Arrow IPC, stream or file; columns keep their types."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ops.ingest.rows import Rows, numbered, refuse_wide

_BATCH = 20_000
_CELLS = 4_000_000  # of a batch of many columns


def read_parquet(stream: BinaryIO) -> Rows:
    """Open a Parquet file, read in small batches through a small buffer."""
    file = pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
    names = _plain(file.schema_arrow)
    rows = min(_BATCH, _CELLS // max(len(names), 1))
    return Rows(names, numbered(file.iter_batches(rows, columns=list(names), use_threads=False)))


def read_arrow(stream: BinaryIO) -> Rows:
    """Open an Arrow IPC stream, or file if it can be sought."""
    if stream.seekable():
        magic = stream.read(6)
        stream.seek(0)
        if magic == b"ARROW1":
            file = pa.ipc.open_file(stream)
            batches = (file.get_batch(i) for i in range(file.num_record_batches))
            return _rows(file.schema, batches)
    reader = pa.ipc.open_stream(stream)
    return _rows(reader.schema, iter(reader))


def _rows(schema: Any, batches: Iterator[Any]) -> Rows:
    names = _plain(schema)

    def parts() -> Iterator[Any]:
        for batch in batches:
            batch.validate(full=True)  # the bytes are a stranger's
            for start in range(0, batch.num_rows, _BATCH):
                yield batch.slice(start, _BATCH).select(list(names))

    return Rows(names, numbered(parts()))


def _plain(schema: Any) -> tuple[str, ...]:
    """Names of the columns that are not lists, structs or the like."""
    names = tuple(f.name for f in schema if not pa.types.is_nested(f.type))
    refuse_wide(len(names))
    return names
