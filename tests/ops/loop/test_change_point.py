import numpy as np
import pytest

from ops.errors import BadData
from ops.loop.change_point import change_point
from ops.values import SpecLimits
from tests.ops.loop.test_capillary import LIFE, bonded

# a wire: capillaries 0.5, devices 1.0, wires 1.6 -> sigma 1.952; mean 151 at half a life
SIGMA = float(np.sqrt(0.5**2 + 1.0 + 1.6**2))


def truth(upper: float, requirement: float, slope: float) -> float:
    return (upper - 3 * requirement * SIGMA - 150.0) / slope


@pytest.mark.parametrize("seed", [1, 2])
def test_the_change_point_is_where_the_index_falls_below(seed: int) -> None:
    devices = bonded(60, 30, slope=2e-6, level_sd=0.5, seed=seed)
    expected = truth(160.0, 1.33, 2e-6)
    found = change_point(
        devices, SpecLimits(upper=160.0), 1.33, rng=np.random.default_rng(7), confidence=0.99
    )
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < expected < found.upper
    assert found.within_seen
    assert found.index_fresh > 1.33 > found.index_worn


def test_intervals_of_the_change_point_cover() -> None:
    expected, hits = truth(160.0, 1.33, 2e-6), 0
    for seed in range(120):
        devices = bonded(25, 15, slope=2e-6, level_sd=0.5, seed=seed)
        found = change_point(
            devices, SpecLimits(upper=160.0), 1.33, rng=np.random.default_rng(7), replicates=200
        )
        low = found.lower if found.lower is not None else np.inf
        high = found.upper if found.upper is not None else np.inf
        hits += low <= expected <= high
    assert 0.88 <= hits / 120 <= 1.0


def test_beyond_what_was_seen_there_is_no_answer() -> None:
    rng = np.random.default_rng(7)
    found = change_point(bonded(slope=1e-9), SpecLimits(100.0, 200.0), 1.33, rng=rng)
    assert (found.touch_downs, found.within_seen) == (None, False)
    assert found.t.max() <= 1.5 * LIFE


def test_what_is_below_from_the_start_is_said_so() -> None:
    rng = np.random.default_rng(7)
    found = change_point(bonded(), SpecLimits(149.0, 152.0), 1.33, rng=rng, first=1e5)
    assert found.from_start
    assert found.touch_downs == 1e5


def test_a_wider_spread_of_wires_shortens_the_life() -> None:
    limits, lives = SpecLimits(140.0, 162.0), []
    for growth in (0.0, 6e-7):
        devices = bonded(60, 30, slope=1e-6, level_sd=0.3, growth=growth)
        found = change_point(devices, limits, 1.2, rng=np.random.default_rng(7))
        lives.append(found.touch_downs or np.inf)
    assert lives[1] < lives[0]


def test_wires_measured_one_by_one_have_a_change_point_too() -> None:
    found = change_point(
        bonded(60, 30, slope=3e-6, wires=1, level_sd=0.5).take(np.arange(1800)),
        SpecLimits(upper=160.0),
        1.33,
        rng=np.random.default_rng(7),
    )
    assert found.touch_downs == pytest.approx(truth(160.0, 1.33, 3e-6), rel=0.4)


def test_no_limit_is_no_requirement() -> None:
    with pytest.raises(BadData, match="needs a lower or an upper"):
        change_point(bonded(), SpecLimits(), 1.33, rng=np.random.default_rng(7))
