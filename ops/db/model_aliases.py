"""Aliases of a model: which version is the champion, and every move with its reason.

`model_alias` says what holds now; `model_promotion` is the record, never rewritten, from which is
read what held at an earlier instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.models.classify import Model, ModelAlias, ModelPromotion
from ops.errors import NotFound
from ops.values import Actor

KEY = (ModelPromotion.id,)
CHAMPION = "champion"
CHALLENGER = "challenger"


@dataclass(frozen=True, slots=True)
class Move:
    """Why an alias moves: in words, what was waived, and the scores that were compared."""

    reason: str
    waiver: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict[str, Any])


def current(session: Session, row: Model) -> dict[str, ModelAlias]:
    """Aliases of a model as they are, by name."""
    query = select(ModelAlias).where(ModelAlias.model_id == row.id).order_by(ModelAlias.alias)
    return {alias.alias: alias for alias in session.scalars(query)}


def find(session: Session, row: Model, name: str) -> ModelAlias | None:
    """One alias as it is, if it is set."""
    return session.get(ModelAlias, (row.id, name))


def number(session: Session, row: Model, name: str, *, as_of: datetime | None = None) -> int | None:
    """Version that an alias stands for, or stood for at an instant; None if for none."""
    if as_of is None:
        alias = find(session, row, name)
        return None if alias is None else alias.number
    query = listed(row).where(ModelPromotion.alias == name, ModelPromotion.moved_at <= as_of)
    last = session.scalar(query.order_by(ModelPromotion.id.desc()).limit(1))
    return None if last is None else last.number


def listed(row: Model, *, alias: str | None = None) -> Select[ModelPromotion]:
    """Select the moves of a model's aliases."""
    query = select(ModelPromotion).where(ModelPromotion.model_id == row.id)
    return query if alias is None else query.where(ModelPromotion.alias == alias)


def held(session: Session, row: Model, name: str) -> frozenset[int]:
    """Versions that an alias has ever stood for."""
    query = select(ModelPromotion.number).where(
        ModelPromotion.model_id == row.id, ModelPromotion.alias == name
    )
    return frozenset(n for n in session.scalars(query) if n is not None)


def move(
    session: Session,
    row: Model,
    name: str,
    number: int,
    why: Move,
    *,
    actor: Actor,
    now: datetime,
) -> ModelAlias:
    """Point an alias to a version, on record; whether it may is `ops.classify.promotion`'s."""
    alias = find(session, row, name)
    previous = None if alias is None else alias.number
    if alias is None:
        alias = ModelAlias(model_id=row.id, alias=name, number=number)
        session.add(alias)
    elif previous == number:
        return alias
    else:
        alias.number = number
    _record(session, row, name, (previous, number), why, actor=actor, now=now)
    return alias


def remove(
    session: Session, row: Model, name: str, why: Move, *, actor: Actor, now: datetime
) -> None:
    """Take an alias away, on record.

    Raises
    ------
    NotFound
        If it is not set.
    """
    alias = find(session, row, name)
    if alias is None:
        raise NotFound(f"the model {row.code!r} has no alias {name!r}")
    previous = alias.number
    session.delete(alias)
    _record(session, row, name, (previous, None), why, actor=actor, now=now)


def _record(
    session: Session,
    row: Model,
    name: str,
    moved: tuple[int | None, int | None],
    why: Move,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    previous, number = moved
    session.add(
        ModelPromotion(
            model_id=row.id,
            alias=name,
            number=number,
            previous=previous,
            reason=why.reason,
            waiver=why.waiver,
            evidence=dict(why.evidence),
            moved_by=actor.name,
            moved_at=now,
        )
    )
    session.flush()
    audit.record(
        session,
        actor,
        "promote",
        ("model", row.id),
        now=now,
        before={name: previous},
        after={name: number, "reason": why.reason, "waiver": why.waiver},
        site_id=row.site_id,
    )
