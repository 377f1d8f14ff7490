"""Variance components against lme4, the balanced closed form, and the dense normal likelihood."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.mixed_linear_model import MixedLM

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray
from ops.variance.crossed import cross
from ops.variance.likelihood import Method, likelihood
from ops.variance.reml import Components, variance_components
from ops.variance.tree import grow, nested_nodes
from tests.reference import case

DYESTUFF, PASTES = case("variance", "dyestuff"), case("variance", "pastes")


def _dyestuff(method: Method, structure: Any = "nested") -> Components:
    y = np.array(DYESTUFF["inputs"]["yield"], dtype=np.float64)
    batch = np.repeat(np.arange(6), 5)
    return variance_components(y, [batch], names=["batch"], method=method, structure=structure)


@pytest.mark.parametrize("structure", ["nested", "crossed"])
@pytest.mark.parametrize("method", ["reml", "ml"])
def test_dyestuff_equals_lme4(method: Method, structure: str) -> None:
    wanted = DYESTUFF["expected"][method]
    found = _dyestuff(method, structure)
    for name in ("batch", "residual"):
        assert found.variance(name) == pytest.approx(wanted[name], rel=1e-6)
    assert -2 * found.log_likelihood == pytest.approx(wanted["criterion"], abs=5e-5)
    assert found.mean == pytest.approx(1527.5)
    assert found.mean_se == pytest.approx(wanted["mean_se"], abs=5e-5)


def test_profile_bounds_equal_those_of_lme4() -> None:
    found = _dyestuff("ml")
    for component, name in zip(found.components, ("batch", "residual"), strict=True):
        wanted = DYESTUFF["expected"]["ml_profile_sd"][name]
        assert component.interval == "profile"
        assert component.variance is not None
        bounds = np.sqrt([component.variance.lower, component.variance.upper])
        assert bounds == pytest.approx(wanted, rel=3e-4)


@pytest.mark.parametrize("method", ["reml", "ml"])
def test_pastes_equals_lme4(method: Method) -> None:
    y = np.array(PASTES["inputs"]["strength"])
    batch, cask = np.repeat(np.arange(10), 6), np.tile(np.repeat(np.arange(3), 2), 10)
    found = variance_components(y, [batch, cask], names=["batch", "cask"], method=method)
    wanted = PASTES["expected"][method]
    for name in ("batch", "cask", "residual"):
        assert found.variance(name) == pytest.approx(wanted[name], abs=5e-4)
    assert -2 * found.log_likelihood == pytest.approx(wanted["criterion"], abs=5e-5)


def test_crossed_balanced_components_equal_the_mean_squares() -> None:
    rng = np.random.default_rng(3)
    part, operator = np.repeat(np.arange(12), 6), np.tile(np.repeat(np.arange(3), 2), 12)
    y = rng.normal(0, 3, 12)[part] + rng.normal(0, 2, 3)[operator] + rng.normal(0, 1, 72)
    y += rng.normal(0, 1.5, 36)[part * 3 + operator]
    names = ["part", "operator", "part x operator"]
    levels = [part, operator, part * 3 + operator]
    found = variance_components(y, levels, names=names, structure="crossed")
    cell = y.reshape(12, 3, 2)
    of_part, of_operator, of_cell = cell.mean((1, 2)), cell.mean((0, 2)), cell.mean(2)
    inside = of_cell - of_part[:, None] - of_operator + cell.mean()
    ms_inside = 2 * float(np.sum(inside**2)) / 22
    ms_error = float(np.sum((cell - of_cell[:, :, None]) ** 2)) / 36
    wanted = (
        (6 * of_part.var(ddof=1) - ms_inside) / 6,
        (24 * of_operator.var(ddof=1) - ms_inside) / 24,
        (ms_inside - ms_error) / 2,
    )
    assert min(wanted) > 0, "the mean squares are the answer only inside the boundary"
    assert [found.variance(n) for n in names] == pytest.approx(wanted, rel=1e-5)
    assert found.variance("residual") == pytest.approx(ms_error, rel=1e-6)


def test_nested_unbalanced_with_a_slope_equals_statsmodels() -> None:
    rng = np.random.default_rng(8)
    lot = np.repeat(np.arange(15), rng.integers(2, 9, 15))
    time = np.linspace(0.0, 3.0, lot.size)
    y = 5 + 0.7 * time + rng.normal(0, 1, 15)[lot] + rng.normal(0, 0.6, lot.size)
    found = variance_components(y, [lot], names=["lot"], fixed=time[:, None])
    exog = np.column_stack([np.ones(lot.size), time])
    peer = MixedLM(y, exog, groups=lot).fit(reml=True)
    assert found.variance("lot") == pytest.approx(float(peer.cov_re[0, 0]), rel=1e-3)
    assert found.variance("residual") == pytest.approx(float(peer.scale), rel=1e-3)
    assert found.slopes[0] == pytest.approx(float(peer.fe_params[1]), rel=1e-4)
    v = float(peer.cov_re[0, 0]) * (lot[:, None] == lot) + float(peer.scale) * np.eye(lot.size)
    covariance = np.linalg.inv(exog.T @ np.linalg.solve(v, exog))
    assert found.slopes_se[0] == pytest.approx(covariance[1, 1] ** 0.5, rel=1e-3)
    assert found.log_likelihood == pytest.approx(float(peer.llf), abs=1e-4)
    blup = [float(np.ravel(peer.random_effects[g])[0]) for g in range(15)]
    assert found.effects["lot"] == pytest.approx(blup, abs=1e-3)


def _dense(y: FloatArray, x: FloatArray, z: list[IntArray], theta: FloatArray) -> float:
    """Restricted log likelihood of the whole normal vector."""
    v = theta[-1] * np.eye(y.size)
    for node, variance in zip(z, theta, strict=False):
        v += variance * (node[:, None] == node)
    w = np.linalg.inv(v)
    xwx = x.T @ w @ x
    residual = y - x @ np.linalg.solve(xwx, x.T @ w @ y)
    df = y.size - x.shape[1]
    log_det = np.linalg.slogdet(v)[1] + np.linalg.slogdet(xwx)[1]
    return -0.5 * float(log_det + residual @ w @ residual + df * np.log(2 * np.pi))


@given(seed=st.integers(0, 10**6), depth=st.integers(0, 4), n=st.integers(5, 30))
def test_tree_and_crossed_likelihoods_equal_the_dense_one(seed: int, depth: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = nested_nodes([rng.integers(0, 3, n) for _ in range(depth)])
    y, x = rng.normal(0, 2, n), np.column_stack([np.ones(n), rng.normal(size=n)])
    theta = 0.2 + rng.exponential(1.0, depth + 1)
    if depth:
        theta[rng.integers(depth)] = 0.0
    columns = np.vstack([x.T, y])
    wanted = _dense(y, x, list(nodes), theta)
    shapes = [grow(nodes, columns), *([cross(nodes, columns)] if depth else [])]
    for shape in shapes:
        found = likelihood(shape, theta)
        assert found.value == pytest.approx(wanted, rel=1e-8, abs=1e-8)
        for k in range(depth + 1):
            step = np.zeros(depth + 1)
            step[k] = 1e-5
            low = _dense(y, x, list(nodes), theta - step) if theta[k] > 0 else wanted
            rise = (_dense(y, x, list(nodes), theta + step) - low) / (
                2e-5 if theta[k] > 0 else 1e-5
            )
            assert found.score[k] == pytest.approx(rise, rel=2e-3, abs=2e-3)
    first, *rest = (likelihood(shape, theta).information for shape in shapes)
    for other in rest:
        assert other == pytest.approx(first, rel=1e-6, abs=1e-9)


@settings(max_examples=40)
@given(a=st.floats(0.01, 100), b=st.floats(-1e4, 1e4), seed=st.integers(0, 1000))
def test_components_ignore_a_shift_and_scale_with_the_square(a: float, b: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lot, unit = np.repeat(np.arange(8), 6), np.tile(np.repeat(np.arange(3), 2), 8)
    y = rng.normal(0, 1, 8)[lot] + rng.normal(0, 1, 48)
    plain, moved = (
        variance_components(v, [lot, unit], names=["lot", "unit"]) for v in (y, a * y + b)
    )
    for one, other in zip(plain.components, moved.components, strict=True):
        assert one.variance is not None
        assert other.variance is not None
        top = plain.total.value
        assert other.variance.value / a**2 == pytest.approx(one.variance.value, abs=1e-4 * top)
    assert moved.total.value == pytest.approx(a**2 * plain.total.value, rel=1e-4)


def test_codes_count_within_their_parent_and_order_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    lot, unit = rng.integers(0, 5, 80), rng.integers(0, 4, 80)
    y = rng.normal(0, 1, 20)[lot * 4 + unit] + rng.normal(0, 1, 80)
    mixed = rng.permutation(80)
    one = variance_components(y, [lot, unit], names=["lot", "unit"])
    other = variance_components(y[mixed], [lot[mixed], unit[mixed]], names=["lot", "unit"])
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)
    assert one.effects["unit"].size == np.unique(lot * 4 + unit).size


def test_a_component_that_is_not_there_is_zero_with_an_upper_bound() -> None:
    lot = np.repeat(np.arange(6), 4)
    y = np.tile([1.0, 2.0, 3.0, 4.0], 6)  # lots differ less than chance would have it
    found = variance_components(y, [lot], names=["lot"]).components[0]
    assert found.variance is not None
    assert (found.variance.value, found.variance.lower) == (0.0, 0.0)
    assert 0 < found.variance.upper < 1.5


@pytest.mark.parametrize(
    ("levels", "name", "words"),
    [
        ([[0] * 6, [0, 0, 0, 1, 1, 1]], "lot", "the data have one lot only"),
        ([[0, 0, 0, 1, 1, 1], [5, 5, 5, 2, 2, 2]], "unit", "each lot has one unit"),
        ([[0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2]], "unit", "stands with the residual"),
    ],
)
def test_what_cannot_be_told_apart_is_said(levels: Any, name: str, words: str) -> None:
    y = np.array([1.0, 2.0, 1.5, 3.0, 4.0, 4.2])
    found = variance_components(y, [np.array(f) for f in levels], names=["lot", "unit"])
    (component,) = [c for c in found.components if c.name == name]
    assert component.variance is None
    assert words in component.note
    assert found.total.value > 0


def test_equal_values_within_each_unit_leave_a_residual_of_zero() -> None:
    unit = np.repeat(np.arange(8), 3)
    y = np.repeat([1.0, 2.0, 1.5, 3.0, 4.0, 4.2, 0.3, 2.0], 3)
    found = variance_components(y, [unit // 2, unit], names=["lot", "unit"])
    assert found.variance("residual") == 0.0
    assert found.variance("unit") > 0
    assert "are equal" in found.components[-1].note


def test_readings_written_twice_beside_a_slope_are_those_written_once() -> None:
    rng = np.random.default_rng(4)
    lot = np.repeat(np.arange(8), 6)
    slope = rng.normal(size=(48, 1))
    y = rng.normal(size=8)[lot] + 0.5 * slope[:, 0] + rng.normal(size=48)
    once = variance_components(y, [lot], names=("lot",), fixed=slope)
    lots, units, twice = (np.repeat(a, 2, axis=0) for a in (lot, np.arange(48), slope))
    found = variance_components(np.repeat(y, 2), [lots, units], names=("lot", "unit"), fixed=twice)
    variances = [part.variance.value for part in found.components if part.variance]
    expected = [part.variance.value for part in once.components if part.variance]
    assert variances == pytest.approx([*expected, 0.0], rel=1e-5)


def test_bad_input_is_refused_with_its_number() -> None:
    y, lot = np.array([1.0, 2.0, 3.0]), np.array([0, 0, 1])
    with pytest.raises(NotEnoughData, match="no variation"):
        variance_components(np.ones(3), [lot], names=["lot"])
    with pytest.raises(NotEnoughData, match="need 2 values, got 1"):
        variance_components(y[:1], [lot[:1]], names=["lot"])
    with pytest.raises(BadData, match="2 codes for 3 values"):
        variance_components(y, [lot[:2]], names=["lot"])
    with pytest.raises(BadData, match="without a level"):
        variance_components(y, [np.array([0, -1, 1])], names=["lot"])
    with pytest.raises(BadData, match="depend on one another"):
        variance_components(
            np.arange(5.0),
            [],
            names=[],
            fixed=np.array([[1.0, 2], [2, 4], [3, 6], [4, 8], [6, 12]]),
        )


def test_without_factors_the_residual_is_the_sample_variance() -> None:
    y = np.array([1.0, 2.0, 4.0, 8.0])
    found = variance_components(y, [], names=[])
    assert found.variance("residual") == pytest.approx(y.var(ddof=1), rel=1e-6)


def test_intervals_cover_the_lot_variance() -> None:
    rng, covered = np.random.default_rng(21), []
    lot = np.repeat(np.arange(20), 5)
    for _ in range(200):
        y = rng.normal(0, 1, 20)[lot] + rng.normal(0, 1, 100)
        of = variance_components(y, [lot], names=["lot"]).components[0].variance
        assert of is not None
        covered.append(of.lower <= 1.0 <= of.upper)
    assert np.mean(covered) > 0.91


def test_the_share_of_what_is_nearly_nothing_has_a_sober_upper_bound() -> None:
    outer = np.repeat(np.arange(30), 36)
    lot = np.repeat(np.arange(180), 6)
    near_zero = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        y = rng.normal(0, 1, 180)[lot] + rng.normal(0, 1, lot.size)
        found = variance_components(y, [outer, lot], names=("capillary", "lot")).components[0]
        near_zero += 0.0 < found.variance.value < 0.05
        assert found.share is not None
        assert found.share.upper < 0.4  # the delta method alone passes a half here
    assert near_zero >= 3
