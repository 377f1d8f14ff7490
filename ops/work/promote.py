"""Move an alias of a model as a person asks: the champion only for the better, or with a waiver."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.classify.promotion import Decision, decide
from ops.db import model_aliases, model_scores, model_versions
from ops.db.model_aliases import CHALLENGER, CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelAlias
from ops.errors import BadData, Conflict, Problem
from ops.values import Actor


def judged(session: Session, row: Model, number: int, *, waiver: str = "") -> Decision:
    """Judge whether a version may become the champion of its model."""
    champion = model_aliases.number(session, row, CHAMPION)
    numbers = [number] if champion is None else [champion, number]
    metrics = model_scores.of(session, row, numbers)
    return decide(
        metrics[number],
        None if champion is None else (champion, metrics[champion]),
        waiver=waiver,
        was_champion=number in model_aliases.held(session, row, CHAMPION),
    )


def promote(
    session: Session,
    row: Model,
    alias: str,
    number: int,
    words: tuple[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> ModelAlias:
    """Point an alias to a version; `words` are the reason and the waiver.

    A challenger that becomes the champion changes places with it: who was the champion is watched
    on the same rows from then on.

    Raises
    ------
    NotFound
        If there is no such version.
    BadData
        If no reason is given.
    Conflict
        If the rule of the champion forbids it, with the numbers; or if the model is archived.
    """
    reason, waiver = words[0].strip(), words[1].strip()
    if not reason:
        wanted = "say in words why it moves"
        raise BadData(f"the reason is blank; {wanted}", (Problem("/reason", wanted),))
    SHELF.refuse_archived(row)
    version = model_versions.find(session, row, number)
    if alias != CHAMPION:
        return model_aliases.move(
            session, row, alias, version.number, Move(reason), actor=actor, now=now
        )
    before = model_aliases.current(session, row)
    decision = judged(session, row, number, waiver=waiver)
    previous = before[CHAMPION].number if CHAMPION in before else None
    if previous != number and not decision.allowed:
        raise Conflict(
            f"version {number} of {row.code!r} does not become the champion: {decision.reason};"
            " if it is right nevertheless, give a waiver that says why"
        )
    needed = waiver if decision.verdict == "waived" else ""
    told = {**decision.evidence, "verdict": decision.verdict, "judged": decision.reason}
    move = Move(reason, needed, told)
    moved = model_aliases.move(session, row, CHAMPION, number, move, actor=actor, now=now)
    if CHALLENGER in before and before[CHALLENGER].number == number:
        _change_places(session, row, previous, actor=actor, now=now)
    return moved


def _change_places(
    session: Session, row: Model, previous: int | None, *, actor: Actor, now: datetime
) -> None:
    if previous is None:
        gone = Move("it is the champion now")
        model_aliases.remove(session, row, CHALLENGER, gone, actor=actor, now=now)
        return
    why = Move("it was the champion until now")
    model_aliases.move(session, row, CHALLENGER, previous, why, actor=actor, now=now)
