"""The append-only record of every change: who, what, before, after."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.db.models.people import Audit
from ops.values import Actor


def record(
    session: Session,
    actor: Actor,
    action: str,
    resource: tuple[str, object],
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    site_id: int | None = None,
) -> None:
    """Write one audit row in the caller's transaction.

    Parameters
    ----------
    action
        ``create``, ``update``, ``delete``, ``void``, ``trigger`` ...
    resource
        Table and id of what was changed, e.g. ``("characteristic", 7)``.
    before, after
        The fields that a person edits, as JSON values; secrets never.
    """
    session.add(
        Audit(
            at=now,
            actor=actor.name,
            action=action,
            resource=resource[0],
            resource_id=str(resource[1]),
            site_id=site_id,
            before=before,
            after=after,
            correlation_id=actor.correlation_id,
        )
    )
