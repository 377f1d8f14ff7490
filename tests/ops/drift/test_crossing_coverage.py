"""On futures in which nobody acts, the intervals of the day of crossing cover as they say."""

import sys

import numpy as np
import pytest

from tests.ops.drift.no_action import TRUTHS, Score, covers, future, scored

MEANS = ("width", "line_width", "crps", "line_crps", "still_crps")


def scores(truth: str, count: int) -> list[Score]:
    chance = (np.random.default_rng([seed, TRUTHS.index(truth), 99]) for seed in range(count))
    return [scored(future(truth, seed), rng) for seed, rng in enumerate(chance)]


def coverage(found: list[Score], name: str = "rank") -> tuple[float, float]:
    ranks = np.array([getattr(s, name) for s in found])
    return covers(ranks, 0.80), covers(ranks, 0.95)


def row(truth: str, found: list[Score]) -> str:
    """One line of the table: coverage, that of the straight line, mean widths and scores."""
    shares = " ".join(f"{c:.3f}" for c in (*coverage(found), *coverage(found, "line_rank")))
    means = " ".join(f"{np.mean([getattr(s, k) for s in found]):6.1f}" for k in MEANS)
    return f"{truth:11s} {shares} {means}\n"


def test_intervals_cover_on_a_few_futures_of_every_truth() -> None:
    found = [s for truth in TRUTHS for s in scores(truth, 6)]
    at80, at95 = coverage(found)
    # 48 futures: 2.6 standard errors are 15 and 8 points
    assert at80 == pytest.approx(0.80, abs=0.15)
    assert at95 == pytest.approx(0.95, abs=0.08)
    assert np.mean([s.crps for s in found]) < np.mean([s.line_crps for s in found])
    assert np.mean([s.crps for s in found]) < np.mean([s.still_crps for s in found])


@pytest.mark.long
def test_intervals_cover_within_three_points_of_what_they_say() -> None:
    table = {truth: scores(truth, 240) for truth in TRUTHS}
    sys.stdout.write(f"\ntruth: 80 % and 95 % coverage, of a line 80 and 95 %; means: {MEANS}\n")
    sys.stdout.writelines(row(truth, found) for truth, found in table.items())
    sys.stdout.write(row("all", [s for found in table.values() for s in found]))
    each = np.array([coverage(found) for found in table.values()])
    assert np.mean(each, axis=0) == pytest.approx([0.80, 0.95], abs=0.03)
    # slopes that break without notice are the worst
    assert np.min(each, axis=0) == pytest.approx([0.80, 0.95], abs=0.16)
