"""Other words for a dataset; with rows this is a revision, so that older runs stay as they are."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.classify.document import DatasetDocument
from ops.classify.retype import retyped
from ops.db import dataset_revisions
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.datasets import SHELF
from ops.db.models.classify import Dataset
from ops.values import Actor
from ops.work.dataset_upload import described


def redocument(
    session: Session,
    row: Dataset,
    document: DatasetDocument,
    *,
    url: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say other facts of a dataset: roles, types, units, cautions.

    Columns that the document does not name stay features of the type that they have.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.

    Raises
    ------
    BadData
        If it names a column, a type or a unit that the rows do not have.
    """
    told = document.model_dump(mode="json")
    if told == row.document:
        return
    SHELF.refuse_archived(row)
    if row.newest == 0:  # types that nobody has said are those of the values to come
        said = document.model_dump(mode="json", exclude_unset=True)
        SHELF.change(session, row, {"document": said}, actor=actor, now=now)
        return
    newest = dataset_revisions.find(session, row)
    table, whole = retyped(dataset_revisions.stored(session, newest).table(), document)
    if whole.model_dump(mode="json") == row.document:
        return
    packet = packed(table, described(table, whole), url=url)
    origin = DatasetOrigin("document")
    dataset_revisions.add(session, row, packet, whole, origin, actor=actor, now=now)
