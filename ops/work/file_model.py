"""The model that a run made, into the registry: in the transaction that ends the run.

The first version that beats the base rate in time order becomes the champion; while there is one,
each later version becomes the challenger. To make a challenger the champion is a person's word
(`ops.classify.promotion`).
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ops.classify.draft import ModelDraft
from ops.classify.promotion import Decision, decide
from ops.db import model_aliases, model_versions
from ops.db.model_aliases import CHALLENGER, CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelVersion
from ops.db.models.work import Run
from ops.errors import Conflict
from ops.values import Actor

TASKS = {"classify": "classes", "regress": "numbers", "trace": "classes of traces"}


def file_model(session: Session, run_id: str, draft: ModelDraft, *, url: str, now: datetime) -> int:
    """Keep a model that a succeeded run made as the next version of its name; its number.

    A run that is saved twice makes one version.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.

    Raises
    ------
    Conflict
        If the model predicts something else, or is archived.
    """
    run = session.get_one(Run, run_id)
    actor = Actor(name=run.submitted_by, role="engineer", correlation_id=run.correlation_id)
    row = _shelved(session, run, draft, actor=actor, now=now)
    made = model_versions.of_run(session, row, run_id)
    if made is not None:
        return made.number
    new = model_versions.of_draft(draft, run_id)
    version = model_versions.add(session, row, new, url=url, actor=actor, now=now)
    introduce(session, row, version, actor=actor, now=now)
    return version.number


def introduce(
    session: Session, row: Model, version: ModelVersion, *, actor: Actor, now: datetime
) -> None:
    """Give a new version the alias that it earns by itself: champion, challenger, or none."""
    champion = model_aliases.number(session, row, CHAMPION)
    if champion is None:
        decision = decide(version.metrics, None)
        if decision.allowed:
            _point(session, row, CHAMPION, version, decision, actor=actor, now=now)
        return
    holder = model_versions.find(session, row, champion)
    decision = decide(version.metrics, (champion, holder.metrics))
    _point(session, row, CHALLENGER, version, decision, actor=actor, now=now)


def _point(
    session: Session,
    row: Model,
    alias: str,
    version: ModelVersion,
    decision: Decision,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    first = "the first version: its time-ordered score beats the base rate"
    reason = first if alias == CHAMPION else "the newest version"
    move = Move(reason, evidence=decision.evidence)
    model_aliases.move(session, row, alias, version.number, move, actor=actor, now=now)


def _shelved(
    session: Session, run: Run, draft: ModelDraft, *, actor: Actor, now: datetime
) -> Model:
    """Model of the draft's name at the run's site; it is made if there is none."""
    ours = select(Model).where(
        Model.code == draft.model, Model.site_id.is_not_distinct_from(run.site_id)
    )
    row = session.scalar(ours)
    if row is None:
        fields = {"code": draft.model, "site_id": run.site_id}
        fields |= {"title": draft.title or draft.model, "task": draft.task}
        try:
            with session.begin_nested():  # another run may make it at the same time
                return SHELF.create(session, fields, actor=actor, now=now)
        except (Conflict, IntegrityError):
            row = session.scalars(ours).one()
    if row.task != draft.task:
        raise Conflict(
            f"the model {row.code!r} predicts {TASKS[row.task]}, the run made one that predicts"
            f" {TASKS[draft.task]}; name another model"
        )
    return row
