import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.choice.ratio import bootstrap_likelihood_ratio, ratios
from ops.lifetime.data import life_data
from ops.lifetime.families.candidate import CANDIDATES

WEIBULL, THRESHOLD = CANDIDATES["weibull"].fit, CANDIDATES["weibull_3p"].fit


def test_a_threshold_that_is_there_is_seen() -> None:
    rng = np.random.default_rng(1)
    data = life_data(np.round(300 + 100 * rng.weibull(1.5, 40)))
    found = bootstrap_likelihood_ratio(data, WEIBULL, THRESHOLD, rng, resamples=60)
    assert found.law == "bootstrap"
    assert found.p_value == pytest.approx(1 / (1 + found.draws))


def test_none_is_seen_where_there_is_none() -> None:
    rng = np.random.default_rng(2)
    data = life_data(np.round(100 * rng.weibull(2.5, 40)) + 1)
    found = bootstrap_likelihood_ratio(data, WEIBULL, THRESHOLD, rng, resamples=60)
    assert found.p_value > 0.05


def test_the_same_seed_gives_the_same_chance() -> None:
    data = life_data(np.round(50 + 100 * np.random.default_rng(3).weibull(2.0, 20)))
    first, second = (
        bootstrap_likelihood_ratio(data, WEIBULL, THRESHOLD, np.random.default_rng(9), 30)
        for _ in range(2)
    )
    assert first == second


def test_an_exponential_bootstrap_agrees_with_the_chi_square() -> None:
    """A pair whose law is known, drawn as if it were not."""
    rng = np.random.default_rng(4)
    data = life_data(100 * rng.weibull(1.25, 40))
    known = compare_families(data, ("exponential", "weibull")).tests[0]
    drawn = bootstrap_likelihood_ratio(data, CANDIDATES["exponential"].fit, WEIBULL, rng, 400)
    assert drawn.statistic == pytest.approx(known.statistic)
    spread = np.sqrt(known.p_value * (1 - known.p_value) / 400)
    assert drawn.p_value == pytest.approx(known.p_value, abs=4 * spread + 0.02)


def test_a_comparison_draws_only_for_the_pairs_on_a_boundary() -> None:
    data = life_data(np.round(50 + 100 * np.random.default_rng(3).weibull(2.0, 20)))
    names = ("weibull", "weibull_3p", "exponential")
    found = compare_families(data, names, rng=np.random.default_rng(1), resamples=20)
    assert [(t.null, t.alternative, t.law) for t in found.tests] == [
        ("exponential", "weibull", "chi-square"),
        ("weibull", "weibull_3p", "bootstrap"),
    ]


def test_models_without_a_fit_have_no_ratio() -> None:
    data = life_data([1.0, 2.0, 3.0], [1.0, 2.0, np.inf])
    with pytest.raises(NotEnoughData):
        bootstrap_likelihood_ratio(data, WEIBULL, THRESHOLD, np.random.default_rng(1), 10)


def test_very_many_units_are_not_drawn_one_by_one() -> None:
    t = np.random.default_rng(6).weibull(2.0, 20) * 100.0
    lower, upper = np.append(t, 200.0), np.append(t, np.inf)
    data = life_data(lower, upper, weight=np.append(np.ones(20), 1e12))
    fits = {name: CANDIDATES[name].fit(data) for name in ("weibull", "exponential")}
    found = ratios(data, {**fits, "weibull_3p": fits["weibull"]}, np.random.default_rng(1), 19)
    assert {one.law for one in found} == {"chi-square"}
