"""What the state of the database says about the service: queue, runs, ingest, lag, workers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ops.db.models.data import Ingest
from ops.db.models.work import Run, Schedule, Worker
from ops.db.types import from_micros

_CLOCK = {
    True: "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
    False: "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
}


@dataclass(frozen=True, slots=True)
class Gauges:
    """Counts at one instant.

    Parameters
    ----------
    runs
        (state, analysis) to number of runs.
    queued
        Queue to number of runs that wait.
    rows
        Outcome (accepted, duplicate, conflicting, rejected) to rows ever sent.
    schedule_lag_s
        How long the most overdue schedule has been due; 0 when none is.
    workers
        Workers seen within the lease.
    """

    runs: dict[tuple[str, str], int]
    queued: dict[str, int]
    rows: dict[str, int]
    schedule_lag_s: float
    workers: int


def read(session: Session, *, now: datetime, lease_s: float) -> Gauges:
    """Read every gauge: five short queries."""
    runs = session.execute(
        select(Run.state, Run.analysis, func.count()).group_by(Run.analysis, Run.state)
    )
    queued = session.execute(
        select(Run.queue, func.count()).where(Run.state == "queued").group_by(Run.queue)
    )
    outcomes = ("accepted", "duplicate", "conflicting", "rejected")
    sums = (func.coalesce(func.sum(getattr(Ingest, o)), 0) for o in outcomes)
    rows = session.execute(select(*sums)).one()
    due = session.scalar(
        select(func.min(Schedule.next_at)).where(Schedule.enabled, Schedule.next_at <= now)
    )
    return Gauges(
        runs={(state, analysis): n for state, analysis, n in runs},
        queued={queue: int(n) for queue, n in queued},
        rows={o: int(n) for o, n in zip(outcomes, rows, strict=True)},
        schedule_lag_s=(now - due).total_seconds() if due is not None else 0.0,
        workers=_alive(session, lease_s),
    )


def last_worker_age_s(session: Session) -> float | None:
    """Seconds since any worker was seen, by the clock of the database; None if none ever was."""
    seen = session.scalar(select(func.max(Worker.seen_at)))
    return None if seen is None else (_clock(session) - seen).total_seconds()


def _alive(session: Session, lease_s: float) -> int:
    ages = [_clock(session) - seen for seen in session.scalars(select(Worker.seen_at))]
    return sum(age.total_seconds() <= lease_s for age in ages)


def _clock(session: Session) -> datetime:
    bind = session.get_bind()
    return from_micros(session.scalar(text(_CLOCK[bind.dialect.name == "sqlite"])) or 0)
