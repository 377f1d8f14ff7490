import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.loop.break_in import break_in
from ops.loop.capillary import Bonded
from tests.ops.loop.test_capillary import LIFE, bonded


def broken_in(amplitude: float, fading: float = 6e4, *, seed: int = 1, each: int = 60) -> Bonded:
    some = bonded(40, each, seed=seed)
    mean = some.mean + amplitude * np.exp(-some.t / fading)
    return Bonded(some.t, mean, some.variance, some.wires, some.capillary)


def test_a_break_in_is_recovered_within_its_error() -> None:
    found = break_in(broken_in(3.0, each=100), rng=np.random.default_rng(5))
    assert found.p == pytest.approx(0.001)
    assert abs(found.amplitude.value - 3.0) < 3 * found.error_amplitude
    assert abs(found.fading.value - 6e4) < 3 * found.error_fading
    sigma = np.hypot(1.0, 1.6 / 6**0.5)
    assert found.sigma == pytest.approx(sigma, rel=0.05)
    left = found.amplitude.value * np.exp(-found.ends / found.fading.value)
    assert left == pytest.approx(0.1 * found.sigma)


def test_the_test_keeps_its_level_without_a_break_in() -> None:
    rejected = sum(
        break_in(broken_in(0.0, seed=s, each=15), rng=np.random.default_rng(s)).p <= 0.05
        for s in range(100)
    )
    assert rejected <= 12
    none = break_in(broken_in(0.0), rng=np.random.default_rng(5))
    assert none.ends == 0.0


def test_a_start_that_is_low_counts_too() -> None:
    found = break_in(broken_in(-4.0), rng=np.random.default_rng(5))
    assert found.amplitude.upper < 0
    assert 0 < found.ends < LIFE / 2


def test_few_capillaries_leave_it_to_a_number() -> None:
    with pytest.raises(NotEnoughData, match=r"needs 6 capillaries .* got 3"):
        break_in(bonded(3, 20), rng=np.random.default_rng(1))
