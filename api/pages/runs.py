"""Runs: the list, one run under way with its progress, and its page when it has ended."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.deps import ActorDep, Now, ReadSession
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from api.runs import RunId, State
from ops.analyses.registry import all_analyses, find
from ops.db import runs, schedules
from ops.db.models.work import Run, Schedule
from ops.errors import NotFound
from ops.page import Page

router = APIRouter(prefix="/runs", include_in_schema=False)
ON_A_PAGE = 50
KEEPING = timedelta(seconds=60)  # after a cancel: so long its best answer may be on its way


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    analysis: Annotated[str, Query(max_length=100)] = "",
    state: State | None = None,
    schedule_id: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List runs, newest first."""
    query = runs.matching(
        actor.scope, analysis=analysis or None, state=state, schedule_id=schedule_id
    ).options(*runs.BRIEF)
    found, following = page(
        session, query, runs.KEY, limit=ON_A_PAGE, cursor=cursor, descending=True
    )
    return visit.show(
        "runs.html",
        runs=found,
        following=following,
        analyses=all_analyses(),
        chosen={"analysis": analysis, "state": state or "", "schedule_id": schedule_id or ""},
    )


@router.get("/{run_id}", response_class=HTMLResponse)
def read(
    run_id: RunId, visit: VisitDep, session: ReadSession, actor: ActorDep, now: Now
) -> HTMLResponse:
    """Show a run: its progress while it is under way, its page when it has succeeded."""
    run = runs.find(session, run_id, actor.scope)
    of_schedule = schedules.listed(actor.scope).where(Schedule.id == run.schedule_id)
    return visit.show(
        "run.html",
        run=run,
        live=run.state in runs.LIVE,
        keeping=_keeping(run, now),
        page=None if run.page is None else Page.model_validate(run.page),
        schedule=session.scalar(of_schedule) if run.schedule_id else None,
    )


def _keeping(run: Run, now: datetime) -> bool:
    """Whether a cancelled run may still be given the best answer that it had."""
    if run.state != "cancelled" or run.page is not None or not run.incumbents:
        return False
    if run.finished_at is None or now - run.finished_at > KEEPING:
        return False
    try:
        return find(run.analysis).salvage is not None
    except NotFound:  # a plugin that is gone
        return False
