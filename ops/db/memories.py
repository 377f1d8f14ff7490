"""Memories: written by people, or as lessons of runs and outcomes; corrected, expired, recalled.

A memory is never written over: a correction is a new row that supersedes the old one, which ends to
hold at that moment. One without a site is seen only by who sees all sites.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.memory import MemoryKind, Provenance, Remembered
from ops.advise.recall.lesson import Lesson
from ops.advise.recall.query import RecallQuery
from ops.advise.recall.recall import ranked
from ops.db import edits, memory_search
from ops.db.models.advise import Memory
from ops.db.sites import within
from ops.db.types import to_micros
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor, Scope

KEY = (Memory.id,)
State = Literal["valid", "ended", "superseded"]


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wants remembered; what makes it a row is `write` or `correct`."""

    kind: MemoryKind
    title: str
    text: str
    tags: dict[str, str] = field(default_factory=dict[str, str])
    cause: CauseId | None = None
    action: ActionId | None = None
    helped: bool | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class MemoryFilter:
    """Which memories are wanted; None: any."""

    site_id: int | None = None
    kind: MemoryKind | None = None
    provenance: Provenance | None = None
    state: State | None = None


def visible(scope: Scope) -> Select[Memory]:
    """Select the memories of a scope."""
    query = select(Memory)
    if scope.sites is None:
        return query
    return query.where(Memory.site_id.is_not(None), within(Memory.site_id, scope))


def listed(scope: Scope, wanted: MemoryFilter, *, now: datetime) -> Select[Memory]:
    """Select the memories of a scope that pass a filter."""
    compared = (
        (wanted.site_id, Memory.site_id.__eq__),
        (wanted.kind, Memory.kind.__eq__),
        (wanted.provenance, Memory.provenance.__eq__),
    )
    query = visible(scope).where(*(same(v) for v, same in compared if v is not None))
    return query if wanted.state is None else query.where(_in_state(wanted.state, now))


def get(session: Session, scope: Scope, memory_id: int) -> Memory:
    """One memory of the scope.

    Raises
    ------
    NotFound
        If there is none of that id within `scope`.
    """
    row = session.scalar(visible(scope).where(Memory.id == memory_id))
    if row is None:
        raise NotFound(f"there is no memory {memory_id}; `GET /v1/memories` lists yours")
    return row


def write(
    session: Session, note: Note, *, site_id: int | None, actor: Actor, now: datetime
) -> Memory:
    """Keep what a person wants remembered."""
    row = _noted(note, site_id, actor, now)
    edits.add(session, row, actor=actor, now=now, site_id=site_id, taken="")
    return row


def correct(session: Session, row: Memory, note: Note, *, actor: Actor, now: datetime) -> Memory:
    """Write anew what a memory should say; the old one stays, ended and superseded.

    Raises
    ------
    Conflict
        If it was corrected before.
    """
    newer = superseded_by(session, [row.id]).get(row.id)
    if newer is not None:
        raise Conflict(f"the memory {row.id} was corrected by {newer}; correct that one")
    made = _noted(note, row.site_id, actor, now)
    made.supersedes = row.id
    edits.add(session, made, actor=actor, now=now, site_id=row.site_id, taken="")
    _end(session, row, actor=actor, now=now, action="supersede")
    return made


def expire(session: Session, row: Memory, *, actor: Actor, now: datetime) -> None:
    """End a memory now; one that has ended stays as it is."""
    if row.valid_to is None or row.valid_to > now:
        _end(session, row, actor=actor, now=now, action="expire")


