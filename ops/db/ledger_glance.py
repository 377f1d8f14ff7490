"""How honest the service was: the newest ledger of each site, for the first page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.db import runs
from ops.db.models.work import Run
from ops.values import Scope

LEDGER = "honesty-ledger"
_RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LedgerGlance:
    """The newest ledger of a site: records as its result has them."""

    run_id: str
    site: str | None
    at: datetime
    intervals: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]


def newest_ledgers(
    session: Session, scope: Scope, *, now: datetime, site: str | None = None
) -> list[LedgerGlance]:
    """Newest succeeded ledger of each site (or of all sites together), of the last 30 days."""
    seen = runs.visible(scope).where(
        Run.analysis == LEDGER, Run.state == "succeeded", Run.submitted_at > now - _RECENT
    )
    ids = seen.with_only_columns(Run.id).subquery()
    rank = func.row_number().over(
        partition_by=Run.site_id, order_by=(Run.submitted_at.desc(), Run.id)
    )
    ranked = select(Run.id, rank.label("rank")).where(Run.id.in_(select(ids.c.id))).subquery()
    query = select(Run).where(Run.id.in_(select(ranked.c.id).where(ranked.c.rank == 1)))
    found = [_glance(run) for run in session.scalars(query.order_by(Run.site_id)) if run.result]
    return [one for one in found if site is None or one.site in (None, site)]


def _glance(run: Run) -> LedgerGlance:
    result = run.result or {}
    return LedgerGlance(
        run_id=run.id,
        site=run.params.get("site"),
        at=run.submitted_at,
        intervals=tuple(result.get("intervals", ())),
        findings=tuple(result.get("findings", ())),
    )
