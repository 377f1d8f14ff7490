"""Separation, complete and quasi-complete, and the columns that make it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.models.fit import fit_classifier
from ops.classify.models.separation import find_separation
from ops.classify.models.settings import LogisticSettings
from tests.ops.classify.models.samples import three_classes, two_classes
from tests.strategies import few


def test_overlapping_classes_are_not_separated() -> None:
    assert find_separation(*two_classes(), 2) is None
    assert find_separation(*three_classes(), 3) is None


def test_one_column_that_knows_the_class_separates_completely() -> None:
    x, y = two_classes()
    x[:, 3] = y + 0.1 * x[:, 3] / np.abs(x[:, 3]).max()
    found = find_separation(x, y, 2)
    assert found is not None
    assert (found.kind, found.columns, found.further) == ("complete", (3,), ())


def test_a_level_without_failures_separates_quasi_completely() -> None:
    x, y = two_classes()
    x[:, 1] = (y == 0) & (x[:, 1] > 1.0)
    found = find_separation(x, y, 2)
    assert found is not None
    assert (found.kind, found.columns) == ("quasi-complete", (1,))
    assert found.sentence(("p", "leak", "q", "r")).startswith("quasi-complete separation: ")


def test_two_columns_that_each_separate_are_both_named() -> None:
    x, y = two_classes()
    x[:, 0] = (y == 0) & (x[:, 0] > 1.0)
    x[:, 2] = (y == 1) & (x[:, 2] > 1.0)
    found = find_separation(x, y, 2)
    assert found is not None
    assert {found.columns, *found.further} == {(0,), (2,)}


def test_a_sum_of_columns_that_separates_is_named_together() -> None:
    x, _ = two_classes(300)
    y = (x[:, 0] + x[:, 1] > 0.0).astype(np.int64)
    found = find_separation(x[:, :2], y, 2)
    assert found is not None
    assert (found.kind, found.columns) == ("complete", (0, 1))


def test_one_class_of_three_can_be_separated_from_the_others() -> None:
    x, y = three_classes()
    x[:, 3] = (y == 2) * 1.0
    found = find_separation(x, y, 3)
    assert found is not None
    assert (found.kind, found.columns) == ("quasi-complete", (3,))


def test_more_features_than_rows_always_separate() -> None:
    x, y = two_classes(10, 20)
    found = find_separation(x, y, 2)
    assert found is not None
    assert found.kind == "complete"


def test_one_row_on_the_wrong_side_ends_a_separation() -> None:
    x = np.arange(10.0)[:, None]
    y = (x[:, 0] > 4.0).astype(np.int64)
    assert find_separation(x, y, 2) is not None
    y[0] = 1
    assert find_separation(x, y, 2) is None


@few(40)
@given(
    a=st.lists(st.integers(0, 6), min_size=1, max_size=12),
    b=st.lists(st.integers(0, 6), min_size=1, max_size=12),
)
def test_one_column_separates_exactly_where_its_ranges_do_not_overlap(
    a: list[int], b: list[int]
) -> None:
    x, y = np.array([*a, *b], float)[:, None], np.repeat([0, 1], [len(a), len(b)])
    found = find_separation(x, y, 2)
    apart = max(a) < min(b) or max(b) < min(a)
    touching = (max(a) == min(b) or max(b) == min(a)) and len({*a, *b}) > 1
    assert (found.kind if found else None) == (
        "complete" if apart else "quasi-complete" if touching else None
    )


@pytest.mark.parametrize("power", [-6, 6])
def test_scale_does_not_matter(power: int) -> None:
    x, y = two_classes()
    x[:, 1] = (y == 0) & (x[:, 1] > 1.0)
    found = find_separation(x * 10.0**power, y, 2)
    assert found is not None
    assert found.columns == (1,)
    assert find_separation(two_classes()[0] * 10.0**power, y, 2) is None


def test_a_wide_fit_that_ran_away_is_its_own_proof() -> None:
    x, y = two_classes(150, 140)
    x[:, 77] = 3.0 * (2.0 * y - 1.0) + 0.1 * x[:, 77]
    model = fit_classifier(x, y, ("a", "b"), LogisticSettings(penalty="none"), seed=0)
    assert model.notes[0].startswith("complete separation: the classes are told apart by 77 + ")
    assert "l2 penalty" in model.notes[0]
