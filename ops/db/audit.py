"""The append-only record of every change: who, what, before, after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db.models.people import Audit
from ops.values import Actor, Scope


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


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which records are wanted; `since` is included, `until` is not."""

    resource: str | None = None
    resource_id: str | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


KEY = (Audit.id,)


def listed(scope: Scope, wanted: AuditFilter) -> Select[Audit]:
    """Select records that pass the filter; a caller of some sites sees those of them only."""
    query = select(Audit)
    if scope.sites is not None:
        query = query.where(Audit.site_id.in_(sorted(scope.sites)))
    compared = (
        (wanted.resource, Audit.resource.__eq__),
        (wanted.resource_id, Audit.resource_id.__eq__),
        (wanted.actor, Audit.actor.__eq__),
        (wanted.action, Audit.action.__eq__),
        (wanted.since, Audit.at.__ge__),
        (wanted.until, Audit.at.__lt__),
    )
    return query.where(*(compare(value) for value, compare in compared if value is not None))
