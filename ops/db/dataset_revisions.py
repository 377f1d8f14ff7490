"""Revisions of a dataset, its rows and document at one time: added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.db.dataset_rows import PackedTable, bytes_at, table_of
from ops.db.datasets import SHELF
from ops.db.models.classify import Dataset, DatasetRevision
from ops.errors import NotFound
from ops.values import Actor

KEY = (DatasetRevision.number,)
How = Literal["file", "append", "recipe", "document"]


@dataclass(frozen=True, slots=True)
class DatasetOrigin:
    """Where a revision came from: how it was made, why, and what else there is to know."""

    kind: How
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows of a revision as they lie: bytes, or where to fetch them outside of a transaction."""

    data: bytes | None
    url: str | None
    sha256: str

    def table(self) -> DataTable:
        """Rows as a table."""
        return table_of(self.bytes())

    def bytes(self) -> "bytes":
        """Rows as an Arrow IPC stream."""
        if self.data is not None:
            return self.data
        return bytes_at(self.url or "", self.sha256)


def listed(row: Dataset) -> Select[DatasetRevision]:
    """Select the revisions of a dataset, without their rows."""
    return select(DatasetRevision).where(DatasetRevision.dataset_id == row.id)


def find(
    session: Session, row: Dataset, number: int | None = None, *, as_of: datetime | None = None
) -> DatasetRevision:
    """One revision: that of a number, or the newest, or the newest at an instant.

    Raises
    ------
    NotFound
        If there is none.
    """
    query = listed(row)
    if number is not None:
        query = query.where(DatasetRevision.number == number)
    elif as_of is not None:
        query = query.where(DatasetRevision.created_at <= as_of)
    found = session.scalar(query.order_by(DatasetRevision.number.desc()).limit(1))
    if found is not None:
        return found
    if row.newest == 0:
        raise NotFound(
            f"the dataset {row.code!r} has no rows yet; send a file to {SHELF.path}/{row.code}/rows"
        )
    wanted = f"revision {number}" if number is not None else f"revision at {as_of}"
    raise NotFound(f"the dataset {row.code!r} has no {wanted}; its newest is {row.newest}")


def stored(session: Session, revision: DatasetRevision) -> StoredRows:
    """Rows of a revision, to be read outside of the transaction."""
    query = select(DatasetRevision.rows).where(
        DatasetRevision.dataset_id == revision.dataset_id,
        DatasetRevision.number == revision.number,
    )
    return StoredRows(session.scalars(query).one(), revision.url, revision.sha256)


def add(
    session: Session,
    row: Dataset,
    packet: PackedTable,
    document: DatasetDocument,
    origin: DatasetOrigin,
    *,
    actor: Actor,
    now: datetime,
) -> DatasetRevision:
    """Store the next revision; its document becomes that of the dataset.

    Raises
    ------
    Conflict
        If the dataset is archived.
    StaleDataError
        If another revision came between; the API answers it as stale.
    """
    SHELF.refuse_archived(row)
    number = row.newest + 1
    told = document.model_dump(mode="json")
    # first the row: two who add at once meet here, and the second one is told that it is stale
    changes = {"newest": number, "document": told}
    SHELF.change(session, row, changes, actor=actor, now=now, action="revise")
    revision = DatasetRevision(
        dataset_id=row.id,
        number=number,
        note=origin.note,
        origin={"kind": origin.kind, **origin.detail},
        document=told,
        rows=packet.data,
        url=packet.url,
        size=packet.size,
        sha256=packet.sha256,
        summary=packet.summary,
        created_by=actor.name,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    session.expire(revision, ["rows"])  # nobody needs them twice in memory
    return revision
