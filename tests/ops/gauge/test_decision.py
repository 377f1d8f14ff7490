"""Decisions: thresholds, worst of many, ratios."""

from math import inf, isnan, nan

import pytest

from ops.capability.index import Interval
from ops.gauge.decision import decide, part_variance, process_ratio, tolerance_ratio, worst


def test_thresholds_belong_to_the_milder_side() -> None:
    assert [decide(r) for r in (0.1, 0.11, 0.3, 0.31)] == [
        "accept",
        "conditional",
        "conditional",
        "reject",
    ]


def test_the_worst_counts() -> None:
    assert worst(["accept", "reject", "conditional"]) == "reject"
    assert worst([]) is None


def test_ratios_scale_the_interval_of_the_gauge() -> None:
    gauge = Interval(4.0, 1.0, inf)
    found = tolerance_ratio(gauge, 24.0)
    assert (found.value, found.lower, found.upper) == (0.5, 0.25, inf)
    assert process_ratio(gauge, 8.0).value == pytest.approx(0.25)
    assert isnan(process_ratio(Interval(1.0, nan, nan), 2.0).upper)
    assert part_variance(4.0, 1.0) == 0.0
