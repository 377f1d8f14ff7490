"""Repairable trend: planted wear is found and named, a constant rate is not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.repairable_trend import REPAIRABLE_TREND
from ops.analyses.repairable_trend_result import RepairableTrendResult
from ops.analyses.repairable_trend_sample import sample_repairs
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.repairable.data import recurrent_data


def _computed(data: LifetimeData, **more: Any) -> RepairableTrendResult:
    params = REPAIRABLE_TREND.params(life_test="T", **more)
    return REPAIRABLE_TREND.compute(data, params, silent)


def _of(histories: dict[str, tuple[list[float], float]]) -> LifetimeData:
    return LifetimeData(code="T", title="T", kind="recurrent", recurrent=recurrent_data(histories))


def test_the_wear_of_one_supplier_is_found_and_the_supplier_named() -> None:
    found = _computed(sample_repairs())
    assert found.trend == "faster"
    assert found.power_law is not None
    assert found.power_law.lower > 1
    (pair,) = found.pairs
    assert (pair.one, pair.other) == ("supplier B", "supplier A")
    assert pair.lower > 0
    said = " ".join(v.sentence for v in REPAIRABLE_TREND.view(found).verdicts)
    assert "ever faster" in said
    assert "supplier B fails more often" in said


def test_a_system_that_fails_far_more_than_the_rest_stands_out() -> None:
    rng = np.random.default_rng(1)
    histories = {f"S{at}": (rng.uniform(0, 100, 4).tolist(), 100.0) for at in range(12)}
    histories["BAD"] = (rng.uniform(0, 100, 25).tolist(), 100.0)
    found = _computed(_of(histories))
    assert [m.system for m in found.members if m.stands_out] == ["BAD"]
    assert found.dispersion_p is not None
    assert found.dispersion_p < 1e-4


def test_grouped_counts_give_the_published_power_law() -> None:
    edges, counts = [62.0, 100, 187, 210, 350, 500], [12.0, 6, 15, 3, 18, 16]
    data = recurrent_data({"a": (edges, 500.0)})
    whole = _of({"a": (edges, 500.0)})
    grouped = replace(whole, recurrent=replace(data, cost=np.array(counts)))
    found = _computed(grouped, grouped=True)
    assert found.events == 70
    assert found.power_law is not None
    assert found.power_law.beta == pytest.approx(0.81361, abs=1e-5)
    assert found.power_law.fit_p_value is not None


def test_fixes_are_projected_for_modes_that_exist() -> None:
    found = _computed(
        sample_repairs(), effectiveness={"bearing": 0.8, "clamp": 0.7, "transducer": 0.5}
    )
    assert found.projection is not None
    assert found.projection.projected > found.projection.demonstrated
    with pytest.raises(BadData, match="no mode 'seal'"):
        _computed(sample_repairs(), effectiveness={"seal": 0.5})


def test_few_events_give_a_rate_and_a_forecast_without_a_trend() -> None:
    found = _computed(_of({"a": ([50.0], 100.0), "b": ([], 100.0)}))
    assert found.power_law is None
    assert found.rate == pytest.approx(1 / 200)
    assert found.rate_lower < found.rate < found.rate_upper
    assert found.ahead_lower <= found.ahead <= found.ahead_upper
    with pytest.raises(NotEnoughData, match="no system had an event"):
        _computed(_of({"a": ([], 100.0)}))


def test_a_mode_that_no_event_has_is_refused() -> None:
    with pytest.raises(BadData, match="no event is of the mode 'zz'"):
        _computed(_of({"A": ([1.0, 5.0, 9.0], 10.0)}), mode="zz")


def test_a_stretch_far_beyond_what_was_watched_is_refused_with_the_most_that_is_not() -> None:
    with pytest.raises(BadData, match="at most 100"):
        _computed(_of({"A": ([1.0, 5.0, 9.0], 10.0)}), horizon=1e9)


@pytest.mark.parametrize("cost", [0.4, -1.0, 1e9])
def test_costs_that_are_no_counts_are_refused(cost: float) -> None:
    events = recurrent_data({"A": ([1.0, 5.0, 9.0], 10.0)})
    events = replace(events, cost=np.array([cost, 2.0, 3.0]))
    with pytest.raises(BadData, match=r"no count|are more than"):
        _computed(LifetimeData(code="T", kind="recurrent", recurrent=events), grouped=True)
