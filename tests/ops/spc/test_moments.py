"""Moments: the certified digits of NIST, and an oracle in exact fractions."""

from fractions import Fraction
from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import NotEnoughData
from ops.spc.moments import moments
from ops.spc.screen import screen_streams
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import series

CASES = ("NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4")


def data_of(name: str) -> FloatArray:
    given = case("numerical_accuracy", name)["inputs"]
    return np.array(given["first"] + given["alternating"] * given["pairs"], dtype=np.float64)


def digits(found: float, certified: float) -> float:
    error = abs(found - certified) / abs(certified)
    return 15.0 if error == 0 else -log10(error)


@pytest.mark.parametrize("name", CASES)
def test_moments_have_the_certified_digits_of_nist(name: str) -> None:
    certified = case("numerical_accuracy", name)["expected"]
    found = moments(data_of(name))
    assert found.autocorrelation is not None
    for value in ("mean", "sd", "autocorrelation"):
        assert digits(getattr(found, value), certified[value]) >= certified["digits"]


@pytest.mark.parametrize("name", CASES)
def test_the_one_pass_screen_has_the_certified_digits_of_nist(name: str) -> None:
    certified, x = case("numerical_accuracy", name)["expected"], data_of(name)
    judged = {"center": np.zeros(1), "sigma": np.ones(1)}
    block = screen_streams(x[:, None], **judged)
    ragged = screen_streams(x, starts=np.zeros(1, dtype=np.int64), **judged)
    for found in (block, ragged):
        assert digits(float(found.mean[0]), certified["mean"]) >= certified["digits"]
        assert digits(float(found.variance[0]) ** 0.5, certified["sd"]) >= certified["digits"]


@given(x=series(), shift=st.sampled_from([0.0, 1e6, -1e8]))
def test_the_deviation_agrees_with_exact_fractions(x: FloatArray, shift: float) -> None:
    moved = x + shift
    exact = [Fraction(float(v)) for v in moved]
    mean = sum(exact) / len(exact)
    variance = float(sum((v - mean) ** 2 for v in exact) / (len(exact) - 1))
    assert moments(moved).sd ** 2 == pytest.approx(variance, rel=1e-9, abs=1e-18 * shift**2)


def test_equal_values_have_no_spread_and_no_autocorrelation() -> None:
    found = moments(np.full(1000, 0.1))
    assert (found.sd, found.autocorrelation) == (0.0, None)


def test_one_value_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="needs 2 values, got 1"):
        moments(np.ones(1))
