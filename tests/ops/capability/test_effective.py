"""Effective sizes: what they are at the ends, and that their intervals cover (lots and AR)."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from ops.capability.dependent import total_cpm, total_indices, total_sigma
from ops.capability.effective import effective_size
from ops.capability.index import chi_interval, cpm, indices
from ops.values import FloatArray, IntArray, SpecLimits
from tests.strategies import series

Maker = Callable[[np.random.Generator], FloatArray]
OFF_CENTRE, CENTRED = SpecLimits(-4.0, 5.0), SpecLimits(-4.0, 4.0)


def of_lots(sizes: list[int], icc: float) -> tuple[Maker, IntArray]:
    lot = np.repeat(np.arange(len(sizes)), sizes)

    def make(rng: np.random.Generator) -> FloatArray:
        between = rng.standard_normal(len(sizes)) * icc**0.5
        return between[lot] + rng.standard_normal(lot.size) * (1 - icc) ** 0.5

    return make, lot


def of_ar(n: int, phi: float) -> tuple[Maker, None]:
    def make(rng: np.random.Generator) -> FloatArray:
        shock = rng.standard_normal(n) * (1 - phi**2) ** 0.5
        shock[0] = rng.standard_normal()
        return np.asarray(lfilter([1], [1, -phi], shock))

    return make, None


def coverage(
    made: tuple[Maker, IntArray | None], limits: SpecLimits, times: int
) -> tuple[float, float]:
    """Share of 95 % intervals that hold the true Ppk and the true Pp."""
    rng, hits = np.random.default_rng(5), np.zeros(2)
    make, lot = made
    ppk, pp = min(-limits.lower, limits.upper) / 3, (limits.upper - limits.lower) / 6
    for _ in range(times):
        x = make(rng)
        found = total_indices(
            float(x.mean()), float(x.std(ddof=1)), limits, size=effective_size(x, lot)
        )
        assert found.two_sided is not None
        hits += (
            found.minimum.lower <= ppk <= found.minimum.upper,
            found.two_sided.lower <= pp <= found.two_sided.upper,
        )
    return float(hits[0]) / times, float(hits[1]) / times


CELLS: list[tuple[str, Any]] = [
    *((f"25 lots of 10, ICC {icc}", of_lots([10] * 25, icc)) for icc in (0.0, 0.2, 0.4)),
    *((f"20 lots of 20, ICC {icc}", of_lots([20] * 20, icc)) for icc in (0.0, 0.2, 0.4)),
    *((f"20 unequal lots, ICC {icc}", of_lots([2, 5, 10, 30] * 5, icc)) for icc in (0.2, 0.4)),
    *((f"AR of 250, phi {phi}", of_ar(250, phi)) for phi in (0.0, 0.3, 0.6)),
]
IDS = [name for name, _ in CELLS]


@pytest.mark.parametrize("made", [made for _, made in CELLS], ids=IDS)
def test_intervals_cover_about_as_often_as_promised(made: Any) -> None:
    for share in coverage(made, OFF_CENTRE, 400):
        assert 0.915 < share < 0.985, "0.93 to 0.97, with the error of 400 samples"


@pytest.mark.long
@pytest.mark.parametrize("limits", [OFF_CENTRE, CENTRED], ids=["off-centre", "centred"])
@pytest.mark.parametrize("made", [made for _, made in CELLS], ids=IDS)
def test_intervals_cover_what_they_promise(made: Any, limits: SpecLimits) -> None:
    for share in coverage(made, limits, 4000):
        assert 0.93 < share < 0.97


def test_formulas_for_independent_values_do_not_cover_lots() -> None:
    make, _ = of_lots([20] * 20, 0.4)
    rng, hits = np.random.default_rng(5), 0
    for _ in range(400):
        x = make(rng)
        found = indices(x.mean(), x.std(ddof=1), OFF_CENTRE, n=400, df=399).minimum
        hits += found.lower <= 4 / 3 <= found.upper
    assert hits / 400 < 0.75


def test_lots_of_equal_values_are_worth_one_value_each() -> None:
    level = np.random.default_rng(1).normal(size=12)
    found = effective_size(np.repeat(level, 10), np.repeat(np.arange(12), 10))
    assert found.method == "lots"
    assert found.n == pytest.approx(12, rel=1e-9)
    assert found.df == pytest.approx(11, rel=1e-9)
    assert found.correlation == pytest.approx(1.0)


def test_many_independent_values_are_allowed_to_be_independent() -> None:
    x = np.random.default_rng(2).normal(size=4000)
    for lot in (None, np.repeat(np.arange(200), 20)):
        found = effective_size(x, lot)
        assert (found.method, found.n, found.df) == ("independent", 4000, 3999)


def test_a_sample_too_small_to_show_independence_is_not_taken_for_it() -> None:
    assert effective_size(np.random.default_rng(3).normal(size=30)).method == "serial"


@given(x=series(min_size=8), a=st.floats(0.1, 10), b=st.floats(-1e3, 1e3))
def test_effective_sizes_have_no_unit(x: FloatArray, a: float, b: float) -> None:
    if x.std() < 1e-2:
        return
    lot = np.arange(x.size) // 3
    for of in (None, lot):
        one, two = effective_size(x, of), effective_size(a * x + b, of)
        assert one.n == pytest.approx(two.n, rel=1e-5)
        assert a * one.sigma == pytest.approx(two.sigma, rel=1e-5)


@given(x=series(min_size=8))
def test_bounds_bracket_the_index(x: FloatArray) -> None:
    if x.std() < 1e-2:
        return
    size = effective_size(x, np.arange(x.size) // 4)
    mean, sigma = float(x.mean()), float(x.std(ddof=1))
    limits = SpecLimits(mean - 3 * sigma, mean + 5 * sigma, mean)
    found = total_indices(mean, sigma, limits, size=size)
    for side in (found.two_sided, found.lower, found.upper, found.minimum):
        assert side is not None
        assert side.lower <= side.value <= side.upper
    total = total_sigma(size)
    assert total.lower <= total.value <= total.upper


def test_independent_values_get_the_formulas_for_them() -> None:
    size = effective_size(np.random.default_rng(4).normal(size=3000))
    limits = SpecLimits(-4.0, 5.0, 0.5)
    assert total_indices(0.0, 1.0, limits, size=size) == indices(0.0, 1.0, limits, n=3000, df=2999)
    ours, chan = total_cpm(0.0, 1.0, limits, size=size), cpm(0.0, 1.0, limits, n=3000)
    assert (ours.lower, ours.upper) == pytest.approx((chan.lower, chan.upper), rel=1e-9)
    sigma, chi = total_sigma(size), chi_interval(1 / size.sigma, df=2999, confidence=0.95)
    assert (1 / sigma.upper, 1 / sigma.lower) == pytest.approx((chi.lower, chi.upper), rel=1e-9)


def test_values_of_one_lot_only_fall_back_on_neighbours() -> None:
    x = np.random.default_rng(6).normal(size=50)
    assert effective_size(x, np.zeros(50, dtype=np.int64)).method == "serial"
    assert effective_size(x, np.arange(50)).method == "serial"
