"""Earlier results: only those that a run could have seen, newest first."""

from datetime import timedelta
from typing import Any

import pytest

from ops.db.engine import Database
from ops.db.load_forecast import load_forecast
from ops.db.models.work import Run
from ops.errors import NotFound
from ops.forecast_query import ForecastQuery
from ops.query import MeasurementQuery
from ops.values import Scope
from tests.plant import NOW, plant

LIKE = {"characteristics": ["LOOP"], "period": "week"}


def ran(database: Database, run_id: str, days: int, **columns: Any) -> None:
    at = NOW - timedelta(days=days)
    values = {
        "analysis": "demand-forecast", "version": 1, "params": LIKE | {"horizon": 4}, "as_of": at,
        "max_batch": 0, "state": "succeeded", "submitted_by": "ada", "submitted_at": at,
        "finished_at": at, "result": {"of": run_id}, "log_tail": "",
    }  # fmt: skip
    with database.write.begin() as session:
        session.add(Run(id=run_id, **values | columns))


def query(**changes: Any) -> ForecastQuery:
    measured = MeasurementQuery(characteristics=("LOOP",))
    return ForecastQuery(measured, **{"like": LIKE, "earlier": 5, "as_of": NOW} | changes)


def test_only_alike_runs_that_had_succeeded_are_read_newest_first(database: Database) -> None:
    ref = plant(database)
    ran(database, "old", 9)
    ran(database, "new", 2, site_id=ref.site_id)
    ran(database, "failed", 1, state="failed")
    ran(database, "other", 1, params=LIKE | {"period": "day"})
    ran(database, "later", -1)
    found = load_forecast(database, query())
    assert [run.run_id for run in found.earlier] == ["new", "old"]
    assert found.earlier[0].result == {"of": "new"}
    assert [s.characteristic.code for s in found.measurements.series] == ["LOOP"]
    assert [run.run_id for run in load_forecast(database, query(earlier=1)).earlier] == ["new"]
    seen = load_forecast(database, query(scope=Scope(frozenset({ref.site_id}))))
    assert [run.run_id for run in seen.earlier] == ["new"]


def test_the_fingerprint_knows_the_earlier_results(database: Database) -> None:
    plant(database)
    before = load_forecast(database, query()).fingerprint()
    assert load_forecast(database, query()).fingerprint() == before
    ran(database, "new", 2)
    assert load_forecast(database, query()).fingerprint() != before


def test_the_plan_is_the_newest_of_its_scenario_or_the_one_named(database: Database) -> None:
    plant(database)
    ran(database, "p1", 9, analysis="network-plan", params={"scenario": "S"})
    ran(database, "p2", 2, analysis="network-plan", params={"scenario": "S"})
    asked = {"plan_analysis": "network-plan", "plan_like": {"scenario": "S"}}
    newest = load_forecast(database, query(**asked)).plan
    assert newest is not None
    assert newest.run_id == "p2"
    named = load_forecast(database, query(**asked, plan_run="p1"))
    assert [run.run_id for run in (named.plan, named.latest) if run] == ["p1", "p2"]
    assert load_forecast(database, query(**asked, plan_run="p2")).latest is None
    assert load_forecast(database, query(**asked | {"plan_like": {"scenario": "T"}})).plan is None
    ran(database, "wrong", 1)
    with pytest.raises(NotFound, match="network-plan"):
        load_forecast(database, query(**asked, plan_run="wrong"))
