"""Drift of columns: what is planted is found, what is not is not."""

import numpy as np
import pytest

from ops.classify.monitoring.column_drift import category_drift, number_drift
from ops.classify.monitoring.input_drift import column_drifts, dated, input_drift
from ops.classify.monitoring.shares import share_change
from ops.classify.monitoring.since import off_since
from ops.classify.monitoring.worth import column_worth
from ops.classify.table import DataTable
from ops.values import FloatArray, factor_of

OLD, NEW = np.arange(600), np.arange(600, 800)


def table_of(rng: np.random.Generator, columns: int = 5) -> DataTable:
    numbers = {f"x{i}": rng.normal(size=800) for i in range(columns)}
    return DataTable(numbers=numbers)


def test_the_planted_column_comes_first_with_its_size_and_date() -> None:
    table = table_of(np.random.default_rng(1))
    table.numbers["x3"][550:] += 1.2
    drifts = column_drifts(table, list(table.numbers), OLD, NEW, seed=1)
    worth = dict.fromkeys(table.numbers, 0.2)
    times = np.arange(800) * 1_000_000
    found = dated(input_drift(drifts, worth, level=0.01), table, np.arange(800), times)
    first = found.lines[0]
    assert (first.drift.name, first.matters, first.drift.what) == ("x3", True, "level")
    assert [line.drift.name for line in found.mattering] == ["x3"]
    assert first.drift.lower is not None
    assert first.drift.lower < 1.2 < (first.drift.upper or 0.0)
    assert first.since == pytest.approx(550e6, abs=12e6)
    assert not found.steady


def test_of_two_moved_columns_the_one_that_the_model_lives_by_comes_first() -> None:
    table = table_of(np.random.default_rng(2))
    table.numbers["x0"][600:] += 1.5
    table.numbers["x1"][600:] += 0.8
    drifts = column_drifts(table, list(table.numbers), OLD, NEW, seed=1)
    found = input_drift(drifts, {"x0": 0.01, "x1": 0.9, "x2": 0.09}, level=0.01)
    assert [line.drift.name for line in found.lines[:2]] == ["x1", "x0"]
    assert [line.matters for line in found.lines[:2]] == [True, False]


def test_without_drift_findings_keep_their_promise() -> None:
    nights = 30
    found = 0
    for seed in range(nights):
        rng = np.random.default_rng(seed)
        table = table_of(rng, 4)
        table.numbers["x1"][:] = np.exp(table.numbers["x1"])
        table.numbers["x2"][:] = (table.numbers["x2"] > 1.0).astype(float)
        table.numbers["x3"][::7] = np.nan
        drifts = column_drifts(table, list(table.numbers), OLD, NEW, seed=seed)
        found += input_drift(drifts, {}, level=0.1).found > 0
    assert found <= 7  # P(more than 7 of 30 at 10 %) < 0.01


def test_a_column_is_worth_what_the_answers_move_by() -> None:
    table = table_of(np.random.default_rng(3), 3)

    def answer(rows: DataTable) -> FloatArray:
        p = 1.0 / (1.0 + np.exp(-2.0 * rows.numbers["x0"] - 0.5 * rows.numbers["x2"]))
        return np.column_stack((1.0 - p, p))

    worth = column_worth(table, ["x0", "x1", "x2"], answer, rng=np.random.default_rng(1))
    assert worth[1] == 0.0
    assert worth[0] > 2.0 * worth[2] > 0.0
    assert worth.sum() == pytest.approx(1.0)


def test_new_levels_and_their_share_are_told() -> None:
    before: list[str | None] = ["a", "b"] * 150
    now: list[str | None] = ["a", "b", "ü"] * 40
    factor = factor_of(before + now)
    old, new = factor.take(slice(0, 300)), factor.take(slice(300, None))
    found = category_drift("kind", old, new)
    assert found.new_levels == ("ü",)
    assert found.moved == pytest.approx(1.0 / 3.0)
    assert found.p is not None
    assert found.p < 1e-6


def test_missing_values_that_grow_are_drift() -> None:
    rng = np.random.default_rng(4)
    old, new = rng.normal(size=500), rng.normal(size=200)
    new[rng.random(200) < 0.2] = np.nan
    found = number_drift("x", old, new, rng=rng)
    assert found.what == "missing"
    assert found.p is not None
    assert found.p < 1e-4


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_scatter_that_grows_is_found_at_every_scale(scale: float) -> None:
    rng = np.random.default_rng(5)
    found = number_drift(
        "x", scale * rng.normal(size=500), scale * 2.0 * rng.normal(size=300), rng=rng
    )
    assert found.what == "spread"
    assert found.ratio == pytest.approx(4.0, rel=0.3)
    assert found.p is not None
    assert found.p < 1e-4


def test_a_constant_that_takes_another_value_is_drift_and_one_that_stays_is_not() -> None:
    rng = np.random.default_rng(6)
    moved = number_drift("x", np.ones(100), np.tile([1.0, 0.0], 50), rng=rng)
    same = number_drift("x", np.ones(100), np.ones(100), rng=rng)
    gone = number_drift("x", np.ones(100), np.full(100, np.nan), rng=rng)
    assert moved.p is not None
    assert moved.p < 1e-6
    assert (same.p, same.size) == (1.0, 0.0)
    assert gone.what == "missing"


def test_shares_of_independent_rows_are_tested_as_by_chi_square() -> None:
    from scipy.stats import chi2_contingency  # noqa: PLC0415  (slow to load)

    rng = np.random.default_rng(7)
    old, new = rng.integers(0, 4, 3000), rng.choice(4, 2000, p=[0.28, 0.24, 0.24, 0.24])
    found = share_change(old, new, 4)
    counts = np.array([np.bincount(old, minlength=4), np.bincount(new, minlength=4)])
    p = chi2_contingency(counts, correction=False).pvalue
    assert found.p is not None
    assert np.log(found.p) == pytest.approx(np.log(p), rel=0.25)


def test_nothing_is_dated_where_a_level_came_back() -> None:
    x = np.r_[np.zeros(200), np.full(50, 3.0), np.zeros(200)]
    x += 0.1 * np.random.default_rng(8).normal(size=450)
    assert off_since(x, np.arange(450), 0.0, 3.0) is None


def test_no_columns_no_drift() -> None:
    found = input_drift((), {}, level=0.05)
    assert (found.lines, found.found, found.steady) == ((), 0, False)
    assert column_drifts(DataTable(), [], OLD, NEW, seed=1) == ()
