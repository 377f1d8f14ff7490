"""Extrapolation: its ratios are those of the covariates, the times and the shares."""

import numpy as np
import pytest

from ops.lifetime.accelerated.catalog import ARRHENIUS
from ops.lifetime.accelerated.constant import exactly
from ops.lifetime.accelerated.extrapolation import extrapolation
from ops.lifetime.accelerated.fit import fit_accelerated
from tests.ops.lifetime.accelerated.samples import DEGREES, device


def test_use_below_the_tested_levels_is_told_as_a_ratio() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "lognormal")
    found = extrapolation(fit, {"temperature": 10.0}, 0.01, 20000.0, units=DEGREES)
    (reach,) = found.stresses
    x = [1.0 / (t + 273.15) for t in (10.0, 40.0, 80.0)]  # 10 degC had no failures
    assert reach.ratio == pytest.approx((x[0] - x[1]) / (x[1] - x[2]))
    assert found.in_stress
    assert found.nearest == 1
    assert found.test_ratio == pytest.approx(4.0)
    hottest = np.exp(fit.constants["Ea"] / 8.617333262e-5 * (x[0] - x[2]))
    assert found.proven == pytest.approx(5000.0 * hottest)
    assert found.time_ratio == pytest.approx(20000.0 / found.proven)


def test_within_the_tested_levels_nothing_is_extrapolated_in_stress() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "lognormal")
    found = extrapolation(fit, {"temperature": 50.0}, 0.2, 3000.0, units=DEGREES)
    assert found.stresses[0].ratio == 0.0
    assert not found.in_stress
    assert not found.in_probability
    assert found.p_seen == pytest.approx(0.01)


def test_one_tested_level_has_no_ratio() -> None:
    one = device().take(device().stresses["temperature"] == 80.0)
    fit = fit_accelerated(one, ARRHENIUS, "lognormal", assumed={"Ea": exactly(0.7, "a book")})
    found = extrapolation(fit, {"temperature": 25.0}, 0.001, 1.0, units=DEGREES)
    assert found.stresses[0].ratio is None
    assert found.in_stress
    assert found.in_probability
