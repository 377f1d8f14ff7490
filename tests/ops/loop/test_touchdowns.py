import numpy as np
import pytest

from ops.loop.touchdowns import CHANGE, COUNTER, by_tool, touch_downs
from ops.values import PlantEvent

HOUR = 3_600_000_000


def event(kind: str, hours: float, tool: str = "WB-01", **detail: object) -> PlantEvent:
    return PlantEvent(1, "PG1", kind, int(hours * HOUR), None, tool, "", "", detail)


def at(*hours: float) -> np.ndarray:
    return np.array([int(h * HOUR) for h in hours], dtype=np.int64)


def test_the_count_that_the_old_capillary_reached_is_spread_over_its_time() -> None:
    events = [event(CHANGE, 0), event(CHANGE, 10, touch_downs=100_000)]
    found = touch_downs(at(5, 10, 12), events)
    assert found.change.tolist() == [0, 1, 1]
    assert found.since_change.tolist() == pytest.approx([50_000, 0, 20_000])


def test_a_counter_reading_corrects_the_pace() -> None:
    events = [event(CHANGE, 0), event(COUNTER, 4, touch_downs=10_000), event("maintenance", 5)]
    assert touch_downs(at(2, 8), events).since_change.tolist() == pytest.approx([5_000, 20_000])


def test_nothing_is_known_before_the_first_change_nor_without_a_pace() -> None:
    found = touch_downs(at(-1, 3), [event(CHANGE, 0)])
    assert np.isnan(found.since_change).all()
    assert found.change.tolist() == [-1, 0]


def test_without_events_every_row_is_unknown() -> None:
    assert np.isnan(touch_downs(at(1), []).since_change).all()


def test_a_count_that_is_text_counts_and_nonsense_does_not() -> None:
    events = [event(CHANGE, 0), event(CHANGE, 10, touch_downs="100000")]
    assert touch_downs(at(5), events).since_change[0] == pytest.approx(50_000)
    unread = [event(CHANGE, 0), event(CHANGE, 10, touch_downs="many")]
    assert np.isnan(touch_downs(at(5), unread).since_change[0])


def test_tools_are_kept_apart() -> None:
    found = by_tool([event(CHANGE, 2, "B"), event(CHANGE, 1, "A"), event("calibration", 0, "A")])
    assert {tool: len(mine) for tool, mine in found.items()} == {"A": 1, "B": 1}
