"""Shewhart chart: the closed form, one and two sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.spc.run_length.chain import arl, steady_arl
from ops.spc.run_length.quantile import run_length
from ops.spc.run_length.shewhart import ShewhartScheme, shewhart_width, signal_probability
from tests.reference import case


def test_power_is_that_of_the_closed_form() -> None:
    found = case("run_length", "chart_power_shewhart_xbar")
    sizes, shifts = found["inputs"]["n"], found["inputs"]["shift_sigma"]
    power = [signal_probability(3.0, s, n=n) for n, s in zip(sizes, shifts, strict=True)]
    assert [1 / p for p in power] == pytest.approx(found["expected"]["ARL1"], abs=1e-4)


@given(arl0=st.floats(2.0, 1e6), sides=st.sampled_from([1, 2]))
def test_the_width_has_the_distance_that_was_asked_for(arl0: float, sides: int) -> None:
    scheme = ShewhartScheme(shewhart_width(arl0, sides=sides), sides)
    assert arl(scheme) == pytest.approx(arl0, rel=1e-6)


def test_a_chart_without_memory_has_one_run_length() -> None:
    scheme = ShewhartScheme()
    assert steady_arl(scheme, 1.0) == pytest.approx(arl(scheme, 1.0))
    assert steady_arl(scheme, 1.0, cyclical=True) == pytest.approx(43.8947, abs=1e-4)


def test_a_wider_process_signals_as_tighter_limits_do() -> None:
    assert arl(ShewhartScheme(3.0), sd=1.5) == pytest.approx(arl(ShewhartScheme(2.0)))
    assert arl(ShewhartScheme(3.0), 0.75, sd=1.5) == pytest.approx(arl(ShewhartScheme(2.0), 0.5))


def test_run_length_is_geometric() -> None:
    length = run_length(ShewhartScheme(), 1.0)
    p = signal_probability(3.0, 1.0)
    assert length.pmf(10) == pytest.approx(p * (1 - p) ** 9)
    assert length.pmf(500) == pytest.approx(p * (1 - p) ** 499)
    assert length.quantile(0.5) == 31
