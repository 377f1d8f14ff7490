"""An answer becomes a row, in the caller's transaction."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ops.advise.answer import Answer
from ops.advise.question import Intent
from ops.db import advice, sites
from ops.db.models.advise import Advice
from ops.db.types import to_micros
from ops.values import Actor
from ops.work.advise.draft import Draft

UNTIL = "worded_until"  # in a trail: microseconds since 1970 until when a model may word it
MARGIN_S = 5.0  # to store a wording after its time is up


def kept(session: Session, draft: Draft, *, actor: Actor, now: datetime) -> Advice:
    """Store a question with the answer of the rules.

    An actor of one site asks of that site, whether they say so or not: so their colleagues see it.
    """
    scope = actor.scope.sites
    site_id = sites.id_of(session, actor.scope, draft.question.site)
    if site_id is None and scope is not None and len(scope) == 1:
        site_id = next(iter(scope))
    plan = draft.answer.what_if
    row = Advice(
        id=str(uuid.uuid4()),
        site_id=site_id,
        sites=None if scope is None else sorted(scope),
        asked_by=actor.name,
        asked_at=now,
        question=draft.question.model_dump(mode="json"),
        intent=draft.intent.model_dump(mode="json"),
        by_rules=None,
        run_id=None if plan is None else plan.run_id,
        trail={"timings": dict(draft.timings)},
        said="",
    )
    advice.put(row, draft.answer.model_dump(mode="json"), now=now)
    session.add(row)
    session.flush()
    return row


def to_be_worded(session: Session, row: Advice, *, within_s: float, now: datetime) -> None:
    """Note that a model words an answer, and until when: any process, and a later one, sees it."""
    until = now + timedelta(seconds=within_s + MARGIN_S)
    row.trail = {**row.trail, UNTIL: to_micros(until)}
    session.flush()


def is_to_be_worded(row: Advice, *, now: datetime) -> bool | None:
    """Whether a model may still word an answer; None: its time was up, and nobody said a word."""
    until = row.trail.get(UNTIL)
    if until is None:
        return False
    return True if to_micros(now) < until else None


def reworded(
    session: Session,
    advice_id: str,
    answer: Answer,
    trail: Mapping[str, Any],
    *,
    now: datetime,
    intent: Intent | None = None,
) -> Advice | None:
    """Put the wording of a model in the place of the rules' answer, which stays beside it.

    An answer that a person has judged meanwhile, or that waits for a run, is left as it is. One
    that fell back to the rules only learns why.

    Parameters
    ----------
    intent
        What a model understood, if the answer rests on that.

    Returns
    -------
    Advice or None
        None if its answer was left as it is.
    """
    row = session.get(Advice, advice_id, with_for_update=True)  # a verdict may come meanwhile
    if row is None:  # retention was here
        return None
    row.trail = {k: v for k, v in row.trail.items() if k != UNTIL} | dict(trail)
    if row.verdict is not None or row.state == "waiting":
        row.trail = {**row.trail, "left": row.verdict or row.state}
        session.flush()
        return None
    if answer.source == "model":
        row.by_rules = row.answer
    if intent is not None:
        row.intent = intent.model_dump(mode="json")
    row.run_id = None if answer.what_if is None else answer.what_if.run_id
    advice.put(row, answer.model_dump(mode="json"), now=now)
    session.flush()
    return row
