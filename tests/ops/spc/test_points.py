"""What is plotted: means with spread, shares, counts; rows that are left out move no other."""

import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.spc.design import ChartSettings
from ops.spc.points import plotted
from tests.ops.spc.charted import series_of


def test_means_ranges_and_deviations_of_varying_subgroups() -> None:
    series = series_of([1.0, 3.0, 8.0, 2.0, 5.0, 5.0], subgroup=list("aabbbc"))
    points = plotted(series, ChartSettings(kind="xbar-s", subgroup="column"))
    assert points.size.tolist() == [2, 3, 1]
    assert points.value.tolist() == [2.0, 5.0, 5.0]
    assert points.range[:2].tolist() == [2.0, 6.0]
    assert points.sd[:2] == pytest.approx([np.sqrt(2.0), 3.0])
    assert np.isnan(points.range[2])
    assert np.isnan(points.sd[2])
    assert (points.row.tolist(), points.last.tolist()) == ([0, 2, 5], [1, 4, 5])


def test_shares_add_up_counts_and_sizes() -> None:
    series = series_of([1.0, 2.0, 4.0], n=[10.0, 20.0, 40.0], lot=["a", "a", "b"])
    points = plotted(series, ChartSettings(kind="p", subgroup="factor:lot"))
    assert points.value == pytest.approx([0.1, 0.1])
    assert points.size.tolist() == [30.0, 40.0]
    assert plotted(series, ChartSettings(kind="np", subgroup="factor:lot")).value.tolist() == [3, 4]


def test_a_row_left_out_moves_no_other_into_another_subgroup() -> None:
    series = series_of([1.0, 2.0, 3.0, 4.0])
    settings = ChartSettings(kind="xbar-r", subgroup="count:2")
    points = plotted(series, settings, keep=np.array([False, True, True, True]))
    assert points.value.tolist() == [2.0, 3.5]


def test_a_filter_keeps_the_rows_of_the_series() -> None:
    series = series_of([1.0, 2.0, 3.0], tool=["A", "B", "B"])
    points = plotted(series, ChartSettings(where={"tool": ("B",)}))
    assert points.row.tolist() == [1, 2]
    with pytest.raises(NotEnoughData, match="widen the window"):
        plotted(series, ChartSettings(where={"lot": ("L1",)}))
    with pytest.raises(NotEnoughData, match="left out"):
        plotted(series, ChartSettings(), keep=np.zeros(3, dtype=bool))
