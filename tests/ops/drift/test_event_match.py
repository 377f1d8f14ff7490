"""Each step is matched with the event that is least likely to be so near by chance."""

from dataclasses import replace

import numpy as np
import pytest

from ops.drift.change_interval import Change, changes
from ops.drift.changepoints import changepoints
from ops.drift.event_match import match_events
from ops.drift.evidence import MICROS_PER_DAY
from ops.errors import BadData
from ops.values import PlantEvent

ORIGIN = 1_700_000_000_000_000


def _event(
    number: int, day: float, kind: str = "capillary change", tool: str = "WB-07"
) -> PlantEvent:
    at = ORIGIN + round(day * MICROS_PER_DAY)
    return PlantEvent(number, "DRS", kind, at, None, tool, "", kind)


def _step() -> Change:
    rng = np.random.default_rng(5)
    t = np.arange(300) / 10.0
    y = rng.normal(size=300) + 6.0 * (np.arange(300) >= 150)
    (one,) = changes(t, y, changepoints(y))
    return one


def _matched(*events: PlantEvent):
    (one,) = match_events([_step()], events, tool="WB-07", origin=ORIGIN, days=30.0)
    return one


def test_a_capillary_change_forty_minutes_before_is_found() -> None:
    found = _matched(_event(1, 3.0), _event(2, 15.0 - 40 / 1440), _event(3, 27.0))
    assert found.event is not None
    assert found.event.id == 2
    assert found.lag_days is not None
    assert found.lag_days * 1440 == pytest.approx(40, abs=0.01)
    assert found.is_convincing


def test_a_rare_event_outweighs_a_frequent_one_that_is_nearer() -> None:
    often = [_event(10 + i, 0.25 * i + 0.1, "lot start") for i in range(118)]
    found = _matched(_event(1, 14.8, "maintenance"), *often)
    assert found.event is not None
    assert found.event.kind == "maintenance"
    assert found.others >= 1


def test_frequent_events_convince_nobody() -> None:
    often = [_event(10 + i, 0.1 * i, "lot start") for i in range(300)]
    found = _matched(*often)
    assert found.event is not None
    assert not found.is_convincing


def test_events_of_other_tools_and_far_ones_do_not_count() -> None:
    found = _matched(_event(1, 14.95, tool="WB-08"), _event(2, 9.0), _event(3, 18.0))
    assert (found.event, found.lag_days, found.chance) == (None, None, 1.0)
    assert not found.is_convincing


def test_an_event_of_the_whole_site_counts() -> None:
    assert _matched(_event(1, 14.95, tool="")).event is not None


def test_a_change_while_an_event_lasts_has_no_lag() -> None:
    lasting = replace(_event(1, 14.5), ended_at=ORIGIN + round(15.5 * MICROS_PER_DAY))
    found = _matched(lasting)
    assert found.lag_days == 0.0
    assert found.is_convincing


def test_the_chance_is_that_of_random_events_at_their_rate() -> None:
    rng = np.random.default_rng(6)
    step = _step()
    hits = 0
    for _ in range(400):
        days = np.sort(rng.uniform(0.0, 30.0, 12))
        events = [_event(i, float(day)) for i, day in enumerate(days)]
        (one,) = match_events([step], events, tool="WB-07", origin=ORIGIN, days=30.0)
        hits += one.chance <= 0.2
    assert hits / 400 <= 0.2 + 3 * np.sqrt(0.16 / 400)


def test_a_window_without_length_is_refused() -> None:
    with pytest.raises(BadData, match="days 0"):
        match_events([], [], tool="WB-07", origin=ORIGIN, days=0.0)
