"""The demo plant is loaded once, whole, and says what was planted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.db import load
from ops.db.engine import Database
from ops.db.models.data import Batch, Ingest, Measurement
from ops.db.models.plant import Characteristic, Event, SpecLimit, Tool
from ops.db.models.work import Run, Schedule
from ops.query import MeasurementQuery
from ops.work import demo
from ops.work.demo import PLANTS, load_demo
from ops.work.queue import QueueName

NOW = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)  # 10:30 in the plant's zone
MIDNIGHT = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)


@dataclass
class Remembering:
    """A queue that only remembers."""

    runs: list[str] = field(default_factory=list)

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        self.runs.append(run_id)

    def close(self) -> None:
        """Nothing is held."""


def _count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_a_second_call_changes_nothing(database: Database) -> None:
    queue, plant = Remembering(), PLANTS["tiny"]
    first = load_demo(database, queue, size="tiny", now=NOW)
    assert (first.rows, [first.run_id]) == (plant.rows, queue.runs)
    kinds = (Measurement, Batch, Ingest, Characteristic, SpecLimit, Tool, Event, Schedule, Run)
    counts = {kind: _count(database, kind) for kind in kinds}
    assert counts[Measurement] == plant.rows
    assert (counts[Characteristic], counts[Tool], counts[Schedule]) == (2, 6, 1)
    again = load_demo(database, queue, size="small", now=NOW + timedelta(days=3))
    assert (again.rows, again.run_id) == (0, None)
    assert {kind: _count(database, kind) for kind in kinds} == counts


def test_data_end_last_midnight_and_the_first_night_sees_them(sqlite_database: Database) -> None:
    load_demo(sqlite_database, Remembering(), size="tiny", now=NOW)
    with sqlite_database.read() as session:
        last = session.scalars(select(func.max(Measurement.ts))).one()
        run = session.scalars(select(Run)).one()
        ingest = session.scalars(select(Ingest)).one()
    assert MIDNIGHT - timedelta(hours=4) < last < MIDNIGHT
    assert run.window_end == MIDNIGHT
    assert run.max_batch == _count(sqlite_database, Batch)
    assert (ingest.rows, ingest.accepted) == (PLANTS["tiny"].rows,) * 2


def test_a_load_that_was_cut_off_is_completed(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(demo, "write_chunk", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load_demo(sqlite_database, Remembering(), size="tiny", now=NOW)
    assert _count(sqlite_database, Measurement) == 0
    load_demo(sqlite_database, Remembering(), size="small", now=NOW + timedelta(days=1))
    assert _count(sqlite_database, Measurement) == PLANTS["tiny"].rows
    assert _count(sqlite_database, Schedule) == 1


def test_the_loaded_series_carries_its_factors_and_limits(sqlite_database: Database) -> None:
    load_demo(sqlite_database, Remembering(), size="tiny", now=NOW)
    query = MeasurementQuery(site=demo.SITE, as_of=NOW)
    found = load.load(sqlite_database, query).series
    assert [s.characteristic.code for s in found] == ["LOOP-H-BGA-64", "LOOP-H-QFN-32"]
    assert {"tool", "lot", "capillary", "package"} <= set(found[0].factors)
    assert found[0].spec is not None
    assert found[0].spec.target == 180.0
    assert abs(float(np.median(found[0].value)) - 180.0) < 5
    assert found[0].position.levels == ("W1", "W2", "W3", "W4")
