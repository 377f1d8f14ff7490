"""Labels: what is not known yet is unknown, not negative."""

import numpy as np
import pytest
from pydantic import ValidationError

from ops.classify.build.columns import HOUR_US, Lives
from ops.classify.build.dataset import build_dataset
from ops.classify.build.report import Built
from ops.classify.table import NO_TIME
from ops.errors import BadData
from ops.values import factor_of
from tests.ops.classify.build.facts import alerts, data, events, hours, measured, readings, recipe

LOOP = readings("LOOP", [(1.0, 1.0, "u"), (2.0, 1.0, "v"), (40.0, 1.0, "w")])
NO_PULL = readings("PULL", [])


def _said(built: Built) -> list[str | None]:
    label = built.table.categories[built.document.one("label") or ""]
    return [None if c < 0 else label.levels[c] for c in label.codes]


def _hours(built: Built, column: str) -> list[float | None]:
    return [None if t == NO_TIME else t / HOUR_US for t in built.table.times[column].tolist()]


def test_a_value_beyond_limits_within_the_horizon_is_an_event() -> None:
    pull = readings("PULL", [(5.0, 4.0, "u"), (6.0, 7.0, "v"), (41.0, 4.0, "w")],
                    known=[9.0, 6.0, 41.5])  # fmt: skip
    built = build_dataset(recipe(), data(45, LOOP, pull))
    assert _said(built) == ["yes", "no", "yes"]
    assert _hours(built, "label event") == [5.0, None, 41.0]
    assert _hours(built, "label known") == [9.0, 12.0, 41.5]
    assert _hours(built, "label window end") == [11.0, 12.0, 50.0]
    assert "whose window has not ended" in built.report.warnings[0]  # that of w


def test_a_window_that_has_not_ended_is_unknown_and_so_is_one_without_values() -> None:
    pull = readings("PULL", [(41.0, 7.0, "w"), (6.0, 7.0, "v")])
    built = build_dataset(recipe(), data(45, LOOP, pull))
    assert _said(built) == [None, "no", None]
    assert built.report.unknown == {
        "its window has not ended": 1, "too little was measured in its window": 1,
    }  # fmt: skip
    assert _hours(built, "label known") == [None, 12.0, None]


def test_a_settling_time_waits_for_late_news() -> None:
    pull = readings("PULL", [(6.0, 7.0, "v")])
    label = {"kind": "value", "characteristics": ["PULL"], "lower": 5, "horizon_hours": 10,
             "settle_hours": 30}  # fmt: skip
    assert _said(build_dataset(recipe(label=label), data(41, LOOP, pull)))[1] is None
    late = build_dataset(recipe(label=label), data(42, LOOP, pull))
    assert _said(late)[1] == "no"
    assert _hours(late, "label known")[1] == 42.0


def test_what_was_not_known_at_the_instant_makes_no_event() -> None:
    pull = readings("PULL", [(5.0, 4.0, "u"), (5.0, 7.0, "u")], known=[44.0, 5.0])
    assert _said(build_dataset(recipe(), data(43.9, LOOP, pull)))[0] == "no"
    assert _said(build_dataset(recipe(), data(44, LOOP, pull)))[0] == "yes"


def test_so_many_values_must_lie_beyond() -> None:
    pull = readings("PULL", [(5.0, 4.0, "u"), (4.0, 4.0, "u"), (6.0, 4.0, "v")],
                    known=[5.0, 8.0, 6.0])  # fmt: skip
    label = {"kind": "value", "characteristics": ["PULL"], "lower": 5, "horizon_hours": 10,
             "least": 2}  # fmt: skip
    built = build_dataset(recipe(label=label), data(45, LOOP, pull))
    assert _said(built) == ["yes", "no", None]
    assert _hours(built, "label event")[0] == 5.0  # the second one
    assert _hours(built, "label known")[0] == 8.0


def test_limits_are_those_of_the_specification_drawn_in_by_the_guard() -> None:
    pull = readings("PULL", [(5.0, 8.5, "u"), (6.0, 7.0, "v")], limits=(3, 9))
    label = {"kind": "value", "characteristics": ["PULL"], "horizon_hours": 10}
    assert _said(build_dataset(recipe(label=label), data(45, LOOP, pull)))[:2] == ["no", "no"]
    guarded = recipe(label={**label, "guard": 0.8})
    assert _said(build_dataset(guarded, data(45, LOOP, pull)))[:2] == ["yes", "no"]
    with pytest.raises(BadData, match="has no specification limits"):
        build_dataset(recipe(label=label), data(45, LOOP, readings("PULL", [(5.0, 8.5, "u")])))


