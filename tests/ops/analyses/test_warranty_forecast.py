"""Warranty forecast: what comes lies within it, families beside each other, bad input in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.warranty_forecast import WARRANTY_FORECAST
from ops.analyses.warranty_forecast_result import WarrantyForecastResult
from ops.analyses.warranty_forecast_sample import sample_returns
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData


def _computed(data: LifetimeData, **more: Any) -> WarrantyForecastResult:
    params = WARRANTY_FORECAST.params(life_test="T", draws=100, **more)
    return WARRANTY_FORECAST.compute(data, params, silent)


def test_the_planted_life_lies_within_the_interval_and_both_families_are_said() -> None:
    found = _computed(sample_returns(), shares=(0.01,))
    truth = 4000.0 * (-np.log(0.99)) ** (1 / 1.6)
    weibull = next(m for m in found.models if m.family == "weibull")
    assert weibull.lives[0].lower < truth < weibull.lives[0].upper
    assert found.delay_days == pytest.approx(21.0, abs=8.0)
    said = WARRANTY_FORECAST.view(found).verdicts[0].sentence
    assert "Weibull" in said
    assert "Lognormal" in said


def test_forecasts_grow_with_time_and_hold_more_than_the_plug_in() -> None:
    (forecast,) = _computed(sample_returns(), families=("weibull",)).forecasts
    means = [a.mean for a in forecast.ahead]
    assert means == sorted(means)
    for a in forecast.ahead[2:]:
        assert a.upper - a.lower > a.plug_in_upper - a.plug_in_lower


def test_a_mode_alone_a_warranty_and_future_shipments_change_what_is_to_come() -> None:
    data = sample_returns()
    whole = _computed(data, families=("weibull",))
    leakage = _computed(data, families=("weibull",), mode="leakage")
    assert leakage.returned < whole.returned
    short = _computed(data, families=("weibull",), warranty=200.0)
    assert short.forecasts[0].ahead[-1].mean < whole.forecasts[0].ahead[-1].mean
    more = _computed(data, families=("weibull",), shipments=[{"days": 30.0, "quantity": 5000.0}])
    assert more.forecasts[0].ahead[-1].mean > whole.forecasts[0].ahead[-1].mean
    assert more.cohorts[0].returned == 0.0


def test_spares_and_cost_are_told_where_they_are_asked() -> None:
    found = _computed(sample_returns(), families=("weibull",), lead_days=60.0, cost=10.0)
    assert found.spares is not None
    assert found.spares.reached >= 0.95
    assert found.cost_mean is not None
    assert found.cost_mean == pytest.approx(10 * found.forecasts[0].ahead[-1].mean)


def test_nothing_shipped_nothing_returned_and_unknown_modes_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="nothing was shipped"):
        _computed(LifetimeData())
    data = sample_returns()
    assert data.field is not None
    none = replace(data.field, returned=np.zeros(data.field.cohort.size))
    with pytest.raises(NotEnoughData, match="nothing came back"):
        _computed(replace(data, field=none))
    with pytest.raises(BadData, match="no return is of the mode 'rust'"):
        _computed(data, mode="rust")


def test_a_fleet_that_came_back_whole_is_refused_in_words() -> None:
    back = sample_returns().field
    assert back is not None
    returned = np.bincount(back.cohort, weights=back.returned, minlength=back.shipped.size)
    keep = np.flatnonzero(returned > 0)
    whole = replace(
        back,
        shipped=back.shipped[keep],
        quantity=returned[keep],
        group=back.group[keep],
        cohort=np.searchsorted(keep, back.cohort),
    )
    with pytest.raises(NotEnoughData, match="no unit is left"):
        _computed(LifetimeData(code="T", kind="field", field=whole), delays="ignore")


@pytest.mark.parametrize(
    "wrong",
    [
        {"shares": (0.0,)},
        {"shares": (2.0,)},
        {"ahead": (1e300,)},
        {"ahead": (-5.0,)},
        {"lead_days": 1e9},
        {"shipments": ({"days": float("inf"), "quantity": 5},)},
        {"shipments": ({"days": 5, "quantity": float("inf")},)},
    ],
)
def test_what_no_forecast_can_be_made_for_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        WARRANTY_FORECAST.params(life_test="T", **wrong)
