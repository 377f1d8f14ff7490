"""The end of a run is the end of waiting: what asked for it is answered in its transaction."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from ops.advise.answer import Answer, WhatIf
from ops.advise.question import Intent, Question
from ops.advise.rules.what_if import compared
from ops.advise.rules.what_if_failed import failed
from ops.advise.what_if.told import plan_cases
from ops.db import advice, runs
from ops.db.load_advice import stored_runs
from ops.db.models.advise import Advice
from ops.db.models.work import Run
from ops.db.types import to_micros
from ops.values import Scope
from ops.work.advise.plan_question import words_of

_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.advice")


def finish_waiting(session: Session, run_id: str, now: datetime) -> int:
    """Answer what waits for a run that has ended, well or badly; how many answers there are.

    It stands in the transaction that ends the run, and never costs the run its end: what goes
    wrong here is undone by itself, and logged; the answer then says that there is none.
    """
    waiting = advice.waiting_for(session, run_id)
    for row in waiting:
        advice_id = row.id
        try:
            with session.begin_nested():
                _finish(session, row, run_id, now)
        except Exception:  # noqa: BLE001  (the run's own end matters more)
            _log.exception("advice not finished", advice=advice_id, run=run_id)
            _give_up(session, advice_id, now)
    return len(waiting)


def _give_up(session: Session, advice_id: str, now: datetime) -> None:
    """Say that there is no answer: nobody waits for what does not come."""
    try:
        with session.begin_nested():
            row = session.get_one(Advice, advice_id)
            plan = Answer.model_validate(row.answer).what_if
            assert plan is not None
            advice.put(row, failed(plan, ()).model_dump(mode="json"), now=now)
            session.flush()
    except Exception:  # noqa: BLE001  (as above)
        _log.exception("advice not given up", advice=advice_id)


def _finish(session: Session, row: Advice, run_id: str, now: datetime) -> None:
    run = runs.find(session, run_id)
    old = Answer.model_validate(row.answer)
    assert old.what_if is not None
    if run.state == "succeeded":
        answer = _compared(session, row, run, old.what_if, now)
    else:
        answer = failed(old.what_if, words_of(old.what_if.edits))
    advice.put(row, answer.model_dump(mode="json"), now=now)
    session.flush()  # what is wrong with it shows here, where it can be undone


def _compared(session: Session, row: Advice, run: Run, plan: WhatIf, now: datetime) -> Answer:
    scope = Scope(None if row.sites is None else frozenset(row.sites))
    ids = [one for one in (run.id, plan.base_run) if one is not None]
    stored = {one.id: one for one in stored_runs(session, scope, ids)}
    base = stored.get(plan.base_run or "")
    return compared(
        Question.model_validate(row.question),
        Intent.model_validate(row.intent),
        plan_cases(base, stored[run.id], plan.edits),
        (),
        plan,
        edits=words_of(plan.edits),
        now_us=to_micros(now),
    )
