"""Expanded studies: equal to analysis of variance where balanced, any design otherwise."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ops.errors import NotEnoughData
from ops.gauge.breakdown import Breakdown
from ops.gauge.crossed import crossed_study
from ops.gauge.expanded import expanded_study
from ops.gauge.nested import nested_study
from ops.values import FloatArray, IntArray
from tests.strategies import few

PARTS = ("repeatability", "reproducibility", "gauge", "part", "total")


def _variances(found: Breakdown) -> list[float]:
    return [getattr(found, name).value for name in PARTS]


def _crossed(seed: int) -> tuple[FloatArray, IntArray, IntArray]:
    rng = np.random.default_rng(seed)
    part, operator, _ = np.indices((8, 3, 2))
    y = (
        rng.normal(0, 3, 8)[part]
        + rng.normal(0, 2, 3)[operator]
        + rng.normal(0, 1.5, (8, 3))[part, operator]
        + rng.normal(0, 1, part.shape)
    )
    return y.ravel(), part.ravel(), operator.ravel()


@few(20)
@given(seed=st.integers(0, 60))
def test_balanced_crossed_data_give_the_analysis_of_variance(seed: int) -> None:
    y, part, operator = _crossed(seed)
    rng = np.random.default_rng(1)
    anova = crossed_study(y, part, operator, rng=rng, interaction="keep")
    assume(all(c.variance.value > 0.01 for c in anova.components))
    reml = expanded_study(
        y,
        {"part": part, "operator": operator},
        part="part",
        interactions=(("operator", "part"),),
    )
    assert _variances(reml) == pytest.approx(_variances(anova), rel=1e-4)
    assert reml.share.value == pytest.approx(anova.share.value, rel=1e-4)
    assert reml.share.lower <= reml.share.value <= reml.share.upper


def test_balanced_nested_data_give_the_analysis_of_variance() -> None:
    rng = np.random.default_rng(8)
    operator, part, _ = np.indices((4, 5, 3))
    part = part + 5 * operator
    y = rng.normal(0, 2, 20)[part] + rng.normal(0, 3, 4)[operator] + rng.normal(0, 1, part.shape)
    data = (y.ravel(), part.ravel(), operator.ravel())
    anova = nested_study(*data, rng=rng)
    reml = expanded_study(data[0], {"part": data[1], "operator": data[2]}, part="part")
    assert _variances(reml) == pytest.approx(_variances(anova), rel=1e-4)


def test_missing_cells_and_a_third_factor_are_taken() -> None:
    rng = np.random.default_rng(3)
    part, operator, day, _ = (a.ravel() for a in np.indices((10, 3, 4, 2)))
    y = (
        rng.normal(0, 3, 10)[part]
        + rng.normal(0, 1, 3)[operator]
        + rng.normal(0, 1, 4)[day]
        + rng.normal(0, 0.5, part.size)
    )
    kept = rng.random(y.size) > 0.2
    factors = {"part": part[kept], "operator": operator[kept], "day": day[kept]}
    found = expanded_study(y[kept], factors, part="part")
    assert [c.name for c in found.components] == ["part", "operator", "day", "repeatability"]
    assert found.repeatability.value == pytest.approx(0.25, rel=0.3)
    assert found.gauge.lower < found.gauge.value < found.gauge.upper
    moved = expanded_study(10 * y[kept] + 7, factors, part="part")
    assert _variances(moved) == pytest.approx([100 * v for v in _variances(found)], rel=1e-4)


def test_one_level_of_a_factor_is_named() -> None:
    y, part, operator = _crossed(1)
    kept = operator == 0
    found = expanded_study(y[kept], {"part": part[kept], "operator": operator[kept]}, part="part")
    assert "one level of operator" in found.note
    assert found.reproducibility.value == 0


def test_equal_values_have_no_share() -> None:
    _, part, operator = _crossed(1)
    found = expanded_study(
        np.full(part.size, 0.1), {"part": part, "operator": operator}, part="part"
    )
    assert found.total.value == 0
    assert found.distinct is None


def test_parts_measured_once_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="5 values of 5 parts"):
        expanded_study(np.arange(5.0), {"part": np.arange(5)}, part="part")