def test_a_number_is_taken_of_windows_that_are_over() -> None:
    pull = readings("PULL", [(5.0, 4.0, "u"), (6.0, 6.0, "u"), (41.0, 7.0, "w")])
    label = {"kind": "number", "characteristics": ["PULL"], "horizon_hours": 10}
    built = build_dataset(recipe(label=label), data(45, LOOP, pull))
    assert np.array_equal(built.table.numbers["label"], [5.0, np.nan, np.nan], equal_nan=True)
    assert built.table.units["label"] == "um"
    assert built.report.labels == {"number": 1}
    assert built.document.positive is None


def test_an_event_on_the_tool_makes_the_label() -> None:
    happened = events(("stop", "A", 8.0, 20.0), ("stop", "B", 3.0, 3.0), ("wash", "A", 2.5, 2.5))
    label = {"kind": "event", "events": ["stop"], "horizon_hours": 10}
    built = build_dataset(recipe(label=label), data(45, LOOP, events=happened))
    assert _said(built) == ["yes", "yes", None]
    assert _hours(built, "label known") == [20.0, 20.0, None]
    assert built.report.delay.known == 1  # one event, in two windows
    assert built.report.delay.quantiles["0.5"] == 12.0


def test_an_alert_makes_the_label_and_a_confirmed_one_waits_for_its_closing() -> None:
    found = alerts(("A", 5.0, 6.0, 30.0, "confirmed"), ("A", 41.0, 42.0, np.inf, None))
    label = {"kind": "finding", "horizon_hours": 3.5}
    assert _said(build_dataset(recipe(label=label), data(45, LOOP, alerts=found))) == [
        "no", "yes", "yes",
    ]  # fmt: skip
    confirmed = {**label, "confirmed": True}
    built = build_dataset(recipe(label=confirmed), data(45, LOOP, alerts=found))
    assert _said(built) == ["no", "yes", None]
    assert _hours(built, "label known")[1] == 30.0
    assert built.report.delay.waiting == 1
    before = build_dataset(recipe(label=confirmed), data(29, LOOP, alerts=found))
    assert _said(before) == ["no", None]


def test_alerts_are_rows_and_their_outcome_is_a_label() -> None:
    found = alerts(
        ("A", 5.0, 6.0, 30.0, "confirmed"), ("A", 7.0, 8.0, 9.0, "false-alarm"),
        ("B", 7.5, 8.5, 9.0, "unclear"), ("A", 41.0, 42.0, np.inf, None),
    )  # fmt: skip
    wanted = recipe(measured("LOOP", match="tool", hours=30), rows={"kind": "finding"},
                    label={"kind": "outcome"}, group="tool")  # fmt: skip
    built = build_dataset(wanted, data(45, LOOP, alerts=found))
    assert _said(built) == ["yes", "no", None, None]
    assert built.table.numbers["LOOP mean"].tolist()[:2] == [1.0, 1.0]
    assert built.report.delay.method == "censored"
    assert built.report.unknown == {
        "it is open": 1, "it was closed as unclear or without a word": 1,
    }  # fmt: skip


def test_a_life_tells_whether_the_unit_failed_before_an_age() -> None:
    lives = Lives(
        unit=factor_of(["u", "u", "v", "v", "w"]),
        mode=factor_of(["crack", "crack", None, None, None]),
        lower=np.array([50.0, 50.0, 60.0, 120.0, 60.0]),
        upper=np.array([50.0, 50.0, np.inf, np.inf, np.inf]),
        known=hours([20.0, 30.0, 20.0, 30.0, 30.0]),
    )
    label = {"kind": "life", "life_test": "LT", "before": 100}
    built = build_dataset(recipe(label=label), data(60, LOOP, lives=lives))
    assert _said(built) == ["yes", "no", None]
    assert _hours(built, "label known") == [20.0, 30.0, None]
    early = build_dataset(recipe(label=label), data(25, LOOP, lives=lives))
    assert _said(early) == ["yes", None]


def test_rows_whose_label_was_known_before_their_moment_are_left_out() -> None:
    lives = Lives(
        unit=factor_of(["u", "w"]), mode=factor_of([None, None]), lower=np.array([50.0, 50.0]),
        upper=np.array([50.0, 50.0]), known=hours([20.0, 20.0]),
    )  # fmt: skip
    label = {"kind": "life", "life_test": "LT", "before": 100}
    built = build_dataset(recipe(label=label), data(60, LOOP, lives=lives))
    assert built.report.dropped == {"its label was known before its moment": 1}  # that of w
    assert built.report.rows == 2


def test_labels_and_rows_must_fit() -> None:
    with pytest.raises(ValidationError, match="make rows of alerts"):
        recipe(label={"kind": "outcome"})
    with pytest.raises(ValidationError, match="give them two names"):
        recipe(names={"positive": "x", "negative": "x"})
    with pytest.raises(ValidationError, match="is not after the start"):
        recipe(start="2026-01-02T00:00:00Z", end="2026-01-01T00:00:00Z")
