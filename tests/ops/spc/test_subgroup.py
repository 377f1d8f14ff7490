"""Rational subgroups: by count, gap, column and factor, never across two streams."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData
from ops.spc.subgroup import stream_of, subgroups
from tests.ops.spc.charted import series_of


def test_a_count_is_of_consecutive_values_of_one_stream() -> None:
    series = series_of(range(7), tool=list("ABABABA"))
    found = subgroups(series, "count:2", stream_of(series, "tool").codes)
    assert found.tolist() == [0, 1, 0, 1, 2, 3, 2]


def test_a_gap_begins_a_subgroup_only_in_its_own_stream() -> None:
    series = series_of(range(5), minutes=[0, 1, 2, 30, 31], tool=list("AABAB"))
    found = subgroups(series, "gap:1740", stream_of(series, "tool").codes)
    assert found.tolist() == [0, 0, 1, 0, 1]  # 29 minutes are no more than 1740 seconds
    assert subgroups(series, "gap:600", stream_of(series, "tool").codes).tolist() == [0, 0, 1, 2, 3]


def test_a_value_without_a_label_is_alone_and_a_label_does_not_cross_streams() -> None:
    series = series_of(range(5), lot=["L1", "L1", None, None, "L1"], tool=list("AAAAB"))
    found = subgroups(series, "factor:lot", stream_of(series, "tool").codes)
    assert found.tolist() == [0, 0, 1, 2, 3]


def test_a_label_that_comes_back_begins_a_new_subgroup() -> None:
    series = series_of(range(6), lot=["L1", "L2", "L1", "L1", "L2", "L1"], tool=list("AABAAA"))
    found = subgroups(series, "factor:lot", stream_of(series, "tool").codes)
    assert found.tolist() == [0, 1, 2, 3, 4, 5]
    alone = subgroups(series, "factor:lot", np.zeros(6, dtype=np.int64))
    assert alone.tolist() == [0, 1, 2, 2, 3, 4]


@pytest.mark.parametrize("how", ["factor:lot", "count:0", "count:x", "weekly"])
def test_an_unknown_subgroup_says_what_there_is(how: str) -> None:
    with pytest.raises(BadData, match=r"count:5"):
        subgroups(series_of([1.0]), how, np.zeros(1, dtype=np.int64))


@given(
    tools=st.lists(st.sampled_from("ABC"), min_size=1, max_size=40),
    how=st.sampled_from(["individuals", "count:3", "gap:120", "column", "unit", "factor:tool"]),
)
def test_codes_count_up_by_first_row_and_stay_in_one_stream(tools: list[str], how: str) -> None:
    series = series_of(range(len(tools)), tool=tools, subgroup=[str(i // 4) for i, _ in
                                                              enumerate(tools)])  # fmt: skip
    stream = stream_of(series, "tool").codes
    code = subgroups(series, how, stream)
    assert np.unique(code, return_index=True)[1].tolist() == sorted(
        np.unique(code, return_index=True)[1].tolist()
    )
    assert code.max() + 1 == np.unique(code).size
    for one in range(int(code.max()) + 1):
        assert np.unique(stream[code == one]).size == 1
