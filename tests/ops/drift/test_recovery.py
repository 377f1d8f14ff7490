"""A drift is over where the series is back since an event, and only there."""

import numpy as np
import pytest
from scipy.signal import lfilter

from ops.drift.recovery import recovery
from ops.values import FloatArray


def noise(seed: int, n: int = 400) -> FloatArray:
    rng = np.random.default_rng(seed)
    return np.asarray(lfilter([1], [1, -0.5], rng.normal(size=n)) * 0.75**0.5)


def bump(seed: int, size: float, end: int = 280) -> FloatArray:
    y = noise(seed)
    y[150:end] += size
    return y


def test_a_drift_that_was_fixed_is_over() -> None:
    over = [recovery(bump(s, 4.0), reference=120, again=280, margin=1.5) for s in range(40)]
    assert np.mean([found is not None and found.is_over for found in over]) > 0.9


def test_what_did_not_move_is_not_over() -> None:
    still = [recovery(noise(s), reference=120, again=280, margin=1.0) for s in range(40)]
    assert not any(found is not None and found.is_over for found in still)


def test_a_drift_that_stays_by_the_margin_is_called_over_in_five_percent() -> None:
    wrong = 0
    for seed in range(300):
        y = bump(seed, 4.0)
        y[280:] += 1.0
        found = recovery(y, reference=120, again=280, margin=1.0)
        wrong += found is not None and found.is_over
    assert wrong / 300 < 0.05 + 2 * (0.05 * 0.95 / 300) ** 0.5


def test_a_drift_that_goes_on_after_the_event_is_not_over() -> None:
    y = noise(3)
    y[200:] += np.linspace(0, 3.0, 200)
    found = recovery(y, reference=120, again=220, margin=1.2)
    assert found is not None
    assert not found.is_over


@pytest.mark.parametrize(("reference", "again"), [(3, 280), (120, 390), (300, 280)])
def test_too_few_points_tell_nothing(reference: int, again: int) -> None:
    assert recovery(bump(1, 4.0), reference=reference, again=again, margin=1.0) is None
