"""Submit a run: its row and its queue entry in one transaction, pinned to what is known now."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.analyses.registry import find
from ops.analysis import AnalysisParams, AnyAnalysis
from ops.db import audit, runs
from ops.db.batches import high_batch
from ops.db.calendars import calendar_of
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.errors import BadData, Conflict, Problem
from ops.timing.resolve import resolve
from ops.timing.window import Span, Window
from ops.values import Actor, Scope
from ops.work.dataset_pin import pin_dataset
from ops.work.life_pin import pin_life_test
from ops.work.queue import JobQueue, QueueName
from ops.work.scenario_pin import pin_revision


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody, or a schedule, asks to be computed.

    Parameters
    ----------
    analysis, params
        Name, and parameters as JSON.
    now
        When it is asked for.
    fire_at
        The time that a schedule's run stands for, if that is another: windows are resolved
        against it.
    fresh
        Compute although an equal result is stored.
    run_id
        Given by a schedule, so that the same fire is the same run.
    last_success
        End of the window of the last succeeded run of the schedule.
    """

    analysis: str
    params: dict[str, Any]
    actor: Actor
    now: datetime
    fire_at: datetime | None = None
    queue: QueueName = "interactive"
    fresh: bool = False
    run_id: str | None = None
    schedule_id: int | None = None
    fire_key: str | None = None
    last_success: datetime | None = None


def submit(session: Session, queue: JobQueue, submission: Submission) -> Run:
    """Store the run and its queue entry in the caller's transaction.

    Raises
    ------
    NotFound
        If there is no such analysis.
    BadData
        If the parameters are wrong; every wrong field is named.
    """
    return _put(session, queue, draft(session, submission), submission.actor)


def draft(session: Session, submission: Submission) -> Run:
    """Row of a run that is not stored yet: parameters checked, window and data pinned."""
    analysis = find(submission.analysis)
    params = checked(analysis, submission.params)
    site = site_of(session, params.site, submission.actor.scope)
    params = pin_revision(session, analysis, params, submission.actor.scope)
    params = pin_life_test(session, analysis, params, submission.actor.scope)
    params = pin_dataset(session, analysis, params, submission.actor.scope)
    span = span_of(
        session,
        params.window,
        site,
        now=submission.fire_at or submission.now,
        last_success=submission.last_success,
    )
    return Run(
        id=submission.run_id or str(uuid.uuid4()),
        site_id=site.id if site else None,
        sites=_stored(submission.actor.scope),
        analysis=analysis.name,
        version=analysis.version,
        params=params.model_dump(mode="json"),
        window_start=span.start if analysis.takes_window else None,
        window_end=span.end if analysis.takes_window else None,
        as_of=submission.now,
        max_batch=high_batch(session),
        queue=submission.queue,
        fresh=submission.fresh,
        schedule_id=submission.schedule_id,
        fire_key=submission.fire_key,
        correlation_id=submission.actor.correlation_id,
        submitted_by=submission.actor.name,
        submitted_at=submission.now,
    )


def retry(
    session: Session, queue: JobQueue, run_id: str, *, actor: Actor, now: datetime, fresh: bool
) -> Run:
    """Submit a finished run again, pinned to the window and the data that it saw.

    The old run stays as it is; the new one names it in `retry_of`. Since later batches are not
    seen, the result is identical although later rows came.

    Raises
    ------
    NotFound
        If there is no such run within the actor's sites.
    Conflict
        If it has not ended yet.
    """
    old = runs.find(session, run_id, actor.scope)
    if old.state in runs.LIVE:
        raise Conflict(f"run {run_id} is {old.state}; cancel it, or wait for it, before a retry")
    copied = ("site_id", "sites", "analysis", "version", "params", "window_start", "window_end")
    run = Run(
        id=str(uuid.uuid4()),
        **{name: getattr(old, name) for name in copied},
        as_of=old.as_of,
        max_batch=old.max_batch,
        queue="interactive",
        fresh=fresh,
        retry_of=old.id,
        correlation_id=actor.correlation_id,
        submitted_by=actor.name,
        submitted_at=now,
    )
    return _put(session, queue, run, actor)


def checked(analysis: AnyAnalysis, params: dict[str, Any]) -> AnalysisParams:
    """Parameters of `analysis`, parsed.

    Raises
    ------
    BadData
        With a JSON pointer for every wrong field.
    """
    try:
        parsed: AnalysisParams = analysis.params.model_validate(params)
    except ValidationError as error:
        problems = tuple(
            Problem(_pointer(e["loc"]), f"{e['msg']}, got {e['input']!r}")
            for e in error.errors(include_url=False)
        )
        raise BadData(f"the parameters of {analysis.name} are wrong", problems) from error
    nul = tuple(_with_nul(parsed.model_dump(mode="json"), ""))
    if nul:  # PostgreSQL stores it neither in text nor in JSON
        raise BadData(f"the parameters of {analysis.name} hold the character U+0000", nul)
    return parsed


def _pointer(place: tuple[int | str, ...]) -> str:
    # between a window and its field pydantic names the kind of window: nobody has written that
    steps = [s for i, s in enumerate(place) if not (i == 1 and place[0] == "window")]
    return "".join(f"/{step}" for step in steps)


def site_of(session: Session, code: str | None, scope: Scope) -> Site | None:
    """Site of a code; for None the only site of the scope, or None for a scope of all sites.

    Raises
    ------
    BadData
        If there is no such site within `scope`, or `scope` has several and none is named: a
        run over several sites is shown only to who sees all.
    """
    if code is None:
        return _only_site(session, scope)
    site = session.scalar(select(Site).where(Site.code == code))
    if site is None or not scope.allows(site.id):
        problem = Problem("/site", "use the code of a site; `GET /v1/sites` lists yours")
        raise BadData(f"there is no site {code!r}", (problem,))
    return site


def _only_site(session: Session, scope: Scope) -> Site | None:
    if scope.sites is None:
        return None
    if len(scope.sites) == 1:
        return session.get(Site, next(iter(scope.sites)))
    detail = "name one of your sites; a key for every site may leave it out"
    raise BadData("no site is given", (Problem("/site", detail),))


def span_of(
    session: Session,
    window: Window,
    site: Site | None,
    *,
    now: datetime,
    last_success: datetime | None = None,
) -> Span:
    """Resolve a window with the calendar of the site.

    Raises
    ------
    BadData
        If the window speaks of shifts and the site has none.
    """
    calendar = calendar_of(session, site.id, now) if site else None
    return resolve(window, now=now, calendar=calendar, last_success=last_success)


def _put(session: Session, queue: JobQueue, run: Run, actor: Actor) -> Run:
    session.add(run)
    session.flush()
    audit.record(
        session,
        actor,
        "submit",
        ("run", run.id),
        now=run.submitted_at,
        after={"analysis": run.analysis, "params": run.params, "retry_of": run.retry_of},
        site_id=run.site_id,
    )
    queue.enqueue(session, run.id, "nightly" if run.queue == "nightly" else "interactive")
    return run


def _with_nul(value: Any, pointer: str) -> Iterator[Problem]:
    """Problems of every string within a JSON value that holds U+0000."""
    if isinstance(value, str) and "\0" in value:
        yield Problem(pointer, f"remove the character U+0000 from {value!r}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _with_nul(item, f"{pointer}/{i}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _with_nul(name, f"{pointer}/{name}".replace("\0", ""))
            yield from _with_nul(item, f"{pointer}/{name}".replace("\0", ""))


def _stored(scope: Scope) -> list[int] | None:
    return None if scope.sites is None else sorted(scope.sites)
