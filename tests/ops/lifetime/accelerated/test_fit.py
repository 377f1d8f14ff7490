"""Fits of acceleration models: published regressions, assumed constants, what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.lifetime.accelerated.catalog import (
    ARRHENIUS,
    EYRING,
    INVERSE_POWER,
    NORRIS_LANDZBERG,
    PECK,
    POWER_LAW,
)
from ops.lifetime.accelerated.constant import exactly
from ops.lifetime.accelerated.fit import fit_accelerated
from ops.lifetime.accelerated.term import BOLTZMANN_EV
from ops.lifetime.data import life_data
from ops.validation.life_acceleration import cases
from tests.ops.lifetime.accelerated.samples import arrhenius_lives, device, fluid, hot
from tests.strategies import few


@pytest.mark.parametrize("case", list(cases()), ids=lambda c: c.id)
def test_published_numbers_are_met(case: object) -> None:
    allowed = [case.tolerance.allowed(x) for x in case.expected]
    gap = np.abs(np.array(case.obtain()) - np.array(case.expected))
    assert (gap <= np.array(allowed)).all()


def test_a_cell_without_failures_takes_part() -> None:
    found = fit_accelerated(device(), ARRHENIUS, "lognormal")
    cold = found.stressed.cells[0]
    assert (cold.units, cold.failures) == (30.0, 0.0)
    without = device().take(device().stresses["temperature"] > 10.0)
    less = fit_accelerated(without, ARRHENIUS, "lognormal")
    assert found.loglik < less.loglik  # the units that lasted are worth something
    assert found.constants["Ea"] > less.constants["Ea"] - 1e-3


def test_eyring_is_arrhenius_over_the_temperature() -> None:
    # oracle: lives times T follow plain Arrhenius
    data = device()
    kelvin = data.stresses["temperature"] + 273.15
    scaled = replace(data, lower=data.lower * kelvin, upper=data.upper * kelvin)
    plain = fit_accelerated(scaled, ARRHENIUS, "weibull")
    found = fit_accelerated(data, EYRING, "weibull")
    assert found.theta == pytest.approx(plain.theta, rel=1e-6)
    exact = data.exact
    moved = float(np.sum((data.weight * np.log(kelvin))[exact]))
    assert found.loglik == pytest.approx(plain.loglik + moved, rel=1e-9)


def test_assuming_the_estimate_changes_nothing() -> None:
    free = fit_accelerated(device(), ARRHENIUS, "lognormal")
    held = fit_accelerated(
        device(), ARRHENIUS, "lognormal", assumed={"Ea": exactly(free.constants["Ea"], "itself")}
    )
    assert held.loglik == pytest.approx(free.loglik, rel=1e-9)
    assert held.theta == pytest.approx(free.theta[[0, 2]], rel=1e-6)
    assert held.estimated == ()


def test_its_surface_has_its_top_at_the_fit() -> None:
    found = fit_accelerated(device(), ARRHENIUS, "weibull")
    surface = found.surface()
    assert surface.value(found.theta) == pytest.approx(found.loglik, rel=1e-12)
    gradient, hessian = surface.derivatives(found.theta)
    assert np.abs(gradient).max() < 1e-4
    assert np.linalg.inv(-hessian) == pytest.approx(found.covariance, rel=1e-5)


def test_published_constants_are_taken_by_name() -> None:
    data = replace(
        life_data([100.0, 200.0, 300.0]),
        stresses={"temperature": np.full(3, 85.0), "rh": np.full(3, 85.0)},
        stress_units={"temperature": "degC", "rh": "%"},
    )
    found = fit_accelerated(
        data, PECK, material="al-corrosion", assumed=("n", "Ea"), stress_columns={"humidity": "rh"}
    )
    assert found.constants == {"n": 2.7, "Ea": 0.79}


def test_what_one_level_cannot_tell_is_refused() -> None:
    with pytest.raises(NotEnoughData, match=r"Ea cannot be estimated.*assume it"):
        fit_accelerated(hot(np.array([1.0, 2.0, 3.0]), np.full(3, 85.0)), ARRHENIUS)


def test_failures_at_one_level_alone_tell_no_slope() -> None:
    times = np.array([10.0, 20.0, 30.0, 500.0, 500.0])
    data = hot(times, np.array([150.0, 150.0, 150.0, 100.0, 100.0]), end=499.0)
    with pytest.raises(NotEnoughData, match="Ea cannot be estimated"):
        fit_accelerated(data, ARRHENIUS)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: fit_accelerated(hot(np.full(4, 9.0), np.arange(4.0), end=1.0), ARRHENIUS),
         NotEnoughData, "nothing has failed"),
        (lambda: fit_accelerated(device().take(np.zeros(0, dtype=np.int64)), ARRHENIUS),
         NotEnoughData, "got none"),
        (lambda: fit_accelerated(device(), NORRIS_LANDZBERG), BadData, "needs the alloy"),
        (lambda: fit_accelerated(device(), INVERSE_POWER), BadData, "needs the stress voltage"),
        (lambda: fit_accelerated(device(), ARRHENIUS, "gumbel"), BadData, "logarithms"),
        (lambda: fit_accelerated(device(), ARRHENIUS, assumed=("Ea",)), BadData,
         "no Ea is published for an unnamed mechanism"),
        (lambda: fit_accelerated(device(), ARRHENIUS, assumed=("n",)), BadData,
         "has no constant n; it has Ea"),
        (lambda: fit_accelerated(device(), ARRHENIUS, stress_columns={"heat": "temperature"}),
         BadData, "has no stress heat"),
    ],
)  # fmt: skip
def test_wrong_use_is_refused(call: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()


@few(15)
@given(seed=st.integers(0, 1000), factor=st.floats(1e-4, 1e4))
def test_a_change_of_the_time_unit_moves_the_intercept_alone(seed: int, factor: float) -> None:
    rng = np.random.default_rng(seed)
    degrees = np.repeat([125.0, 150.0, 175.0], 12)
    times = arrhenius_lives(rng, degrees)
    end = float(np.quantile(times, 0.8))
    base = fit_accelerated(hot(times, degrees, end=end), ARRHENIUS)
    moved = fit_accelerated(hot(times * factor, degrees, end=end * factor), ARRHENIUS)
    assert moved.constants["Ea"] == pytest.approx(base.constants["Ea"], rel=1e-5)
    assert moved.sigma == pytest.approx(base.sigma, rel=1e-5)
    assert moved.intercept == pytest.approx(base.intercept + np.log(factor), rel=1e-5, abs=1e-5)


def test_the_planted_truth_is_found() -> None:
    rng = np.random.default_rng(7)
    degrees = np.repeat([125.0, 150.0, 175.0, 200.0], 500)
    lives = arrhenius_lives(rng, degrees, ea=0.9, b0=-17.0, sigma=0.4)
    data = hot(lives, degrees, end=5000.0, readout=100.0)
    found = fit_accelerated(data, ARRHENIUS)
    error = np.sqrt(np.diag(found.covariance))
    assert abs(found.constants["Ea"] - 0.9) < 4 * error[1]
    assert abs(found.sigma - 0.4) < 4 * error[2] * found.sigma


def test_location_follows_the_equation() -> None:
    found = fit_accelerated(device(), ARRHENIUS, "weibull")
    kelvin = np.array([300.0, 350.0])
    said = found.location({"temperature": kelvin})
    expected = found.intercept + found.constants["Ea"] / (BOLTZMANN_EV * kelvin)
    assert said == pytest.approx(expected)


def test_a_load_in_any_unit_is_a_power_law() -> None:
    data = fluid()
    renamed = replace(
        data, stresses={"level": data.stresses["voltage"]}, stress_units={"level": "shots"}
    )
    by_level = fit_accelerated(renamed, POWER_LAW)
    assert by_level.constants["n"] == pytest.approx(
        fit_accelerated(data, INVERSE_POWER).constants["n"], rel=1e-6
    )


def test_failures_on_one_line_have_no_estimate() -> None:
    data = hot(np.array([100.0, 100.0, 10.0, 10.0]), np.array([100.0, 100.0, 150.0, 150.0]))
    with pytest.raises(NotEnoughData, match="Arrhenius has no estimate"):
        fit_accelerated(data, ARRHENIUS)
