"""The loader of classifiers: rows and document of a dataset, versions of models, earlier runs."""

from datetime import UTC, datetime

import numpy as np
from sqlalchemy import or_
from sqlalchemy.orm import Session

from ops.classifier_query import ClassifierData, ClassifierQuery, DatasetKind
from ops.classify.build.report import Built
from ops.classify.document import DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.classify.table import NO_TIME, DataTable
from ops.db import dataset_revisions, results, sites
from ops.db.dataset_revisions import StoredRows
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.db.load_recipe import built
from ops.db.model_versions import packets
from ops.db.models.classify import Dataset, DatasetRevision
from ops.db.models.work import Run
from ops.db.runs import visible
from ops.errors import BadData, Problem
from ops.forecast_query import EarlierRun
from ops.values import IntArray

MOST_EARLIER = 60
HOLDS = {"table": "rows of numbers and texts", "traces": "traces"}
_FREE = ("feature", "ignore", "stratum")  # roles that say what to learn from, not what a row is
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def load_classifier(database: Database, query: ClassifierQuery) -> ClassifierData:
    """Answer a query: rows and document of a revision, models, earlier runs.

    What came after `as_of` is not seen: a run that is repeated sees what it saw.

    Raises
    ------
    NotFound
        If the dataset, its revision or a version does not exist within the scope.
    BadData
        If its rows are of another kind, or it has no recipe to be built from.
    """
    if not query.dataset and not query.model:
        return query.empty()
    with database.read() as session:
        models = packets(session, query)
        code = query.dataset or next((m.dataset for m in models if m.dataset), "")
        if not code:
            return ClassifierData(models=models, earlier=_earlier(session, query, None))
        row = SHELF.find(session, query.scope, code, site=query.site, shared=True)
        refuse_kind(row, query)
        earlier = _earlier(session, query, row)
        site = sites.codes(session).get(row.site_id or 0)
        kept = document_at(session, row, query.as_of)
        found = None if query.rebuild else _stored(session, row, query)
    if found is None:
        new = rebuilt(database, row, query, site)
        number, table, document = 0, new.table, carried(new.document, kept)
    else:
        number, document, stored = found
        table = in_time(stored.table(), document)
    return ClassifierData(
        code=row.code,
        title=row.title,
        revision=number,
        kind=kind_of(row),
        table=table,
        document=document,
        models=models,
        earlier=earlier,
    )


def rebuilt(database: Database, row: Dataset, query: ClassifierQuery, site: str | None) -> Built:
    """Rows made anew from the recipe that a query is pinned to, or that of the dataset.

    Raises
    ------
    BadData
        If it has no recipe.
    """
    if row.recipe is None and not query.recipe:
        mend = "use a revision of it, or give it a recipe"
        detail = f"the dataset {row.code!r} has no recipe to be built from; {mend}"
        raise BadData(detail, (Problem("/dataset", detail),))
    if query.recipe:
        recipe = DatasetRecipe.model_validate_json(query.recipe)
    else:
        recipe = DatasetRecipe.model_validate(row.recipe)
    as_of = query.as_of or _END_OF_TIME
    place = site or query.site
    return built(
        database, recipe, as_of=as_of, max_batch=query.max_batch, site=place, scope=query.scope
    )


def document_at(session: Session, row: Dataset, as_of: datetime | None) -> DatasetDocument:
    """Document of the newest revision at an instant; an empty one if there was none.

    What the build before counted among its cautions is left out: the next one counts anew.
    """
    query = dataset_revisions.listed(row).order_by(DatasetRevision.number.desc()).limit(1)
    if as_of is not None:
        query = query.where(DatasetRevision.created_at <= as_of)
    found = session.scalar(query)
    if found is None:
        return DatasetDocument()
    by_recipe = query.where(DatasetRevision.origin["kind"].as_string() == "recipe")
    build = session.scalar(by_recipe)
    counted = [] if build is None else build.origin.get("cautions", [])
    document = DatasetDocument.model_validate(found.document)
    own = tuple(c for c in document.cautions if c not in counted)
    return document.model_copy(update={"cautions": own})


def carried(made: DatasetDocument, kept: DatasetDocument) -> DatasetDocument:
    """Document of built rows, with the roles and words that people gave to its features."""
    said = {c.name: c for c in kept.columns if c.role in _FREE}
    columns = tuple(
        c.model_copy(update={"role": said[c.name].role, "description": said[c.name].description})
        if c.role == "feature" and c.name in said
        else c
        for c in made.columns
    )
    return made.model_copy(
        update={
            "columns": columns,
            "subject": made.subject or kept.subject,
            "source": made.source or kept.source,
            "cautions": tuple(dict.fromkeys((*made.cautions, *kept.cautions)))[:40],
        }
    )


def _stored(
    session: Session, row: Dataset, query: ClassifierQuery
) -> tuple[int, DatasetDocument, StoredRows]:
    revision = dataset_revisions.find(session, row, query.revision, as_of=query.as_of)
    document = DatasetDocument.model_validate(revision.document)
    return revision.number, document, dataset_revisions.stored(session, revision)


def kind_of(row: Dataset) -> DatasetKind:
    """Tell what the rows of a dataset are."""
    return "traces" if row.kind == "traces" else "table"


def refuse_kind(row: Dataset, query: ClassifierQuery) -> None:
    """Refuse a dataset whose rows are not what the query wants.

    Raises
    ------
    BadData
        With the pointer ``/dataset``.
    """
    if query.kind is None or row.kind == query.kind:
        return
    mend = f"name a dataset of the kind {query.kind!r}"
    detail = f"holds {HOLDS[row.kind]}, {HOLDS[query.kind]} are needed; {mend}"
    raise BadData(f"the dataset {row.code!r} {detail}", (Problem("/dataset", detail),))


def in_time(table: DataTable, document: DatasetDocument) -> DataTable:
    """Rows in the order of the time column, if there is one; those without a time come last."""
    name = document.one("time")
    if name is None or name not in table.times:
        return table
    time = table.times[name]
    late = np.where(time == NO_TIME, np.iinfo(np.int64).max, time)
    if bool(np.all(late[1:] >= late[:-1])):
        return table
    order: IntArray = np.argsort(late, kind="stable")
    return table.take(order)


def _earlier(
    session: Session, query: ClassifierQuery, row: Dataset | None
) -> tuple[EarlierRun, ...]:
    """Earlier runs on the same model if the query names one, else on the same dataset."""
    if not query.analysis:
        return ()
    field, value = ("model", query.model) if query.model else ("dataset", query.dataset)
    wanted = (
        visible(query.scope)
        .where(Run.analysis == query.analysis, Run.state == "succeeded")
        .where(Run.finished_at < (query.as_of or _END_OF_TIME))
        .where(Run.params[field].as_string() == value)
        .order_by(Run.as_of.desc(), Run.id)
        .limit(MOST_EARLIER)
    )
    if row is not None and row.site_id is not None:
        wanted = wanted.where(or_(Run.site_id == row.site_id, Run.site_id.is_(None)))
    found = session.scalars(wanted).all()
    return tuple(EarlierRun(r.id, r.as_of, results.whole(session, r) or {}) for r in found)
