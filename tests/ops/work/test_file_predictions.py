"""Runs leave what they predict to the ledger, which later holds it against what was measured."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from ops.analyses.registry import find
from ops.analysis import silent
from ops.db import predictions
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.control import Finding
from ops.db.models.plant import SpecLimit
from ops.db.models.work import PredictionRow, Run, Schedule
from ops.db.types import from_micros
from ops.prediction import Band, Prediction
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work.file_predictions import file_predictions
from ops.work.run import Bench, execute
from ops.work.slots import Slots
from ops.work.submit import Submission, submit
from tests.ops.work.firing import Recorder
from tests.ops.work.probe import ACTOR, run_of
from tests.plant import DAY, JANUARY, NOW, plant, rows

CAPABILITY = find("capability")
EXAMPLE = CAPABILITY.example
DAYS = 90
A_DAY = 2
MOVED = 50  # day


@pytest.fixture(scope="module")
def result() -> bytes:
    """The result of a capability study, as a worker keeps it."""
    found = CAPABILITY.compute(EXAMPLE.data(), EXAMPLE.params, silent)
    return found.model_dump_json().encode()


def stored(database: Database, key: str, *, window_end: datetime, by_schedule: bool) -> str:
    """Store a succeeded capability run that ended just now; its id."""
    with database.write.begin() as session:
        if session.get(Schedule, 1) is None:
            session.add(Schedule(
                id=1, name="nightly", analysis="capability", version=3, params={}, zone="UTC",
                cron="0 2 * * *", next_at=NOW, created_by="a", created_at=NOW, updated_at=NOW,
            ))  # fmt: skip
            session.flush()
        session.add(Run(
            id=key, analysis="capability", version=3, params=EXAMPLE.params.model_dump(mode="json"),
            state="succeeded", as_of=NOW, window_start=window_end - timedelta(days=7),
            window_end=window_end, max_batch=0, submitted_by="s", submitted_at=NOW,
            schedule_id=1 if by_schedule else None, fire_key=key if by_schedule else None,
        ))  # fmt: skip
    return key


def file(database: Database, run_id: str, result: bytes) -> int:
    with database.write.begin() as session:
        return file_predictions(session, run_id, result)


def test_a_run_of_a_schedule_keeps_what_it_says_once(
    sqlite_database: Database, result: bytes
) -> None:
    plant(sqlite_database, site="PG1")
    late = NOW - timedelta(days=3)  # made up for: what it was asked for is as old as that
    run_id = stored(sqlite_database, "r1", window_end=late, by_schedule=True)
    kept = file(sqlite_database, run_id, result)
    assert kept >= 1
    assert file(sqlite_database, run_id, result) == kept
    with sqlite_database.read() as session:
        rows = session.scalars(select(PredictionRow)).all()
    assert len(rows) == kept
    assert {(r.run_id, r.analysis, r.issued_at, r.due_at) for r in rows} == {
        ("r1", "capability", late, late)
    }


def test_a_question_about_the_past_predicts_nothing(
    sqlite_database: Database, result: bytes
) -> None:
    plant(sqlite_database, site="PG1")
    old = stored(sqlite_database, "old", window_end=NOW - timedelta(days=3), by_schedule=False)
    assert file(sqlite_database, old, result) == 0
    new = stored(sqlite_database, "new", window_end=NOW, by_schedule=False)
    assert file(sqlite_database, new, result) >= 1
    assert file(sqlite_database, "gone", result) == 0


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    """What a worker computes with."""
    settings = Settings(data_dir=tmp_path, database_url=database.url)
    return Bench(database, settings, "here", Slots(1))


def measured(database: Database) -> None:
    """Ninety days of LOOP of tool A, two values a day about 40, and about 42 later."""
    k = np.arange(DAYS * A_DAY)
    value = 40.0 + np.sin(7.0 * k) / 2.0 + np.where(k >= MOVED * A_DAY, 2.0, 0.0)
    chunk = rows(k.size, step=DAY // A_DAY, value=value)
    write_chunk(database, chunk, ingest=plant(database), now=NOW)


def asked(bench: Bench, analysis: str, by: int | None = None, **params: object) -> Run:
    """Submit a run, and carry it to its end in this process, with a child."""
    with bench.database.write.begin() as session:
        submission = Submission(
            analysis, params, ACTOR, datetime.now(UTC),
            schedule_id=by, fire_key=None if by is None else str(datetime.now(UTC)),
        )  # fmt: skip
        run_id = submit(session, Recorder(), submission).id
    execute(bench, run_id)
    run = run_of(bench.database, run_id)
    assert run.state == "succeeded", run.error
    return run


def day(number: float) -> datetime:
    return from_micros(JANUARY + round(number * DAY))


def test_the_ledger_holds_what_was_said_against_what_came(bench: Bench) -> None:
    database = bench.database
    measured(database)
    with database.write.begin() as session:
        said = [
            Prediction(
                quantity="mean", site="HSV", characteristic="LOOP", where={"tool": "A"},
                start=JANUARY + k * DAY, end=JANUARY + (k + 1) * DAY, estimate=40.0,
                bands=(Band(level=0.8, lower=39.0, upper=41.0),),
            )
            for k in (5, 6, 62, 89)
        ]  # fmt: skip
        for one in said:
            issued = from_micros(one.start)
            predictions.keep(
                session, f"r{one.start}", "drift", [one], issued_at=issued, scope=EVERYWHERE
            )
        for mechanism, tool in (("mean", "A"), ("spread", "A"), ("mean", "B")):
            session.add(finding(mechanism, tool))
    window = {"start": day(0).isoformat(), "end": day(100).isoformat()}
    run = asked(bench, "honesty-ledger", site="HSV", window=window)
    assert run.result is not None
    (line,) = run.result["intervals"]
    # the day that the last value lies in is not over
    counts = [line[name] for name in ("analysis", "quantity", "due", "n", "held", "undetermined")]
    assert counts == ["drift", "mean", 4, 3, 2, 1]
    (missed,) = run.result["missed"]
    assert missed["subject"] == "HSV, LOOP, tool=A"
    assert missed["actual"] == pytest.approx(42.0, abs=0.5)
    (fates,) = run.result["findings"]
    assert [fates[name] for name in ("source", "findings", "confirmed", "still_open")] == [
        "drift-screen", 3, 1, 2,
    ]  # fmt: skip
    assert run.page is not None
    assert "mean of a day" in str(run.page["verdicts"])


def finding(mechanism: str, tool: str) -> Finding:
    evidence = {"analysis": "drift-screen", "mechanism": mechanism, "stratum": {"tool": tool}}
    return Finding(
        site_id=1, characteristic_id=1, cause=f"{tool}, {mechanism}", disposition="warn",
        title="t", evidence=evidence, reaction={}, points=1, first_ts=day(58), last_ts=day(60),
        opened_at=day(58), updated_at=day(58),
    )  # fmt: skip


def test_a_result_that_is_reused_is_kept_for_the_run_that_asked(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=sqlite_database.url)
    bench = Bench(sqlite_database, settings, "here", Slots(1))
    measured(sqlite_database)
    window = {"start": day(0).isoformat(), "end": day(DAYS).isoformat()}
    params = {"site": "HSV", "characteristics": ["LOOP"], "requirement": 1.0, "window": window}
    with sqlite_database.write.begin() as session:
        session.add(SpecLimit(
            characteristic_id=1, lower=30.0, upper=50.0, effective_from=day(-1), reason="r",
            created_by="a", created_at=NOW,
        ))  # fmt: skip
        session.add(Schedule(
            id=1, name="nightly", analysis="capability", version=3, params={}, zone="UTC",
            cron="0 2 * * *", next_at=NOW, created_by="a", created_at=NOW, updated_at=NOW,
        ))  # fmt: skip
    first = asked(bench, "capability", None, **params)
    second = asked(bench, "capability", 1, **params)
    assert second.reused_from == first.id
    with sqlite_database.read() as session:
        kept = session.scalars(select(PredictionRow.run_id)).all()
    assert set(kept) == {second.id}  # the first one was a question about the past
