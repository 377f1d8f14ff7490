"""Datasets: what a row is, what its columns mean; rows and document are fixed revisions."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Code
from api.coded import Archived, AtSite, listed, placed, shown
from api.dataset_bodies import DatasetChange, DatasetDraft, DatasetView
from api.deps import ActorDep, Engineer, Now, ReadSession, SettingsDep, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing
from api.tools import SiteCode
from ops.classifier_query import DatasetKind
from ops.db import datasets, sites
from ops.db.datasets import KEY, SHELF
from ops.db.models.classify import Dataset
from ops.work.dataset_document import redocument

router = APIRouter(prefix="/v1/datasets", tags=["datasets"])

OfKind = Annotated[DatasetKind | None, Query(description="Only those whose rows are of it.")]


def view(session: Session, row: Dataset, codes: dict[int, str] | None = None) -> DatasetView:
    """Answer of a dataset."""
    return shown(session, row, DatasetView, codes)


def _tagged(session: Session, row: Dataset, response: Response) -> DatasetView:
    etag.tag(response, row.row_version)
    return view(session, row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    kind: OfKind = None,
    archived: Archived = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[DatasetView]:
    """List the datasets of the caller's sites."""
    site_id = sites.id_of(session, actor.scope, site)
    query = datasets.listed(actor.scope, site_id=site_id, kind=kind, archived=archived)
    return listed(session, query, KEY, view, limit=limit, cursor=cursor)


@router.post("", status_code=201)
def create(
    body: DatasetDraft, actor: Engineer, session: WriteSession, now: Now, response: Response
) -> DatasetView:
    """Add a dataset; its rows are sent to /rows, or built by /build."""
    fields = body.model_dump(mode="json", include={"code", "kind", "recipe"})
    fields["document"] = body.document.model_dump(mode="json", exclude_unset=True)
    fields |= placed(session, body, actor)
    row = SHELF.create(session, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/datasets/{row.code}"
    return _tagged(session, row, response)


@router.get("/{code}")
def read(
    code: Code, session: ReadSession, actor: ActorDep, response: Response, site: AtSite = None
) -> DatasetView:
    """Read one dataset, without its rows."""
    return _tagged(session, SHELF.find(session, actor.scope, code, site=site), response)


@router.patch("/{code}")
def change(  # noqa: PLR0913  (one for each part of the request)
    code: Code,
    body: DatasetChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    settings: SettingsDep,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> DatasetView:
    """Change title, document or recipe, archive it, or bring it back."""
    row = SHELF.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    changes = body.given("archived", "document", "recipe")
    if "recipe" in body.model_fields_set:
        changes["recipe"] = body.model_dump(mode="json")["recipe"]
    SHELF.change(session, row, changes, actor=actor, now=now)
    if "archived" in body.model_fields_set and not body.archived:
        SHELF.restore(session, row, actor=actor, now=now)
    if "document" in body.model_fields_set:
        url = settings.artifacts
        redocument(session, row, body.document, url=url, actor=actor, now=now)
    if body.archived:
        SHELF.archive(session, row, actor=actor, now=now)
    return _tagged(session, row, response)


@router.delete("/{code}", status_code=204)
def delete(
    code: Code,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> None:
    """Archive a dataset: runs refer to its revisions, so nothing is lost."""
    row = SHELF.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    SHELF.archive(session, row, actor=actor, now=now)
