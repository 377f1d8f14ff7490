"""What runs and confirmed outcomes teach becomes memories; nothing that a model said does.

Lessons are made of results, of what people recorded about alerts, and of the cause, the action and
the subject of an advice (closed lists and codes); their sentences stand in
`ops.advise.recall.lesson`. No function here reads the words of an answer.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.advise.answer import Answer
from ops.advise.question import Question
from ops.advise.recall.lesson import Lesson
from ops.advise.recall.lessons import (
    lesson_of_action,
    lesson_of_advice,
    lesson_of_closing,
    lessons_of_drift,
)
from ops.db import alert_actions, memories, sites
from ops.db.models.advise import Advice, Memory
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event
from ops.db.models.work import Run
from ops.values import Actor

_MEASURES_EFFECTS = "drift"  # the analysis that measures what past actions did
_HELPED = {"helped": True, "did-not-help": False}


def learn_from_run(session: Session, run: Run, *, now: datetime) -> list[Memory]:
    """Keep what a succeeded run measured of past actions, in the transaction that ends it.

    What it says of an action takes the place of what an earlier run said of it, where it rests on
    other actions or turned out otherwise. What a person has corrected or ended is learned anew only
    from more actions than that rested on.
    """
    if run.analysis != _MEASURES_EFFECTS or run.state != "succeeded" or not run.result:
        return []
    by = Actor(name=f"analysis {run.analysis}", role="engineer", correlation_id=run.id)
    ids = {code: one for one, code in sites.codes(session).items()}
    site_id = ids.get(str(run.result.get("site", "")), run.site_id)
    kept: list[Memory] = []
    for lesson in lessons_of_drift(run.result, run.id):
        before = _newest(session, lesson.key.removesuffix(run.id))
        stands = before is not None and _stands(before, now)
        if before is not None and not _is_news(before, lesson, stands=stands):
            continue
        made = memories.learn(
            session, lesson, provenance="run", origin=run.id, site_id=site_id,
            supersedes=before if stands else None, actor=by, now=now,
        )  # fmt: skip
        kept += [made] if made is not None else []
    return kept


def learn_from_alert(
    session: Session, row: Finding, *, actor: Actor, now: datetime
) -> list[Memory]:
    """Keep whether an alert was real, and which of the actions about it helped.

    To be called when it is closed, and when something is recorded about it.
    """
    kept: list[Memory] = []
    for lesson, prefix in _of_alert(session, row):
        before = _newest(session, prefix)
        if before is not None and (before.helped, before.action) == (lesson.helped, lesson.action):
            continue
        stands = before is not None and _stands(before, now)
        made = memories.learn(
            session, lesson, provenance="outcome", origin=f"alert {row.id}", site_id=row.site_id,
            supersedes=before if stands else None, actor=actor, now=now,
        )  # fmt: skip
        kept += [made] if made is not None else []
    return kept


def learn_from_outcome(
    session: Session, advice: Advice, *, actor: Actor, now: datetime
) -> Memory | None:
    """Keep that an advice helped or not, as a person said; None if that teaches nothing new.

    Memories that the advice used are confirmed or refuted. Where the outcome is said anew, what was
    counted for the earlier one is taken back.
    """
    answer = Answer.model_validate(advice.answer)
    prefix = f"advice|{advice.id}|"
    before = _newest(session, prefix)
    told = before.helped if before is not None and before.facts.get("counted") else None
    helped = _HELPED.get(advice.outcome or "")
    if told == helped:
        return None
    _count(session, answer, told, -1, actor, now)
    _count(session, answer, helped, 1, actor, now)
    if before is not None and told is not None:
        before.facts = {**before.facts, "counted": False}
    if helped is None:
        if before is not None:
            memories.expire(session, before, actor=actor, now=now)
        return None
    about = Question.model_validate(advice.question).about
    lesson = lesson_of_advice(advice.id, _times(session, prefix), answer, about, helped=helped)
    if lesson is None:
        return None
    stands = before is not None and _stands(before, now)
    return memories.learn(
        session, lesson, provenance="outcome", origin=advice.id, site_id=advice.site_id,
        supersedes=before if stands else None, actor=actor, now=now,
    )  # fmt: skip


def _is_news(before: Memory, lesson: Lesson, *, stands: bool) -> bool:
    n, earlier = lesson.facts["n"] or 0, before.facts.get("n") or 0
    if not stands:  # a person's word: only more evidence outweighs it
        return bool(n > earlier)
    known = (earlier, before.facts.get("improved"), before.helped)
    return (n, lesson.facts["improved"], lesson.helped) != known


def _of_alert(session: Session, row: Finding) -> Iterator[tuple[Lesson, str]]:
    """Lessons of an alert, each with what the keys of the same lesson begin with."""
    tags, found = _tags(session, row), str(row.evidence.get("mechanism") or row.cause)
    closing = lesson_of_closing(row.id, row.outcome or "", tags=tags, found=found)
    if closing is not None:
        yield closing, closing.key
    for entry in alert_actions.entries(session.scalars(alert_actions.listed(row))):
        done = _done(entry.event)
        if entry.outcome is not None and entry.helped is not None and done:
            lesson = lesson_of_action(
                row.id, (entry.event.id, entry.outcome.id), done, helped=entry.helped, tags=tags,
                found=found,
            )  # fmt: skip
            yield lesson, lesson.key.removesuffix(str(entry.outcome.id))


def _done(event: Event) -> tuple[str, ...]:
    actions = alert_actions.names_of(event, "actions", "action")
    return (*actions, *alert_actions.names_of(event, "parts", "part"))


def _tags(session: Session, row: Finding) -> dict[str, str]:
    stratum = row.evidence.get("stratum") or {}
    tags = {str(name): str(level) for name, level in stratum.items() if level}
    if row.characteristic_id is not None:
        tags["characteristic"] = session.get_one(Characteristic, row.characteristic_id).code
    return tags


def _newest(session: Session, prefix: str) -> Memory | None:
    known = select(Memory).where(Memory.origin_key.startswith(prefix, autoescape=True))
    return session.scalar(known.order_by(Memory.id.desc()).limit(1))


def _times(session: Session, prefix: str) -> int:
    known = Memory.origin_key.startswith(prefix, autoescape=True)
    return session.scalar(select(func.count()).select_from(Memory).where(known)) or 0


def _stands(row: Memory, now: datetime) -> bool:
    return row.valid_to is None or row.valid_to > now


def _count(
    session: Session, answer: Answer, helped: bool | None, by: int, actor: Actor, now: datetime
) -> None:
    if helped is not None:
        memories.count_outcome(
            session, answer.memories, confirmed=by if helped else 0, refuted=0 if helped else by,
            actor=actor, now=now,
        )  # fmt: skip
