"""A file of a dataset that was sent: read and put to the rows there are; not stored yet."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import ValidationError

from api import etag, idempotency
from api.body import Code
from api.coded import AtSite
from api.deps import Engineer, ServicesDep
from api.etag import IfMatch
from api.sent_rows import FileName, Preview, RejectsAsked, file_of, form_of, wrong_mapping
from api.spool import SpoolDep
from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.db import dataset_revisions
from ops.db.dataset_rows import PackedTable
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.db.load_classifier import kind_of
from ops.db.models.classify import Dataset
from ops.ingest.dataset_file import refuse_name
from ops.ingest.dataset_mapping import DatasetMapping
from ops.values import Actor
from ops.work.dataset_upload import Mode, Prepared, Upload, prepare
from ops.work.file_record import Rejects, refusal
from ops.work.unpacking import of_dataset

_SEVERAL = ("unit", "stratum", "ignore", "category")


@dataclass(frozen=True, slots=True)
class Wish:
    """How the caller wants a file to be taken."""

    mode: Mode
    rejects: Rejects
    preview: bool
    file_name: str | None
    mapping: DatasetMapping


def _said(
    label: Annotated[str | None, Query(max_length=200, description="Column of the labels.")] = None,
    positive: Annotated[
        str | None, Query(max_length=200, description="Label that counts as the event.")
    ] = None,
    time: Annotated[
        str | None, Query(max_length=200, description="Column: when the row happened.")
    ] = None,
    known_time: Annotated[
        str | None, Query(max_length=200, description="Column: when its label was known.")
    ] = None,
    group: Annotated[
        str | None, Query(max_length=200, description="Column: rows that stay together.")
    ] = None,
    unit: Annotated[
        list[str] | None, Query(max_length=500, description="Columns that are keys of the row.")
    ] = None,
    stratum: Annotated[
        list[str] | None, Query(max_length=500, description="Columns: scores are told by level.")
    ] = None,
    ignore: Annotated[
        list[str] | None, Query(max_length=500, description="Columns that are never read.")
    ] = None,
) -> dict[str, Any]:
    """Roles that the query gives; those of the mapping are added to them."""
    given = {
        "label": label, "positive": positive, "time": time, "known_time": known_time,
        "group": group, "unit": unit, "stratum": stratum, "ignore": ignore,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value}


def _mapping(
    spool: SpoolDep,
    said: Annotated[dict[str, Any], Depends(_said)],
    mapping: Annotated[
        str | None,
        Query(
            max_length=100_000, description="A `DatasetMapping` as JSON: roles, times, decimals ..."
        ),
    ] = None,
) -> DatasetMapping:
    text = spool.fields.get("mapping") or mapping
    try:
        whole = DatasetMapping.model_validate_json(text or "{}")
        return DatasetMapping.model_validate(whole.model_dump(exclude_unset=True) | said)
    except ValidationError as error:
        raise wrong_mapping(error) from error


def _wish(
    mapping: Annotated[DatasetMapping, Depends(_mapping)],
    mode: Annotated[
        Mode, Query(description="Replace all rows, or append those that are not there yet.")
    ] = "replace",
    rejects: RejectsAsked = "refuse",
    preview: Preview = False,
    file_name: FileName = None,
) -> Wish:
    return Wish(mode, rejects, preview, file_name, mapping)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was read for a dataset as it was then; large rows are already in their place."""

    actor: Actor
    prepared: Prepared
    packet: PackedTable | None
    wish: Wish
    newest: int


def _arrived(
    code: Code,
    request: Request,
    services: ServicesDep,
    actor: Engineer,
    wish: Annotated[Wish, Depends(_wish)],
    spool: SpoolDep,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> Arrived:
    # before the work: a repeat under its Idempotency-Key would find its own rows
    idempotency.answer_again(request, services.database)
    sent = file_of(spool)
    name = wish.file_name or sent.name
    refuse_name(name or "")
    upload = Upload(
        form_of(sent.media_type, name),
        wish.mapping,
        wish.mode,
        wish.rejects,
        name,
        of_dataset(services.settings),
    )
    row, stored = _stored(services.database, actor, (code, site), if_match, wish.mode)
    document = DatasetDocument.model_validate(row.document)
    prepared = prepare(sent.stream, upload, kind_of(row), document, stored)
    refused = (
        None if wish.preview or wish.rejects == "leave-out" else refusal(prepared.file.rejected)
    )
    if refused is not None:
        raise refused
    packet = None if wish.preview else prepared.packet(services.settings.artifacts)
    return Arrived(actor, prepared, packet, wish, row.newest)


ArrivedDep = Annotated[Arrived, Depends(_arrived)]


def _stored(
    database: Database,
    actor: Actor,
    place: tuple[str, str | None],
    if_match: str | None,
    mode: Mode,
) -> tuple[Dataset, DataTable | None]:
    """Dataset, and its newest rows to append to; no transaction is open afterwards."""
    with database.read() as session:
        row = SHELF.find(session, actor.scope, place[0], site=place[1])
        SHELF.refuse_archived(row)
        if if_match is not None:
            etag.check(if_match, row.row_version)
        if row.newest == 0 or mode == "replace":
            return row, None
        data = dataset_revisions.stored(session, dataset_revisions.find(session, row))
    return row, data.table()
