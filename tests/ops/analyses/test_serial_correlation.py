from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.serial_correlation import SERIAL_CORRELATION, SerialCorrelationParams
from ops.analyses.serial_correlation_result import SerialCorrelationResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.simulate.sample import sample_series
from ops.values import Measurements, Series


def studied(*series: Series, **changes: object) -> SerialCorrelationResult:
    params = SerialCorrelationParams.model_validate({"characteristic": "LOOP-H", **changes})
    return SERIAL_CORRELATION.compute(Measurements(series), params, silent)


def remembering(phi: float, n: int = 3000) -> Series:
    series, level = sample_series(n, tools=1), 0.0
    rng, value = np.random.default_rng(1), np.empty(n)
    for i, step in enumerate(rng.normal(0.0, 2.0 * (1 - phi * phi) ** 0.5, n)):
        level = phi * level + step
        value[i] = 150.0 + level
    return replace(series, value=value)


def test_at_half_the_wrong_sigma_costs_ten_times_the_false_alarms() -> None:
    found = studied(remembering(0.5))
    ranges, marginal, ewma = found.remedies
    assert found.phi == pytest.approx(0.5, abs=0.05)
    assert ranges.arl0 == pytest.approx(35, rel=0.2)  # 35 and 394 at phi = .5 exactly
    assert marginal.arl0 == pytest.approx(394, rel=0.05)
    assert ewma.arl0 == pytest.approx(370, rel=0.01)
    assert found.verdict.level == "warn"
    assert marginal.sigma == pytest.approx(2.0, rel=0.05)
    assert found.residual_sigma == pytest.approx(2.0 * 0.75**0.5, rel=0.06)


def test_independent_points_are_left_in_peace() -> None:
    found = studied(remembering(0.0))
    assert found.verdict.level == "good"
    assert found.phi_lower < 0 < found.phi_upper
    assert found.residuals_beyond <= 20


def test_a_step_between_tools_is_no_correlation() -> None:
    series = sample_series(600, tools=3)
    assert abs(studied(series).phi) < 0.15
    assert studied(series, stream="").phi > 0.2


def test_too_little_and_too_much_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="no values"):
        studied()
    with pytest.raises(NotEnoughData, match="12 points"):
        studied(sample_series(6, tools=1))
    with pytest.raises(NotEnoughData, match="all are equal"):
        studied(replace(sample_series(40, tools=1), value=np.full(40, 150.0)))
    one = sample_series(40)
    other = replace(one, characteristic=replace(one.characteristic, site="PG2"))
    with pytest.raises(BadData, match="PG1, PG2; give site"):
        studied(one, other)


def test_points_may_be_means_of_units() -> None:
    alone, means = studied(sample_series(240)), studied(sample_series(240), subgroup="unit")
    assert (alone.points, means.points) == (240, 60)
