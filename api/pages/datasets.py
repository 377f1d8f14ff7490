"""Datasets: the list, and one of them: its columns, labels, doubts, revisions, files in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.body import Code
from api.coded import AtSite, Number
from api.dataset_bodies import DatasetDraft
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.pages.coded_runs import NEWEST, newest_runs, takers
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from ops.analyses.dataset_chart import balance_chart
from ops.classifier_query import ClassifierQuery
from ops.classify.document import DatasetDocument
from ops.db import dataset_revisions, datasets, sites
from ops.db.datasets import KEY, SHELF
from ops.db.models.classify import Dataset, DatasetRevision
from ops.db.models.plant import Site
from ops.errors import NotFound

router = APIRouter(prefix="/datasets", include_in_schema=False)
ON_A_PAGE = 50
MOST_COLUMNS = 300  # that the page lists; the rest is in the API


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    archived: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List datasets, and the way in for a new one."""
    query = datasets.listed(actor.scope, archived=archived)
    found, following = page(session, query, KEY, limit=ON_A_PAGE, cursor=cursor)
    draft = DatasetDraft.model_json_schema()
    return visit.show(
        "datasets.html",
        datasets=[(row, _summary(session, row)) for row in found],
        following=following,
        archived=archived,
        codes=sites.codes(session),
        fields=fields_of(draft, {}, without=("document", "recipe")),
        facts=_facts({}),
        sites=session.scalars(sites.listed(actor.scope).with_only_columns(Site.code)).all(),
    )


@router.get("/{code}", response_class=HTMLResponse)
def read(
    code: Code,
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    revision: Annotated[Number | None, Query()] = None,
) -> HTMLResponse:
    """Show a revision of a dataset."""
    row = SHELF.find(session, actor.scope, code, site=site)
    found = dataset_revisions.find(session, row, revision) if row.newest or revision else None
    document = DatasetDocument.model_validate(row.document if found is None else found.document)
    return visit.show(
        "dataset.html",
        dataset=row,
        site=sites.codes(session).get(row.site_id or 0),
        revision=found,
        document=document,
        columns=[] if found is None else _columns(found, document),
        hidden=max(len(document.columns) - MOST_COLUMNS, 0),
        drawn=None if found is None else balance_chart(found.summary, document.positive),
        revisions=page(
            session,
            dataset_revisions.listed(row),
            dataset_revisions.KEY,
            limit=NEWEST,
            cursor=None,
            descending=True,
        )[0],
        analyses=takers("dataset", ClassifierQuery, row.kind),
        runs=newest_runs(session, row, "dataset", actor.scope),
        facts=_facts(row.document),
    )


def _facts(values: dict[str, Any]) -> Any:
    """Fields of what is said of a dataset; its columns come with the file."""
    schema = DatasetDocument.model_json_schema()
    return fields_of(schema, values, base="/document", without=("columns",))


def _summary(session: Session, row: Dataset) -> dict[str, Any]:
    try:
        return dataset_revisions.find(session, row).summary
    except NotFound:
        return {}


def _columns(revision: DatasetRevision, document: DatasetDocument) -> list[dict[str, Any]]:
    """Columns as the summary counts them, each with what the document says of it."""
    meanings = {c.name: c.description for c in document.columns}
    shown = revision.summary["columns"][:MOST_COLUMNS]
    return [column | {"means": meanings.get(column["name"], "")} for column in shown]
