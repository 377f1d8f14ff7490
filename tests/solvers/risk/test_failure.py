"""Chances from fitted lives, against scipy's distributions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from solvers.risk.failure import Life

POSITIVE = st.floats(0.3, 5.0)


@settings(max_examples=30)
@given(POSITIVE, st.floats(50, 5000), st.floats(0, 2000), st.floats(1, 2000))
def test_weibull_and_lognormal_agree_with_scipy(
    shape: float, scale: float, age: float, horizon: float
) -> None:
    laws = {
        "weibull": stats.weibull_min(shape, scale=scale),
        "lognormal": stats.lognorm(shape, scale=scale),
    }
    for model, law in laws.items():
        life = Life.model_validate(
            {
                "model": model,
                "shape": shape,
                "scale": scale,
                "age_days": age,
                "horizon_days": horizon,
            }
        )
        if law.sf(age) > 1e-12:
            expected = 1.0 - law.sf(age + horizon) / law.sf(age)
            assert life.probability() == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_constant_hazard_forgets_its_age() -> None:
    young = Life(shape=1.0, scale=1000.0)
    old = Life(shape=1.0, scale=1000.0, age_days=50_000.0)
    assert old.probability() == pytest.approx(young.probability())


def test_extreme_ages_stay_chances() -> None:
    assert Life(shape=5.0, scale=10.0, age_days=5000.0).probability() == pytest.approx(1.0)
    late = Life(model="lognormal", shape=0.1, scale=10.0, age_days=5000.0).probability()
    assert 0.0 <= late <= 1.0
