"""Steps that stay, and those that wear off."""

import numpy as np
import pytest

from ops.drift.lasting_step import lasting_step

T = np.arange(0.0, 20.0, 1 / 24)


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, T.size)


def test_a_step_on_a_drift_has_its_size() -> None:
    held = 0
    for seed in range(40):
        found = lasting_step(T, 0.3 * T + np.where(T >= 10, 4.0, 0.0) + noise(seed), 10.0)
        assert found is not None
        held += found.lower <= 4.0 <= found.upper
    assert held >= 34


def test_a_drift_alone_is_no_step() -> None:
    found = lasting_step(T, 0.5 * T + noise(1), 10.0)
    assert found is not None
    assert abs(found.size) < 1.0


def test_a_jump_that_wears_off_within_two_days_does_not_last() -> None:
    found = lasting_step(T, 4.0 * np.maximum(1 - np.abs(T - 11.0), 0.0) + noise(2), 10.0)
    assert found is not None
    assert found.size < 2.0


@pytest.mark.parametrize("at", [0.5, 19.0])
def test_the_ends_cannot_tell(at: float) -> None:
    assert lasting_step(T, noise(3), at) is None
