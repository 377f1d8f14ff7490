"""Ingests: what was sent, what became of it, and every row that was not stored."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.body import Id, View
from api.deps import ActorDep, ReadSession, ServicesDep
from api.listing import Cursor, Limit, Listing, page
from api.measurements import RefusedRow
from api.tools import SiteCode
from ops.db import ingests, refused, sites
from ops.db.engine import Database
from ops.db.models.data import Ingest
from ops.work.export import harmless

router = APIRouter(prefix="/v1/ingests", tags=["ingests"])
KEY = (Ingest.id,)
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rows."}
}


class IngestView(View):
    """One request or file of measurements."""

    id: int = Field(description="Number of the ingest.")
    site: str = Field(description="Code of its site.")
    source: str | None = Field(description="Saved source whose mapping was used.")
    file_name: str | None = Field(description="Name of the file.")
    format: str = Field(description="csv, parquet, arrow, json or xlsx.")
    state: Literal["running", "succeeded", "failed"] = Field(description="How it stands.")
    rows: int = Field(description="Rows read so far.")
    accepted: int = Field(description="New rows, stored.")
    duplicate: int = Field(description="Rows that were stored before, with the same content.")
    conflicting: int = Field(description="Rows whose key is stored with other content.")
    rejected: int = Field(description="Rows that are wrong.")
    warnings: list[str] = Field(description="What is worth a look.")
    error: str | None = Field(description="Why it failed.")
    person: str = Field(description="Who sent it.")
    started_at: datetime = Field(description="When it began.")
    finished_at: datetime | None = Field(description="When it ended; null while it runs.")


def _view(row: Ingest, codes: dict[int, str]) -> IngestView:
    names = set(IngestView.model_fields) - {"site"}
    return IngestView(site=codes[row.site_id], **{n: getattr(row, n) for n in names})


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[IngestView]:
    """List the ingests of the caller's sites, the newest first."""
    query = ingests.listed(actor.scope)
    if site is not None:
        query = query.where(Ingest.site_id == sites.id_of(session, actor.scope, site))
    rows, following = page(session, query, KEY, limit=limit, cursor=cursor, descending=True)
    codes = sites.codes(session)
    return Listing(items=[_view(row, codes) for row in rows], next=following)


@router.get("/{ingest_id}")
def read(ingest_id: Id, session: ReadSession, actor: ActorDep) -> IngestView:
    """Read one ingest; its counts also move while it runs."""
    return _view(ingests.find(session, actor.scope, ingest_id), sites.codes(session))


@router.get("/{ingest_id}/rejections")
def rejections(
    ingest_id: Id,
    session: ReadSession,
    actor: ActorDep,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[RefusedRow]:
    """List the rows of an ingest that were not stored, in the order of the file."""
    found = ingests.find(session, actor.scope, ingest_id)
    query = ingests.rejections(found.id)
    rows, following = page(session, query, refused.REJECTION_KEY, limit=limit, cursor=cursor)
    return Listing(items=[RefusedRow.model_validate(row) for row in rows], next=following)


@router.get("/{ingest_id}/rejections.csv", response_class=StreamingResponse, responses=_CSV)
def download(
    ingest_id: Id, session: ReadSession, services: ServicesDep, actor: ActorDep
) -> StreamingResponse:
    """Download every row of an ingest that was not stored; a text like a formula gets an `'`."""
    found = ingests.find(session, actor.scope, ingest_id)
    name = f'attachment; filename="rejections-{found.id}.csv"'
    return StreamingResponse(
        _lines(services.database, found.id),
        media_type="text/csv",
        headers={"Content-Disposition": name},
    )


def _lines(database: Database, ingest_id: int) -> Iterator[str]:
    yield "row,column,value,reason,kind\r\n"
    with database.read() as session:
        for row in refused.every_row(session, ingest_id):
            line = io.StringIO()
            csv.writer(line).writerow([harmless(cell) for cell in row])
            yield line.getvalue()
