"""Linearity: the published example, invariances, edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import NotEnoughData
from ops.gauge.linearity import linearity_study
from ops.values import FloatArray
from tests.reference import case


def _aiag() -> tuple[FloatArray, FloatArray]:
    found = case("gauge", "linearity_aiag")["inputs"]
    y = np.array(found["measured"])
    return y.ravel(), np.repeat(np.array(found["references"], dtype=np.float64), y.shape[1])


def test_the_published_example() -> None:
    known = case("gauge", "linearity_aiag")["expected"]
    found = linearity_study(*_aiag())
    line = (found.slope.value, found.intercept.value, found.residual_sd, found.r_squared)
    expected = [known[n] for n in ("slope", "intercept", "residual_sd", "r_squared")]
    assert line == pytest.approx(expected, abs=5e-4)
    assert abs(found.t_slope) == pytest.approx(known["t_slope"], abs=1e-3)
    assert found.t_intercept == pytest.approx(known["t_intercept"], abs=1e-3)
    assert [at.bias.value for at in found.at] == pytest.approx(known["bias"], abs=1e-6)
    assert not found.linear


@given(b=st.floats(-50, 50))
def test_an_added_constant_moves_the_intercept_alone(b: float) -> None:
    y, reference = _aiag()
    one, two = linearity_study(y, reference), linearity_study(y + b, reference)
    assert two.slope.value == pytest.approx(one.slope.value)
    assert two.intercept.value == pytest.approx(one.intercept.value + b, abs=1e-9)


def test_a_gauge_without_bias_is_linear() -> None:
    reference = np.repeat(np.arange(5.0), 8)
    noise = np.tile([0.1, -0.1], 20)
    assert linearity_study(reference + noise, reference).linear


def test_a_line_without_residual_has_no_test() -> None:
    reference = np.repeat(np.arange(1.0, 4.0), 2)
    found = linearity_study(2 * reference, reference)
    assert np.isnan(found.t_slope)
    assert found.slope.value == pytest.approx(1.0)
    assert not found.linear


def test_one_reference_value_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="got 4 at 1"):
        linearity_study(np.arange(4.0), np.ones(4))
