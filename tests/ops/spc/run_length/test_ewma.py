"""EWMA: published run lengths, limits that widen, the one-sided chart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.spc.run_length.chain import arl, steady_arl
from ops.spc.run_length.ewma import EwmaScheme, ewma_arl, ewma_width
from ops.spc.run_length.quantile import run_length
from ops.spc.run_length.shewhart import ShewhartScheme
from tests.reference import case

LAMBDAS = st.floats(0.02, 1.0)


@pytest.mark.parametrize("name", ["lucas_saccucci", "crowder"])
def test_run_lengths_are_those_published(name: str) -> None:
    found = case("run_length", f"arl_ewma_{name}_lam0.5")
    given_ = found["inputs"]
    lengths = [ewma_arl(lambda_=0.5, width=given_["L"], shift=s) for s in given_["shift_sigma"]]
    assert lengths == pytest.approx(found["expected"]["high_precision"], rel=1e-6)
    assert lengths == pytest.approx(found["expected"]["published"], rel=0.006)


def test_the_manual_example_holds_to_nine_digits() -> None:
    published = case("run_length", "arl_ewma_sasqc")["expected"]
    assert ewma_arl(lambda_=0.25, width=3.0, shift=1.0) == pytest.approx(published, rel=1e-9)


@settings(max_examples=40)
@given(shift=st.floats(-4, 4), width=st.floats(1.5, 4))
def test_a_weight_of_one_is_a_shewhart_chart(shift: float, width: float) -> None:
    expected = arl(ShewhartScheme(width), shift)
    for limits in ("fixed", "exact"):
        assert arl(EwmaScheme(1.0, width, 2, limits), shift) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=40)
@given(lambda_=LAMBDAS, shift=st.floats(0, 3), sides=st.just(2))
def test_the_sides_are_mirrors(lambda_: float, shift: float, sides: int) -> None:
    scheme = EwmaScheme(lambda_, 2.7, sides)
    assert arl(scheme, shift) == pytest.approx(arl(scheme, -shift), rel=1e-8)


@settings(max_examples=40)
@given(lambda_=LAMBDAS)
def test_larger_shifts_are_found_sooner(lambda_: float) -> None:
    lengths = [arl(EwmaScheme(lambda_, 2.8), s) for s in (0, 0.25, 0.5, 1, 2, 3)]
    assert lengths == sorted(lengths, reverse=True)


@settings(max_examples=40)
@given(lambda_=st.floats(0.05, 1.0), arl0=st.floats(20, 2000))
def test_the_width_has_the_distance_that_was_asked_for(lambda_: float, arl0: float) -> None:
    width = ewma_width(arl0, lambda_=lambda_)
    assert arl(EwmaScheme(lambda_, width)) == pytest.approx(arl0, rel=1e-5)


def test_exact_limits_find_an_early_shift_sooner() -> None:
    fixed, exact = EwmaScheme(0.1, 2.814), EwmaScheme(0.1, 2.814, limits="exact")
    assert arl(exact, 1.0) < arl(fixed, 1.0)
    assert steady_arl(exact, 1.0) == pytest.approx(steady_arl(fixed, 1.0))


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("limits", ["fixed", "exact"])
def test_the_integral_equation_is_what_simulation_finds(sides: int, limits: str) -> None:
    scheme = EwmaScheme(0.2, 2.5, sides, limits)
    found, error = _simulated(scheme, 0.5, np.random.default_rng(11))
    assert arl(scheme, 0.5) == pytest.approx(found, abs=4 * error)


def _simulated(scheme: EwmaScheme, shift: float, rng: np.random.Generator) -> tuple[float, float]:
    z, length, alive = np.zeros(20_000), np.zeros(20_000), np.ones(20_000, dtype=bool)
    t = 0
    while alive.any():
        t += 1
        x = rng.normal(shift, 1.0, z.size)
        z = (1 - scheme.lambda_) * z + scheme.lambda_ * x
        if scheme.sides == 1:
            z = np.maximum(z, 0.0)
        grown = 1.0 if scheme.limits == "fixed" else 1 - (1 - scheme.lambda_) ** (2 * t)
        length[alive] += 1
        alive &= np.abs(z) <= scheme.half * grown**0.5
    return float(length.mean()), float(length.std() / length.size**0.5)


def test_steady_states_lie_between_start_and_shift() -> None:
    scheme = EwmaScheme(0.1, 2.814)
    conditional, cyclical = steady_arl(scheme, 1.0), steady_arl(scheme, 1.0, cyclical=True)
    assert conditional == pytest.approx(cyclical, rel=0.01)
    assert conditional < arl(scheme, 1.0)
    with pytest.raises(ValueError, match="fixed limits"):
        steady_arl(EwmaScheme(limits="exact"), 1.0, cyclical=True)


@settings(max_examples=40)
@given(lambda_=st.floats(0.05, 1.0), shift=st.floats(0, 2))
def test_the_distribution_has_the_mean(lambda_: float, shift: float) -> None:
    scheme = EwmaScheme(lambda_, 2.7)
    assert run_length(scheme, shift).mean == pytest.approx(arl(scheme, shift), rel=1e-8)
