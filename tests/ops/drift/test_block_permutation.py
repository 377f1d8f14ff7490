"""Distances against scipy, sizes under memory, and honesty where blocks are too few."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.signal import lfilter

from ops.drift.block_permutation import Blocks, distances, lot_blocks, p_value, serial_blocks
from ops.drift.dependence import INDEPENDENT, Dependence, dependence
from ops.values import FloatArray


def _ar(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    noise = rng.standard_normal(n + 100)
    found: FloatArray = lfilter([1.0], [1.0, -phi], noise)[100:] * np.sqrt(1.0 - phi**2)
    return found


def _scholz_stephens_sigma(n0: int, n1: int) -> float:
    """Standard deviation of the two-sample statistic (Scholz and Stephens 1987, (4))."""
    n, k = n0 + n1, 2
    big_h = 1.0 / n0 + 1.0 / n1
    h = sum(1.0 / i for i in range(1, n))
    g = sum(1.0 / ((n - i) * j) for i in range(1, n - 1) for j in range(i + 1, n))
    a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * big_h
    b = (2 * g - 4) * k**2 + 8 * h * k + (2 * g - 14 * h - 4) * big_h - 8 * h + 4 * g - 6
    c = (6 * h + 2 * g - 2) * k**2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * big_h + 4 * h
    d = (2 * h + 6) * k**2 - 4 * h * k
    return float(np.sqrt((a * n**3 + b * n**2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3))))


@pytest.mark.parametrize("decimals", [8, 0], ids=["continuous", "ties"])
def test_distances_are_those_of_scipy(decimals: int) -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(0, 2, 23).round(decimals), rng.normal(1, 3, 17).round(decimals)
    found = distances(x, y, serial_blocks(23, 17, INDEPENDENT), rng=rng, draws=99)
    assert found.ks == pytest.approx(stats.ks_2samp(x, y).statistic)
    assert found.wasserstein == pytest.approx(stats.wasserstein_distance(x, y))
    resampled = stats.PermutationMethod(n_resamples=9, rng=rng)  # its table would warn
    said = stats.anderson_ksamp([x, y], method=resampled, variant="midrank").statistic
    assert (found.ad - 1.0) / _scholz_stephens_sigma(23, 17) == pytest.approx(said, rel=1e-9)


def test_shape_is_the_distance_of_the_standardized_windows() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(5, 2, 60), rng.exponential(1.0, 50)
    blocks = serial_blocks(60, 50, INDEPENDENT)
    found = distances(x, y, blocks, rng=rng, draws=199)
    again = distances((x - x.mean()) / x.std(), (y - y.mean()) / y.std(), blocks, rng=rng, draws=9)
    assert found.shape == pytest.approx(again.ad)
    assert found.shape_p is not None
    assert found.shape_p <= 0.02


def test_permutation_of_single_values_agrees_with_the_exact_test_of_scipy() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.normal(0, 1, 30), rng.normal(0.7, 1, 30)
    found = distances(x, y, serial_blocks(30, 30, INDEPENDENT), rng=rng, draws=4999)
    exact = stats.ks_2samp(x, y, method="exact").pvalue
    assert found.ks_p == pytest.approx(exact, abs=4 * np.sqrt(exact / 4999))


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_false_alarms_keep_to_their_share_under_memory(phi: float) -> None:
    rng = np.random.default_rng(11)
    hits, told = np.zeros(4), 0
    for _ in range(150):
        x = _ar(rng, 400, phi)
        blocks = serial_blocks(250, 150, dependence([x[:250], x[250:]]))
        found = distances(x[:250], x[250:], blocks, rng=rng, draws=99)
        p = [found.ks_p, found.ad_p, found.wasserstein_p, found.shape_p]
        told += p[0] is not None
        hits += [one is not None and one <= 0.05 for one in p]
    assert told >= 120
    assert np.all(hits / told <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / told))


def test_single_values_permuted_under_memory_would_lie() -> None:
    rng = np.random.default_rng(12)
    hits = 0
    for _ in range(60):
        x = _ar(rng, 300, 0.6)
        found = distances(x[:200], x[200:], serial_blocks(200, 100, INDEPENDENT), rng=rng, draws=99)
        hits += found.ad_p is not None and found.ad_p <= 0.05
    assert hits / 60 > 0.2


def test_lots_that_share_a_level_are_the_blocks() -> None:
    rng = np.random.default_rng(13)
    by_lot = by_value = 0
    for _ in range(80):
        lot = np.repeat(np.arange(24), 10)
        x = rng.standard_normal(24)[lot] + rng.standard_normal(240)
        old = lot < 14
        for blocks in (lot_blocks(lot[old], lot[~old]), serial_blocks(140, 100, INDEPENDENT)):
            p = distances(x[old], x[~old], blocks, rng=rng, draws=99).ad_p
            by_lot += blocks.length is None and p is not None and p <= 0.05
            by_value += blocks.length == 1 and p is not None and p <= 0.05
    assert by_lot / 80 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 80)
    assert by_value / 80 > 0.3


def test_too_few_blocks_leave_the_distance_only() -> None:
    x = np.arange(40.0)
    blocks = serial_blocks(20, 20, Dependence(0.8, 0.8, 40))
    found = distances(x[:20], x[20:], blocks, rng=np.random.default_rng(0))
    assert found.ks == 1.0
    assert [found.ks_p, found.ad_p, found.wasserstein_p, found.shape_p] == [None] * 4


def test_all_values_equal_are_no_distance_and_p_is_one() -> None:
    x = np.full(30, 7.0)
    found = distances(x, x, serial_blocks(30, 30, INDEPENDENT), rng=np.random.default_rng(0))
    assert (found.ks, found.ad, found.wasserstein, found.shape) == (0.0, 0.0, 0.0, 0.0)
    assert found.ks_p == found.shape_p == 1.0


def test_a_window_at_the_gauge_limit_differs_from_one_that_is_not() -> None:
    x = np.random.default_rng(1).normal(0, 1, 40)
    stuck = np.full(40, 3.0)
    blocks = serial_blocks(40, 40, INDEPENDENT)
    found = distances(x, stuck, blocks, rng=np.random.default_rng(0))
    assert found.ks_p is not None
    assert found.ks_p <= 0.01
    assert found.shape == 0.0


def test_p_counts_the_observed_labelling_too() -> None:
    assert p_value(np.array([5.0, 1.0, 2.0, 3.0])) == 0.25
    assert p_value(np.array([1.0, 1.0, 1.0, 1.0])) == 1.0


@given(n0=st.integers(4, 200), n1=st.integers(4, 200), phi=st.floats(0.0, 0.9))
@settings(max_examples=40, deadline=None)
def test_blocks_are_contiguous_of_nearly_equal_length_and_none_is_short(
    n0: int, n1: int, phi: float
) -> None:
    blocks = serial_blocks(n0, n1, Dependence(phi, phi, n0 + n1))
    for of, first, k in (
        (blocks.of_reference, 0, blocks.k0),
        (blocks.of_current, blocks.k0, blocks.k1),
    ):
        assert np.all(np.diff(of) >= 0)
        sizes = np.bincount(of - first)
        assert sizes.size == k
        assert sizes.max() - sizes.min() <= 1
        assert k == 1 or sizes.min() >= (blocks.length or 1)


def test_long_windows_are_cut_into_few_long_blocks() -> None:
    blocks = serial_blocks(100_000, 50_000, INDEPENDENT)
    assert (blocks.k0, blocks.k1) == (400, 400)
    assert blocks.are_enough


def test_labels_keep_the_number_of_blocks_of_each_window() -> None:
    of = np.arange(4)
    labels = Blocks(of, of + 4, 4, 4, 1).labels(50, np.random.default_rng(0))
    assert labels.shape == (51, 8)
    assert np.all(labels.sum(axis=1) == 4)
    assert labels[0].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
