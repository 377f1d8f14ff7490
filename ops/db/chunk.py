"""A chunk of measurements: its columns, what it belongs to, what became of it."""

from dataclasses import dataclass

import pyarrow as pa

KEY = ("characteristic_id", "ts", "seq")
CONTENT = ("value", "subgroup", "unit_id", "position", "n", "status", "context_id")
CHUNK = pa.schema(
    [
        ("row", pa.int64()),
        ("characteristic_id", pa.int64()),
        ("ts", pa.int64()),
        ("seq", pa.int64()),
        ("value", pa.float64()),
        ("subgroup", pa.string()),
        ("unit_id", pa.string()),
        ("position", pa.string()),
        ("n", pa.float64()),
        ("status", pa.int16()),
        ("context_id", pa.int64()),
    ]
)
CONFLICTS = pa.schema([*(CHUNK.field(c) for c in ("row", *KEY)), ("stored", pa.string()),
                       ("sent", pa.string())])  # fmt: skip


@dataclass(frozen=True, slots=True)
class IngestRef:
    """The ingest that a chunk belongs to."""

    ingest_id: int
    site_id: int
    person: str


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """What became of the rows of a chunk: accepted + duplicate + conflicting = rows.

    Parameters
    ----------
    batch_id
        The (last) batch that was written; None when no row was new: then nothing was written.
    conflicts
        Rows whose key is stored with other content: row, key, and the content that differs, as
        text, as `stored` and as `sent`.
    """

    batch_id: int | None
    accepted: int
    duplicate: int
    conflicting: int
    conflicts: pa.Table
