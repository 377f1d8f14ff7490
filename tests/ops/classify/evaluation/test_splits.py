"""Splits: every side where it belongs, nothing from the future, no group torn apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.evaluation.default_split import (
    default_splits,
    holdout_split,
    label_codes,
    random_splits,
)
from ops.classify.evaluation.splits import (
    SplitPlan,
    chronological,
    grouped,
    stratified,
    time_ordered,
)
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData, NotEnoughData
from ops.values import Factor, factor_of
from tests.strategies import few

seeds = st.integers(0, 2**32 - 1)


def _covers_once(plan: SplitPlan, n: int) -> bool:
    return np.array_equal(np.sort(np.concatenate([s.test for s in plan.splits])), np.arange(n))


@few(40)
@given(seed=seeds, folds=st.integers(2, 7), n=st.integers(2, 60))
def test_random_folds_cover_each_row_once_and_spread_classes(seed: int, folds: int, n: int) -> None:
    y = np.random.default_rng(seed).integers(0, 3, n)
    plan = stratified(y, folds, seed=seed)
    assert _covers_once(plan, n)
    for k in range(3):
        held = [int((y[s.test] == k).sum()) for s in plan.splits]
        assert max(held) - min(held) <= 1
    for split in plan.splits:
        assert np.intersect1d(split.train, split.test).size == 0
        assert split.train.size + split.test.size == n


@few(40)
@given(seed=seeds, folds=st.integers(2, 6), n=st.integers(4, 80))
def test_no_group_is_on_both_sides(seed: int, folds: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    groups = rng.integers(-1, max(2, n // 3), n)
    if np.unique(groups[groups >= 0]).size + (groups < 0).sum() < 2:
        return
    plan = grouped(groups, rng.integers(0, 2, n), folds, seed=seed)
    assert _covers_once(plan, n)
    for split in plan.splits:
        both = np.intersect1d(groups[split.train], groups[split.test])
        assert np.array_equal(both, []) or np.array_equal(both, [-1])


def test_groups_are_dealt_so_that_each_fold_has_its_events() -> None:
    groups = np.repeat(np.arange(50), 20)
    y = np.isin(groups, np.arange(10)).astype(np.int64)
    plan = grouped(groups, y, 5)
    assert [int(y[s.test].sum()) for s in plan.splits] == [40] * 5
    assert [s.test.size for s in plan.splits] == [200] * 5


@few(60)
@given(seed=seeds, folds=st.integers(1, 6), n=st.integers(4, 80), gap=st.integers(0, 5))
def test_nothing_is_learned_from_the_future(seed: int, folds: int, n: int, gap: int) -> None:
    rng = np.random.default_rng(seed)
    times = rng.integers(0, 40, n)
    known = np.where(rng.random(n) < 0.1, NO_TIME, times + rng.integers(0, 20, n))
    groups = rng.integers(-1, 10, n)
    if np.unique(times).size < 2:
        return
    plan = time_ordered(times, folds, known=known, gap=gap, groups=groups)
    tested = np.concatenate([s.test for s in plan.splits])
    assert np.unique(tested).size == tested.size
    for split in plan.splits:
        start = times[split.test].min()
        assert (times[split.train] < start - gap).all()
        assert (known[split.train] <= start).all()
        assert (known[split.train] != NO_TIME).all()
        shared = np.intersect1d(groups[split.train], groups[split.test])
        assert set(shared.tolist()) <= {-1}


def test_stretches_of_time_are_of_like_size_and_grow_the_training() -> None:
    plan = time_ordered(np.arange(600), 5)
    assert [s.test.size for s in plan.splits] == [100] * 5
    assert [s.train.size for s in plan.splits] == [100, 200, 300, 400, 500]
    assert plan.splits[0].name == "fold 1 of 5"
    assert plan.purged == (0,) * 5


def test_late_labels_and_the_gap_are_purged_and_counted() -> None:
    times = np.arange(10)
    known = times.copy()
    known[6] = 99
    plan = chronological(times, 0.7, known=known, gap=1)
    assert plan.splits[0].train.tolist() == [0, 1, 2, 3, 4, 5]
    assert plan.splits[0].test.tolist() == [7, 8, 9]
    assert plan.purged == (1,)


def test_equal_times_stay_on_one_side() -> None:
    times = np.repeat([0, 1, 2], 10)
    for split in time_ordered(times, 5).splits:
        assert np.intersect1d(times[split.train], times[split.test]).size == 0


def test_rows_without_a_time_are_left_out() -> None:
    plan = chronological(np.array([3, NO_TIME, 1, 2]), 0.5)
    assert plan.left_out == 1
    assert plan.splits[0].train.tolist() == [2, 3]


def test_too_little_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="2 different times"):
        time_ordered(np.zeros(5, dtype=np.int64))
    with pytest.raises(NotEnoughData, match="2 different times"):
        chronological(np.empty(0, dtype=np.int64))
    with pytest.raises(NotEnoughData, match="2 groups, got 1"):
        grouped(np.zeros(5, dtype=np.int64), np.zeros(5, dtype=np.int64))
    with pytest.raises(NotEnoughData, match="2 rows, got 1"):
        stratified(np.zeros(1, dtype=np.int64))


def _document(*columns: tuple[str, str, str]) -> DatasetDocument:
    return DatasetDocument(
        columns=tuple(
            DatasetColumn.model_validate({"name": n, "type": t, "role": r}) for n, t, r in columns
        )
    )


def _labels(codes: list[int]) -> Factor:
    return Factor(np.array(codes), ("fail", "pass"))


def test_a_time_column_makes_time_ordered_splits_the_default() -> None:
    table = DataTable(
        categories={"y": _labels([0, 1] * 20), "lot": factor_of([f"l{i // 4}" for i in range(40)])},
        times={"at": np.arange(40)},
    )
    timed = ("at", "time", "time")
    label, lot = ("y", "category", "label"), ("lot", "category", "group")
    assert default_splits(table, _document(timed, label)).kind == "time-ordered"
    assert default_splits(table, _document(lot, label)).kind == "grouped"
    assert default_splits(table, _document(label)).kind == "stratified"
    assert random_splits(table, _document(timed, label)).kind == "stratified"
    both = default_splits(table, _document(timed, lot, label))
    lots = table.categories["lot"].codes
    assert both.kind == "time-ordered"
    for split in both.splits:
        assert np.intersect1d(lots[split.train], lots[split.test]).size == 0
    holdout = holdout_split(table, _document(timed, label))
    assert holdout is not None
    assert holdout.splits[0].test.size == 12
    assert holdout_split(table, _document(label)) is None


def test_rows_without_a_label_take_no_part() -> None:
    table = DataTable(categories={"y": _labels([0, 1, -1, 1, 0, -1])})
    plan = default_splits(table, _document(("y", "category", "label")), folds=2)
    tested = np.sort(np.concatenate([s.test for s in plan.splits]))
    assert tested.tolist() == [0, 1, 3, 4]
    assert plan.left_out == 2


def test_one_time_for_all_falls_back_to_groups_or_chance() -> None:
    table = DataTable(categories={"y": _labels([0, 1] * 5)}, times={"at": np.zeros(10, np.int64)})
    document = _document(("at", "time", "time"), ("y", "category", "label"))
    assert default_splits(table, document).kind == "stratified"


def test_an_order_given_as_a_number_is_a_time() -> None:
    table = DataTable(numbers={"row": np.arange(20.0)}, categories={"y": _labels([0, 1] * 10)})
    document = _document(("row", "number", "time"), ("y", "category", "label"))
    assert default_splits(table, document).kind == "time-ordered"


def test_a_number_to_predict_is_spread_over_folds_by_size() -> None:
    value = np.append(np.arange(99.0), np.nan)
    table = DataTable(numbers={"height": value})
    codes = label_codes(table, _document(("height", "number", "label")))
    assert codes[-1] == -1
    assert np.bincount(codes[:-1]).tolist() == [20, 20, 19, 20, 20]


def test_a_label_of_two_numbers_is_two_classes() -> None:
    table = DataTable(numbers={"fail": np.array([0.0] * 50 + [1.0] * 3 + [np.nan])})
    document = _document(("fail", "number", "label"))
    assert np.unique(label_codes(table, document)).tolist() == [-1, 0, 1]
    held = [
        label_codes(table, document)[s.test].sum()
        for s in default_splits(table, document, 3).splits
    ]
    assert held == [1, 1, 1]


def test_columns_that_do_not_fit_their_role_are_named() -> None:
    table = DataTable(categories={"y": _labels([0, 1]), "at": factor_of(["a", "b"])})
    with pytest.raises(BadData, match="no column of the dataset is the label"):
        default_splits(table, _document())
    with pytest.raises(BadData, match="'at' is no column of times"):
        default_splits(table, _document(("at", "category", "time"), ("y", "category", "label")))
