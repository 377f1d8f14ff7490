"""The demand forecast: coherent, scored by what came, the same whatever the order of rows."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from ops.analyses.demand_forecast import DEMAND_FORECAST, DemandForecastParams
from ops.analyses.demand_forecast_result import DemandForecastResult
from ops.analysis import silent
from ops.db import contexts
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.work import Run
from ops.forecast.scenario import filled
from ops.forecast_query import ForecastData
from ops.values import Actor, Measurements
from ops.work.run import pinned
from ops.work.submit import Submission, draft
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand, ForecastRef
from solvers.scenario.policy import Period
from tests.plant import DAY, JANUARY, NOW, plant, rows

PLAIN = DEMAND_FORECAST.example.params


def computed(data: ForecastData, **changes: Any) -> DemandForecastResult:
    params = DemandForecastParams.model_validate(PLAIN.model_dump() | changes)
    return DEMAND_FORECAST.compute(data, params, silent)


@pytest.fixture(scope="module")
def result() -> DemandForecastResult:
    return computed(DEMAND_FORECAST.example.data())


def means(result: DemandForecastResult) -> dict[str, Any]:
    return {one.name: np.array(one.mean) for one in result.series}


def test_sums_agree_on_every_level(result: DemandForecastResult) -> None:
    mean = means(result)
    bottom = mean["CUST-01/BGA96"] + mean["CUST-01/QFN32"] + mean["CUST-02/QFN32"]
    assert mean["*/*"] == pytest.approx(bottom, rel=1e-4)
    assert mean["CUST-01/*"] == pytest.approx(bottom - mean["CUST-02/QFN32"], rel=1e-4)
    assert mean["*/QFN32"] == pytest.approx(bottom - mean["CUST-01/BGA96"], rel=1e-4)


def test_the_rare_part_is_seen_as_such_and_intervals_are_not_negative(
    result: DemandForecastResult,
) -> None:
    rare = next(one for one in result.series if one.name == "CUST-01/BGA96")
    assert rare.pattern in ("intermittent", "lumpy")
    for one in result.series:
        low, mean, high = (np.array(part) for part in (one.lower, one.mean, one.upper))
        assert np.all((low >= 0) & (low <= mean + 1e-9) & (mean <= high + 1e-9)), one.name


def test_an_earlier_night_is_scored_by_lead(result: DemandForecastResult) -> None:
    assert [one.lead for one in result.record] == [None, 1, 2, 3, 4]
    assert result.record[0].n == 4
    assert [one.label for one in result.record_of_series] == ["CUST-02/QFN32"]


def test_the_order_of_rows_and_a_later_correction_count_as_they_should() -> None:
    data = DEMAND_FORECAST.example.data()
    (series,) = data.measurements.series
    order = np.random.default_rng(1).permutation(series.ts.size)
    shuffled = replace(
        series,
        ts=series.ts[order],
        value=series.value[order],
        factors={name: factor.take(order) for name, factor in series.factors.items()},
    )
    again = replace(data, measurements=Measurements((shuffled,)))
    assert computed(again) == computed(data)
    assert replace(data, earlier=()).fingerprint() != data.fingerprint()


def test_bottom_up_and_none_leave_the_bottom_alone(result: DemandForecastResult) -> None:
    data = DEMAND_FORECAST.example.data()
    one, other = (means(computed(data, reconciliation=how)) for how in ("bottom-up", "none"))
    assert len(other) == 3
    for name, mean in other.items():
        assert one[name] == pytest.approx(mean)


def test_the_budget_buys_origins() -> None:
    data = DEMAND_FORECAST.example.data()
    assert computed(data, budget_s=1e-3).origins == 2


def test_a_zone_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="IANA"):
        DemandForecastParams(zone="Nowhere/Land")


def _ingested(database: Database, weeks: int) -> None:
    """20 and 30 pieces a week of two customers, on Wednesdays."""
    ref = plant(database, codes=("DEMAND",))
    factors = [{"customer": f"C{i}", "commodity": "P"} for i in (1, 2)]
    with database.write.begin() as session:
        ids = list(contexts.ids_for(session, ref.site_id, factors, NOW))
    week = np.repeat(np.arange(weeks), 2)
    columns = {
        "ts": JANUARY + (6 + 7 * week) * DAY,  # 2026-01-07 is a Wednesday
        "seq": np.tile([1, 2], weeks),
        "value": np.tile([20.0, 30.0], weeks),
        "context_id": np.tile(ids, weeks),
        "subgroup": [None] * 2 * weeks,
    }
    write_chunk(database, rows(2 * weeks, **columns), ingest=ref, now=NOW)


def _night(database: Database, now: datetime) -> DemandForecastResult:
    """Run as a worker would, but at an instant of the past."""
    params = {"horizon": 4, "methods": ["mean"], "window": {"last": "70d"}}
    asked = Submission("demand-forecast", params, Actor("ada", "admin"), now)
    with database.read() as session:
        run = draft(session, asked)
    parsed = DemandForecastParams.model_validate(run.params)
    data = load(database, pinned(DEMAND_FORECAST.needs(parsed), run))
    result = DEMAND_FORECAST.compute(data, parsed, silent)
    stored = {"state": "succeeded", "finished_at": now, "submitted_at": now, "submitted_by": "ada"}
    with database.write.begin() as session:
        for name, value in (stored | {"result": json.loads(result.model_dump_json())}).items():
            setattr(run, name, value)
        session.add(run)
        session.flush()
        assert session.get(Run, run.id) is run
    return result


def test_night_by_night_forecasts_meet_what_was_ingested(database: Database) -> None:
    _ingested(database, weeks=8)
    monday = datetime.fromisoformat("2026-02-09T02:00:00+00:00")
    first = _night(database, monday)
    assert (first.nights, first.record) == (0, ())
    assert {one.name: one.mean[0] for one in first.series if one.kind == "bottom"} == {
        "C1/P": 20.0,
        "C2/P": 30.0,
    }
    second = _night(database, monday + timedelta(weeks=2))
    assert second.nights == 1
    assert [(one.lead, one.n, one.wape) for one in second.record] == [
        (None, 4, 0.0),
        (1, 2, 0.0),
        (2, 2, 0.0),
    ]
    assert "earlier nights" in DEMAND_FORECAST.view(second).verdicts[0].sentence
    plan = Scenario(
        periods=(Period(code="W1", start=second.bounds[0]),),
        demands=(Demand(customer="C1", commodity="P", forecast=ForecastRef(series="C1/P")),),
    )
    done = filled(plan, {"newest": json.loads(second.model_dump_json())})
    assert done.demands[0].quantity_by_period[0].amount == 20.0
