"""A dataset built from its recipe: rows as the database knows them now, as the next revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.classifier_query import ClassifierQuery
from ops.classify.document import DatasetDocument
from ops.db import dataset_revisions, sites
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import PackedTable, packed
from ops.db.datasets import SHELF
from ops.db.engine import Database
from ops.db.load_classifier import carried, document_at, rebuilt
from ops.db.models.classify import DatasetRevision
from ops.errors import Stale
from ops.values import Actor
from ops.work.dataset_upload import described


@dataclass(frozen=True, slots=True)
class BuiltRows:
    """Rows of a recipe, ready to be stored, and what the build says of itself."""

    code: str
    document: DatasetDocument
    packet: PackedTable
    newest: int
    report: dict[str, Any]
    cautions: tuple[str, ...]


def build(
    database: Database,
    code: str,
    *,
    site: str | None,
    url: str,
    actor: Actor,
    now: datetime,
) -> BuiltRows:
    """Build the rows of a dataset; no transaction is open meanwhile, and nothing is stored.

    Raises
    ------
    NotFound
        If there is no such dataset, or the recipe names what does not exist.
    BadData
        If it has no recipe, or its recipe lets the future in.
    NotEnoughData
        If there is no row.
    """
    with database.read() as session:
        row = SHELF.find(session, actor.scope, code, site=site)
        SHELF.refuse_archived(row)
        place = sites.codes(session).get(row.site_id or 0)
        kept = document_at(session, row, None)
        if row.newest == 0:
            kept = DatasetDocument.model_validate(row.document)
    query = ClassifierQuery(dataset=code, as_of=now, site=place, scope=actor.scope)
    made = rebuilt(database, row, query, place)
    document = carried(made.document, kept)
    packet = packed(made.table, described(made.table, document), url=url)
    report, cautions = made.report.to_document(), made.document.cautions
    return BuiltRows(code, document, packet, row.newest, report, cautions)


def store(
    session: Session, rows: BuiltRows, note: str, *, site: str | None, actor: Actor, now: datetime
) -> DatasetRevision:
    """Store built rows as the next revision of their dataset.

    Raises
    ------
    Stale
        If another revision came meanwhile.
    """
    row = SHELF.find(session, actor.scope, rows.code, site=site)
    if row.newest != rows.newest:
        raise Stale(f"revision {row.newest} was added meanwhile; read it, and build again")
    told = {"recipe": row.recipe, "report": rows.report, "cautions": list(rows.cautions)}
    origin = DatasetOrigin("recipe", note, told)
    return dataset_revisions.add(
        session, row, rows.packet, rows.document, origin, actor=actor, now=now
    )
