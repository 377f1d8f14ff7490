"""Baselines: qualified reference windows of a characteristic, frozen by approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.plant import Baseline, Characteristic
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor, Scope

KEY = (Baseline.id,)


def listed(scope: Scope, *, characteristic_id: int | None = None) -> Select[Baseline]:
    """Baselines of the scope, of one characteristic."""
    query = (
        select(Baseline)
        .join(Characteristic, Characteristic.id == Baseline.characteristic_id)
        .where(sites.within(Characteristic.site_id, scope))
    )
    if characteristic_id is None:
        return query
    return query.where(Baseline.characteristic_id == characteristic_id)


def get(session: Session, scope: Scope, baseline_id: int) -> Baseline:
    """One baseline of the scope."""
    baseline = session.scalar(listed(scope).where(Baseline.id == baseline_id))
    if baseline is None:
        raise NotFound(f"there is no baseline {baseline_id}")
    return baseline


def create(
    session: Session,
    characteristic: Characteristic,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Baseline:
    """Add a baseline of a characteristic."""
    row = Baseline(
        **fields, characteristic_id=characteristic.id, created_by=actor.name, created_at=now
    )
    _check(row.start, row.end)
    taken = f"{characteristic.code!r} has a baseline {row.name!r} already; choose another name"
    edits.add(session, row, actor=actor, now=now, site_id=characteristic.site_id, taken=taken)
    return row


def change(
    session: Session, row: Baseline, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a baseline that is not approved yet."""
    _refuse_approved(row)
    _check(changes.get("start", row.start), changes.get("end", row.end))
    taken = f"there is a baseline {changes.get('name')!r} already; choose another name"
    edits.change(
        session, row, changes, actor=actor, now=now, site_id=_site(session, row), taken=taken
    )


def approve(session: Session, row: Baseline, *, actor: Actor, now: datetime) -> None:
    """Approve a baseline: from then on it is fixed."""
    _refuse_approved(row)
    changes = {"approved_by": actor.name, "approved_at": now}
    edits.change(
        session, row, changes, actor=actor, now=now, site_id=_site(session, row), action="approve"
    )


def remove(session: Session, row: Baseline, *, actor: Actor, now: datetime) -> None:
    """Delete a baseline that is not approved."""
    _refuse_approved(row)
    edits.remove(session, row, actor=actor, now=now, site_id=_site(session, row), used="it is used")


def _site(session: Session, row: Baseline) -> int:
    return session.get_one(Characteristic, row.characteristic_id).site_id


def _refuse_approved(row: Baseline) -> None:
    if row.approved_at is not None:
        raise Conflict(
            f"the baseline {row.name!r} was approved by {row.approved_by}; make a new one"
        )


def _check(start: datetime, end: datetime) -> None:
    if not start < end:
        problem = Problem("/end", f"must be after start {start.isoformat()}")
        raise BadData(f"end {end.isoformat()} is not after start", (problem,))
