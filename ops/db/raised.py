"""Findings that became graver: kept in the record of changes, for whoever asks when that was."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.models.control import Finding
from ops.db.models.people import Audit
from ops.values import Actor

JUDGE = Actor("judge", "admin")  # whoever judges what was measured: no person
_RAISE = "raise"


def keep(session: Session, row: Finding, before: dict[str, Any], *, now: datetime) -> None:
    """Keep that a finding is graver than it was; `before` are the fields that changed."""
    session.flush()  # one that was opened in this transaction has no id yet
    after = {name: getattr(row, name) for name in before}
    resource = (Finding.__tablename__, row.id)
    audit.record(
        session, JUDGE, _RAISE, resource, now=now, before=before, after=after, site_id=row.site_id
    )


def raised(
    session: Session, ids: Collection[int], *, since: datetime, now: datetime
) -> dict[int, datetime]:
    """When findings became graver after `since`, up to `now`, the last time of each."""
    query = select(Audit.resource_id, func.max(Audit.at)).where(
        Audit.resource == Finding.__tablename__,
        Audit.resource_id.in_([str(one) for one in ids]),
        Audit.action == _RAISE,
        Audit.at > since,
        Audit.at <= now,
    )
    return {int(key): at for key, at in session.execute(query.group_by(Audit.resource_id))}
