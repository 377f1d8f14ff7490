"""Trend tests: the handbook's statistic, their size, and clusters that are no trend."""

import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.lifetime.repairable.data import RecurrentData, recurrent_data
from ops.lifetime.repairable.trend_tests import TrendTest, trend_tests

IMPROVING = [5.0, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]  # NIST/SEMATECH 8.4.5.2


def _named(data: RecurrentData) -> dict[str, TrendTest]:
    return {test.name: test for test in trend_tests(data)}


def test_the_statistics_are_those_of_their_formulas() -> None:
    tests = _named(recurrent_data({"a": (IMPROVING, 1500.0)}))
    chi = 2 * sum(np.log(1500.0 / np.array(IMPROVING)))
    assert (
        tests["military-handbook"].statistic
        == pytest.approx(chi)
        == pytest.approx(37.23, abs=0.005)
    )
    z = (sum(IMPROVING) - 10 * 750) / (1500 * (10 / 12) ** 0.5)
    assert tests["laplace"].statistic == pytest.approx(z)
    assert not any(test.faster for test in tests.values())


def test_a_system_watched_to_its_last_event_counts_that_event_as_the_end() -> None:
    ended = _named(recurrent_data({"a": (IMPROVING, 1478.0)}))
    assert ended["military-handbook"].statistic == pytest.approx(
        2 * sum(np.log(1478.0 / np.array(IMPROVING[:-1])))
    )


def test_under_a_constant_rate_every_test_is_right_as_often_as_it_says() -> None:
    rng, tries = np.random.default_rng(2), 400
    hits = dict.fromkeys(
        ("laplace", "military-handbook", "lewis-robinson", "reverse-arrangements"), 0
    )
    for _ in range(tries):
        draws = {str(at): (rng.uniform(0, 100, rng.poisson(8)).tolist(), 100.0) for at in range(4)}
        for name, test in _named(recurrent_data(draws)).items():
            hits[name] += test.p_value < 0.05
    se = (0.05 * 0.95 / tries) ** 0.5
    assert all(count / tries < 0.05 + 4 * se for count in hits.values()), hits
    assert hits["laplace"] / tries > 0.05 - 4 * se


def test_clusters_are_a_trend_to_laplace_more_often_than_to_lewis_and_robinson() -> None:
    rng, laplace, robust = np.random.default_rng(3), 0, 0
    for _ in range(150):
        gaps = rng.gamma(0.25, 4.0, 400)  # bursts: coefficient of variation 2
        times = np.cumsum(gaps)
        tests = _named(recurrent_data({"a": (times[times < 60].tolist(), 60.0)}))
        laplace += tests["laplace"].p_value < 0.05
        robust += "lewis-robinson" in tests and tests["lewis-robinson"].p_value < 0.05
    assert robust < laplace / 2


def test_two_events_are_too_few() -> None:
    with pytest.raises(NotEnoughData, match="needs 3"):
        trend_tests(recurrent_data({"a": ([1.0, 2.0], 5.0)}))
