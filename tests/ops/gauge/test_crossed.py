"""Crossed studies: the published example, invariances, what is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.gauge.average_range import average_range_study, single_range_constant
from ops.gauge.breakdown import Breakdown
from ops.gauge.crossed import Interaction, crossed_study
from ops.values import FloatArray, IntArray
from tests.reference import case

PARTS = ("repeatability", "reproducibility", "gauge", "part", "total")


def _aiag() -> tuple[FloatArray, IntArray, IntArray]:
    y = np.array(case("gauge", "grr_aiag_xbar_range")["inputs"]["y[op][trial][part]"])
    operator, _, part = np.indices(y.shape)
    return y.ravel(), part.ravel(), operator.ravel()


def _study(
    y: FloatArray, part: IntArray, operator: IntArray, interaction: Interaction = "pool"
) -> Breakdown:
    rng = np.random.default_rng(1)
    return crossed_study(y, part, operator, rng=rng, interaction=interaction)


def _made(seed: int, trials: int = 2) -> tuple[FloatArray, IntArray, IntArray]:
    rng = np.random.default_rng(seed)
    part, operator, _ = np.indices((6, 3, trials))
    y = rng.normal(0, 2, 6)[part] + rng.normal(0, 1, 3)[operator] + rng.normal(0, 1, part.shape)
    return y.ravel(), part.ravel(), operator.ravel()


def _sds(found: Breakdown) -> list[float]:
    return [getattr(found, name).value ** 0.5 for name in PARTS]


def test_the_published_analysis_of_variance() -> None:
    known = case("gauge", "grr_aiag_anova")["expected"]
    found = _study(*_aiag())
    assert found.method == "anova, interaction pooled"
    assert _sds(found) == pytest.approx([known[name] for name in PARTS], abs=2e-6)
    assert 100 * found.share.value == pytest.approx(known["pct_grr"], abs=0.005)
    assert found.distinct == known["ndc"]
    kept = _study(*_aiag(), interaction="keep")
    assert kept.squares[2].p == pytest.approx(0.974, abs=5e-4)


def test_the_published_average_and_range_method() -> None:
    known = case("gauge", "grr_aiag_xbar_range")
    found = average_range_study(*_aiag())
    expected = [known["expected"][name] for name in ("EV", "AV", "GRR", "PV", "TV")]
    assert _sds(found) == pytest.approx(expected, abs=1e-3)
    assert 100 * found.share.value == pytest.approx(known["expected"]["pct_GRR"], abs=0.01)
    assert found.distinct == known["expected"]["ndc"]
    for name, m in (("K2", 3), ("K3", 10)):
        assert 1 / single_range_constant(m) == pytest.approx(known["inputs"][name], abs=1e-4)


@settings(max_examples=50)
@given(seed=st.integers(0, 500), a=st.floats(0.1, 10), b=st.floats(-100, 100))
def test_a_change_of_unit_scales_standard_deviations(seed: int, a: float, b: float) -> None:
    y, part, operator = _made(seed)
    one, two = _study(y, part, operator), _study(a * y + b, part, operator)
    assert _sds(two) == pytest.approx([a * s for s in _sds(one)], rel=1e-6, abs=1e-9)
    assert two.share.value == pytest.approx(one.share.value)
    assert two.share.upper == pytest.approx(one.share.upper)


@settings(max_examples=50)
@given(seed=st.integers(0, 500))
def test_labels_and_order_do_not_matter(seed: int) -> None:
    y, part, operator = _made(seed)
    order = np.random.default_rng(seed).permutation(y.size)
    one = _study(y, part, operator)
    two = _study(y[order], 7 - part[order], 2 * operator[order] + 5)
    assert _sds(two) == pytest.approx(_sds(one))


@settings(max_examples=50)
@given(seed=st.integers(0, 500))
def test_intervals_hold_their_values_and_components_add_up(seed: int) -> None:
    found = _study(*_made(seed), interaction="keep")
    for name in PARTS:
        interval = getattr(found, name)
        assert 0 <= interval.lower <= interval.value <= interval.upper
    assert sum(c.variance.value for c in found.components) == pytest.approx(found.total.value)
    assert found.share.lower <= found.share.value <= found.share.upper <= 1


def test_the_interval_of_the_share_holds_its_level() -> None:
    rng, truth, within = np.random.default_rng(5), (1.5 / 5.5) ** 0.5, 0
    part, operator, _ = np.indices((10, 3, 2))
    for _ in range(150):
        y = (
            rng.normal(0, 2, 10)[part]
            + rng.normal(0, 0.5**0.5, 3)[operator]
            + rng.normal(0, 1, part.shape)
        )
        found = _study(y.ravel(), part.ravel(), operator.ravel())
        within += found.share.lower <= truth <= found.share.upper
    assert within / 150 >= 0.9


def test_one_operator_has_no_reproducibility() -> None:
    y, part, operator = _made(1)
    kept = operator == 0
    found = _study(y[kept], part[kept], operator[kept])
    assert found.reproducibility.value == 0
    assert found.note == "one operator: reproducibility is not known"
    assert {c.name for c in found.components} == {"part", "repeatability"}
    assert average_range_study(y[kept], part[kept], operator[kept]).reproducibility.value == 0


def test_one_trial_counts_the_interaction_as_repeatability() -> None:
    found = _study(*_made(2, trials=1), interaction="keep")
    assert found.note == "one trial: the interaction is part of repeatability"
    with pytest.raises(NotEnoughData, match="2 trials, got 6 parts, 1 trials"):
        average_range_study(*_made(2, trials=1))


def test_equal_values_have_no_share() -> None:
    y, part, operator = _made(3)
    found = _study(np.full_like(y, 0.1), part, operator)
    assert found.total.value == 0
    assert np.isnan(found.share.value)
    assert found.distinct is None


def test_a_perfect_gauge_has_share_zero() -> None:
    _, part, operator = _made(3)
    found = _study(part.astype(np.float64), part, operator)
    assert found.gauge.value == 0
    assert found.share.value == 0
    assert found.distinct is None


def test_a_missing_cell_is_named_with_the_mend() -> None:
    y, part, operator = _made(4)
    with pytest.raises(BadData, match=r"1 to 2 values.*choose the method reml"):
        _study(y[1:], part[1:], operator[1:])
    with pytest.raises(BadData, match="choose the method reml"):
        average_range_study(y[1:], part[1:], operator[1:])


def test_one_part_is_not_enough() -> None:
    y, part, operator = _made(4)
    kept = part == 0
    with pytest.raises(NotEnoughData, match="got 1 parts"):
        _study(y[kept], part[kept], operator[kept])
    with pytest.raises(NotEnoughData, match="got no value"):
        _study(y[:0], part[:0], operator[:0])
