"""Counting demand: nothing is lost between measurements and series."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.forecast.demand import ABSENT, OTHERS, Demand, count_demand
from ops.values import Characteristic, Factor, Measurements, Series, factor_of

START = datetime(2026, 1, 5, tzinfo=UTC)
DAY = 86_400_000_000
Row = tuple[int, str | None, float]


def measured(rows: list[Row], *, unit: str = "piece") -> Series:
    n = len(rows)
    nothing = Factor(np.full(n, -1, dtype=np.int64), ())
    first = int(START.timestamp()) * 1_000_000
    return Series(
        Characteristic(1, "S", "DEMAND", "Demand", unit),
        np.array([first + day * DAY for day, _, _ in rows], dtype=np.int64),
        np.array([value for _, _, value in rows], dtype=np.float64),
        np.ones(n), nothing, nothing, nothing,
        {"customer": factor_of([customer for _, customer, _ in rows])},
    )  # fmt: skip


def counted(*series: Series, days: int = 28, most: int = 100) -> Demand:
    return count_demand(
        Measurements(series),
        by=("customer",),
        kind="week",
        zone="UTC",
        window=(START - timedelta(days=70), START + timedelta(days=days)),
        most=most,
    )


def test_weeks_without_a_value_had_no_demand() -> None:
    found = counted(measured([(0, "B", 2.0), (1, "A", 1.0), (3, "B", 5.0), (15, None, 4.0)]))
    assert found.keys == ((ABSENT,), ("A",), ("B",))
    assert found.total.tolist() == [[0, 0, 4, 0], [1, 0, 0, 0], [7, 0, 0, 0]]
    assert found.periods.bounds[0] == START.date()


def test_series_of_several_sites_are_added() -> None:
    found = counted(measured([(0, "A", 2.0)]), measured([(1, "B", 3.0), (2, "A", 1.0)]))
    assert found.keys == (("A",), ("B",))
    assert found.total[:, 0].tolist() == [3, 3]


@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.sampled_from("ABCDE"), st.floats(0.5, 99)), min_size=1
    ),
    st.integers(1, 5),
)
def test_every_unit_is_counted_once_and_the_rest_is_pooled(rows: list[Row], most: int) -> None:
    found = counted(measured(rows), most=most)
    assert found.total.sum() == pytest.approx(sum(value for _, _, value in rows))
    assert len(found.keys) <= most
    assert ((OTHERS,) in found.keys) == (len({c for _, c, _ in rows}) > most)


@pytest.mark.parametrize(
    ("series", "error", "words"),
    [
        ([], NotEnoughData, "got 0"),
        ([measured([(0, "A", -3.0)])], BadData, "-3"),
        ([measured([(0, "A", float("nan"))])], BadData, "nan"),
        (
            [measured([(0, "A", 1.0)]), measured([(0, "A", 1.0)], unit="kg")],
            BadData,
            "kg and piece",
        ),
        ([measured([(0, "A", 0.0)])], NotEnoughData, "no complete week"),
        ([measured([(30, "A", 1.0)])], NotEnoughData, "no complete week"),
    ],
)
def test_what_cannot_be_counted_is_said(
    series: list[Series], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        counted(*series)
