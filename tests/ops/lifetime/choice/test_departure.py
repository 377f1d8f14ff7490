import numpy as np
import pytest
from scipy.special import ndtri

from ops.lifetime.choice.departure import bend, plateau
from ops.lifetime.data import LifeData, life_data

SHARES = (np.arange(40) + 0.5) / 40


def weibull_lives(eta: float, beta: float) -> np.ndarray:
    return eta * (-np.log1p(-SHARES)) ** (1 / beta)


def watched(times: np.ndarray, end: float) -> LifeData:
    return life_data(np.minimum(times, end), np.where(times > end, np.inf, times))


def test_a_few_defective_units_among_many_show_a_plateau() -> None:
    data = watched(np.append(weibull_lives(50.0, 1.5), np.full(400, 1e9)), 1000.0)
    found = plateau(data)
    assert found is not None
    assert found.p_value < 1e-3
    assert "defective_weibull" in found.hints
    assert "{" not in found.words.english()


@pytest.mark.parametrize("end", [60.0, 100.0])
def test_a_test_that_ended_among_its_failures_shows_none(end: float) -> None:
    found = plateau(watched(weibull_lives(100.0, 2.0), end))
    assert found is None or found.p_value > 0.2


def test_no_plateau_without_survivors() -> None:
    assert plateau(life_data(weibull_lives(10.0, 1.0))) is None
    assert plateau(life_data([5.0], [np.inf])) is None


@pytest.mark.parametrize(
    "times",
    [weibull_lives(100.0, 2.0), np.exp(4 + 0.7 * ndtri(SHARES))],
    ids=["weibull", "lognormal"],
)
def test_a_straight_line_on_either_paper_has_no_bend(times: np.ndarray) -> None:
    found = bend(life_data(times))
    assert found is not None
    assert found.p_value > 0.2


def test_wear_after_chance_failures_steepens_the_plot() -> None:
    times = np.minimum(
        weibull_lives(400.0, 0.8), np.random.default_rng(1).permutation(weibull_lives(100.0, 8.0))
    )
    found = bend(life_data(times))
    assert found is not None
    assert found.p_value < 0.01
    assert found.after is not None
    assert found.before is not None
    assert found.after > found.before
    assert found.hints == ("competing risks",)


def test_weak_units_among_sound_ones_flatten_it() -> None:
    times = np.concatenate([weibull_lives(10.0, 5.0), weibull_lives(3000.0, 0.9)])
    found = bend(life_data(times))
    assert found is not None
    assert found.p_value < 0.01
    assert "mixture" in found.hints


def test_few_failures_show_no_bend() -> None:
    assert bend(life_data([1.0, 2.0, 3.0, 4.0, 5.0])) is None


def test_readouts_that_span_the_middle_show_none() -> None:
    lower, upper = [0.0, 10.0, 15.0], [10.0, 20.0, 25.0]
    assert bend(life_data(lower * 5, upper * 5)) is None
