"""Regression on stress: published coefficients, its symmetries, and words where it has none."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import chi2

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.likelihood import loglik
from ops.lifetime.location_scale import FAMILIES, Family, is_log
from ops.lifetime.regression import LifeRegression, regress
from ops.lifetime.separation import NotIdentified
from ops.values import FloatArray
from tests.ops.lifetime.test_fit import mixed
from tests.reference import case
from tests.strategies import few

families = st.sampled_from(FAMILIES)


def line(x: object) -> FloatArray:
    level = np.asarray(x, dtype=np.float64)
    return np.column_stack([np.ones(level.size), level])


def device_a() -> tuple[LifeData, FloatArray]:
    rows = case("lifetime_fit", "device_a_regression")["inputs"]
    t = np.array(rows["t"], dtype=np.float64)
    data = life_data(t, np.where(np.array(rows["f"]) == 1, t, inf), weight=rows["n"])
    return data, np.array(rows["tempC"], dtype=np.float64)


def fluid() -> tuple[LifeData, FloatArray]:
    cells = case("lifetime_fit", "insulating_fluid")["inputs"]["kV_minutes"]
    data = life_data(np.concatenate([np.array(t, dtype=np.float64) for t in cells.values()]))
    return data, np.concatenate([np.full(len(t), float(kv)) for kv, t in cells.items()])


def scored(
    data: LifeData, design: FloatArray, found: LifeRegression, group: object = None
) -> float:
    """Likelihood of a regression by the likelihood of single rows."""
    sigma = found.sigma[np.zeros(data.lower.size, int) if group is None else np.asarray(group)]
    return sum(
        loglik(
            data.take(np.array([i])),
            LifeFit(found.family, float(mu), float(s), np.zeros((2, 2)), 0.0, 1, 1, 0.0),
        )
        for i, (mu, s) in enumerate(zip(design @ found.coefficients, sigma, strict=True))
    )


@pytest.mark.parametrize("family", ["lognormal", "weibull"])
def test_device_a_has_the_published_arrhenius_line_with_a_cell_without_failures(
    family: Family,
) -> None:
    data, celsius = device_a()
    said = case("lifetime_fit", "device_a_regression")["reference"][family]
    found = regress(data, line(11605.0 / (celsius + 273.15)), family)
    assert found.coefficients == pytest.approx([said["b0"], said["b1"]], rel=1e-8, abs=1e-6)
    assert found.sigma[0] == pytest.approx(said["sigma"], abs=1e-6)
    assert found.loglik == pytest.approx(said["loglik"], abs=1e-6)
    errors = np.sqrt(np.diag(found.covariance))
    assert errors == pytest.approx([*said["se"], said["se_log_sigma"]], rel=1e-6)
    if family == "lognormal":
        table = case("lifetime_fit", "device_a_regression")["published"]
        assert found.coefficients[0] == pytest.approx(table["b0"], abs=5e-4)
        assert found.coefficients[1] == pytest.approx(table["b1_eV"], abs=5e-5)
        assert found.loglik == pytest.approx(table["loglik"], abs=0.05)


def test_insulating_fluid_has_the_published_power_law() -> None:
    data, volts = fluid()
    said = case("lifetime_fit", "insulating_fluid")
    found = regress(data, line(np.log(volts)))
    assert 1 / found.sigma[0] == pytest.approx(said["published"]["beta"], abs=5e-4)
    assert found.coefficients[1] == pytest.approx(said["published"]["exponent"], abs=5e-3)
    reference = said["reference"]
    forms = {"power": np.log(volts), "log_linear": volts, "arrhenius_form": 1 / volts}
    for name, x in forms.items():
        logliks = reference["loglik_weibull"]
        assert regress(data, line(x)).loglik == pytest.approx(logliks[name], abs=1e-6)
    exponential = regress(data, line(np.log(volts)), sigma=1.0)
    assert exponential.loglik == pytest.approx(reference["loglik_exponential"]["power"], abs=1e-6)
    assert exponential.covariance[2].tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_cells_share_a_shape_or_do_not_as_published(family: Family) -> None:
    data, volts = fluid()
    reference = case("lifetime_fit", "insulating_fluid")["reference"]
    _, cell = np.unique(volts, return_inverse=True)
    cells = np.eye(7)[cell]
    own = regress(data, cells, family, scale_group=cell)
    common, power = regress(data, cells, family), regress(data, line(np.log(volts)), family)
    for name, statistic, freedom in (
        ("common_shape_LR", 2 * (own.loglik - common.loglik), 6),
        ("lack_of_fit_LR", 2 * (common.loglik - power.loglik), 5),
    ):
        expected = reference[name][family]
        found = [statistic, freedom, chi2.sf(statistic, freedom)]
        assert found == pytest.approx(expected, rel=1e-5)
    single = fit(data.take(cell == 3), family)
    assert own.sigma[3] == pytest.approx(single.sigma, rel=1e-7)
    assert own.coefficients[3] == pytest.approx(single.mu, rel=1e-7)
    ends = own.covariance[np.ix_([3, 10], [3, 10])]
    assert ends == pytest.approx(single.covariance, rel=1e-5, abs=1e-9)


@few(30)
@given(seed=st.integers(0, 10**6), family=families, truncated=st.booleans())
def test_a_column_of_ones_is_a_plain_fit(seed: int, family: Family, truncated: bool) -> None:
    data = mixed(seed, truncated=truncated)
    try:
        one = fit(data, family)
        found = regress(data, np.full((data.lower.size, 1), 2.0), family)
    except NotEnoughData:
        return
    if found.loglik < one.loglik - 1e-6:  # truncated rows may have several tops
        assert truncated
        return
    assert 2.0 * found.coefficients[0] == pytest.approx(one.mu, rel=1e-6, abs=1e-7)
    assert found.sigma[0] == pytest.approx(one.sigma, rel=1e-6)
    assert found.loglik == pytest.approx(one.loglik, rel=1e-10)
    scale = np.diag([2.0, 1.0])
    assert scale @ found.covariance @ scale == pytest.approx(one.covariance, rel=1e-4, abs=1e-9)


@few(30)
@given(seed=st.integers(0, 10**6), family=families, groups=st.integers(1, 3))
def test_no_optimiser_tops_a_regression(seed: int, family: Family, groups: int) -> None:
    data, rng = mixed(seed, n=40), np.random.default_rng(seed)
    design = np.column_stack([np.ones(40), rng.normal(size=40), rng.integers(0, 2, 40)])
    group = np.arange(40) % groups
    try:
        found = regress(data, design, family, scale_group=group)
    except NotIdentified:
        return
    assert found.gradient < 1e-7
    assert scored(data, design, found, group) == pytest.approx(found.loglik, rel=1e-9)

    def fall(x: FloatArray) -> float:
        moved = LifeRegression(
            family, found.coefficients + x[:3], found.sigma * np.exp(np.clip(x[3:], -9, 9)),
            found.covariance, 0.0, 1, 1, 0, 0.0,
        )  # fmt: skip
        return -scored(data, design, moved, group)

    probes = 0.05 * rng.normal(size=(6, 3 + groups))
    assert min(fall(x) for x in probes) > -found.loglik


def test_no_simplex_tops_a_regression_with_several_sigmas() -> None:
    data, volts = fluid()
    group = (volts > 31.0).astype(int)
    design = line(np.log(volts / 30.0))
    found = regress(data, design, scale_group=group)
    y = np.log(data.lower)

    def fall(x: FloatArray) -> float:
        log_sigma = x[2:][group]
        z = (y - design @ x[:2]) / np.exp(log_sigma)
        return float(-(z - np.exp(z) - log_sigma - y).sum())

    best = minimize(fall, [3.0, -15.0, 0.1, 0.1], method="Nelder-Mead",
                    options={"maxiter": 5000, "xatol": 1e-9, "fatol": 1e-10})  # fmt: skip
    assert found.loglik == pytest.approx(-best.fun, abs=1e-6)
    assert found.loglik >= -best.fun - 1e-9


@few(20)
@given(seed=st.integers(0, 10**6), family=families)
def test_turning_the_design_turns_the_coefficients(seed: int, family: Family) -> None:
    data, rng = mixed(seed, n=40), np.random.default_rng(seed)
    design = line(rng.normal(size=40))
    turn = np.array([[1.0, 1e4], [0.0, 0.3]])
    try:
        one, other = regress(data, design, family), regress(data, design @ turn, family)
    except NotIdentified:
        return
    assert turn @ other.coefficients == pytest.approx(one.coefficients, rel=1e-6, abs=1e-6)
    assert other.loglik == pytest.approx(one.loglik, rel=1e-11)
    whole = np.eye(3)
    whole[:2, :2] = turn
    turned = whole @ other.covariance @ whole.T
    assert turned == pytest.approx(one.covariance, rel=1e-4, abs=1e-7)


CELL = np.arange(30) % 3
LIVES = 100.0 * np.random.default_rng(0).weibull(2.0, 30)


def test_a_cell_without_failures_needs_a_line_through_it() -> None:
    data = life_data(LIVES, np.where(CELL == 2, inf, LIVES))
    found = regress(data, line(CELL))
    assert np.isfinite(found.covariance).all()
    with pytest.raises(NotIdentified, match=r"no failure.*column 2 ") as told:
        regress(data, np.eye(3)[CELL])
    assert (told.value.cause, told.value.columns) == ("unbounded", (2,))


def test_a_cell_found_failed_at_its_first_look_needs_a_line_too() -> None:
    data = life_data(np.where(CELL == 1, 0.0, LIVES), LIVES)
    with pytest.raises(NotIdentified, match=r"column 1 "):
        regress(data, np.eye(3)[CELL])


def test_columns_that_are_not_told_apart_are_named() -> None:
    with pytest.raises(NotIdentified) as told:
        regress(life_data(LIVES), np.column_stack([line(CELL), CELL * 2.0, LIVES]))
    assert (told.value.cause, told.value.columns) == ("collinear", (1, 2))
    with pytest.raises(NotIdentified, match="tell these columns apart"):
        regress(life_data([5.0]), np.array([[1.0, 2.0]]))


def test_a_line_through_every_failure_has_no_sigma() -> None:
    t = np.exp(1.0 + 0.3 * CELL)
    with pytest.raises(NotIdentified, match="sigma falls to 0"):
        regress(life_data(t), line(CELL))
    with pytest.raises(NotIdentified):
        regress(failures_and_suspensions([], LIVES), line(CELL))
    found = regress(life_data(t), line(CELL), sigma=0.5)
    assert found.sigma_known


def test_looks_in_reverse_order_have_no_sigma() -> None:
    early = LIVES < 80.0
    data = life_data(np.where(early, 0.0, LIVES), np.where(early, LIVES, inf))
    with pytest.raises(NotIdentified) as told:
        regress(data, np.ones((30, 1)))
    assert told.value.cause == "spread"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_known_sigma_far_below_the_spread_is_reached(family: Family) -> None:
    sigma = 0.01 if is_log(family) else 1.0
    found = regress(life_data(LIVES), line(CELL), family, sigma=sigma)
    assert np.isfinite(found.loglik)
    assert scored(life_data(LIVES), line(CELL), found) == pytest.approx(found.loglik, rel=1e-9)


def test_a_design_that_does_not_fit_is_refused() -> None:
    data = life_data(LIVES)
    for design in (np.ones((29, 1)), np.ones(30), np.full((30, 1), np.nan)):
        with pytest.raises(BadData, match="30 rows"):
            regress(data, design)
    with pytest.raises(BadData, match="scale groups 0 to 2"):
        regress(data, line(CELL), scale_group=np.where(CELL == 1, 2, CELL))
    with pytest.raises(BadData, match="sigma -1"):
        regress(data, line(CELL), sigma=-1.0)
