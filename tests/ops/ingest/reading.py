"""Read bytes through the whole of ingest's pure half, as the tests need it."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ops.ingest.catalogue import Catalogue, Known
from ops.ingest.chunk import Rejected, TypedChunk
from ops.ingest.convert import Converter
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.mapping import STANDARD, ColumnMapping

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CATALOGUE = Catalogue(
    {"loop_height": Known(1, "um", 0.0, 300.0), "pull": Known(2, "gf"), "shear": Known(3, "gf")}
)


def typed(
    content: bytes,
    file_format: FileFormat = "csv",
    mapping: ColumnMapping = STANDARD,
    most: int = 20_000,
) -> Iterator[TypedChunk]:
    rows = read_rows(io.BytesIO(content), file_format, mapping, most=most)
    latest = int(NOW.timestamp()) * 1_000_000
    convert = Converter(mapping, CATALOGUE, rows.columns, latest=latest)
    return (convert(chunk) for chunk in rows.chunks)


def records(chunks: Iterator[TypedChunk]) -> tuple[list[dict[str, Any]], list[Rejected]]:
    rows: list[dict[str, Any]] = []
    refused: list[Rejected] = []
    for chunk in chunks:
        factors = {name: text.array().to_pylist() for name, text in chunk.factors.items()}
        for i, row in enumerate(chunk.table.to_pylist()):
            rows.append(row | {f"factor {name}": values[i] for name, values in factors.items()})
        refused += chunk.rejected
    return rows, refused


def refusals(content: str, **mapping: Any) -> list[tuple[int, str, str | None, str]]:
    _, refused = records(typed(content.encode(), mapping=ColumnMapping(**mapping)))
    return [(r.row, r.column, r.value, r.reason) for r in refused]
