"""What analyses predict: of the right subject and stretch, at the levels that they claim."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ops.analyses.registry import find
from ops.analysis import silent
from ops.prediction import Issued, Prediction

DAY_US = 86_400_000_000
START = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def computed(name: str) -> Any:
    analysis = find(name)
    return analysis.compute(analysis.example.data(), analysis.example.params, silent)


def said(name: str, issued: Issued, **changes: object) -> list[Prediction]:
    analysis = find(name)
    assert analysis.predictions is not None
    params = analysis.example.params.model_copy(update=changes)
    return list(analysis.predictions(computed(name), params, issued))


def issued(end: datetime, start: datetime | None = START) -> Issued:
    return Issued("r", end, start, end)


def test_a_capability_study_says_its_index_of_its_window() -> None:
    end = START + timedelta(days=7)
    found = said("capability", issued(end))
    assert found
    for one in found:
        (band,) = one.bands
        assert (one.quantity, one.site, band.level) == ("index", "PG1", 0.95)
        assert one.name.startswith(("C", "P"))
        assert (one.start, one.end) == tuple(round(at.timestamp() * 1e6) for at in (START, end))
        assert band.lower is not None
        assert band.upper is not None
        assert one.estimate is not None
        assert band.lower < one.estimate < band.upper


def test_a_capability_study_of_chosen_levels_or_without_window_says_nothing() -> None:
    end = START + timedelta(days=7)
    assert said("capability", issued(end, None)) == []
    assert said("capability", issued(end), where={"tool": ("WB-01",)}) == []


def demand(**changes: object) -> list[Prediction]:
    fits = {"site": "PG1", "characteristics": ("DEMAND",)} | changes
    return said("demand-forecast", issued(START), **fits)


def test_a_demand_forecast_says_totals_of_single_weeks_from_its_end_on() -> None:
    result = computed("demand-forecast")
    end = find("demand-forecast").example.data().end
    found = demand()
    assert {tuple(one.where.values()) for one in found} == {
        ("CUST-01", "QFN32"), ("CUST-01", "BGA96"), ("CUST-02", "QFN32")
    }  # fmt: skip
    first = min(one.start for one in found)
    assert first == round(end.timestamp() * 1e6)
    for one in found:
        (band,) = one.bands
        assert (one.quantity, band.level) == ("total", result.interval)
        assert one.end - one.start == 7 * DAY_US
        assert (one.start - first) % (7 * DAY_US) == 0
        assert band.lower is not None
        assert band.upper is not None
        assert band.lower <= band.upper
    assert len({(one.subject, one.start) for one in found}) == len(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"site": None},
        {"characteristics": ("DEMAND", "OTHER")},
        {"where": {"customer": ("CUST-01",)}},
    ],
)
def test_a_demand_that_is_no_one_subject_is_not_said(changes: dict[str, object]) -> None:
    assert demand(**changes) == []


def test_weeks_begin_at_midnights_of_the_zone() -> None:
    zone = ZoneInfo(computed("demand-forecast").zone)
    for one in demand():
        at = datetime.fromtimestamp(one.start / 1e6, zone)
        assert (at.hour, at.minute, at.weekday()) == (0, 0, 0)


def drift_end() -> int:
    end: int = computed("drift").end
    return end


def test_a_drift_says_days_ahead_and_crossings_at_two_levels() -> None:
    end = drift_end()
    found = said("drift", issued(datetime.fromtimestamp(end / 1e6, UTC)))
    means = [one for one in found if one.quantity == "mean"]
    assert [(one.end - end) // DAY_US for one in means] == [1, 3, 7, 14, 28]
    for one in means:
        narrow, wide = one.bands
        assert (narrow.level, wide.level) == (0.8, 0.95)
        assert one.end - one.start == DAY_US
        assert one.where == {"tool": "WB-01"}
        ends = (wide.lower, narrow.lower, one.estimate, narrow.upper, wide.upper)
        assert sorted(ends, key=lambda end: end or 0.0) == list(ends)
    crossings = [one for one in found if one.quantity == "crossing"]
    assert crossings
    for one in crossings:
        assert one.limit is not None
        for band in one.bands:
            assert band.lower is not None
            assert band.level in ((0.8, 0.95) if band.upper is not None else (0.9, 0.975))


def test_days_that_were_over_when_it_was_made_are_not_said() -> None:
    late = datetime.fromtimestamp(drift_end() / 1e6, UTC) + timedelta(days=5)
    found = said("drift", issued(late))
    assert {one.quantity for one in found} == {"mean"}
    assert [(one.end - drift_end()) // DAY_US for one in found] == [7, 14, 28]


def test_a_drift_of_chosen_levels_is_of_their_one_subject_or_not_said() -> None:
    at = issued(datetime.fromtimestamp(drift_end() / 1e6, UTC))
    one = said("drift", at, where={"product": ("QFN32",)})
    assert one[0].where == {"product": "QFN32", "tool": "WB-01"}
    assert said("drift", at, where={"product": ("QFN32", "BGA96")}) == []
