"""Predictions: what runs said of a stretch of time, kept until it can be checked, and after."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ops.db import sites
from ops.db.models.plant import Site
from ops.db.models.work import PredictionRow
from ops.db.types import from_micros, to_micros
from ops.ledger.score import Kept
from ops.prediction import Prediction
from ops.values import Scope


def keep(
    session: Session,
    run_id: str,
    analysis: str,
    said: Iterable[Prediction],
    *,
    issued_at: datetime,
    scope: Scope,
) -> int:
    """Keep what a run predicted of sites within its scope; again for the same run: nothing.

    Returns
    -------
    int
        How many are kept of this run.
    """
    held = select(func.count()).select_from(PredictionRow).where(PredictionRow.run_id == run_id)
    already = session.scalar(held) or 0
    if already:
        return already
    query = select(Site.code, Site.id).where(sites.within(Site.id, scope))
    known: dict[str, int] = {row.code: row.id for row in session.execute(query)}
    rows = [
        PredictionRow(
            run_id=run_id,
            analysis=analysis,
            site_id=known[one.site],
            issued_at=issued_at,
            due_at=from_micros(one.end),
            document=one.model_dump(mode="json", exclude_defaults=True),
        )
        for one in said
        if one.site in known
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def due(
    session: Session,
    scope: Scope,
    *,
    start: datetime | None,
    end: datetime,
    analyses: tuple[str, ...] = (),
    site_id: int | None = None,
    most: int = 20_000,
) -> tuple[tuple[Kept, ...], int]:
    """Predictions whose stretch ended in a window, by when they were due; and how many are left.

    Where there are more than `most` the ones that were due last are read.
    """
    wanted: list[ColumnElement[bool]] = [
        sites.within(PredictionRow.site_id, scope),
        PredictionRow.due_at <= end,
    ]
    if start is not None:
        wanted.append(PredictionRow.due_at > start)
    if analyses:
        wanted.append(PredictionRow.analysis.in_(analyses))
    if site_id is not None:
        wanted.append(PredictionRow.site_id == site_id)
    total = session.scalar(select(func.count()).select_from(PredictionRow).where(*wanted)) or 0
    newest = (PredictionRow.due_at.desc(), PredictionRow.id.desc())
    rows = session.scalars(select(PredictionRow).where(*wanted).order_by(*newest).limit(most)).all()
    return tuple(_kept(row) for row in reversed(rows)), max(0, total - len(rows))


def _kept(row: PredictionRow) -> Kept:
    said = Prediction.model_validate(row.document)
    return Kept(row.analysis, row.run_id, to_micros(row.issued_at), said)
