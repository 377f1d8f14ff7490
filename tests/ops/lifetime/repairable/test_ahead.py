"""Events to come: exact under a constant rate, and as often within the interval as it says."""

import numpy as np
import pytest
from scipy.stats import nbinom

from ops.errors import BadData, NotEnoughData
from ops.lifetime.repairable.ahead import events_ahead
from ops.lifetime.repairable.data import recurrent_data


def test_a_constant_rate_gives_a_negative_binomial() -> None:
    data = recurrent_data({"a": ([1.0, 4.0, 6.0], 10.0), "b": ([2.0], 10.0)})
    found = events_ahead(data, 5.0, constant=True, confidence=0.9)
    assert found.mean == pytest.approx(4 / 20 * 10)
    law = nbinom(4, 20 / 30)
    assert (found.lower, found.upper) == (law.ppf(0.05), law.ppf(0.95))


def test_the_predictive_interval_holds_what_comes_as_often_as_it_says() -> None:
    rng, held, tries, beta = np.random.default_rng(8), 0, 400, 1.6
    for _ in range(tries):
        draws = [(150.0 * rng.uniform(size=rng.poisson(8)) ** (1 / beta)) for _ in range(5)]
        data = recurrent_data(
            {str(at): (times[times <= 100].tolist(), 100.0) for at, times in enumerate(draws)}
        )
        if data.time.size < 3:
            tries -= 1
            continue
        found = events_ahead(data, 50.0, confidence=0.9)
        held += found.lower <= sum((times > 100).sum() for times in draws) <= found.upper
    assert held / tries > 0.9 - 4 * (0.09 / tries) ** 0.5


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(BadData, match="more than 0"):
        events_ahead(recurrent_data({"a": ([1.0], 5.0)}), 0.0)
    with pytest.raises(NotEnoughData, match="needs 3"):
        events_ahead(recurrent_data({"a": ([1.0], 5.0)}), 4.0)
    with pytest.raises(NotEnoughData, match="no event"):
        events_ahead(recurrent_data({"a": ([], 5.0)}), 4.0, constant=True)
