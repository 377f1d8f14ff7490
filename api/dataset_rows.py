"""Rows of a dataset: files in, rows out, rows built; each makes a revision."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from api import etag, idempotency
from api.body import Code, Note
from api.coded import AtRevision, AtSite, OfRevision
from api.dataset_bodies import (
    DatasetBuildAnswer,
    DatasetRevisionBrief,
    DatasetRevisionView,
    DatasetRowsView,
    DatasetSummary,
    DatasetUploadAnswer,
    RejectedDatasetRow,
)
from api.dataset_upload import Arrived, ArrivedDep
from api.deps import ActorDep, Engineer, Now, ReadSession, ServicesDep, WriteSession
from api.listing import Cursor, Limit, Listing, encode_cursor, page
from api.rows_answer import answers_of, attached, start_of
from api.sent_rows import body_of
from ops.classify.document import DatasetDocument
from ops.db import dataset_revisions
from ops.db.dataset_revisions import KEY, DatasetOrigin
from ops.db.datasets import SHELF
from ops.db.models.classify import DatasetRevision
from ops.errors import Stale
from ops.work import dataset_build
from ops.work.dataset_build import BuiltRows
from ops.work.dataset_export import export_table
from ops.work.file_record import TOLD
from ops.work.rows_file import RowFormat, rows_file

router = APIRouter(prefix="/v1/datasets/{code}", tags=["datasets"])

_CSV = (
    "lift,bonded_at,lot,power [mW]\nno,2026-03-01T08:00:00Z,L1,92\nyes,2026-03-01T08:01:00Z,L1,81\n"
)
_JSON = [{"lift": "no", "bonded_at": "2026-03-01T08:00:00Z", "lot": "L1", "power": 92}]
_BODY = body_of(_CSV, _JSON, "DatasetMapping")
_FILES = answers_of("DatasetRowsView", ("csv", "parquet", "xlsx", "arrow"))
Why = Annotated[Note, Query(description="What has changed, and why.")]


@router.post("/rows", openapi_extra=_BODY)
def send(
    code: Code,
    arrived: ArrivedDep,
    session: WriteSession,
    now: Now,
    response: Response,
    site: AtSite = None,
    note: Why = "",
) -> DatasetUploadAnswer:
    """Take in a file as the next revision, or say what would come out."""
    if arrived.packet is None:
        return _answer(arrived, None)
    row = SHELF.find(session, arrived.actor.scope, code, site=site)
    if row.newest != arrived.newest:
        raise Stale(f"revision {row.newest} was added meanwhile; read it, and send the file again")
    how: Literal["file", "append"] = "append" if arrived.wish.mode == "append" else "file"
    origin = DatasetOrigin(how, note, arrived.prepared.detail)
    document = arrived.prepared.document
    revision = dataset_revisions.add(
        session, row, arrived.packet, document, origin, actor=arrived.actor, now=now
    )
    etag.tag(response, row.row_version)
    return _answer(arrived, revision)


def _answer(arrived: Arrived, revision: DatasetRevision | None) -> DatasetUploadAnswer:
    prepared = arrived.prepared
    file = prepared.file
    return DatasetUploadAnswer(
        revision=None if revision is None else revision.number,
        seen=file.seen,
        kept=file.seen - len(file.rejected) - prepared.repeated,
        repeated=prepared.repeated,
        rejected_count=len(file.rejected),
        rejected=[RejectedDatasetRow.model_validate(r) for r in file.rejected[:TOLD]],
        dropped=list(file.dropped),
        document=prepared.document,
        summary=DatasetSummary.model_validate(prepared.summary),
    )


def _built(
    code: Code,
    request: Request,
    services: ServicesDep,
    actor: Engineer,
    now: Now,
    site: AtSite = None,
) -> BuiltRows:
    idempotency.answer_again(request, services.database)
    url = services.settings.artifacts
    return dataset_build.build(services.database, code, site=site, url=url, actor=actor, now=now)


@router.post("/build")
def build(
    rows: Annotated[BuiltRows, Depends(_built)],
    session: WriteSession,
    actor: Engineer,
    now: Now,
    site: AtSite = None,
    note: Why = "",
) -> DatasetBuildAnswer:
    """Build the rows from the recipe, as the database knows them now, as the next revision."""
    revision = dataset_build.store(session, rows, note, site=site, actor=actor, now=now)
    told = DatasetSummary.model_validate(revision.summary)
    return DatasetBuildAnswer(revision=revision.number, report=rows.report, summary=told)


@router.get("/rows", response_class=Response, responses=_FILES)
def rows(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    format: Annotated[
        Literal["json", "csv", "parquet", "xlsx", "arrow"],
        Query(description="json: a page of rows."),
    ] = "json",
    revision: AtRevision = None,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Read the rows of a revision: a page as JSON, or all as a file that can be sent again."""
    row = SHELF.find(session, actor.scope, code, site=site)
    found = dataset_revisions.find(session, row, revision)
    stored = dataset_revisions.stored(session, found)
    name = f"{row.code}-{found.number}"
    if format == "arrow":
        return attached(stored.bytes(), name, format)
    table, document = stored.table(), DatasetDocument.model_validate(found.document)
    if format == "json":
        start = start_of(cursor, len(table))
        part = export_table(table.take(slice(start, start + limit)), document, text=False)
        following = encode_cursor([start + limit]) if start + limit < len(table) else None
        page_ = DatasetRowsView(revision=found.number, items=part.to_pylist(), next=following)
        return Response(page_.model_dump_json(), media_type="application/json")
    whole = export_table(table, document, text=format != "parquet")
    file_format: RowFormat = format
    body = b"".join(rows_file(file_format, whole.schema, whole.to_batches()))
    return attached(body, name, format)


@router.get("/revisions")
def revisions(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[DatasetRevisionBrief]:
    """List the revisions of a dataset, the newest first."""
    row = SHELF.find(session, actor.scope, code, site=site)
    query = dataset_revisions.listed(row)
    found, following = page(session, query, KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[_brief(one) for one in found], next=following)


def _brief(one: DatasetRevision) -> DatasetRevisionBrief:
    names = ("number", "note", "origin", "size", "sha256", "created_by", "created_at")
    held = {"rows": one.summary["rows"], "labels": one.summary["labels"]}
    return DatasetRevisionBrief(**{name: getattr(one, name) for name in names}, **held)


@router.get("/revisions/{number}")
def revision(
    code: Code, number: OfRevision, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> DatasetRevisionView:
    """Read one revision, without its rows."""
    row = SHELF.find(session, actor.scope, code, site=site)
    return DatasetRevisionView.model_validate(dataset_revisions.find(session, row, number))
