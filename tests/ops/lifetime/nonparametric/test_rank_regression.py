"""Lines through ranks: published slopes, a threshold, what is no line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import NotEnoughData
from ops.lifetime.data import failures_and_suspensions
from ops.lifetime.location_scale import FAMILIES, Family, from_line, is_log, standard_quantile
from ops.lifetime.nonparametric.plotting import probability_of_rank
from ops.lifetime.nonparametric.rank_regression import rank_regression
from tests.reference import case
from tests.strategies import few


def test_the_slope_of_the_handbook_comes_out() -> None:
    nist = case("life_ranks", "nist_weibull_plot_rry")
    data = failures_and_suspensions(**nist["inputs"])
    beta = rank_regression(data, on="y", ranks="benard").parameters["beta"]
    eta = rank_regression(data, on="y", ranks="benard").parameters["eta"]
    assert beta == pytest.approx(nist["expected"]["slope"], abs=1e-6)
    assert -beta * np.log10(eta) == pytest.approx(nist["expected"]["intercept_log10"], abs=1e-6)


def test_three_parameters_are_those_of_the_published_line() -> None:
    wiki = case("life_ranks", "reliawiki_three_parameters")
    inputs = dict(wiki["inputs"])
    gamma = inputs.pop("gamma")
    data = failures_and_suspensions(**inputs)
    given_ = rank_regression(data, on="y", threshold=gamma)
    assert given_.parameters["beta"] == pytest.approx(wiki["expected"]["beta"], abs=1e-6)
    assert given_.parameters["eta"] == pytest.approx(wiki["expected"]["eta"], abs=1e-4)
    found = rank_regression(data, threshold="estimate")
    assert found.correlation > given_.correlation
    assert found.threshold == pytest.approx(gamma, abs=0.2)


@pytest.mark.parametrize("family", FAMILIES)
def test_points_on_a_line_give_back_the_line(family: Family) -> None:
    p = probability_of_rank(np.arange(1.0, 8.0), 7)
    mu = 3.0 if is_log(family) else 50.0
    data = failures_and_suspensions(from_line(family, mu + 0.4 * standard_quantile(family, p)))
    for on in ("x", "y"):
        found = rank_regression(data, family, on=on)  # type: ignore[arg-type]  # one of two
        assert (found.mu, found.sigma) == pytest.approx((mu, 0.4))
        assert found.correlation == pytest.approx(1.0)
        assert found.quantile(p) == pytest.approx(data.lower)
        assert 1.0 - found.survival(data.lower) == pytest.approx(p)


@few(40)
@given(st.lists(st.floats(1.0, 1e3), min_size=3, max_size=9, unique=True), st.floats(1e-6, 1e6))
def test_a_change_of_unit_moves_only_the_scale(times: list[float], unit: float) -> None:
    one = rank_regression(failures_and_suspensions(times))
    other = rank_regression(failures_and_suspensions(np.array(times) * unit))
    assert other.parameters["beta"] == pytest.approx(one.parameters["beta"], rel=1e-6)
    assert other.parameters["eta"] == pytest.approx(one.parameters["eta"] * unit, rel=1e-6)


def test_time_on_rank_is_never_flatter_than_rank_on_time() -> None:
    data = failures_and_suspensions([16, 34, 53, 75, 93, 120])
    steep, flat = (rank_regression(data, on=on).parameters["beta"] for on in ("x", "y"))
    assert steep > flat


def test_the_density_of_a_threshold_is_zero_before_it_and_the_slope_of_survival_after() -> None:
    data = failures_and_suspensions([46, 64, 83, 105, 123, 150], [200] * 4)
    found = rank_regression(data, threshold="estimate")
    t = np.array([10.0, 90.0])
    slope = (found.survival(t - 1e-4) - found.survival(t + 1e-4)) / 2e-4
    assert found.density(t) == pytest.approx(slope, abs=1e-9)
    assert found.density(t)[0] == 0.0
    assert np.isfinite(found.loglik)


def test_what_is_no_line_is_said() -> None:
    with pytest.raises(NotEnoughData, match="got 1"):
        rank_regression(failures_and_suspensions([5.0, 5.0], [6.0]))
    p = probability_of_rank(np.arange(1.0, 9.0), 8)
    straight_in_time = failures_and_suspensions(50.0 + 5.0 * standard_quantile("gumbel", p))
    with pytest.raises(NotEnoughData, match="bend the other way"):
        rank_regression(straight_in_time, threshold="estimate")
