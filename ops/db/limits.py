"""Specification limits: versions by effective date, never edited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.plant import Characteristic, SpecLimit
from ops.errors import BadData, Problem
from ops.values import Actor

KEY = (SpecLimit.effective_from, SpecLimit.id)


def listed(characteristic_id: int, *, at: datetime | None = None) -> Select[SpecLimit]:
    """Versions of a characteristic; with `at` only the one in force at that instant."""
    query = select(SpecLimit).where(SpecLimit.characteristic_id == characteristic_id)
    if at is None:
        return query
    in_force = (
        select(SpecLimit.id)
        .where(SpecLimit.characteristic_id == characteristic_id, SpecLimit.effective_from <= at)
        .order_by(SpecLimit.effective_from.desc())
        .limit(1)
    )
    return query.where(SpecLimit.id == in_force.scalar_subquery())


def add(
    session: Session,
    characteristic: Characteristic,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> SpecLimit:
    """Add a version.

    Raises
    ------
    BadData
        If neither side is given, or lower, target and upper are out of order.
    Conflict
        If a version starts at the same instant.
    """
    row = SpecLimit(
        **fields, characteristic_id=characteristic.id, created_by=actor.name, created_at=now
    )
    _check(row.lower, row.target, row.upper)
    taken = (
        f"limits of {characteristic.code!r} from {row.effective_from.isoformat()} are there"
        " already; add a version with a later effective_from"
    )
    edits.add(session, row, actor=actor, now=now, site_id=characteristic.site_id, taken=taken)
    return row


def _check(lower: float | None, target: float | None, upper: float | None) -> None:
    if lower is None and upper is None:
        raise BadData("give lower, upper or both", (Problem("/lower", "give it, or upper"),))
    if lower is not None and upper is not None and not lower < upper:
        problem = Problem("/lower", f"give less than the upper limit {upper}")
        raise BadData(f"lower {lower} is not below upper {upper}", (problem,))
    ordered = [v for v in (lower, target, upper) if v is not None]
    if ordered != sorted(ordered):
        problem = Problem("/target", "give one within the limits, or none")
        told = f"target {target} is outside the limits {lower} to {upper}"
        raise BadData(told, (problem,))
