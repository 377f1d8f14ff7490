"""What-if questions: words become edits of a scenario, and a run solves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from ops.advise.answer import WhatIf
from ops.advise.question import Named
from ops.advise.rules.what_if import Parts, unsolved, waiting
from ops.advise.what_if.edits import edits_of
from ops.db import runs, scenario_revisions, scenarios
from ops.db.models.network import StoredScenario
from ops.db.models.work import Run
from ops.db.scenario_text import scenario_of
from ops.db.types import to_micros
from ops.errors import BadData, NotFound, OpsError
from ops.values import Actor
from ops.work.advise.draft import Draft
from ops.work.queue import JobQueue
from ops.work.submit import Submission, submit
from solvers.errors import SolverError
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited
from solvers.scenario.edit_kinds import Edit

PLAN = "network-plan"
LOOKED_AT = 20  # newest plans among which one of the scenario without edits is looked for
_EDITS: TypeAdapter[list[Edit]] = TypeAdapter(list[Edit])


@dataclass(frozen=True, slots=True)
class _Meant:
    code: str
    site: str | None
    scenario: Scenario
    base: Run | None


def asked_plan(session: Session, draft: Draft, actor: Actor, *, now: datetime) -> Draft:
    """Make the answer of a what-if of what was understood of its edits.

    A draft that asks for none is given back as it is. Where no run can be made of it (no scenario
    is meant, or more than one; the actor may submit none), it says so, and what is known of plans.
    """
    if "what-if" not in draft.intent.asks:
        return draft
    meant = _meant(session, draft, actor)
    if meant is None:
        return replace(draft, answer=unsolved(draft.answer, scenarios=len(_named(draft))))
    said: Parts = {}
    if draft.intent.edits:  # a model chose them, typed; they are checked as any others
        edits, unclear = draft.intent.edits, draft.intent.unclear + _unfit(meant, draft)
        told = words_of(edits)
    else:
        names = [name for one in draft.intent.named for name in (one.code, one.title)]
        found = edits_of(draft.question.text, meant.scenario, names)
        edits, unclear, told = found.edits, found.unclear, found.understood
        said = found.said
    base = None if meant.base is None else meant.base.id
    plan = WhatIf(scenario=meant.code, site=meant.site, edits=edits, base_run=base)
    if unclear:  # a part of a question is no answer to it: nothing is run until all is clear
        told = ()
    answer = waiting(plan, told, unclear, now_us=to_micros(now), said=said)
    if answer.state == "waiting" and not may_solve(actor):
        return replace(draft, answer=unsolved(draft.answer, role=actor.role))
    return replace(draft, answer=answer)


def may_solve(actor: Actor) -> bool:
    """Whether an actor may submit the run that a what-if needs."""
    return actor.may("engineer") or actor.may("planner")


def words_of(edits: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say edits in words."""
    return tuple(edit.sentence() for edit in _EDITS.validate_python(list(edits)))


def submitted(
    session: Session, queue: JobQueue, draft: Draft, *, actor: Actor, now: datetime
) -> Draft:
    """Submit the run that an answer waits for, in the caller's transaction.

    Where that is refused (the scenario was archived in this moment), the answer says why.
    """
    plan = draft.answer.what_if
    if draft.answer.state != "waiting" or plan is None:
        return draft
    base = None if plan.base_run is None else runs.find(session, plan.base_run, actor.scope)
    kept = {} if base is None else {k: v for k, v in base.params.items() if k != "revision"}
    params = {**kept, "scenario": plan.scenario, "site": plan.site, "edits": list(plan.edits)}
    try:
        run = submit(session, queue, Submission(PLAN, params, actor, now))
    except BadData as refused:  # the question is good: whoever asked cannot mend it there
        return replace(draft, answer=waiting(plan, (), (str(refused),), now_us=to_micros(now)))
    known = plan.model_copy(update={"run_id": run.id})
    return replace(draft, answer=draft.answer.model_copy(update={"what_if": known}))


def _unfit(meant: _Meant, draft: Draft) -> tuple[str, ...]:
    """Say why edits that a model chose cannot be made of the scenario; empty if they can."""
    try:
        edited(meant.scenario, _EDITS.validate_python(list(draft.intent.edits)))
    except (OpsError, SolverError, ValueError) as error:
        return (str(error).splitlines()[0][:300],)
    return ()


def _meant(session: Session, draft: Draft, actor: Actor) -> _Meant | None:
    """Find the scenario that a question names, or the only one there is."""
    row = _row(session, draft, actor)
    if row is None:
        return None
    site = next((one.site for one in draft.names if _is(one, row.code)), None)
    stored = scenario_revisions.stored(session, scenario_revisions.find(session, row, None))
    return _Meant(row.code, site, scenario_of(stored), _base(session, row, actor))


def _row(session: Session, draft: Draft, actor: Actor) -> StoredScenario | None:
    known = _named(draft)
    if len(known) != 1:
        return None
    try:
        return scenarios.find(session, actor.scope, known[0].code, site=known[0].site)
    except NotFound:  # archived or gone in this moment
        return None


def _named(draft: Draft) -> list[Named]:
    """Scenarios that a question names, else all that there are."""
    named = [one for one in draft.intent.named if one.kind == "scenario"]
    return named or [one for one in draft.names if one.kind == "scenario"]


def _is(one: Named, code: str) -> bool:
    return one.kind == "scenario" and one.code == code


def _base(session: Session, row: StoredScenario, actor: Actor) -> Run | None:
    """Find the newest plan of the newest revision as it is, without edits."""
    query = runs.visible(actor.scope).where(Run.analysis == PLAN, Run.state == "succeeded")
    newest = query.order_by(Run.submitted_at.desc(), Run.id).limit(LOOKED_AT)
    return next(
        (
            run
            for run in session.scalars(newest.options(*runs.BRIEF))
            if run.params.get("scenario") == row.code
            and run.site_id in (row.site_id, None)
            and run.params.get("revision") == row.newest
            and not run.params.get("edits")
        ),
        None,
    )
