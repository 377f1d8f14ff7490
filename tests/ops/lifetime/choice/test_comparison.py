from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.data import life_data
from ops.lifetime.families.candidate import CANDIDATES, DIRECT
from ops.validation.published import entry
from tests.strategies import few

BEARINGS = entry("lifetime_families", "ball_bearing_choice")
LIVES = life_data(BEARINGS["inputs"]["x"])


def test_ball_bearings_do_not_tell_weibull_from_lognormal() -> None:
    found = compare_families(LIVES)
    expected = BEARINGS["expected"]
    lognormal, weibull = found.rivals
    assert (lognormal.name, weibull.name) == ("lognormal", "weibull")
    assert lognormal.loglik == pytest.approx(expected["lognormal"], abs=1e-8)
    assert weibull.loglik == pytest.approx(expected["weibull"], abs=1e-8)
    assert weibull.delta == pytest.approx(expected["delta_aicc"], abs=5e-4)
    assert weibull.delta == pytest.approx(2 * (lognormal.loglik - weibull.loglik))
    assert weibull.delta == pytest.approx(weibull.delta_bic)


def test_criteria_count_failures_not_units() -> None:
    data = life_data([*LIVES.lower, 50.0, 60.0], [*LIVES.lower, np.inf, np.inf])
    found = compare_families(data)
    assert (found.failures, found.units) == (23.0, 25.0)
    for rival in found.rivals:
        assert rival.aicc == pytest.approx(4 - 2 * rival.loglik + 12 / 20)
        assert rival.bic == pytest.approx(2 * log(23) - 2 * rival.loglik)


def test_a_candidate_without_a_fit_is_listed_and_stops_nobody() -> None:
    data = life_data([100.0, 200.0, 300.0], [100.0, 200.0, np.inf])
    found = compare_families(data, tuple(CANDIDATES))
    names = {r.name for r in found.rivals} | {d.name for d in found.dropped}
    assert names == set(CANDIDATES)
    assert {"weibull", "lognormal"} <= {r.name for r in found.rivals}
    assert {"weibull_3p", "generalized_gamma"} <= {d.name for d in found.dropped}
    assert all(d.reason for d in found.dropped)


def test_few_failures_are_compared_by_aic() -> None:
    found = compare_families(life_data([100.0, 200.0, 300.0]))
    assert found.criterion == "AIC"
    assert all(r.aicc is None for r in found.rivals)
    gap = 2 * (found.rivals[0].loglik - found.rivals[1].loglik)
    assert found.rivals[1].delta == pytest.approx(gap)


def test_the_disagreement_is_the_ratio_of_the_two_best_lives() -> None:
    found = compare_families(LIVES, quantiles=(0.01, 0.5))
    first, second = (r.lives[0].life for r in found.rivals)
    assert found.disagreement[0] == pytest.approx(first / second)
    assert np.all(np.diff(np.array(found.disagreement)) < 0)
    assert found.disagreement[1] == pytest.approx(1.0, abs=0.1)
    assert compare_families(LIVES, ("weibull",)).disagreement == ()


def test_every_life_has_an_interval() -> None:
    for rival in compare_families(LIVES, DIRECT).rivals:
        for life in rival.lives:
            assert life.lower <= life.life <= life.upper
            assert life.lower >= 0.0 or rival.name in {"normal", "gumbel"}


def test_a_model_inside_another_is_tested_by_chi_square() -> None:
    tests = {(t.null, t.alternative): t for t in compare_families(LIVES, DIRECT).tests}
    ratio = tests["exponential", "weibull"]
    assert ratio.law == "chi-square"
    assert ratio.statistic == pytest.approx(2 * (121.434876 - 113.691291), abs=1e-5)
    assert ratio.p_value == pytest.approx(8.3e-5, rel=0.01)
    assert ("weibull", "weibull_3p") not in tests  # on the boundary: only if draws are asked for


def test_a_name_of_nobody_is_refused() -> None:
    with pytest.raises(BadData, match="weibul'"):
        compare_families(LIVES, ("weibul",))


def test_no_fit_at_all_says_why() -> None:
    with pytest.raises(NotEnoughData, match=r"Weibull: .*Lognormal: "):
        compare_families(life_data([5.0, 6.0], [np.inf, np.inf]))


def test_interval_data_are_compared() -> None:
    lower = [0.0, 100.0, 200.0, 300.0, 400.0]
    data = life_data(lower, [100.0, 200.0, 300.0, 400.0, np.inf], weight=[3, 8, 9, 6, 4])
    found = compare_families(data, DIRECT)
    assert not found.dropped
    assert all(r.anderson_darling is not None for r in found.rivals)


def test_truncated_rows_are_compared() -> None:
    times = np.round(50 + 100 * np.random.default_rng(1).weibull(2.0, 30), 1)
    data = life_data(times, entry=np.full(30, 40.0), exit=np.full(30, 1000.0))
    found = compare_families(data, DIRECT)
    assert {"weibull", "lognormal"} <= {r.name for r in found.rivals}


@few(20)
@given(st.integers(0, 10_000))
def test_the_best_has_no_delta_and_the_rest_rise(seed: int) -> None:
    times = np.round(100 * np.random.default_rng(seed).weibull(1.5, 12), 1) + 0.1
    deltas = [r.delta for r in compare_families(life_data(times), DIRECT).rivals]
    assert deltas[0] == 0.0
    assert deltas == sorted(deltas)
