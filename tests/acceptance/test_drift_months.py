"""Simulated months with planted causes: found in time, at the right tool, named, forecast.

The settings are those of a plant: points of eight hours, four weeks approved as baseline, a window
of four weeks, a band of 5 % of the tolerance; everything else as it comes. The figures of the long
form are in docs/methods/drift-months.md.
"""

import pytest

from ops.simulate.month import BEFORE, PER_DAY, START_US, WIRES, device_sigma, simulated_month
from ops.simulate.month_cause import MonthCause
from ops.simulate.plant import DAY_US
from tests.acceptance.drift_months import SCREEN, MonthScore, between, scored
from tests.acceptance.drift_months_table import ROWS, coverage, false_of, found_of, in_time, told

SIGMA = device_sigma()
QUICK = (
    (MonthCause("drift", 1, 0.5, 5.0 * SIGMA, 5.0), MonthCause("gauge", 1, 8.0, -3.0, -1.8, 3.5)),
    (MonthCause("step", 6, 12.0, -3.0 * SIGMA, -3.0),),
    (MonthCause("corrections", 4, 2.0, 7.5, 4.6), MonthCause("wear", 2, 1.0, 6.0 * SIGMA, 6.0)),
    (),
)


def test_a_quick_month_of_each_cause_is_found_and_named() -> None:
    scores = scored((1, 2, 3, 4), nights=(20, 30), causes=QUICK)
    causes = [each for score in scores for each in score.causes]
    assert len(causes) == 5
    assert all(each.night is not None for each in causes)
    assert all(each.sign for each in causes)
    assert [each.late_named for each in causes] == [
        "trend",
        "gauge",
        "step",
        "corrections",
        "trend",
    ]
    assert false_of(scores).false == 0


def test_a_night_sees_nothing_of_the_days_to_come() -> None:
    month = simulated_month(1)
    seen = between(month.heights, -BEFORE, 12.0)
    assert seen.ts.max() < START_US + 12 * DAY_US
    assert seen.value.size == (BEFORE + 12) * PER_DAY * 8 * WIRES


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_hundred_months_keep_the_promise() -> None:
    scores: list[MonthScore] = []
    for first in range(0, 200, 25):  # a night of many months shares what is prepared for it
        scores += scored(range(first, first + 25))
    print(*told(scores), sep="\n")  # noqa: T201  (the figures of the long form)
    found, total = in_time(scores, "mean")
    assert found / total >= 0.95
    false = false_of(scores)
    assert false.fdr <= SCREEN.fdr + 2 * false.error
    for row in ROWS:
        assert found_of(scores, row).sign >= 0.95
    for sound in ("quiet", "step"):
        _, held80, held95 = coverage(scores, (sound,), "level")
        assert held80 >= 0.77
        assert held95 >= 0.92
    # a floor: drift and wear-out miss the 3 points, and drift-months.md says why
    assert coverage(scores, ("drift",), "level")[2] >= 0.88
