"""Rows of a life test: files in, rows out; each file makes a revision."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api import etag
from api.body import Code, Note
from api.coded import AtRevision, AtSite, OfRevision
from api.deps import ActorDep, Now, ReadSession, WriteSession
from api.life_bodies import (
    LifeRevisionView,
    LifeRowsView,
    LifeSummary,
    LifeUploadAnswer,
    RejectedLifeRow,
)
from api.life_upload import Arrived, ArrivedDep
from api.listing import Cursor, Limit, Listing, encode_cursor, page
from api.rows_answer import answers_of, attached, start_of
from api.sent_rows import body_of
from ops.db import life_revisions, life_tests
from ops.db.life_revisions import KEY, LifeOrigin
from ops.db.models.life import LifeTestRevision
from ops.errors import Stale
from ops.work.file_record import TOLD
from ops.work.life_export import export_table
from ops.work.rows_file import RowFormat, rows_file

router = APIRouter(prefix="/v1/life-tests/{code}", tags=["life-tests"])

_CSV = (
    "serial,hours,status,mode,temperature [degC]\nU1,412,failed,lift,175\nU2,1000,censored,,175\n"
)
_JSON = [{"serial": "U1", "hours": 412, "status": "failed", "mode": "lift"}]
_BODY = body_of(_CSV, _JSON, "LifeMapping")
_FILES = answers_of("LifeRowsView", ("csv", "parquet", "xlsx"))


@router.post("/rows", openapi_extra=_BODY)
def send(
    code: Code,
    arrived: ArrivedDep,
    session: WriteSession,
    now: Now,
    response: Response,
    site: AtSite = None,
    note: Annotated[Note, Query(description="What has changed, and why.")] = "",
) -> LifeUploadAnswer:
    """Take in a file as the next revision, or say what would come out."""
    if arrived.wish.preview:
        return _answer(arrived, None)
    row = life_tests.find(session, arrived.actor.scope, code, site=site)
    if row.newest != arrived.newest:
        raise Stale(f"revision {row.newest} was added meanwhile; read it, and send the file again")
    prepared = arrived.prepared
    origin = LifeOrigin(arrived.wish.mode, note, prepared.detail)
    revision = life_revisions.add(
        session, row, prepared.packet, origin, actor=arrived.actor, now=now
    )
    etag.tag(response, row.row_version)
    return _answer(arrived, revision)


def _answer(arrived: Arrived, revision: LifeTestRevision | None) -> LifeUploadAnswer:
    prepared = arrived.prepared
    file, layout = prepared.file, prepared.file.layout
    return LifeUploadAnswer(
        revision=None if revision is None else LifeRevisionView.model_validate(revision),
        seen=file.seen,
        kept=file.seen - len(file.rejected),
        rejected_count=len(file.rejected),
        rejected=[RejectedLifeRow.model_validate(r) for r in file.rejected[:TOLD]],
        columns={role: found.column for role, found in layout.roles.items()},
        stresses={name: found.column for name, found in layout.stresses.items()},
        ignored=list(layout.ignored),
        warnings=list(file.warnings),
        summary=LifeSummary.model_validate(prepared.packet.summary),
    )


@router.get("/rows", response_class=Response, responses=_FILES)
def rows(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    format: Annotated[
        Literal["json", "csv", "parquet", "xlsx"], Query(description="json: a page of rows.")
    ] = "json",
    revision: AtRevision = None,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Read the rows of a revision: a page as JSON, or all as a file that can be sent again."""
    row = life_tests.find(session, actor.scope, code, site=site)
    found = life_revisions.find(session, row, revision)
    table = export_table(life_revisions.rows(session, found))
    if format == "json":
        start = start_of(cursor, table.num_rows)
        items = table.slice(start, limit).to_pylist()
        following = encode_cursor([start + limit]) if start + limit < table.num_rows else None
        page_ = LifeRowsView(revision=found.number, items=items, next=following)
        return Response(page_.model_dump_json(), media_type="application/json")
    file_format: RowFormat = format
    body = b"".join(rows_file(file_format, table.schema, table.to_batches()))
    return attached(body, f"{row.code}-{found.number}", format)


@router.get("/revisions")
def revisions(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[LifeRevisionView]:
    """List the revisions of a life test, the newest first."""
    row = life_tests.find(session, actor.scope, code, site=site)
    query = life_revisions.listed(row)
    found, following = page(session, query, KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[LifeRevisionView.model_validate(r) for r in found], next=following)


@router.get("/revisions/{number}")
def revision(
    code: Code, number: OfRevision, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> LifeRevisionView:
    """Read one revision, without its rows."""
    row = life_tests.find(session, actor.scope, code, site=site)
    return LifeRevisionView.model_validate(life_revisions.find(session, row, number))
