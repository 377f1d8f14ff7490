"""Delay of labels: corrected for what is not known yet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.build.delay import censored_delay, reversed_product_limit, truncated_delay
from tests.strategies import few


def test_the_estimate_of_a_small_table_is_that_by_hand() -> None:
    delay = np.array([1.0, 2.0, 2.0, 4.0])
    age = np.array([1.5, 3.0, 9.0, 8.0])
    times, share = reversed_product_limit(delay, age)
    assert times.tolist() == [1.0, 2.0, 4.0]
    # at 4 one of two is at risk (ages 9 and 8: the others could not be seen with so long a delay)
    assert share == pytest.approx([0.5 * (1 - 2 / 2), 0.5, 1.0])  # at 2: both of two


@few(40)
@given(st.integers(0, 10_000))
def test_without_truncation_it_is_the_empirical_distribution(seed: int) -> None:
    delay = np.random.default_rng(seed).integers(1, 9, 30).astype(np.float64)
    times, share = reversed_product_limit(delay, np.full(30, 100.0))
    assert share == pytest.approx([(delay <= t).mean() for t in times])


def test_events_that_are_not_known_yet_are_counted_in() -> None:
    rng = np.random.default_rng(5)
    age, delay = rng.uniform(0, 100, 200_000), rng.exponential(20, 200_000)
    seen = delay <= age
    told = truncated_delay(delay[seen], age[seen], recent=24.0)
    naive = np.quantile(delay[seen], 0.9)
    limit = -20 * np.log(1 - 0.9 * (1 - np.exp(-5)))  # of an exponential that ends at 100 h
    assert told.quantiles["0.9"] == pytest.approx(limit, rel=0.03)
    assert naive < 0.85 * limit
    missing = (~seen & (age <= 24)).sum() / (age <= 24).sum()
    assert told.unsettled == pytest.approx(missing, abs=0.03)


def test_alerts_that_are_open_are_censored() -> None:
    told = censored_delay(np.array([1.0, 2.0, 3.0]), np.array([2.5, 10.0, 10.0]))
    assert told.quantiles == {"0.5": 3.0, "0.9": None, "0.99": None}  # S(3) = 4/6 * 2/3
    assert told.waiting == 3
    assert censored_delay(np.array([]), np.array([4.0])).known == 0
