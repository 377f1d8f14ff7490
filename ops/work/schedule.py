"""Submit what is due: once a second in every worker, each fire exactly once.

A fire is a run with an id made of the schedule and the fire key. It is submitted in the same
transaction that moves the schedule on, under a row lock, so that two workers never fire twice.

- *Missed* is a fire that nobody could submit within `GRACE` of its time. Catch-up says what
  becomes of missed ones: ``skip`` none, ``once`` the latest one, ``all`` each (at most `MOST`).
- *Max parallel*: while that many runs of the schedule are live, its next fire waits; when its turn
  comes it may have been missed, and the catch-up policy decides.
- Windows are resolved against the fire time, not the time of the submit.
- Parameters that are no longer valid, or an analysis that is gone, make a failed run with the
  reason, and the schedule goes on: it heals with the analysis. A time that cannot be read any more
  (a zone that left the tz database) stops the schedule until it is edited.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ops.analyses.registry import find
from ops.db import audit, schedules
from ops.db.batches import high_batch
from ops.db.engine import Database
from ops.db.models.work import Run, Schedule
from ops.errors import BadData, OpsError
from ops.timing.cron import Fire, fires_between, next_fires, parse
from ops.values import Actor, Scope
from ops.work.queue import JobQueue
from ops.work.submit import Submission, submit

GRACE = timedelta(seconds=90)
MOST = 100
_NAMES = uuid.UUID("6f4ac3a1-5f0c-4c55-9d0c-0f3f6f1f6c11")
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.schedule")


def fire_due(database: Database, queue: JobQueue, *, now: datetime) -> int:
    """Submit every due fire; the number of runs submitted."""
    with database.read() as session:
        waiting = schedules.due(session, now)
    fired = 0
    for schedule_id in waiting:
        with database.write.begin() as session:
            schedule = schedules.take(session, schedule_id, now)
            if schedule is not None:
                fired += _fire(session, queue, schedule, now)
    return fired


def run_id_of(schedule_id: int, key: str) -> str:
    """Return the id of the run of one fire."""
    return str(uuid.uuid5(_NAMES, f"{schedule_id} {key}"))


def trigger(
    session: Session, queue: JobQueue, schedule: Schedule, *, actor: Actor, now: datetime
) -> Run:
    """Submit the run of a schedule now, out of its time, for the person who asks."""
    submission = Submission(
        analysis=schedule.analysis,
        params=_params(schedule),
        actor=actor,
        now=now,
        schedule_id=schedule.id,
        last_success=schedules.last_success(session, schedule.id),
    )
    run = submit(session, queue, submission)
    resource = ("schedule", schedule.id)
    audit.record(
        session, actor, "trigger", resource, now=now, after={"run": run.id}, site_id=run.site_id
    )
    return run


def wanted(fires: list[Fire], catch_up: str, now: datetime) -> list[Fire]:
    """Choose the fires to submit from those due, by the catch-up policy."""
    if catch_up == "all":
        return fires
    latest = fires[-1:]
    if catch_up == "once":
        return latest
    return [fire for fire in latest if now - fire.at <= GRACE]


def _fire(session: Session, queue: JobQueue, schedule: Schedule, now: datetime) -> int:
    room = schedule.max_parallel - schedules.live_runs(session, schedule.id)
    if room <= 0:
        return 0  # it waits: due again at the next tick
    try:
        cron = parse(schedule.cron, schedule.zone)
    except BadData as error:
        _log.error("schedule stopped", schedule=schedule.id, reason=str(error))
        schedules.move_on(session, schedule.id, now, None)
        return 0
    assert schedule.next_at is not None
    since = max(schedule.last_at or schedule.created_at, schedule.next_at - timedelta(days=400))
    after = min(since, schedule.next_at - timedelta(seconds=1))
    fires = wanted(fires_between(cron, after, now, MOST), schedule.catch_up, now)
    chosen, left = fires[:room], fires[room:]
    for fire in chosen:
        _submit(session, queue, schedule, fire, now)
    moved_to = chosen[-1].at if left else now
    schedules.move_on(session, schedule.id, moved_to, next_fires(cron, moved_to, 1)[0].at)
    return len(chosen)


def _submit(
    session: Session, queue: JobQueue, schedule: Schedule, fire: Fire, now: datetime
) -> None:
    run_id = run_id_of(schedule.id, fire.key)
    if session.get(Run, run_id) is not None:
        return
    sites = None if schedule.sites is None else frozenset(schedule.sites)
    submission = Submission(
        analysis=schedule.analysis,
        params=schedule.params,
        actor=Actor(f"schedule {schedule.id}", "planner", Scope(sites)),
        now=now,
        fire_at=fire.at,
        queue="nightly",
        run_id=run_id,
        schedule_id=schedule.id,
        fire_key=fire.key,
        last_success=schedules.last_success(session, schedule.id),
    )
    try:
        with session.begin_nested():
            submit(session, queue, replace(submission, params=_params(schedule)))
    except OperationalError:
        raise  # the database is away: nothing was fired, it stays due
    except Exception as error:  # noqa: BLE001  (a package's own checks may raise anything)
        session.add(_refused(session, submission, schedule, error))
        _log.warning("schedule cannot run", schedule=schedule.id, reason=str(error))
        return
    _log.info("schedule fired", schedule=schedule.id, run_id=run_id, fire_at=fire.at.isoformat())


def _params(schedule: Schedule) -> dict[str, object]:
    """Parameters as today's version of the analysis wants them."""
    try:
        analysis = find(schedule.analysis)
    except OpsError:
        return schedule.params  # submit says what is wrong
    if analysis.upgrade is None or analysis.version == schedule.version:
        return schedule.params
    return analysis.upgrade(schedule.params, schedule.version)


def _refused(session: Session, submission: Submission, schedule: Schedule, error: Exception) -> Run:
    problems = error.problems if isinstance(error, BadData) else ()
    named = "; ".join(f"{p.pointer}: {p.detail}" for p in problems)
    message = f"{error}; {named}" if named else str(error)
    return Run(
        id=submission.run_id,
        site_id=schedule.site_id,
        sites=schedule.sites,
        analysis=schedule.analysis,
        version=schedule.version,
        params=schedule.params,
        as_of=submission.now,
        max_batch=high_batch(session),
        state="failed",
        queue="nightly",
        message=message[:500],
        error={"kind": type(error).__name__, "message": message},
        schedule_id=schedule.id,
        fire_key=submission.fire_key,
        submitted_by=submission.actor.name,
        submitted_at=submission.now,
        finished_at=submission.now,
    )
