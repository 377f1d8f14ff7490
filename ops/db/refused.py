"""What became of ingests: those that died are closed, and all that they refused is listed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ops.db.models.data import Batch, Context, Ingest, Rejection

SILENT = timedelta(minutes=15)  # an ingest that commits nothing for so long is dead
REJECTION_KEY = (Rejection.row, Rejection.id)
_STOPPED = "it stopped without finishing; send the file again: what is stored counts as duplicate"
_PAGE = 5000


def fail_silent(session: Session, *, now: datetime) -> int:
    """Close the ingests whose process died: running, without a commit for a quarter of an hour.

    Their count of accepted rows becomes what their batches hold, which is what is stored.
    """
    of_ingest = Batch.ingest_id == Ingest.id
    last = select(func.max(Batch.committed_at)).where(of_ingest).scalar_subquery()
    stored = select(func.coalesce(func.sum(Batch.rows), 0)).where(of_ingest).scalar_subquery()
    closed = session.execute(
        update(Ingest)
        .where(Ingest.state == "running", func.coalesce(last, Ingest.started_at) < now - SILENT)
        .values(state="failed", error=_STOPPED, finished_at=now, accepted=stored)
        .returning(Ingest.id)
        .execution_options(synchronize_session=False)
    )
    return len(closed.all())


def newest_context(session: Session, site_id: int) -> int:
    """Highest id of a context of a site; 0 when there is none."""
    return session.scalar(select(func.max(Context.id)).where(Context.site_id == site_id)) or 0


def every_row(session: Session, ingest_id: int) -> Iterator[tuple[Any, ...]]:
    """Every row that an ingest did not store: row, column, value, reason, kind; in file order."""
    columns = (Rejection.row, Rejection.column, Rejection.value, Rejection.reason, Rejection.kind)
    query = select(*columns).where(Rejection.ingest_id == ingest_id).order_by(*REJECTION_KEY)
    for row in session.execute(query.execution_options(yield_per=_PAGE)):
        yield tuple(row)
