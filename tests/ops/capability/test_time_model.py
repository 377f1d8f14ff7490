"""Models of ISO 22514-2: each made by its definition is named as such."""

import numpy as np
import pytest
from scipy.stats import goodness_of_fit, norm

from ops.capability.time_model import anderson_darling_p, modes, time_model
from ops.errors import NotEnoughData
from ops.values import FloatArray

N = 4000
LOT = np.repeat(np.arange(200), 20)
BLOCK = LOT // 40
TS = np.arange(N) * 10**9
RNG = np.random.default_rng(0)
NORMAL = RNG.normal(0, 1, N)
OF_LOT, SCALE = RNG.normal(0, 0.7, 200)[LOT], np.exp(RNG.normal(0, 0.5, 200))[LOT]
CASES = {
    "A1": NORMAL,
    "A2": RNG.gamma(2, 1, N),
    "B": NORMAL * SCALE,
    "C1": NORMAL + OF_LOT,
    "C2": NORMAL + RNG.gamma(0.5, 2, 200)[LOT],
    "C3": NORMAL + np.linspace(0, 4, N),
    "C4": NORMAL + np.array([0, 2, 0, -2, 1])[BLOCK] + OF_LOT,
    "D": NORMAL * SCALE + OF_LOT,
}


@pytest.mark.parametrize("name", CASES)
def test_each_model_is_named(name: str) -> None:
    assert time_model(CASES[name], TS, LOT, BLOCK).name == name


def test_steps_between_epochs_are_systematic() -> None:
    found = time_model(NORMAL + np.array([0, 2, 0, -2, 1])[BLOCK], TS, LOT, BLOCK)
    assert (found.name, found.location) == ("C3", "systematic")


def test_a_stable_normal_process_is_seldom_called_otherwise() -> None:
    rng = np.random.default_rng(5)
    lot = np.repeat(np.arange(100), 10)
    wrong = [
        time_model(rng.normal(0, 1, 1000), TS[:1000], lot, lot // 25).name != "A1"
        for _ in range(100)
    ]
    assert np.mean(wrong) <= 0.08, "four tests at 1 %"


@pytest.mark.parametrize("n", [30, 300])
def test_anderson_darling_equals_the_one_simulated(n: int) -> None:
    x: FloatArray = np.random.default_rng(6).gamma(8, 1, n)
    rng = np.random.default_rng(7)
    peer = goodness_of_fit(norm, x, statistic="ad", n_mc_samples=500, rng=rng)
    found = time_model(np.sort(x), TS[:n], np.arange(n) // 3, np.zeros(n, int)).evidence[3]
    assert found.p == pytest.approx(peer.pvalue, abs=0.05)


def test_percentage_points_of_stephens() -> None:
    for star, p in ((0.561, 0.15), (0.631, 0.10), (0.752, 0.05), (0.873, 0.025), (1.035, 0.01)):
        assert anderson_darling_p(star) == pytest.approx(p, rel=0.03)


def test_modes_are_counted_where_the_valley_is_deep() -> None:
    two = np.concatenate([NORMAL, NORMAL + 4])
    assert modes((two - two.mean()) / two.std()) == 2
    assert modes(NORMAL) == 1


def test_too_little_and_constant_data() -> None:
    with pytest.raises(NotEnoughData, match="3 subgroups"):
        time_model(NORMAL[:40], TS[:40], LOT[:40], BLOCK[:40])
    found = time_model(np.ones(60), TS[:60], np.arange(60) // 6, np.zeros(60, int))
    assert found.location == "constant"