def learn(
    session: Session,
    lesson: Lesson,
    *,
    provenance: Literal["run", "outcome"],
    origin: str,
    site_id: int | None,
    supersedes: Memory | None = None,
    actor: Actor,
    now: datetime,
) -> Memory | None:
    """Keep a lesson; None if it is kept already.

    Parameters
    ----------
    origin
        Id of the run, the alert or the advice that teaches it.
    supersedes
        What was learned of the same thing before.
    """
    known = select(Memory.id).where(Memory.origin_key == lesson.key)
    if session.scalar(known) is not None:
        return None
    row = Memory(
        site_id=site_id, kind="outcome", title=lesson.title, text=lesson.text,
        tags=dict(lesson.tags), facts=dict(lesson.facts), cause=lesson.cause, action=lesson.action,
        helped=lesson.helped, provenance=provenance, origin=origin, origin_key=lesson.key,
        supersedes=None if supersedes is None else supersedes.id, valid_from=now,
        written_by=actor.name, written_at=now, updated_at=now,
    )  # fmt: skip
    edits.add(session, row, actor=actor, now=now, site_id=site_id, taken="")
    if supersedes is not None:
        _end(session, supersedes, actor=actor, now=now, action="supersede")
    return row


def count_outcome(
    session: Session, ids: Collection[int], *, confirmed: int, refuted: int, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Add to the counts of memories that an advice used; they never fall below 0."""
    for row in session.scalars(select(Memory).where(Memory.id.in_(sorted(ids)))):
        counts = {
            "confirmed": max(0, row.confirmed + confirmed),
            "refuted": max(0, row.refuted + refuted),
        }
        edits.change(
            session, row, counts, actor=actor, now=now, site_id=row.site_id, action="outcome"
        )


def recalled(
    session: Session, scope: Scope, query: RecallQuery, *, now: datetime
) -> tuple[Remembered, ...]:
    """Memories that are worth something to a question at a moment, the best first.

    Superseded ones and those that do not hold at `now` are never among them; the candidates are
    bounded (`ops.db.memory_search`), the score is `ops.advise.recall.recall`.
    """
    known = visible(scope).where(held_at(now))
    if query.kinds:
        known = known.where(Memory.kind.in_(query.kinds))
    if query.site is not None:
        known = known.where(or_(Memory.site_id.is_(None), memory_search.at_site(query.site)))
    candidates, weights = memory_search.candidates(session, known, query)
    return ranked(query, candidates, weights, now=to_micros(now))


def held_at(now: datetime) -> ColumnElement[bool]:
    """Condition that a memory was written, valid and not superseded at a moment."""
    newer = aliased(Memory)
    replaced = exists().where(newer.supersedes == Memory.id, newer.written_at <= now)
    return and_(
        Memory.written_at <= now,
        Memory.valid_from <= now,
        or_(Memory.valid_to.is_(None), Memory.valid_to > now),
        ~replaced,
    )


def superseded_by(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Id of the memory that superseded each of some, where one did."""
    query = select(Memory.supersedes, Memory.id).where(Memory.supersedes.in_(sorted(ids)))
    return {old: new for old, new in session.execute(query) if old is not None}


def _in_state(state: State, now: datetime) -> ColumnElement[bool]:
    newer = aliased(Memory)
    replaced = exists().where(newer.supersedes == Memory.id)
    if state == "superseded":
        return replaced
    ended = and_(Memory.valid_to.is_not(None), Memory.valid_to <= now)
    return and_(~replaced, ended if state == "ended" else ~ended)


def _noted(note: Note, site_id: int | None, actor: Actor, now: datetime) -> Memory:
    begin = note.valid_from or now
    if note.valid_to is not None and note.valid_to <= begin:
        problem = Problem("/valid_to", f"must be after {begin.isoformat()}")
        raise BadData(f"{note.valid_to.isoformat()} is not after its begin", (problem,))
    return Memory(
        site_id=site_id, kind=note.kind, title=note.title, text=note.text, tags=dict(note.tags),
        facts={}, cause=note.cause, action=note.action, helped=note.helped, provenance="person",
        origin=actor.name, valid_from=begin, valid_to=note.valid_to, written_by=actor.name,
        written_at=now, updated_at=now,
    )  # fmt: skip


def _end(session: Session, row: Memory, *, actor: Actor, now: datetime, action: str) -> None:
    ends: dict[str, Any] = {"updated_at": now}
    if row.valid_to is None or row.valid_to > now:
        ends["valid_to"] = now
    edits.change(session, row, ends, actor=actor, now=now, site_id=row.site_id, action=action)
