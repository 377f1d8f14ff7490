"""Delays of labels: corrected for those still to come, and the rows old enough to be judged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.monitoring.maturity import HOUR, delay_distribution, maturity
from ops.classify.table import NO_TIME
from tests.strategies import few


@few(30)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30))
def test_shares_are_those_of_the_product_over_later_delays(pairs: list[tuple[int, int]]) -> None:
    delay = np.array([min(pair) for pair in pairs], dtype=float)
    age = np.array([max(pair) for pair in pairs], dtype=float)
    places, share = delay_distribution(delay, age)
    for at in range(places.size):
        product = 1.0
        for later in places[at + 1 :]:
            at_risk = np.count_nonzero((delay <= later) & (later <= age))
            product *= 1.0 - np.count_nonzero(delay == later) / at_risk
        assert share[at] == pytest.approx(product, abs=1e-12)


def test_delays_still_to_come_do_not_shorten_the_median() -> None:
    rng = np.random.default_rng(1)
    age = rng.uniform(0.0, 60.0, 6000)
    delay = rng.exponential(10.0, 6000)
    seen = delay <= age
    places, share = delay_distribution(delay[seen], age[seen])
    corrected = places[np.searchsorted(share, 0.5)]
    assert np.median(delay[seen]) < 6.3
    assert corrected == pytest.approx(10.0 * np.log(2.0), rel=0.06)


def test_the_slowest_class_decides_from_which_age_rows_are_judged() -> None:
    rng = np.random.default_rng(2)
    times = np.arange(1000, dtype=np.int64) * HOUR
    y = (rng.random(1000) < 0.3).astype(np.int64)
    known = times + (np.where(y == 1, 50.0, 5.0) * HOUR).astype(np.int64)
    now = int(times[-1])
    late = known > now
    found = maturity(
        times, np.where(late, NO_TIME, known), np.where(late, -1, y), ("good", "bad"), now=now
    )
    assert found.age == 50.0
    assert [d.median for d in found.delays] == [5.0, 50.0]
    assert np.array_equal(found.mature, (now - times) / HOUR >= 50.0)


def test_without_known_times_every_row_is_taken_and_that_is_said() -> None:
    found = maturity(np.arange(5), None, np.zeros(5, np.int64), ("a", "b"), now=5)
    assert found.mature.all()
    assert not found.told


def test_too_few_labels_tell_no_delay() -> None:
    times = np.arange(5, dtype=np.int64)
    found = maturity(times, times, np.zeros(5, np.int64), ("a", "b"), now=5)
    assert (found.age, found.delays) == (0.0, ())
