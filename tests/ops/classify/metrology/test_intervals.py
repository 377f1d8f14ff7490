"""Intervals of numbers: coverage by simulation, and which kind is kept."""

import numpy as np
import pytest

from ops.classify.metrology.intervals import MarginRows, kept_interval, try_intervals
from ops.values import FloatArray


def drawn(rows: int, seed: int, growing: bool) -> MarginRows:
    rng = np.random.default_rng(seed)
    spread = rng.uniform(0.2, 4.0, rows) if growing else np.ones(rows)
    y = rng.normal(0.0, spread)
    quantiles = np.column_stack((-1.3 * spread, 1.3 * spread))
    return MarginRows(y, np.zeros(rows), spread, quantiles, np.arange(rows) * 5 // rows)


@pytest.mark.parametrize("growing", [False, True])
def test_every_kind_covers_what_it_promises_on_average(growing: bool) -> None:
    coverage: dict[str, list[float]] = {}
    for seed in range(40):
        for trial in try_intervals(drawn(200, seed, growing), 0.9):
            coverage.setdefault(trial.kind, []).append(trial.coverage.value or 0.0)
    assert set(coverage) == {"absolute", "normalised", "quantile"}
    for told in coverage.values():
        assert np.mean(told) == pytest.approx(0.9, abs=0.015)


def test_the_narrowest_that_covers_is_kept() -> None:
    trials = try_intervals(drawn(500, 1, True), 0.9)
    kept = kept_interval(trials, 0.9)
    assert kept.kind in ("normalised", "quantile")
    absolute = next(t for t in trials if t.kind == "absolute")
    assert (kept.width or 0.0) < 0.9 * (absolute.width or 0.0)


def test_a_margin_is_never_of_the_rows_that_it_is_put_on() -> None:
    rows = drawn(100, 2, False)
    wild: FloatArray = rows.y.copy()
    wild[rows.pieces == 4] *= 100.0
    changed = MarginRows(wild, rows.value, rows.spread, None, rows.pieces)
    before, after = try_intervals(rows, 0.8)[0], try_intervals(changed, 0.8)[0]
    here = rows.pieces == 4
    np.testing.assert_array_equal(before.upper[here], after.upper[here])
    assert (after.upper[~here] > before.upper[~here]).all()


def test_too_few_rows_for_the_level_have_no_width() -> None:
    trials = try_intervals(drawn(6, 1, False), 0.99)
    assert all(t.width is None for t in trials)
    assert kept_interval(trials, 0.99).margin.margin is None
