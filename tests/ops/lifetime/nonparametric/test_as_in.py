"""Published results of other packages come out under their conventions."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import loglik
from ops.lifetime.nonparametric.as_in import as_in
from ops.lifetime.nonparametric.fisher import fisher_covariance
from tests.reference import case

SIX = case("life_ranks", "reliawiki_six_units")


def cages() -> LifeData:
    rows = case("life_ranks", "bearing_cage_life_bounds")["inputs"]
    upper = [np.inf if x is None else x for x in rows["upper"]]
    return life_data(rows["lower"], upper, weight=rows["weight"])


def test_weibull_plus_plus_regresses_time_on_rank() -> None:
    data, expected = failures_and_suspensions(**SIX["inputs"]), SIX["expected"]
    found = as_in(data, "weibull++")
    assert found.label == (
        "as in Weibull++: regression of time on median rank, Fisher-matrix bounds"
    )
    assert found.parameters["beta"].estimate == pytest.approx(expected["beta_rrx"], abs=1e-4)
    assert found.parameters["eta"].estimate == pytest.approx(expected["eta_rrx"], abs=2e-3)
    on_time = as_in(data, "weibull++", method="rry").parameters["beta"].estimate
    assert on_time == pytest.approx(expected["beta_rry"], abs=1e-4)


def test_weibull_plus_plus_prints_the_variances_of_maximum_likelihood() -> None:
    data, expected = failures_and_suspensions(**SIX["inputs"]), SIX["expected"]
    found = as_in(data, "weibull++", method="ml").parameters
    assert found["beta"].estimate == pytest.approx(expected["beta_ml"], abs=5e-4)
    assert found["eta"].estimate == pytest.approx(expected["eta_ml"], abs=5e-4)
    assert found["beta"].std_error ** 2 == pytest.approx(expected["var_beta"], abs=5e-5)
    assert found["eta"].std_error ** 2 == pytest.approx(expected["var_eta"], rel=1e-5)


def test_likelihood_ratio_bounds_of_the_bearing_cages() -> None:
    expected = case("life_ranks", "bearing_cage_life_bounds")["expected"]
    life = as_in(cages(), "jmp", p=(0.1,)).lives[0.1]
    assert life.estimate == pytest.approx(expected["b10"], abs=0.5)
    assert (life.lower, life.upper) == pytest.approx(expected["bounds"], rel=7e-4)
    there = as_in(cages(), "weibull++", method="ml", bounds="likelihood-ratio", p=(0.1,))
    assert there.lives[0.1] == life


def test_normal_bounds_of_the_fans() -> None:
    fan = case("life_ranks", "fan_weibull")
    data = failures_and_suspensions(**fan["inputs"])
    for package, bounds in (("minitab", None), ("jmp", "fisher")):
        found = as_in(data, package, bounds=bounds).parameters  # type: ignore[arg-type]  # pairs
        for name, printed in fan["expected"].items():
            one = found[name]
            numbers = (one.estimate, one.std_error, one.lower, one.upper)
            assert numbers == pytest.approx(printed, rel=2e-4), (package, name)


def test_minitab_gives_no_bounds_with_least_squares() -> None:
    found = as_in(failures_and_suspensions(**SIX["inputs"]), "minitab", method="rrx")
    assert found.bounds == "none"
    assert np.isnan(found.parameters["beta"].lower)
    assert np.isnan(found.lives[0.1].upper)
    assert found.correlation is not None


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_the_fisher_matrix_at_the_maximum_is_that_of_the_fit(family: str) -> None:
    data = failures_and_suspensions(**SIX["inputs"])
    top = fit(data, family)  # type: ignore[arg-type]  # parametrized
    found = fisher_covariance(data, top.family, top.mu, top.sigma)
    assert found == pytest.approx(top.covariance, rel=1e-6, abs=1e-9)


def test_the_fisher_matrix_away_from_the_maximum_is_in_eta_and_beta() -> None:
    data = failures_and_suspensions(**SIX["inputs"])
    eta, beta = 76.0, 1.45
    found = fisher_covariance(data, "weibull", np.log(eta), 1.0 / beta)
    assert found is not None

    def at(e: float, b: float) -> float:
        z = data.lower / e
        return float(np.sum(np.log(b / e) + (b - 1) * np.log(z) - z**b))

    h, k = 1e-3 * eta, 1e-3 * beta
    bend = np.array(
        [
            [at(eta + h, beta) - 2 * at(eta, beta) + at(eta - h, beta), 0.0],
            [0.0, at(eta, beta + k) - 2 * at(eta, beta) + at(eta, beta - k)],
        ]
    )
    cross = at(eta + h, beta + k) - at(eta + h, beta - k) - at(eta - h, beta + k)
    bend[0, 1] = bend[1, 0] = (cross + at(eta - h, beta - k)) / 4
    variance = np.diag(np.linalg.inv(-bend)) * 1e-6  # relative variances of eta and beta
    assert np.diag(found) == pytest.approx(variance, rel=1e-4)


def test_likelihood_bounds_of_the_shape_bracket_it_and_are_not_symmetric() -> None:
    found = as_in(failures_and_suspensions(**SIX["inputs"]), "jmp", family="lognormal")
    sigma = found.parameters["sigma"]
    assert sigma.lower < sigma.estimate < sigma.upper
    assert sigma.upper / sigma.estimate > sigma.estimate / sigma.lower


def test_what_a_package_has_not_is_refused() -> None:
    data = failures_and_suspensions(**SIX["inputs"])
    with pytest.raises(BadData, match="JMP has no method 'rrx'"):
        as_in(data, "jmp", method="rrx")
    with pytest.raises(BadData, match="Minitab has no bounds"):
        as_in(data, "minitab", bounds="likelihood-ratio")


def test_the_log_likelihood_of_a_line_is_at_most_the_maximum() -> None:
    data = failures_and_suspensions(**SIX["inputs"])
    line = as_in(data, "weibull++")
    assert line.loglik <= fit(data).loglik
    assert loglik(data, fit(data)) == pytest.approx(fit(data).loglik)
