"""The way of a model from a stored answer to its own: choose, gather anew, word, store."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.advise.provider.capabilities import Capabilities
from ops.advise.question import Intent
from ops.db import advice
from ops.db.engine import Database
from ops.db.named_people import named_people
from ops.db.types import to_micros
from ops.values import ROLES, Actor
from ops.work.advise.choose import choose
from ops.work.advise.draft import Draft
from ops.work.advise.gather import gathered
from ops.work.advise.keep import reworded
from ops.work.advise.language_model import LanguageModel, capabilities_of
from ops.work.advise.plan_question import asked_plan, submitted
from ops.work.advise.word import Tell, Worded, word
from ops.work.queue import JobQueue


@dataclass(frozen=True, slots=True)
class Later:
    """A stored answer that a model shall word, and who asked."""

    advice_id: str
    draft: Draft
    actor: Actor


def worded(database: Database, model: LanguageModel, later: Later, tell: Tell) -> Worded:
    """Let a model word an answer; if it chooses what is looked up, that comes first.

    All of it together may take the time of one answer.

    Parameters
    ----------
    tell
        Called with each claim of the model that has passed the guard, as it comes.
    """
    ends = time.monotonic() + model.budget.total_s
    now = datetime.now(UTC)
    capabilities = capabilities_of(database, model)
    with database.read() as session:
        people = tuple(dict.fromkeys((*named_people(session), *_own(later.actor))))
    trail: dict[str, Any] = {}
    draft = later.draft
    if model.chooses:
        draft, trail = _chosen(database, model, capabilities, later, people, ends)
    if draft.answer.state == "waiting" or "what-if" in draft.intent.asks:
        return Worded(draft.answer, trail, draft)  # nothing to word: a run, or why there is none
    found = word(
        model, capabilities, draft, people=people, now_us=to_micros(now), ends=ends, tell=tell
    )
    answer = found.answer
    if answer.source == "rules" and later.draft.answer.state == "answered":
        # what was shown first stands: the model's choice was only for its own wording
        shown = later.draft.answer
        answer, draft = shown.model_copy(update={"fallback": answer.fallback}), later.draft
    return Worded(answer, {**trail, **found.trail}, draft)


def put_worded(
    session: Session,
    queue: JobQueue,
    advice_id: str,
    found: Worded,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Store what a model made of an answer; a plan that it asks for is submitted."""
    draft, answer = found.draft, found.answer
    row = reworded(session, advice_id, answer, found.trail, now=now, intent=_intent(found))
    if row is None or draft is None or answer.state != "waiting":
        return
    made = submitted(session, queue, replace(draft, answer=answer), actor=actor, now=now).answer
    row.run_id = None if made.what_if is None else made.what_if.run_id
    advice.put(row, made.model_dump(mode="json"), now=now)
    session.flush()


def _own(actor: Actor) -> tuple[str, ...]:
    """Name of who asks, unless it is that of nobody: a role, or whoever sits at this machine."""
    return () if actor.name in (*ROLES, "local") else (actor.name,)


def _intent(found: Worded) -> Intent | None:
    return None if found.draft is None else found.draft.intent


def _chosen(
    database: Database,
    model: LanguageModel,
    capabilities: Capabilities,
    later: Later,
    people: tuple[str, ...],
    ends: float,
) -> tuple[Draft, dict[str, Any]]:
    """Draft of what the model wants looked up, or that of the rules; and how that came about."""
    choice = choose(model, capabilities, later.draft, people=people, ends=ends)
    trail = {"chosen": dict(choice.trail)}
    if choice.intent is None:
        return later.draft, trail
    now = datetime.now(UTC)
    with database.read() as session:
        question, scope = later.draft.question, later.actor.scope
        draft = gathered(session, scope, question, now=now, intent=choice.intent)
        return asked_plan(session, draft, later.actor, now=now), trail
