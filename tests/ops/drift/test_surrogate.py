import numpy as np
import pytest

from ops.drift.surrogate import surrogates


def test_a_random_walk_keeps_the_sizes_of_its_steps() -> None:
    rng = np.random.default_rng(0)
    walk = np.cumsum(rng.normal(size=48))
    made = surrogates(walk, draws=50, rng=rng)
    assert made.phi == 1.0
    assert made.values.shape == (50, 48)
    steps = np.abs(np.diff(made.values, axis=1))
    assert steps == pytest.approx(np.tile(np.abs(np.diff(walk)), (50, 1)))


def test_noise_stays_as_wide_and_as_correlated_as_it_was() -> None:
    rng = np.random.default_rng(1)
    y = rng.normal(size=2000)
    for i in range(1, 2000):
        y[i] = 0.5 * y[i - 1] + np.sqrt(0.75) * y[i]
    made = surrogates(y, draws=60, rng=rng)
    assert made.phi == pytest.approx(0.5, abs=0.08)
    assert np.mean(made.values.std(axis=1)) == pytest.approx(float(y.std()), rel=0.1)
    pairs = np.mean(made.values[:, 1:] * made.values[:, :-1]) / np.mean(made.values**2)
    assert pairs == pytest.approx(made.phi, abs=0.08)


def test_a_smooth_course_is_turned_in_blocks() -> None:
    rng = np.random.default_rng(2)
    ramp = np.arange(48.0) + 0.1 * rng.normal(size=48)
    made = surrogates(ramp, draws=20, rng=rng)
    assert made.block > 1


def test_equal_values_have_equal_surrogates() -> None:
    made = surrogates(np.full(20, 5.0), draws=3, rng=np.random.default_rng(3))
    assert not made.values.any()
