"""Runs: every read is scoped, every write of a worker is fenced by its attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, update
from sqlalchemy.orm import Session, defer, undefer

from ops.db.models.work import Run
from ops.errors import Conflict, NotFound
from ops.values import EVERYWHERE, Scope

LIVE = ("queued", "running")
KEY = (Run.submitted_at, Run.id)  # the order of lists
BRIEF = (  # lists show the verdicts of a page, not its tables and charts
    *map(defer, (Run.result, Run.page, Run.log_tail, Run.timings)),
    undefer(Run.verdicts),
)
LOG_TAIL = 16_384  # characters of a child's output that are kept


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a run: valid while the row still carries this attempt."""

    run_id: str
    attempt: int


def visible(scope: Scope) -> Select[Run]:
    """Select the runs of a scope; a run over all sites is seen only by who sees all."""
    query = select(Run)
    if scope.sites is None:
        return query
    return query.where(Run.site_id.in_(scope.sites))


def find(session: Session, run_id: str, scope: Scope = EVERYWHERE) -> Run:
    """One run.

    Raises
    ------
    NotFound
        If there is none of this id within `scope`.
    """
    run = session.scalar(visible(scope).where(Run.id == run_id))
    if run is None:
        raise NotFound(f"there is no run {run_id!r}; `GET /v1/runs` lists those you may see")
    return run


def newest_of(
    session: Session, schedule_ids: Sequence[int], scope: Scope, *, most: int
) -> dict[int, list[Row[Any]]]:
    """Newest runs of each schedule, oldest first: id, state, submitted_at, message."""
    rank = func.row_number().over(
        partition_by=Run.schedule_id, order_by=(Run.submitted_at.desc(), Run.id)
    )
    columns = (
        Run.id,
        Run.schedule_id,
        Run.state,
        Run.submitted_at,
        Run.message,
        rank.label("rank"),
    )
    ranked = visible(scope).where(Run.schedule_id.in_(schedule_ids)).with_only_columns(*columns)
    inner = ranked.subquery()
    query = select(inner).where(inner.c.rank <= most).order_by(inner.c.rank.desc())
    found: dict[int, list[Row[Any]]] = {schedule_id: [] for schedule_id in schedule_ids}
    for row in session.execute(query):
        found[row.schedule_id].append(row)
    return found


def is_urgent(session: Session, run_id: str) -> bool:
    """Whether somebody waits for the run: it is not one of the night's."""
    return session.scalar(select(Run.queue).where(Run.id == run_id)) != "nightly"


def claim(session: Session, run_id: str, *, worker_id: str, now: datetime) -> Run | None:
    """Take a run: attempt + 1. None if it is cancelled, finished or gone."""
    return session.scalar(
        update(Run)
        .where(Run.id == run_id, Run.state.in_(LIVE))
        .values(
            attempt=Run.attempt + 1,
            state="running",
            worker_id=worker_id,
            started_at=now,
            message="started",
            incumbents=[],
        )
        .returning(Run)
    )


def holds(session: Session, claim: Claim) -> bool:
    """Whether the claim is still good: not cancelled, not taken over."""
    query = select(Run.id).where(*_fence(claim))
    return session.scalar(query) is not None


def is_cancelled(session: Session, claim: Claim) -> bool:
    """Whether the claim was lost because somebody cancelled the run."""
    return session.scalar(select(Run.id).where(*_cancelled(claim))) is not None


def report(
    session: Session,
    claim: Claim,
    fraction: float,
    message: str,
    incumbents: Sequence[Any] = (),
) -> bool:
    """Store progress under the fence; False means the claim is lost."""
    values = {"progress": fraction, "message": message[:500], "incumbents": list(incumbents)}
    return _write(session, claim, values)


def keep(session: Session, claim: Claim, values: dict[str, Any]) -> bool:
    """Store the best answer that a cancelled run had; False means the claim is lost.

    The run stays cancelled: it has a result, but not the one that was asked for.
    """
    statement = update(Run).where(*_cancelled(claim)).values(**values).returning(Run.id)
    return session.execute(statement).first() is not None


def succeed(session: Session, claim: Claim, values: dict[str, Any], *, now: datetime) -> bool:
    """Store the result under the fence; False means the claim is lost."""
    final = {"state": "succeeded", "progress": 1.0, "message": "done", "finished_at": now}
    return _write(session, claim, values | final)


def fail(
    session: Session,
    claim: Claim,
    error: tuple[str, str],
    *,
    now: datetime,
    values: dict[str, Any] | None = None,
) -> bool:
    """Store the reason (kind, message) of a failure under the fence."""
    kind, message = error
    final: dict[str, Any] = {
        "state": "failed",
        "message": message[:500],
        "error": {"kind": kind, "message": message},
        "finished_at": now,
    }
    return _write(session, claim, (values or {}) | final)


def cancel(session: Session, run_id: str, *, scope: Scope, now: datetime) -> Run:
    """Cancel a run that is queued or running; its worker sees it and ends the child.

    Raises
    ------
    NotFound
        If there is no such run within `scope`.
    Conflict
        If it has ended already.
    """
    run = find(session, run_id, scope)
    done = session.execute(
        update(Run)
        .where(Run.id == run_id, Run.state.in_(LIVE))
        .values(state="cancelled", message="cancelled", finished_at=now)
        .returning(Run.id)
    ).first()
    if done is None:
        session.refresh(run)
        raise Conflict(f"run {run_id} has already {run.state}; only a live run can be cancelled")
    session.refresh(run)
    return run


def matching(
    scope: Scope,
    *,
    analysis: str | None = None,
    state: str | None = None,
    schedule_id: int | None = None,
) -> Select[Run]:
    """Select runs by filter, unordered: the list of the API orders and pages them."""
    query = visible(scope)
    if analysis is not None:
        query = query.where(Run.analysis == analysis)
    if state is not None:
        query = query.where(Run.state == state)
    if schedule_id is not None:
        query = query.where(Run.schedule_id == schedule_id)
    return query


def twin(session: Session, run: Run, fingerprint: str) -> Run | None:
    """Find a succeeded run of equal analysis, version, parameters and data."""
    candidates = session.scalars(
        select(Run)
        .where(
            Run.analysis == run.analysis,
            Run.version == run.version,
            Run.fingerprint == fingerprint,
            Run.state == "succeeded",
            Run.id != run.id,
            or_(Run.result.is_not(None), Run.page.is_not(None)),
        )
        .order_by(Run.submitted_at.desc())
        .limit(20)
    )
    same = (r for r in candidates if _computed_from(r.params) == _computed_from(run.params))
    return next(same, None)


def _computed_from(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters without the window: its data are in the fingerprint."""
    return {name: value for name, value in params.items() if name != "window"}


def _fence(claim: Claim) -> tuple[Any, ...]:
    return (Run.id == claim.run_id, Run.attempt == claim.attempt, Run.state == "running")


def _cancelled(claim: Claim) -> tuple[Any, ...]:
    return (Run.id == claim.run_id, Run.attempt == claim.attempt, Run.state == "cancelled")


def _write(session: Session, claim: Claim, values: dict[str, Any]) -> bool:
    clean = {k: v.replace("\0", "�") if isinstance(v, str) else v for k, v in values.items()}
    statement = update(Run).where(*_fence(claim)).values(**clean).returning(Run.id)
    return session.execute(statement).first() is not None
