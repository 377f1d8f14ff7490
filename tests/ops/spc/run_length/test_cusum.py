"""CUSUM: published run lengths and designs; two sides as one walk."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.spc.run_length.chain import arl, steady_arl
from ops.spc.run_length.cusum import CusumScheme, cusum_arl, cusum_h
from ops.spc.run_length.quantile import run_length
from tests.reference import case


@pytest.mark.parametrize(("headstart", "name"), [(0.0, "hs0"), (2.0, "hs2")])
def test_run_lengths_are_those_of_lucas_and_crosier(headstart: float, name: str) -> None:
    found = case("run_length", "arl_cusum_lucas_crosier")
    shifts, expected = found["inputs"]["shift_sigma"], found["expected"]
    lengths = [cusum_arl(k=0.5, h=4.0, shift=s, headstart=headstart) for s in shifts]
    assert lengths == pytest.approx(expected[f"hp_{name}"], rel=1e-6)
    assert lengths == pytest.approx(expected[f"published_{name}"], rel=0.006)


@pytest.mark.parametrize("h", [4, 5])
def test_run_lengths_are_those_of_montgomery(h: int) -> None:
    found = case("run_length", "arl_cusum_montgomery_h5")
    lengths = [cusum_arl(k=0.5, h=h, shift=s) for s in found["inputs"]["shift_sigma"]]
    assert lengths == pytest.approx(found["expected"][f"published_h{h}"], rel=0.006)
    if h == 5:
        assert lengths == pytest.approx(found["expected"]["hp_h5"], rel=1e-6)


def test_one_side_is_that_of_the_manual() -> None:
    found = case("run_length", "arl_cusum_sasqc")
    lengths = [arl(CusumScheme(0.25, 8.0, c, 1), 2.5) for c in found["inputs"]["headstart"]]
    assert lengths == pytest.approx(found["expected"]["published"], rel=1e-6)
    assert lengths == pytest.approx(found["expected"]["hp"], rel=1e-12)


def test_the_design_is_that_of_hawkins() -> None:
    table = case("run_length", "arl_cusum_hawkins_370")["expected"]
    k, h = table["table"]["k"], table["table"]["h"]
    assert [cusum_h(370.0, k=x) for x in k] == pytest.approx(h, abs=0.02)
    distances = [cusum_arl(k=x, h=y) for x, y in zip(k, h, strict=True)]
    assert distances == pytest.approx(table["ARL0_recomputed"], abs=0.01)


@settings(max_examples=40)
@given(k=st.floats(0.1, 1.5), h=st.floats(0.5, 8), shift=st.floats(-2, 2), share=st.floats(0, 0.5))
def test_two_sides_combine_as_their_reciprocals(
    k: float, h: float, shift: float, share: float
) -> None:
    start = share * h
    up, down = arl(CusumScheme(k, h, 0, 1), shift), arl(CusumScheme(k, h, 0, 1), -shift)
    fast = arl(CusumScheme(k, h, start, 1), shift), arl(CusumScheme(k, h, start, 1), -shift)
    if up * down > 1e11:
        return  # the sum of both is far from what doubles hold
    both = (fast[0] * down + fast[1] * up - up * down) / (up + down)
    assert arl(CusumScheme(k, h, start), shift) == pytest.approx(both, rel=1e-6)


@pytest.mark.parametrize(("shift", "headstart"), [(0.0, 0.0), (0.5, 0.0), (0.0, 2.0)])
def test_the_distribution_is_what_simulation_finds(shift: float, headstart: float) -> None:
    scheme = CusumScheme(0.5, 4.0, headstart)
    lengths = _simulated(scheme, shift, np.random.default_rng(5))
    length = run_length(scheme, shift)
    error = lengths.std() / lengths.size**0.5
    assert length.mean == pytest.approx(lengths.mean(), abs=4 * error)
    for p in (0.1, 0.5, 0.9):
        at = int(length.quantile(p))
        found = np.mean(lengths <= at)
        assert length.cdf(at) == pytest.approx(found, abs=4 * (0.25 / lengths.size) ** 0.5)


def _simulated(scheme: CusumScheme, shift: float, rng: np.random.Generator) -> np.ndarray:
    up = down = np.full(10_000, scheme.headstart)
    lengths = np.zeros(up.size)
    open_ = np.ones(up.size, dtype=bool)
    while open_.any():
        x = rng.normal(shift, 1.0, up.size)
        up, down = np.maximum(0, up + x - scheme.k), np.maximum(0, down - x - scheme.k)
        lengths[open_] += 1
        open_ &= (up <= scheme.h) & (down <= scheme.h)
    return lengths


def test_the_steady_state_is_what_a_late_shift_finds() -> None:
    scheme, rng = CusumScheme(0.5, 4.0), np.random.default_rng(3)
    up = down = np.zeros(40_000)
    for _ in range(60):  # calm, and no alarm yet
        x = rng.normal(size=up.size)
        up, down = np.maximum(0, up + x - 0.5), np.maximum(0, down - x - 0.5)
        calm = (up <= 4) & (down <= 4)
        up, down = up[calm], down[calm]
    lengths, open_ = np.zeros(up.size), np.ones(up.size, dtype=bool)
    while open_.any():
        x = rng.normal(1.0, 1.0, up.size)
        up, down = np.maximum(0, up + x - 0.5), np.maximum(0, down - x - 0.5)
        lengths[open_] += 1
        open_ &= (up <= 4) & (down <= 4)
    error = lengths.std() / lengths.size**0.5
    assert steady_arl(scheme, 1.0) == pytest.approx(lengths.mean(), abs=4 * error)


def test_a_headstart_of_zero_is_none() -> None:
    assert cusum_arl(k=0.5, h=5, headstart=0.0) == cusum_arl(k=0.5, h=5)
    assert cusum_arl(k=0.5, h=5, shift=1, headstart=2.5) < cusum_arl(k=0.5, h=5, shift=1)
