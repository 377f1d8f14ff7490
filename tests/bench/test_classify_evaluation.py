"""Scores of 100,000 predictions beside scikit-learn: the same numbers, how many times as fast."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from ops.classify.evaluation.calibration import fit_calibration
from ops.classify.evaluation.delong import auc_interval
from ops.classify.evaluation.discrimination import average_precision, roc_auc
from ops.classify.evaluation.proper import brier_losses, log_losses
from ops.values import BoolArray, FloatArray

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]
ROWS = 100_000


def _seconds(work: Callable[[], object], rounds: int = 15) -> float:
    """Median processor seconds; the first call is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _sample(rows: int) -> tuple[BoolArray, FloatArray]:
    rng = np.random.default_rng(0)
    p = rng.beta(0.5, 6.0, rows)
    return rng.random(rows) < p, p


def _ratio(name: str, ours: Callable[[], float | None], theirs: Callable[[], float]) -> None:
    assert ours() == pytest.approx(theirs(), rel=1e-9)
    here, there = _seconds(ours), _seconds(theirs)
    print(
        f"\n{name}, {ROWS:,} rows: {1e3 * here:.2f} ms, scikit-learn {1e3 * there:.2f} ms,"
        f" {there / here:.1f} times"
    )


def test_ranks_beside_scikit_learn() -> None:
    event, p = _sample(ROWS)
    _ratio("ROC AUC", lambda: roc_auc(event, p), lambda: float(roc_auc_score(event, p)))
    _ratio(
        "average precision",
        lambda: average_precision(event, p),
        lambda: float(average_precision_score(event, p)),
    )


def test_losses_beside_scikit_learn() -> None:
    event, p = _sample(ROWS)
    y, both = event.astype(np.int64), np.column_stack([1 - p, p])
    _ratio(
        "Brier",
        lambda: float(np.mean(brier_losses(y, both))),
        lambda: float(brier_score_loss(y, p)),
    )
    _ratio("log-loss", lambda: float(np.mean(log_losses(y, both))), lambda: float(log_loss(y, p)))


def test_intervals_of_the_area_take_few_times_the_area_itself() -> None:
    event, p = _sample(ROWS)
    area, interval = _seconds(lambda: roc_auc(event, p)), _seconds(lambda: auc_interval(event, p))
    theirs = _seconds(lambda: roc_auc_score(event, p))
    print(
        f"\nROC AUC with DeLong's interval, {ROWS:,} rows: {1e3 * interval:.2f} ms,"
        f" {interval / area:.1f} times the area, {interval / theirs:.2f} of scikit-learn's area"
    )
    assert auc_interval(event, p).value == pytest.approx(roc_auc_score(event, p))


def test_isotonic_calibration_beside_scikit_learn() -> None:
    event, p = _sample(ROWS)
    y, both = event.astype(np.int64), np.column_stack([1 - p, p])
    peer = IsotonicRegression(out_of_bounds="clip")
    ours = _seconds(lambda: fit_calibration("isotonic", y, both), 7)
    theirs = _seconds(lambda: peer.fit(p, y), 7)
    print(
        f"\nisotonic, {ROWS:,} rows: {1e3 * ours:.1f} ms, scikit-learn {1e3 * theirs:.1f} ms,"
        f" {theirs / ours:.1f} times"
    )
    mapped = fit_calibration("isotonic", y, both).apply(both)[:, 1]
    assert np.max(np.abs(mapped - peer.predict(p))) < 0.05  # ours ends at Platt's targets
    assert np.mean(np.abs(mapped - peer.predict(p))) < 1e-4


def test_time_grows_with_the_rows_not_with_their_square() -> None:
    few, many = (_sample(n) for n in (ROWS, 10 * ROWS))
    for score in (roc_auc, average_precision):
        ratio = _seconds(lambda: score(*many), 5) / _seconds(lambda: score(*few), 5)  # noqa: B023
        print(f"\n{score.__name__}: {ratio:.1f} times as long for 10 times the rows")
        assert ratio < 30
