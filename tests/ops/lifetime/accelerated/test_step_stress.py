"""Step-stress: exposure adds up, constant stress is the plain regression, truth is found."""

import numpy as np
import pytest

from ops.errors import BadData, NotEnoughData
from ops.lifetime.accelerated.catalog import ARRHENIUS, INVERSE_POWER
from ops.lifetime.accelerated.constant import exactly
from ops.lifetime.accelerated.fit import fit_accelerated
from ops.lifetime.accelerated.step_profile import StepProfile, step_profile
from ops.lifetime.accelerated.step_stress import StepStressFit, fit_step_stress
from ops.lifetime.data import LifeData, life_data
from ops.values import FloatArray, IntArray
from tests.ops.lifetime.accelerated.samples import DEGREES, device

LEVELS = [10.0, 40.0, 60.0, 80.0]


def steps(durations: list[float], degrees: list[float]) -> StepProfile:
    return step_profile(ARRHENIUS, durations, {"temperature": degrees}, units=DEGREES)


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_constant_stress_is_the_plain_regression(family: str) -> None:
    plain = fit_accelerated(device(), ARRHENIUS, family)
    profiles = [steps([np.inf], [level]) for level in LEVELS]
    which = np.searchsorted(LEVELS, device().stresses["temperature"])
    found = fit_step_stress(device(), which, profiles, ARRHENIUS, family)
    assert found.loglik == pytest.approx(plain.loglik, rel=1e-9)
    assert found.theta == pytest.approx(plain.theta, rel=1e-4)
    assert found.covariance == pytest.approx(plain.covariance, rel=1e-3)


def test_equal_steps_are_one_step() -> None:
    profiles = [steps([100.0, 300.0, np.inf], [level] * 3) for level in LEVELS]
    which = np.searchsorted(LEVELS, device().stresses["temperature"])
    found = fit_step_stress(device(), which, profiles, ARRHENIUS, "weibull")
    plain = fit_accelerated(device(), ARRHENIUS, "weibull")
    assert found.loglik == pytest.approx(plain.loglik, rel=1e-9)


def exposed(profile: StepProfile, e: FloatArray, ea: float) -> FloatArray:
    """Times at which units with exposures `e` fail."""
    rate = np.exp(-ea * profile.covariates[:, 0])
    used = np.concatenate([[0.0], np.cumsum(np.diff(profile.start) * rate[:-1])])
    k = np.searchsorted(used, e) - 1
    times: FloatArray = profile.start[k] + (e - used[k]) / rate[k]
    return times


def simulated(seed: int, n: int) -> tuple[LifeData, IntArray, list[StepProfile]]:
    rng = np.random.default_rng(seed)
    ramp = [100.0, 120.0, 140.0, 160.0]
    profiles = [steps([100.0] * 3 + [np.inf], ramp), steps([400.0] * 3 + [np.inf], ramp)]
    which = np.repeat([0, 1], n)
    life = np.exp(-17.0) * rng.weibull(2.0, 2 * n)
    t = np.where(which == 0, exposed(profiles[0], life, 0.8), exposed(profiles[1], life, 0.8))
    end = 1600.0
    lower, upper = np.where(t < end, t, end), np.where(t < end, t, np.inf)
    odd = (np.arange(t.size) % 5 == 0) & (t < end)  # some are found at readouts
    lower, upper = (
        np.where(odd, np.floor(t / 50) * 50, lower),
        np.where(odd, np.ceil(t / 50) * 50, upper),
    )
    return life_data(lower, upper), which, profiles


def fitted(seed: int, n: int) -> StepStressFit:
    data, which, profiles = simulated(seed, n)
    return fit_step_stress(data, which, profiles, ARRHENIUS, "weibull")


def test_the_planted_truth_is_found() -> None:
    found = fitted(3, 500)
    error = np.sqrt(np.diag(found.covariance))
    truth = np.array([-17.0, 0.8, np.log(0.5)])
    assert (np.abs(found.theta - truth) < 4 * error).all()
    life = found.life_at_use({"temperature": 80.0}, 0.1, units=DEGREES)
    eta = 0.8 / (8.617333262e-5 * 353.15) - 17.0
    assert life.lower < np.exp(eta) * (-np.log(0.9)) ** 0.5 < life.upper


@pytest.mark.long
def test_the_lower_bound_covers_about_as_often_as_it_says() -> None:
    truth = np.exp(0.8 / (8.617333262e-5 * 353.15) - 17.0) * (-np.log(0.9)) ** 0.5
    use = {"temperature": 80.0}
    held = [
        fitted(seed, 40).life_at_use(use, 0.1, units=DEGREES).lower_one_sided < truth
        for seed in range(60)
    ]
    assert np.mean(held) > 0.95 - 3 * np.sqrt(0.05 * 0.95 / 60)


def test_an_assumed_constant_is_held() -> None:
    data, which, profiles = simulated(1, 30)
    found = fit_step_stress(
        data, which, profiles, ARRHENIUS, assumed={"Ea": exactly(0.8, "planted")}
    )
    assert found.constants == {"Ea": 0.8}
    assert found.estimated == ()
    assert found.theta[0] == pytest.approx(-17.0, abs=0.3)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: steps([100.0, 0.0], [1.0, 2.0]), BadData, "last longer than 0"),
        (lambda: steps([np.inf, 10.0], [1.0, 2.0]), BadData, "only the last step"),
        (lambda: steps([10.0], [1.0, 2.0]), BadData, "2 levels of temperature for 1 steps"),
        (lambda: steps([10.0], [-300.0]), BadData, "absolute zero"),
        (lambda: step_profile(INVERSE_POWER, [1.0], {"voltage": [0.0]}), BadData, "above 0 V"),
        (lambda: fit_step_stress(life_data([1.0], [np.inf]), np.zeros(1, int),
                                 [steps([9.0], [9.0])], ARRHENIUS), NotEnoughData, "nothing has"),
        (lambda: fit_step_stress(life_data([1.0, 2.0]), np.array([0, 3]),
                                 [steps([9.0], [9.0])], ARRHENIUS), BadData, "number of one of"),
        (lambda: fit_step_stress(life_data([1.0, 2.0, 4.0]), np.zeros(3, int),
                                 [steps([9.0], [9.0])], ARRHENIUS), NotEnoughData, "do not tell"),
        (lambda: fit_step_stress(life_data([2.0], entry=[1.0]), np.zeros(1, int),
                                 [steps([9.0], [9.0])], ARRHENIUS), BadData, "truncated"),
    ],
)  # fmt: skip
def test_wrong_use_is_refused(call: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
