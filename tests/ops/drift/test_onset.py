"""When a drift began: the bend is found where it is, and not where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.onset import onset
from ops.errors import NotEnoughData
from ops.values import FloatArray


def remembering(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    noise = rng.normal(size=n)
    out = np.empty(n)
    out[0] = noise[0]
    for i in range(1, n):
        out[i] = phi * out[i - 1] + np.sqrt(1 - phi * phi) * noise[i]
    return out


def drawn(seed: int, phi: float, bend: float, slope: float) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0.0, 40.0, 480))
    return t, remembering(rng, 480, phi) + slope * np.maximum(t - bend, 0.0)


def test_without_noise_the_bend_is_where_it_is() -> None:
    t = np.arange(0.0, 40.0, 0.25)
    found = onset(t, 100.0 - 0.5 * np.maximum(t - 25.0, 0.0))
    assert found is not None
    assert found.t == pytest.approx(25.0, abs=0.7)
    assert found.before == pytest.approx(0.0, abs=0.02)
    assert found.slope == pytest.approx(-0.5, abs=0.02)


@pytest.mark.parametrize("phi", [0.0, 0.6])
def test_intervals_hold_and_straight_lines_have_no_bend(phi: float) -> None:
    runs = 80
    bent = [onset(*drawn(seed, phi, 20.0, 0.15)) for seed in range(runs)]
    found = [one for one in bent if one is not None]
    assert len(found) >= 0.9 * runs
    assert np.mean([one.lower <= 20.0 <= one.upper for one in found]) >= 0.8
    assert np.mean([one.slope_lower <= 0.15 <= one.slope_upper for one in found]) >= 0.86
    straight = [onset(*drawn(seed, phi, 0.0, 0.1)) is not None for seed in range(runs)]
    assert np.mean(straight) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / runs)


@settings(max_examples=15)
@given(scale=st.floats(0.01, 100.0), shift=st.floats(-1e3, 1e3))
def test_it_survives_a_change_of_unit(scale: float, shift: float) -> None:
    t, y = drawn(3, 0.0, 20.0, 0.2)
    one, other = onset(t, y), onset(t, scale * y + shift)
    assert one is not None
    assert other is not None
    assert other.t == one.t
    assert other.slope == pytest.approx(scale * one.slope, rel=1e-6)


def test_a_margin_larger_than_the_slope_is_no_evidence() -> None:
    t, y = drawn(3, 0.0, 20.0, 0.2)
    found = onset(t, y)
    assert found is not None
    assert found.evidence(margin=0.05, since=0).present
    assert not found.evidence(margin=0.3, since=0).present


def test_what_does_not_vary_has_no_bend() -> None:
    t = np.arange(40.0)
    assert onset(t, np.zeros(40)) is None
    assert onset(t, 3.0 * t) is None


@pytest.mark.parametrize("t", [np.zeros(0), np.zeros(50), np.arange(8.0)])
def test_too_few_times_are_refused(t: FloatArray) -> None:
    with pytest.raises(NotEnoughData, match="a bend needs values"):
        onset(t, np.arange(float(t.size)))
