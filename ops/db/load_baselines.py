"""The loader of qualified baselines: windows that were approved, with what was measured in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db.engine import Database
from ops.db.load_measurements import load_measurements
from ops.db.models.plant import Baseline, Characteristic, Site
from ops.db.types import to_micros
from ops.query import ProcessQuery
from ops.values import ReferenceWindow

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def load_baselines(
    database: Database, session: Session, query: ProcessQuery, ids: Sequence[int]
) -> tuple[ReferenceWindow, ...]:
    """Baselines of the characteristics that were approved by `as_of`, the newest approval first.

    Their values may lie outside the window of the query, and are those that it would see: its
    batch, its levels where the baseline names no other of the factor.
    """
    rows = session.execute(
        select(Baseline, Characteristic.code, Site.code)
        .join(Characteristic, Characteristic.id == Baseline.characteristic_id)
        .join(Site, Site.id == Characteristic.site_id)
        .where(Baseline.characteristic_id.in_(ids))
        .where(Baseline.approved_at <= (query.as_of or _END_OF_TIME))
        .order_by(Baseline.characteristic_id, Baseline.approved_at.desc(), Baseline.id.desc())
    ).all()
    return tuple(_loaded(database, query, row, code, site) for row, code, site in rows)


def _loaded(
    database: Database, query: ProcessQuery, row: Baseline, code: str, site: str
) -> ReferenceWindow:
    where = {name: tuple(levels) for name, levels in row.where.items()}
    asked = query.measured()
    narrowed = replace(
        asked, characteristics=(code,), site=site, start=row.start, end=row.end,
        where={**asked.where, **where},
    )  # fmt: skip
    found = [s for s in load_measurements(database, narrowed).series if s.value.size]
    assert row.approved_at is not None, "only approved ones are read"
    return ReferenceWindow(
        id=row.id,
        characteristic_id=row.characteristic_id,
        name=row.name,
        start=to_micros(row.start),
        end=to_micros(row.end),
        where=where,
        approved_by=row.approved_by or "",
        approved_at=to_micros(row.approved_at),
        review_at=None if row.review_at is None else to_micros(row.review_at),
        series=found[0] if found else None,
    )
