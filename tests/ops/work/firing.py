"""Schedules of the probe, and a process of its own that fires what is due."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ops.db import schedules
from ops.db.engine import Database
from ops.db.models.work import Run, Schedule
from ops.work.queue import QueueName
from tests.forked import talking
from tests.ops.work.probe import ACTOR, ROOT

START = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRE = """
import sys, time
from datetime import datetime
from ops.db.engine import open_database
from ops.work.engine import open_queue
from ops.work.schedule import fire_due
database = open_database(sys.argv[1])
queue, now, fired = open_queue(database), datetime.fromisoformat(sys.argv[2]), 0
print("ready", flush=True)
sys.stdin.readline()
for _ in range(5):
    fired += fire_due(database, queue, now=now)
print(fired)
"""


@dataclass
class Recorder:
    """A job queue that only remembers what was put into it."""

    enqueued: list[tuple[str, QueueName]] = field(default_factory=list)

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        """Remember the run."""
        self.enqueued.append((run_id, queue))

    def close(self) -> None:
        """Nothing is held."""


def add(database: Database, *, at: datetime = START, **fields: Any) -> int:
    """Add an hourly schedule of the probe; its id."""
    plain = {
        "name": "Hourly probe",
        "analysis": "probe",
        "version": 1,
        "params": {},
        "cron": "0 * * * *",
        "zone": "UTC",
        "site_id": None,
    }
    with database.write.begin() as session:
        return schedules.create(session, plain | fields, actor=ACTOR, now=at).id


def runs_of(database: Database, schedule_id: int) -> list[Run]:
    """Runs of a schedule by the end of their window."""
    with database.read() as session:
        query = select(Run).where(Run.schedule_id == schedule_id)
        return list(session.scalars(query.order_by(Run.window_end, Run.fire_key)))


def end_runs(database: Database, state: str = "succeeded") -> None:
    """Bring every live run to an end."""
    with database.write.begin() as session:
        live = Run.state.in_(["queued", "running"])
        session.execute(update(Run).where(live).values(state=state, finished_at=START))


def row(database: Database, schedule_id: int) -> Schedule:
    """The row of a schedule."""
    with database.read() as session:
        return session.scalars(select(Schedule).where(Schedule.id == schedule_id)).one()


def fired_by(database: Database, plugins: Path, now: datetime, *, processes: int) -> list[int]:
    """How many schedules each of some processes fires, all let go at once."""
    with ExitStack() as stack:
        started = [stack.enter_context(_firing(database, plugins, now)) for _ in range(processes)]
        for writes, _ in started:
            writes.write("\n")
            writes.flush()
        return [int(reads.read().split()[-1]) for _, reads in started]


@contextmanager
def _firing(database: Database, plugins: Path, now: datetime) -> Iterator[tuple[IO[str], IO[str]]]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(plugins)])}
    with talking([database.url, now.isoformat()], env=env, code=FIRE) as (_, writes, reads):
        assert reads.readline() == "ready\n"
        yield writes, reads
