"""Reaction plans: what is done when a characteristic breaks a rule, by whom, within what time."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.control import ReactionPlan
from ops.db.models.plant import Characteristic
from ops.errors import NotFound
from ops.values import Actor, Scope

KEY = (ReactionPlan.id,)


def listed(scope: Scope, *, characteristic_id: int | None = None) -> Select[ReactionPlan]:
    """Plans of the scope, of one characteristic."""
    query = (
        select(ReactionPlan)
        .join(Characteristic, Characteristic.id == ReactionPlan.characteristic_id)
        .where(sites.within(Characteristic.site_id, scope))
    )
    if characteristic_id is None:
        return query
    return query.where(ReactionPlan.characteristic_id == characteristic_id)


def get(session: Session, scope: Scope, plan_id: int) -> ReactionPlan:
    """One plan of the scope."""
    plan = session.scalar(listed(scope).where(ReactionPlan.id == plan_id))
    if plan is None:
        raise NotFound(f"there is no reaction plan {plan_id}")
    return plan


Plans = Mapping[tuple[int | None, str], ReactionPlan]


def of_all(session: Session, characteristic_ids: Collection[int | None]) -> Plans:
    """Plans of some characteristics, by characteristic and disposition."""
    ids = [each for each in characteristic_ids if each is not None]
    if not ids:
        return {}
    rows = session.scalars(select(ReactionPlan).where(ReactionPlan.characteristic_id.in_(ids)))
    return {(row.characteristic_id, row.disposition): row for row in rows}


def create(
    session: Session,
    characteristic: Characteristic,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> ReactionPlan:
    """Add a plan of a characteristic."""
    row = ReactionPlan(
        **fields, characteristic_id=characteristic.id, created_by=actor.name, created_at=now
    )
    edits.add(session, row, actor=actor, now=now, site_id=characteristic.site_id, taken=_taken(row))
    return row


def change(
    session: Session,
    row: ReactionPlan,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Edit a plan; findings that are open keep the one that they were opened with."""
    site_id = _site(session, row)
    edits.change(session, row, changes, actor=actor, now=now, site_id=site_id)


def remove(session: Session, row: ReactionPlan, *, actor: Actor, now: datetime) -> None:
    """Delete a plan."""
    edits.remove(session, row, actor=actor, now=now, site_id=_site(session, row), used="it is used")


def _site(session: Session, row: ReactionPlan) -> int:
    return session.get_one(Characteristic, row.characteristic_id).site_id


def _taken(row: ReactionPlan) -> str:
    return f"the characteristic has a plan for {row.disposition!r} already; change that one"
