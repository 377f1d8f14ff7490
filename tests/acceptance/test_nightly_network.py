"""Two nights of the demo network with a real worker: demand comes, and the plan becomes another."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from ops.db import ingests, results
from ops.db.columnar import IngestRef
from ops.db.engine import Database, open_database
from ops.db.migrate import migrate
from ops.db.models.plant import Site
from ops.db.models.work import Run, Schedule
from ops.simulate.shipments import DemandHistory
from ops.work import demo_network
from ops.work.demo_network import NetworkHistory, create_network, finish_network, store_demand
from ops.work.demo_site import ACTOR
from ops.work.engine import open_queue, prepare

ROOT = Path(__file__).parents[2]
RUN_S = 300.0
QUICK = ["naive", "seasonal-naive", "mean"]  # those of statsforecast load for seconds


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Database]:
    """An embedded database, and a worker that does what it finds there."""
    database = open_database(f"sqlite:///{tmp_path}/longrun.db")
    migrate(database.engine)
    prepare(database)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "LONGRUN_DATA_DIR": str(tmp_path),
        "LONGRUN_SLOTS": "1",
        "LONGRUN_PRELOAD": '["demand-forecast", "network-plan", "plan-monitor"]',
    }
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "work"], env=environment, stdout=log, stderr=log
        )
    try:
        yield database
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=120)
        database.engine.dispose()


def _store(database: Database, history: NetworkHistory, now: datetime) -> int:
    with database.write.begin() as session:
        site_id = session.scalars(select(Site.id)).one()
        ingest = ingests.start(session, site_id, "test", "demand", "arrow", ACTOR.name, now)
        reference = IngestRef(ingest.id, site_id, ACTOR.name)
    store_demand(database, history, reference, now)
    return reference.ingest_id


def _ended(database: Database, analysis: str, count: int) -> dict[str, Any]:
    """Result of the newest run of an analysis, once `count` of it have ended."""
    deadline = time.monotonic() + RUN_S
    query = select(Run).where(Run.analysis == analysis).order_by(Run.submitted_at.desc())
    while True:
        with database.read() as session:
            runs = list(session.scalars(query))
            if len(runs) == count and all(r.finished_at is not None for r in runs):
                assert [r.state for r in runs] == ["succeeded"] * count, runs[0].error
                found = results.whole(session, runs[0])
                assert found is not None
                return found
        assert time.monotonic() < deadline, [(r.state, r.error) for r in runs]
        time.sleep(0.1)


def _fire(database: Database, analysis: str) -> None:
    """Let the time of a schedule be this minute: before dawn its last night was yesterday's."""
    now = datetime.now(UTC)
    times: dict[str, object] = {"cron": f"{now.minute} {now.hour} * * *"}
    times |= {"next_at": now - timedelta(seconds=2), "last_at": now - timedelta(days=1)}
    with database.write.begin() as session:
        session.execute(update(Schedule).where(Schedule.analysis == analysis).values(**times))


def _next_week(history: NetworkHistory, factor: float) -> NetworkHistory:
    """Demand of the last week, `factor` times as high, in the week after the history."""
    demand, days = history.demand, history.plan.days
    last = demand.day >= days - 7
    week = DemandHistory(
        demand.day[last] + 7, demand.customer[last], demand.package[last],
        (factor * demand.units[last]).astype(int),
    )  # fmt: skip
    return replace(history, demand=week)


def test_what_is_asked_for_changes_the_plan_of_the_next_night(
    plant: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(demo_network.NIGHTLY[0][2], "methods", QUICK)
    week_ago = datetime.now(UTC) - timedelta(days=7)
    history = NetworkHistory.until(week_ago, 1)
    with plant.write.begin() as session:
        create_network(session, week_ago)
    ingest_id = _store(plant, history, week_ago)
    queue = open_queue(plant)
    with plant.write.begin() as session:
        finish_network(session, queue, history, ingest_id, week_ago)
        session.execute(update(Schedule).values(next_at=week_ago + timedelta(days=9)))
    queue.close()

    # the first night: both at once, so the plan takes the quantities beside the references
    first_forecast = _ended(plant, "demand-forecast", 1)
    first = _ended(plant, "network-plan", 1)
    assert first["figures"]["service_level"] == pytest.approx(1.0)
    assert first["figures"]["demand"] == pytest.approx(
        history.demand.units[history.demand.day >= history.plan.days - 91].sum()
    )

    # a week comes in, of less demand; the schedules fire one after another
    _store(plant, _next_week(history, 0.5), datetime.now(UTC))
    _fire(plant, "demand-forecast")
    forecast = _ended(plant, "demand-forecast", 2)
    assert forecast["bounds"][:-1] == first_forecast["bounds"][1:]  # a week on
    _fire(plant, "network-plan")
    plan = _ended(plant, "network-plan", 2)
    bottom = [s for s in forecast["series"] if s["kind"] == "bottom"]
    assert plan["figures"]["demand"] == pytest.approx(sum(sum(s["mean"]) for s in bottom), rel=1e-6)
    assert plan["value"] < first["value"]
    _fire(plant, "plan-monitor")
    watched = _ended(plant, "plan-monitor", 1)
    assert watched["advice"] == "re-plan"  # demand was half of what had been forecast
    assert watched["plan"]["objective"] == pytest.approx(plan["value"])
