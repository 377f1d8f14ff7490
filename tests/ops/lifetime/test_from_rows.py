"""Rows as they are kept become the values that analyses read."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.from_rows import (
    degradation_of,
    field_of,
    life_of,
    of_groups,
    recurrent_of,
)
from ops.lifetime.row_summary import summary
from ops.lifetime.rows import LifeRows, texts_of
from tests.ops.lifetime.life_tables import life_rows

INF = np.inf


def test_modes_and_groups_are_indexed_by_their_sorted_names() -> None:
    data = life_of(
        life_rows([5, 7, 9], [5, INF, 9], mode=["lift", None, "crack"], group=["B", "A", "B"])
    )
    assert (data.modes, data.groups) == (("crack", "lift"), ("A", "B"))
    assert data.mode.tolist() == [1, -1, 0]
    assert data.group.tolist() == [1, 0, 1]


def test_mode_of_a_unit_that_has_not_failed_is_not_read() -> None:
    assert life_of(life_rows([5.0], [INF], mode=["lift"])).mode.tolist() == [-1]


def test_rows_without_groups_are_one_unnamed_group() -> None:
    assert life_of(life_rows([5.0], [5.0])).groups == ("",)


def test_groups_are_chosen_by_name() -> None:
    rows = life_rows([5, 7], [5, 7], group=["A", "B"])
    assert life_of(of_groups(rows, ("B",))).lower.tolist() == [7]
    with pytest.raises(BadData, match="no group 'C'; the rows have 'A', 'B'"):
        of_groups(rows, ("A", "C"))


def test_life_is_summed_up() -> None:
    rows = life_rows([5, 7, 0], [5, INF, 9], mode=["lift", None, None], temperature=[150, 150, 175])
    assert summary(rows) == {
        "rows": 3,
        "units": 3,
        "failures": 2,
        "censored": 1,
        "modes": {"lift": 1},
        "groups": {},
        "first": 5,
        "last": 9,
        "stresses": {"temperature": {"unit": "degC", "levels": [150, 175]}},
    }


def _field() -> LifeRows:
    nan = np.nan
    numbers = {
        "shipped": np.array([100.0, 130.0, nan]),
        "quantity": np.array([50.0, 60.0, 2.0]),
        "failed_from": np.array([nan, nan, 140.0]),
        "failed_to": np.array([nan, nan, 170.0]),
        "reported": np.full(3, nan),
    }
    texts = {
        "part": texts_of(["shipped", "shipped", "returned"], 3),
        "cohort": texts_of(["a", "b", "b"], 3),
        "mode": texts_of(None, 3),
        "group": texts_of(None, 3),
    }
    return LifeRows("field", numbers, texts, unit="d", until=170.0)


def test_returns_name_their_cohort() -> None:
    data = field_of(_field())
    assert data.quantity.tolist() == [50, 60]
    assert (data.cohort.tolist(), data.returned.tolist(), data.until) == ([1], [2], 170)
    counted = summary(_field())
    assert (counted["units"], counted["failures"], counted["censored"]) == (110, 2, 108)


def test_system_without_an_end_was_watched_to_its_last_event() -> None:
    numbers = {"time": np.array([9.0, 3.0, 4.0, 20.0]), "cost": np.ones(4)}
    texts = {
        "what": texts_of(["event", "event", "event", "end"], 4),
        "system": texts_of(["x", "x", "y", "y"], 4),
        "mode": texts_of(None, 4),
        "group": texts_of(["A", None, None, None], 4),
    }
    data = recurrent_of(LifeRows("recurrent", numbers, texts))
    assert data.time.tolist() == [3, 9, 4]
    assert (data.start.tolist(), data.end.tolist()) == ([0, 0], [9, 20])
    assert data.groups == ("", "A")


def test_readings_of_a_unit_are_in_the_order_of_time() -> None:
    numbers = {
        "time": np.array([10.0, 0.0, 0.0]),
        "value": np.array([3.0, 1.0, 2.0]),
        "stress:temperature": np.array([150.0, 150.0, 175.0]),
    }
    texts = {"unit_id": texts_of(["u1", "u1", "u2"], 3), "group": texts_of(None, 3)}
    data = degradation_of(LifeRows("degradation", numbers, texts, value_unit="ohm"))
    assert data.value.tolist() == [1, 3, 2]
    assert data.stresses["temperature"].tolist() == [150, 175]
