"""Forecasts in a scenario: every period gets its share of days, and nothing is lost."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.forecast.scenario import NEWEST, filled
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand, ForecastRef, Spread
from solvers.scenario.policy import Period

MONDAY = date(2026, 1, 5)


def forecast(mean: list[float], *, days: int = 7, sd: float = 2.0) -> dict[str, Any]:
    bounds = [(MONDAY + timedelta(days=days * i)).isoformat() for i in range(len(mean) + 1)]
    return {"bounds": bounds, "series": [{"name": "C1/P", "mean": mean, "sd": [sd] * len(mean)}]}


def scenario(
    days: list[float], *, start: date | None = MONDAY, series: str = "C1/P", **demand: Any
) -> Scenario:
    periods = tuple(
        Period(code=f"W{i}", start=start if i == 0 else None, days=d) for i, d in enumerate(days)
    )
    fields = {"price": 3.0, "forecast": ForecastRef(series=series)} | demand
    wanted = Demand(customer="C1", commodity="P", **fields)
    return Scenario(periods=periods, demands=(wanted,))


def quantities(done: Scenario) -> list[float]:
    return [float(q.amount) for q in done.demands[0].quantity_by_period]


def test_equal_periods_are_taken_as_they_are() -> None:
    done = filled(scenario([7, 7]), {NEWEST: forecast([10, 20, 30])}).demands[0]
    assert [(q.period, q.amount) for q in done.quantity_by_period] == [("W0", 10.0), ("W1", 20.0)]
    assert done.spread == Spread(kind="normal", sd=2.0)
    assert (done.forecast, done.quantity, done.price) == (None, None, 3.0)


def test_a_period_of_another_length_gets_the_days_that_it_covers() -> None:
    done = filled(scenario([10, 4]), {NEWEST: forecast([70, 140])})
    assert quantities(done) == [70 + 60, 80]
    # variances: 4 + 4 * 3/7 and 4 * 4/7, by hand
    assert done.demands[0].spread.sd == pytest.approx(np.sqrt((4 + 12 / 7 + 16 / 7) / 2), abs=1e-6)


@given(cut=st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_no_unit_is_lost(cut: list[int]) -> None:
    mean = [float(7 * i) for i in range(1, 20)]
    whole = scenario([float(c) for c in cut])
    days = sum(cut)
    covered = sum(mean[: days // 7]) + mean[days // 7] * (days % 7) / 7
    assert sum(quantities(filled(whole, {NEWEST: forecast(mean)}))) == pytest.approx(covered)


def test_a_spread_that_has_a_size_stays() -> None:
    done = filled(scenario([7], spread=Spread(kind="gamma", cv=0.3)), {NEWEST: forecast([10])})
    assert done.demands[0].spread == Spread(kind="gamma", cv=0.3)
    sized = filled(scenario([7], spread=Spread(kind="gamma")), {NEWEST: forecast([10])})
    assert sized.demands[0].spread == Spread(kind="gamma", sd=2.0)


def test_a_scenario_without_references_is_itself() -> None:
    plain = Scenario(demands=(Demand(customer="C1", commodity="P", quantity=3.0),))
    assert filled(plain, {}) is plain


def test_periods_without_a_start_begin_with_the_newest_forecast() -> None:
    done = filled(scenario([7, 7], start=None), {NEWEST: forecast([10, 20, 30])})
    assert quantities(done) == [10, 20]
    assert [p.start for p in done.periods] == [MONDAY, None]


def test_own_quantities_stand_only_while_there_is_no_forecast() -> None:
    first = scenario([7], start=None, quantity=5.0)
    (waiting,) = filled(first, {}).demands
    assert (waiting.quantity, waiting.forecast) == (5.0, None)
    assert quantities(filled(first, {NEWEST: forecast([10])})) == [10]
    named = scenario([7], quantity=5.0, forecast=ForecastRef(run="r1", series="C1/P"))
    with pytest.raises(ScenarioError, match="1 forecasts cannot"):
        filled(named, {})


@pytest.mark.parametrize(
    ("given_", "known", "pointer", "words"),
    [
        (scenario([7], series="C2/P"), {NEWEST: forecast([1])}, "/demands/0/forecast/series", "C1"),
        (scenario([7]), {}, "/demands/0/forecast/run", "make a forecast"),
        (
            scenario([7], start=None, forecast=ForecastRef(run="r1", series="C1/P")),
            {"r1": forecast([1])},
            "/periods/0/start",
            "first day",
        ),
        (scenario([7, 7]), {NEWEST: forecast([1])}, "/demands/0/forecast", "raise its horizon"),
    ],
)
def test_what_is_missing_is_named(
    given_: Scenario, known: dict[str, Any], pointer: str, words: str
) -> None:
    with pytest.raises(ScenarioError) as raised:
        filled(given_, known)
    (flaw,) = raised.value.flaws
    assert flaw.pointer == pointer
    assert words in flaw.detail
