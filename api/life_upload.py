"""A file of a life test that was sent: read and put into the rows there are; not stored yet."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Query, Request
from pydantic import ValidationError

from api import etag, idempotency
from api.body import Code
from api.coded import AtSite
from api.deps import Engineer, ServicesDep
from api.etag import IfMatch
from api.sent_rows import FileName, Preview, RejectsAsked, file_of, form_of, wrong_mapping
from api.spool import SpoolDep
from ops.db import life_revisions, life_tests
from ops.db.engine import Database
from ops.db.life_rows import rows_of
from ops.db.models.life import LifeTest
from ops.ingest.life_mapping import AS_RECOGNISED, LifeMapping
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import LifeRows, RowsKind
from ops.values import Actor
from ops.work.file_record import Rejects, refusal
from ops.work.life_upload import Mode, Prepared, Upload, prepare
from ops.work.unpacking import of_life_test


@dataclass(frozen=True, slots=True)
class Wish:
    """How the caller wants a file to be taken."""

    mode: Mode
    rejects: Rejects
    preview: bool
    file_name: str | None
    mapping: str | None


def _wish(
    mode: Annotated[
        Mode, Query(description="Replace all rows, or merge by unit; time only goes on.")
    ] = "replace",
    rejects: RejectsAsked = "refuse",
    preview: Preview = False,
    file_name: FileName = None,
    mapping: Annotated[
        str | None,
        Query(max_length=20_000, description="A `LifeMapping` as JSON, where headers do not tell."),
    ] = None,
) -> Wish:
    return Wish(mode, rejects, preview, file_name, mapping)


WishDep = Annotated[Wish, Depends(_wish)]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was read for a life test as it was then."""

    actor: Actor
    prepared: Prepared
    wish: Wish
    newest: int


def _arrived(
    code: Code,
    request: Request,
    services: ServicesDep,
    actor: Engineer,
    wish: WishDep,
    spool: SpoolDep,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> Arrived:
    # before the work: a repeat under its Idempotency-Key would find its own rows
    idempotency.answer_again(request, services.database)
    sent = file_of(spool)
    mapping = _mapping(spool.fields.get("mapping") or wish.mapping)
    name = wish.file_name or sent.name
    upload = Upload(
        form_of(sent.media_type, name),
        mapping,
        wish.mode,
        wish.rejects,
        name,
        of_life_test(services.settings),
    )
    row, stored = _stored(services.database, actor, (code, site), if_match)
    document = LifeTestDocument.model_validate(row.document)
    kind = cast("RowsKind", row.kind)
    prepared = prepare(sent.stream, upload, kind, document, stored)
    refused = (
        None if wish.preview or wish.rejects == "leave-out" else refusal(prepared.file.rejected)
    )
    if refused is not None:
        raise refused
    return Arrived(actor, prepared, wish, row.newest)


ArrivedDep = Annotated[Arrived, Depends(_arrived)]


def _stored(
    database: Database, actor: Actor, place: tuple[str, str | None], if_match: str | None
) -> tuple[LifeTest, LifeRows | None]:
    """Life test and its newest rows; no transaction is open afterwards."""
    with database.read() as session:
        row = life_tests.find(session, actor.scope, place[0], site=place[1])
        life_tests.refuse_archived(row)
        if if_match is not None:
            etag.check(if_match, row.row_version)
        if row.newest == 0:
            return row, None
        data = life_revisions.stored(session, life_revisions.find(session, row))
    return row, rows_of(data)


def _mapping(text: str | None) -> LifeMapping:
    if not text:
        return AS_RECOGNISED
    try:
        return LifeMapping.model_validate_json(text)
    except ValidationError as error:
        raise wrong_mapping(error) from error
