"""Advice: questions and answers of a scope, what a model worded later, what people said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, defer

from ops.db import edits
from ops.db.models.advise import Advice
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor

KEY = (Advice.asked_at, Advice.id)
Verdict = Literal["accepted", "rejected"]
Outcome = Literal["helped", "did-not-help", "unclear"]
BRIEF = (defer(Advice.trail), defer(Advice.by_rules))  # what lists do not show


@dataclass(frozen=True, slots=True)
class AdviceFilter:
    """Which advice is wanted."""

    site_id: int | None = None
    asked_by: str | None = None
    state: str | None = None
    source: str | None = None
    verdict: str | None = None
    since: datetime | None = None


def listed(actor: Actor, wanted: AdviceFilter) -> Select[Advice]:
    """Select what an actor may see: advice about their sites, and what they asked themselves."""
    compared = (
        (wanted.site_id, Advice.site_id.__eq__),
        (wanted.asked_by, Advice.asked_by.__eq__),
        (wanted.state, Advice.state.__eq__),
        (wanted.source, Advice.source.__eq__),
        (wanted.verdict, Advice.verdict.__eq__),
        (wanted.since, Advice.asked_at.__ge__),
    )
    passes = [compare(value) for value, compare in compared if value is not None]
    return select(Advice).where(*_seen_by(actor), *passes)


def _seen_by(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    if actor.scope.sites is None:
        return ()
    own = and_(Advice.asked_by == actor.name, Advice.site_id.is_(None))
    return (or_(Advice.site_id.in_(actor.scope.sites), own),)


def find(session: Session, actor: Actor, advice_id: str) -> Advice:
    """One advice that an actor may see.

    Raises
    ------
    NotFound
        If there is none: also if it tells of sites that the actor no longer sees.
    """
    row = session.scalar(listed(actor, AdviceFilter()).where(Advice.id == advice_id))
    if row is None or not is_within(row, actor):
        raise NotFound(f"there is no advice {advice_id!r}; `GET /v1/advice` lists yours")
    return row


def is_within(row: Advice, actor: Actor) -> bool:
    """Whether an advice of no site tells of no site that the actor no longer sees."""
    sites = actor.scope.sites
    if sites is None or row.site_id is not None:
        return True
    return row.sites is not None and sites.issuperset(row.sites)


def waiting_for(session: Session, run_id: str) -> list[Advice]:
    """Advice that waits for a run."""
    query = select(Advice).where(Advice.run_id == run_id, Advice.state == "waiting")
    return list(session.scalars(query.order_by(Advice.id)))


def put(row: Advice, answer: dict[str, Any], *, now: datetime) -> None:
    """Put an answer into a row: state, level and source are those of the answer."""
    row.answer = answer
    row.state, row.level, row.source = answer["state"], answer["level"], answer["source"]
    row.answered_at = None if row.state == "waiting" else now


def judge(
    session: Session, row: Advice, verdict: Verdict, said: str, *, actor: Actor, now: datetime
) -> None:
    """Say whether a person accepts an advice; nothing is carried out by that.

    Raises
    ------
    Conflict
        If it waits for a run, or was judged already.
    """
    if row.state == "waiting":
        raise Conflict("the answer waits for its run; judge it when it is there")
    if row.verdict is not None:
        raise Conflict(f"it was {row.verdict} by {row.said_by} already")
    _say(session, row, {"verdict": verdict}, said, actor=actor, now=now)


def conclude(
    session: Session, row: Advice, outcome: Outcome, said: str, *, actor: Actor, now: datetime
) -> None:
    """Say what came of an advice that was accepted.

    Raises
    ------
    Conflict
        If it was not accepted, or its outcome was told already.
    BadData
        If it did not help and nothing is said of why.
    """
    if row.verdict != "accepted":
        raise Conflict("only an advice that was accepted has an outcome: accept it first")
    if row.outcome is not None:
        raise Conflict(f"its outcome was told by {row.said_by} already: {row.outcome}")
    if outcome == "did-not-help" and not said.strip():
        raise BadData("say what happened instead", (Problem("/said", "say what happened"),))
    _say(session, row, {"outcome": outcome}, said, actor=actor, now=now)


def _say(
    session: Session, row: Advice, what: dict[str, Any], said: str, *, actor: Actor, now: datetime
) -> None:
    changes = {**what, "said": said.strip() or row.said, "said_by": actor.name, "said_at": now}
    action = "judge" if "verdict" in what else "conclude"
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id, action=action)
