"""Where no maximum exists it is said why; everywhere else there is one."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.existence import NoMaximum, Reason
from ops.lifetime.fit import fit, fit_many
from ops.lifetime.likelihood import derivatives_at
from ops.lifetime.location_scale import FAMILIES, Family
from tests.reference import case
from tests.strategies import few

RIGHT_CENSORED = case("lifetime_fit", "existence_right_censored")["inputs"]


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("row", RIGHT_CENSORED, ids=lambda row: row["name"])
def test_published_degenerate_data(row: dict[str, object], family: Family) -> None:
    data = failures_and_suspensions(row["failures"], row["suspensions"])
    if row["expect"] == "none":
        with pytest.raises(NoMaximum):
            fit(data, family)
        return
    first, second, loglik = row["expect"][family]
    found = fit(data, family)
    assert list(found.parameters.values()) == pytest.approx([first, second], rel=1e-6)
    assert found.loglik == pytest.approx(loglik, abs=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("lower", "upper", "reason"),
    [
        ([5.0, 9.0], [inf, inf], Reason.NO_FAILURES),
        ([0.0, 0.0], [5.0, 9.0], Reason.ALL_BEFORE_READOUT),
        ([7.0, 7.0, 7.0], [7.0, 7.0, inf], Reason.ONE_INSTANT),
        ([2.0, 3.0, 1.0], [6.0, 8.0, inf], Reason.ONE_INSTANT),  # 3 to 6 is in both
        ([2.0, 3.0, 6.0], [6.0, 8.0, inf], Reason.ONE_INSTANT),  # 6 is the last that can be
        ([2.0, 3.0, 0.0], [6.0, 3.0, 4.0], Reason.ONE_INSTANT),  # an exact time in the others
        ([2.0, 3.0, 0.0], [inf, inf, 4.0], Reason.ONE_INSTANT),  # alive at 2 and 3, found at 4
        ([0.0, 0.0, 5.0], [1.0, 2.0, inf], Reason.REVERSE_ORDER),
        ([0.0, 0.0, 5.0, 5.0], [5.0, 5.0, inf, inf], Reason.ONE_INSTANT),
        ([0.0, 3.0, 7.0], [2.0, inf, inf], Reason.REVERSE_ORDER),
    ],
)
def test_each_reason_is_told(
    lower: list[float], upper: list[float], reason: Reason, family: Family
) -> None:
    with pytest.raises(NoMaximum) as told:
        fit(life_data(lower, upper), family)
    assert told.value.reason is reason
    assert reason.words in str(told.value)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ([7.0, 7.0, 7.5], [7.0, 7.0, inf]),
        ([2.0, 3.0, 6.5], [6.0, 8.0, inf]),
        ([2.0, 7.0], [6.0, 8.0]),
        ([0.0, 5.0], [4.0, 6.0]),
        ([2.0, 4.0, 0.0, 0.0], [inf, inf, 3.0, 5.0]),
        ([3.0, 0.0, 0.0], [inf, 2.5, 9.0]),
    ],
)
def test_there_is_a_maximum_once_no_one_time_explains_all(
    lower: list[float], upper: list[float], family: Family
) -> None:
    data = life_data(lower, upper)
    found = fit(data, family)
    assert np.abs(derivatives_at(data, family, found.mu, found.sigma).gradient).max() < 1e-8
    assert np.linalg.eigvalsh(found.covariance)[0] > 0


def test_a_known_sigma_needs_one_failure_and_one_that_was_seen_alive() -> None:
    assert fit(failures_and_suspensions([7.0, 7.0]), sigma=0.5).mu == pytest.approx(np.log(7.0))
    for data in (failures_and_suspensions([], [4.0]), life_data([0.0], [3.0])):
        with pytest.raises(NoMaximum):
            fit(data, sigma=0.5)


def test_an_empty_population_has_no_units() -> None:
    data = life_data([1.0, 2.0])
    found = fit_many(data, np.array([0, 0, 2]))
    assert [Reason(int(code)) for code in found.reason] == [Reason.NO_ROWS, Reason.EXISTS]
    with pytest.raises(NoMaximum, match="there is no unit"):
        fit(life_data([]))


def _grid(seed: int) -> LifeData:
    """Few rows on few times: ties and empty intersections are common."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    a, b = rng.integers(1, 6, n).astype(float), rng.integers(1, 6, n).astype(float)
    low, high = np.minimum(a, b), np.maximum(a, b)
    kind = rng.choice(4, n, p=rng.dirichlet(np.ones(4)))
    low = np.where(kind == 2, 0.0, low)
    return life_data(low, np.select([kind == 0, kind == 1], [low, inf], high))


def _profile(data: LifeData, family: Family, sigma: float) -> float:
    """Highest likelihood at this sigma: concave in mu."""

    def fall(z: float) -> float:
        return -derivatives_at(data, family, 2.5 + sigma * z, sigma).loglik

    reach = 40.0 + 5.0 / sigma
    starts = (-reach, reach)
    with np.errstate(all="ignore"):
        return -minimize_scalar(fall, bounds=starts, method="bounded", options={"xatol": 1e-9}).fun


@few(60)
@given(seed=st.integers(0, 10**7), family=st.sampled_from(FAMILIES))
def test_a_verdict_is_what_the_profile_of_sigma_shows(seed: int, family: Family) -> None:
    """No maximum: the profile is highest at the end of a wide range of sigmas."""
    data = _grid(seed)
    profile = [_profile(data, family, sigma) for sigma in np.exp(np.linspace(-7.0, 7.0, 15))]
    try:
        found = fit(data, family)
    except NoMaximum:
        assert max(profile[0], profile[-1]) >= max(profile) - 1e-4
        return
    assert found.loglik >= max(profile) - 1e-9
    assert found.loglik > max(profile[0], profile[-1])


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_units_that_fail_early_and_units_that_live_long_have_no_spread(scale: float) -> None:
    """The likelihood of looks in reverse order is that of a coin: no sigma beats a larger one."""
    data = life_data(scale * np.array([0.0, 0.0, 5.0]), scale * np.array([1.0, 2.0, inf]))
    coin = 2 * np.log(2 / 3) + np.log(1 / 3)
    mu = np.log(scale)
    wide = [derivatives_at(data, "lognormal", mu - 0.43 * s, s).loglik for s in (10.0, 1e3, 1e6)]
    assert wide == sorted(wide)
    assert wide[-1] == pytest.approx(coin, abs=1e-4)
    with pytest.raises(NoMaximum):
        fit(data, "lognormal")


def test_a_truncated_likelihood_that_only_flattens_has_no_maximum() -> None:
    """Right-truncated lives whose density rises to the end of the window: the scale is endless."""
    data = life_data([6.0, 8.0, 9.0, 9.5, 9.9], exit=np.full(5, 10.0))
    with pytest.raises(NoMaximum) as told:
        fit(data, "weibull")
    assert told.value.reason is Reason.TRUNCATION


def test_weights_below_one_leave_the_verdict() -> None:
    data = life_data([5.0, 9.0], [5.0, inf], weight=[1e-12, 1.0])
    assert fit(data).failures == 1e-12


def test_a_reason_is_told_with_its_mend() -> None:
    assert str(NoMaximum(Reason.NO_FAILURES)).endswith(
        "run on until some fail, or show a reliability by their time on test"
    )
    assert str(NoMaximum(Reason.NOT_CONVERGED)).endswith("the climb did not come to rest")
