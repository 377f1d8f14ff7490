"""The network of the demo plant: stored like any demand, planned from the first night on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import ingests, load, scenario_revisions, scenarios
from ops.db.columnar import IngestRef
from ops.db.engine import Database
from ops.db.models.data import Ingest
from ops.db.models.work import Run, Schedule
from ops.query import MeasurementQuery, ScenarioQuery
from ops.values import EVERYWHERE
from ops.work.demo_network import (
    NETWORK,
    NetworkHistory,
    create_network,
    finish_network,
    store_demand,
)
from ops.work.demo_site import ACTOR
from ops.work.demo_state import LoadedDemo
from ops.work.queue import QueueName

NOW = datetime(2026, 3, 11, 2, 30, tzinfo=UTC)  # a Wednesday


@dataclass
class Remembering:
    """A queue that only remembers."""

    runs: list[str] = field(default_factory=list)

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        self.runs.append(run_id)

    def close(self) -> None:
        """Nothing is held."""


def _loaded(database: Database) -> list[str]:
    history = NetworkHistory.until(NOW, 1)
    with database.write.begin() as session:
        site = create_network(session, NOW)
        ingest = ingests.start(session, site.id, "test", "demand", "arrow", ACTOR.name, NOW)
        reference = IngestRef(ingest.id, site.id, ACTOR.name)
    store_demand(database, history, reference, NOW)
    with database.write.begin() as session:
        return finish_network(session, Remembering(), history, reference.ingest_id, NOW)


def test_demand_is_stored_with_its_factors_up_to_sunday(database: Database) -> None:
    _loaded(database)
    history = NetworkHistory.until(NOW, 1)
    (series,) = load.load(database, MeasurementQuery(site=NETWORK)).series
    assert series.value.sum() == history.demand.units.sum()
    assert {"customer", "commodity"} <= set(series.factors)
    last = datetime.fromtimestamp(int(series.ts.max()) / 1e6, UTC)
    assert last == datetime(2026, 3, 8, 12, tzinfo=UTC)
    of = series.factors["customer"]
    mine = np.array(of.levels)[of.codes] == "CUST-04"
    assert series.value[mine].sum() == history.demand.units[history.demand.customer == 3].sum()


def test_the_first_night_can_run_before_there_is_a_forecast(sqlite_database: Database) -> None:
    runs = _loaded(sqlite_database)
    with sqlite_database.read() as session:
        kinds = [session.get_one(Run, run_id).analysis for run_id in runs]
        cron = {s.analysis: s.cron for s in session.scalars(select(Schedule))}
        state = session.scalars(select(Ingest.state)).one()
        row = scenarios.find(session, EVERYWHERE, NETWORK)
        assert scenario_revisions.find(session, row).number == 1
    assert (kinds, state) == (["demand-forecast", "network-plan", "network-baseline"], "succeeded")
    assert cron == {
        "demand-forecast": "0 3 * * *",
        "network-plan": "30 3 * * *",
        "plan-monitor": "0 4 * * *",
    }
    data = load.load(sqlite_database, ScenarioQuery(code=NETWORK, as_of=NOW))
    assert data.scenario is not None
    assert all(d.forecast is None and d.quantity_by_period for d in data.scenario.demands)


def test_a_tiny_demo_has_no_network() -> None:
    assert LoadedDemo("tiny", 1, NOW).sites == ("DEMO-PG", "DEMO-DR")
    assert LoadedDemo("small", 1, NOW).sites == ("DEMO-PG", "DEMO-DR", NETWORK)
