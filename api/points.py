"""Measurements out: raw points page by page as JSON, or all of them as an Arrow stream."""

import io
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Annotated, Any, Literal, get_args

import pyarrow as pa
from fastapi import APIRouter, Depends, Header, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.body import MAX_ID, Code, Instant, View
from api.deps import ActorDep, ServicesDep
from api.listing import Cursor, decode_cursor, encode_cursor
from api.tools import SiteCode
from api.where import Where
from ops.db import measurements
from ops.db.engine import Database
from ops.db.marked import MARKED
from ops.db.measurements import Position, Source, last_position
from ops.db.types import from_micros
from ops.errors import BadData, Problem
from ops.query import MeasurementQuery
from ops.values import MarkKind, Status
from ops.work.export import FORMATS
from ops.work.rows_file import RowFormat, rows_file

router = APIRouter(prefix="/v1/measurements", tags=["measurements"])

ARROW = "application/vnd.apache.arrow.stream"
Codes = Annotated[
    list[Code] | None,
    Query(max_length=100, description="Codes of characteristics, repeated; absent = all."),
]
Start = Annotated[Instant | None, Query(description="First instant of the window.")]
End = Annotated[Instant | None, Query(description="First instant after the window.")]
MaxBatch = Annotated[
    int | None, Query(ge=0, le=MAX_ID, description="Highest batch that is seen; absent = all.")
]
Points = Annotated[int, Query(ge=1, le=50_000, description="Most points on a page.")]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {FORMATS[f]: {} for f in get_args(RowFormat)}}
}
Accept = Annotated[str | None, Header(include_in_schema=False)]


def wanted(
    actor: ActorDep,
    where: Where,
    characteristic: Codes = None,
    site: SiteCode = None,
    start: Start = None,
    end: End = None,
    max_batch: MaxBatch = None,
) -> MeasurementQuery:
    """Measurements that a caller asks for."""
    return MeasurementQuery(
        characteristics=tuple(characteristic or ()),
        start=start,
        end=end,
        site=site,
        where=where,
        max_batch=max_batch,
        scope=actor.scope,
    )


Wanted = Annotated[MeasurementQuery, Depends(wanted)]


class PointView(View):
    """One stored measurement, with its value and status in force."""

    site: str = Field(description="Code of the site.")
    characteristic: str = Field(description="Code of the characteristic.")
    ts: datetime = Field(description="When it was measured.")
    seq: str = Field(
        description="What tells it from others of the same instant: a 64-bit number as text,"
        " because JSON readers lose digits of large numbers."
    )
    value: float = Field(description="Value in force, in the characteristic's unit.")
    subgroup: str | None = Field(description="Rational subgroup.")
    unit_id: str | None = Field(description="Serial of the unit.")
    position: str | None = Field(description="Place on the unit: wire, site.")
    n: float = Field(description="Sample size or area of an attribute count, 1 otherwise.")
    status: Literal["valid", "void", "corrected", "beyond_gauge"] = Field(
        description="Status in force; only valid and corrected values enter statistics."
    )
    context_id: int = Field(description="Number of its combination of factors.")
    batch_id: int = Field(description="Number of the batch that brought it.")
    mark: MarkKind | None = Field(description="What was said of it last.")
    mark_cause: str | None = Field(description="Code of the site's catalogue: why.")
    mark_action: str | None = Field(description="Code of the site's catalogue: what was done.")
    mark_note: str | None = Field(description="In words.")


class PointPage(View):
    """A page of points, in the order of characteristic, ts and seq."""

    items: list[PointView] = Field(description="The points.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")
    max_batch: int = Field(description="Highest batch seen; give it back to freeze what is seen.")


@router.get(
    "",
    response_model=PointPage,
    responses={200: {"content": {ARROW: {"schema": {"type": "string", "format": "binary"}}}}},
)
def points(
    services: ServicesDep,
    query: Wanted,
    limit: Points = 1000,
    cursor: Cursor = None,
    accept: Accept = None,
) -> PointPage | StreamingResponse:
    """Read raw points: pages of JSON, or with `Accept: application/vnd.apache.arrow.stream` all."""
    source = measurements.source_of(services.database, query)
    if accept is not None and ARROW in accept:
        return StreamingResponse(_arrow(services.database, source), media_type=ARROW)
    return _page(services.database, source, limit, cursor)


@router.get("/export.{format}", response_class=StreamingResponse, responses=_FILES)
def exported(
    services: ServicesDep,
    query: Wanted,
    format: Annotated[RowFormat, Path(description="csv, parquet or xlsx (at most 200,000 rows).")],
) -> StreamingResponse:
    """Read all raw points as a file, voided ones too, with their status."""
    source = measurements.source_of(services.database, query)
    pieces = rows_file(format, *measurements.stream(services.database, source))
    # the first piece before the answer begins: what is refused is told with its status
    whole = chain([next(pieces)], pieces)
    headers = {"Content-Disposition": f'attachment; filename="measurements.{format}"'}
    return StreamingResponse(whole, media_type=FORMATS[format], headers=headers)


def page_of(
    database: Database, query: MeasurementQuery, limit: int, cursor: str | None
) -> PointPage:
    """Read one page of raw points."""
    return _page(database, measurements.source_of(database, query), limit, cursor)


def _page(database: Database, source: Source, limit: int, cursor: str | None) -> PointPage:
    after = None if cursor is None else _position(cursor)
    tables = measurements.page(database, source, after=after, limit=limit)
    full = sum(table.num_rows for _, table in tables) == limit
    last = last_position(tables) if full else None
    key = None if last is None else encode_cursor([last.characteristic_id, last.ts, last.seq])
    views = [_view(site.code, row.code, p) for (row, site), t in tables for p in t.to_pylist()]
    return PointPage(items=views, next=key, max_batch=source.span.max_batch)


def _position(cursor: str) -> Position:
    key = [k for k in decode_cursor(cursor, 3) if isinstance(k, int) and abs(k) <= MAX_ID]
    if len(key) < 3:
        problem = Problem("/cursor", "use the value of `next` of the page before, unchanged")
        raise BadData(f"cursor {cursor!r} is not one of ours", (problem,))
    return Position(*map(int, key))


def _view(site: str, characteristic: str, point: dict[str, object]) -> PointView:
    changed = {
        "site": site,
        "characteristic": characteristic,
        "ts": from_micros(int(str(point["ts"]))),
        "seq": str(point["seq"]),
        "status": Status(int(str(point["status"]))).name.lower(),
        **{name: point[name] or None for name in MARKED},
    }
    return PointView.model_validate(point | changed)


def _arrow(database: Database, source: Source) -> Iterator[bytes]:
    schema, batches = measurements.stream(database, source)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()
