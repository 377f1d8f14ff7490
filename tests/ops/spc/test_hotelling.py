import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData, NotEnoughData
from ops.spc.hotelling import Reference, limit, reference, t_squared
from ops.values import FloatArray

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "reference" / "multivariate.json").read_text(encoding="utf-8")
)
BOILER = Path(__file__).parents[3].parent / "shared/data/spc_drift/qcc/boiler.txt"


def sample(m: int = 40, p: int = 3, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    mix = np.eye(p) + 0.6 * rng.normal(size=(p, p))
    return np.asarray(rng.normal(size=(m, p)) @ mix + 100.0)


def test_the_limit_of_subgroups_is_montgomerys() -> None:
    p = PUBLISHED["t_squared_limits"]
    known = Reference(np.zeros(2), np.eye(2), p["m"], p["n"], "within-subgroup")
    assert limit(known, alpha=p["alpha"], phase=1) == pytest.approx(p["phase_one"], abs=0.005)


@pytest.mark.parametrize("alpha", [0.05, 0.0027])
def test_limits_of_individuals_follow_beta_and_f(alpha: float) -> None:
    known = reference(sample(30, 4))
    m, p = 30, 4
    one = (m - 1) ** 2 / m * stats.beta(p / 2, (m - p - 1) / 2).isf(alpha)
    two = p * (m + 1) * (m - 1) / (m * (m - p)) * stats.f(p, m - p).isf(alpha)
    assert limit(known, alpha=alpha, phase=1) == pytest.approx(one, rel=1e-9)
    assert limit(known, alpha=alpha, phase=2) == pytest.approx(two, rel=1e-9)


def test_new_units_of_a_process_in_control_signal_as_often_as_asked() -> None:
    rng, alpha, rounds = np.random.default_rng(3), 0.05, 6000
    beyond = 0
    for _ in range(rounds):
        known = reference(rng.normal(size=(20, 3)))
        new = t_squared(rng.normal(size=(1, 3)), known)[0]
        beyond += new > limit(known, alpha=alpha, phase=2)
    assert beyond / rounds == pytest.approx(alpha, abs=3 * (alpha / rounds) ** 0.5)


@given(m=st.integers(8, 40), p=st.integers(1, 5), seed=st.integers(0, 1000))
def test_distances_of_phase_one_sum_to_p_times_m_minus_one(m: int, p: int, seed: int) -> None:
    x = sample(m, p, seed)
    assert t_squared(x, reference(x)).sum() == pytest.approx(p * (m - 1), rel=1e-6)


@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100))
def test_a_change_of_units_changes_no_distance(seed: int, scale: float) -> None:
    x = sample(25, 3, seed)
    moved = x * np.array([scale, 1.0, 7.0]) + 5.0
    assert t_squared(moved, reference(moved)) == pytest.approx(t_squared(x, reference(x)), rel=1e-6)


def test_successive_differences_do_not_see_a_step() -> None:
    x = sample(200, 2)
    stepped = x + np.where(np.arange(200) < 100, 0.0, 8.0)[:, None]
    plain = reference(x).covariance
    robust = reference(stepped, method="successive-differences").covariance
    assert robust == pytest.approx(plain, abs=0.4)
    assert reference(stepped).covariance[0, 0] > 3 * plain[0, 0]


@pytest.mark.skipif(not BOILER.exists(), reason="../shared/data is absent")
def test_the_mean_of_the_boiler_is_as_printed() -> None:
    known = reference(np.loadtxt(BOILER, skiprows=1))
    assert known.mean == pytest.approx(PUBLISHED["boiler"]["mean"], abs=0.005)


def test_subgroups_use_the_covariance_within_them() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(2000, 4, 2)) + 3.0 * rng.normal(size=(2000, 1, 2))
    known = reference(x)
    assert known.covariance == pytest.approx(np.eye(2) / 4, abs=0.02)
    assert (known.m, known.size) == (2000, 4)


def test_too_few_units_are_refused_with_the_number() -> None:
    with pytest.raises(NotEnoughData, match="needs 5 units in phase I, got 4"):
        reference(sample(4, 3))
    with pytest.raises(NotEnoughData, match="degrees of freedom"):
        reference(np.zeros((3, 1, 2)))


def test_a_constant_or_a_copy_is_named() -> None:
    x = sample(30, 2)
    with pytest.raises(BadData, match="characteristic 2 is constant"):
        reference(np.column_stack([x[:, 0], np.full(30, 4.0)]))
    with pytest.raises(BadData, match="depend on each other"):
        reference(np.column_stack([x, x.sum(axis=1)]))
