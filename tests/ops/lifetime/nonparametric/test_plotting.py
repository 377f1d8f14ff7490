"""Ranks: published tables, Johnson's adjustment, ties and weights, beta-binomial bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.nonparametric.plotting import plotting_positions, probability_of_rank
from ops.lifetime.nonparametric.rank_bounds import rank_bounds
from tests.reference import case
from tests.strategies import few


def test_ranks_of_ten_are_those_of_the_tables() -> None:
    expected = case("life_ranks", "ranks_of_ten")["expected"]
    order = np.arange(1.0, 11.0)
    low, high = rank_bounds(order, 10, confidence=0.90)
    for found, name in ((probability_of_rank(order, 10), "median"), (low, "low"), (high, "high")):
        assert 100 * found == pytest.approx(expected[name], abs=6e-3), name


def test_adjusted_ranks_are_those_of_the_handbook() -> None:
    johnson = case("life_ranks", "johnson_adjusted_ranks")
    found = plotting_positions(failures_and_suspensions(**johnson["inputs"]), ranks="benard")
    assert found.order == pytest.approx(johnson["expected"]["order"], abs=6e-4)
    assert found.probability == pytest.approx(johnson["expected"]["position"], abs=6e-4)


@given(st.integers(1, 60))
def test_benard_is_within_a_hundredth_of_the_median(n: int) -> None:
    order = np.arange(1.0, n + 1)
    median = probability_of_rank(order, n)
    assert probability_of_rank(order, n, "benard") == pytest.approx(median, abs=0.01)
    assert median + median[::-1] == pytest.approx(np.ones(n)), "ranks are symmetric"


@few(40)
@given(
    failed=st.lists(st.integers(1, 9), min_size=1, max_size=10),
    lasted=st.lists(st.integers(1, 9), max_size=10),
)
def test_ranks_follow_johnson_one_unit_at_a_time(failed: list[int], lasted: list[int]) -> None:
    found = plotting_positions(failures_and_suspensions(failed, lasted))
    units = sorted([(t, 0) for t in failed] + [(t, 1) for t in lasted])
    n, order, orders = len(units), 0.0, []
    for place, (_, suspended) in enumerate(units):
        if not suspended:
            order += (n + 1 - order) / (1 + n - place)
            orders.append(order)
    assert found.order == pytest.approx(orders)


def test_ties_stand_each_by_itself_or_together() -> None:
    data = failures_and_suspensions([3.0, 3.0, 5.0])
    assert plotting_positions(data).order == pytest.approx([1, 2, 3])
    assert plotting_positions(data, ties="last").order == pytest.approx([2, 3])
    assert plotting_positions(data, ties="middle").order == pytest.approx([1.5, 3])


def test_a_row_of_several_units_takes_the_rank_of_its_last() -> None:
    rows = life_data([3.0, 4.0, 5.0], [3.0, np.inf, 5.0], weight=[2.0, 3.0, 1.0])
    units = failures_and_suspensions([3.0, 3.0, 5.0], [4.0, 4.0, 4.0])
    assert plotting_positions(rows).order == pytest.approx(
        plotting_positions(units, ties="last").order
    )


def test_ranks_of_intervals_and_truncated_rows_are_refused() -> None:
    with pytest.raises(BadData, match="turnbull"):
        plotting_positions(life_data([1.0], [2.0]))
    with pytest.raises(BadData, match="truncated"):
        plotting_positions(life_data([1.0], entry=[0.5]))
