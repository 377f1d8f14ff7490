"""The capability analysis: verdicts, strata, subgroups, what is left out, size."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.analyses.capability import CAPABILITY, CapabilityParams
from ops.analyses.capability_result import CapabilityOfCharacteristic, CapabilityResult, _index
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.simulate.sample import sample_series
from ops.values import FloatArray, Measurements, Series, SpecLimits


def _series(value: FloatArray, *, spec: SpecLimits | None, code: str = "LOOP-H") -> Series:
    plain = sample_series(value.size)
    of = replace(plain.characteristic, code=code)
    return replace(plain, value=value, spec=spec, characteristic=of)


def _computed(*series: Series, **params: Any) -> CapabilityResult:
    return CAPABILITY.compute(Measurements(series), CapabilityParams(**params), silent)


def _one(*series: Series, **params: Any) -> CapabilityOfCharacteristic:
    return _computed(*series, **params).characteristics[0]


def _normal(n: int = 240, seed: int = 5) -> FloatArray:
    return np.random.default_rng(seed).normal(150.0, 2.0, n)


@pytest.mark.parametrize(
    ("half_um", "level", "words"),
    [
        (6.0, "bad", "is below 1.33"),
        (8.3, "warn", "but its lower bound is not"),
        (14.0, "good", ""),
    ],
)
def test_the_verdict_has_the_number_its_interval_and_the_comparison(
    half_um: float, level: str, words: str
) -> None:
    spec = SpecLimits(150.0 - half_um, 150.0 + half_um)
    found = _one(_series(_normal(), spec=spec))
    index = found.pool.cpk
    assert index is not None
    assert found.verdict.level == level
    said = f"Cpk {index.value:.2f} (95 % {index.lower:.2f} to {index.upper:.2f})"
    assert said in found.verdict.sentence
    assert words in found.verdict.sentence
    assert "1.33" in found.verdict.sentence


def test_a_bad_stratum_hidden_under_the_pool_is_named() -> None:
    plain = sample_series(2400, tools=12)
    shifted = np.where(plain.factors["tool"].codes == 3, 5.0, 0.0)
    value = np.random.default_rng(2).normal(150.0, 2.0, 2400) + shifted
    found = _one(replace(plain, value=value, spec=SpecLimits(140.0, 160.0)), strata=("tool",))
    assert found.pool.cpk is not None
    assert found.pool.cpk.value > 1.33
    assert found.strata[0].level == "WB-04"
    assert found.verdict.level == "warn"
    assert "tool WB-04 alone has" in found.verdict.sentence


def test_a_drift_between_subgroups_shows_as_ppk_below_cpk() -> None:
    value = _normal() + np.linspace(-4.0, 4.0, 240)
    found = _one(_series(value, spec=SpecLimits(141.0, 159.0)))
    assert found.pool.cpk is not None
    assert found.pool.ppk is not None
    assert found.pool.ppk.value < 1.33 < found.pool.cpk.value
    assert "overall Ppk" in found.verdict.sentence


@pytest.mark.parametrize("subgroup", ["auto", "column", "unit", "individuals", "factor:tool", 4, 7])
@pytest.mark.parametrize("method", ["pooled", "rbar", "sbar"])
def test_every_way_to_form_subgroups_finds_the_same_sigma(subgroup: Any, method: str) -> None:
    value = np.random.default_rng(9).normal(150.0, 2.0, 4800)
    found = _one(_series(value, spec=None), subgroup=subgroup, method=method)
    assert found.pool.sigma_within is not None
    assert found.pool.sigma_within.value == pytest.approx(2.0, rel=0.05)


def test_subgroups_by_a_factor_that_is_missing_leave_the_overall_part() -> None:
    params = CapabilityParams(subgroup="factor:lot")
    assert "lot" in (CAPABILITY.needs(params).factors or ())
    found = _one(sample_series(), subgroup="factor:lot")
    assert found.pool.cpk is None
    assert found.pool.ppk is not None
    assert "subgroup of 2 values" in found.pool.reason


def test_the_share_outside_is_expected_of_both_sigmas() -> None:
    found = _one(_series(_normal() + np.linspace(-4.0, 4.0, 240), spec=SpecLimits(141.0, 159.0)))
    assert found.pool.outside_expected is not None
    assert found.pool.outside_expected_within is not None
    assert found.pool.outside_expected > found.pool.outside_expected_within


def test_strata_of_one_level_are_the_pool() -> None:
    found = _one(sample_series(120, tools=1), strata=("tool",))
    pool, stratum = (
        group.model_dump(exclude={"factor", "level"}) for group in (found.pool, found.strata[0])
    )
    assert stratum == pool


def test_what_is_not_studied_has_a_reason() -> None:
    fine = sample_series()
    single = _series(np.array([1.0]), spec=None, code="ONE")
    broken = _series(np.array([1.0, np.nan, 3.0, 1e200]), spec=None, code="NAN")
    found = _computed(fine, single, broken, characteristics=("LOOP-H", "ONE", "NAN", "NONE"))
    assert [c.code for c in found.characteristics] == ["LOOP-H"]
    reasons = {left.code: left.reason for left in found.not_studied}
    assert reasons["ONE"] == "1 values in the window, 2 are needed"
    assert reasons["NAN"].startswith("2 of 4 values")
    assert "no such characteristic" in reasons["NONE"]
    assert "Not studied" in CAPABILITY.view(found).model_dump_json()


def test_nothing_to_study_is_not_enough_data() -> None:
    with pytest.raises(NotEnoughData, match="ONE: 1 values"):
        _computed(_series(np.array([1.0]), spec=None, code="ONE"))


def test_a_characteristic_without_limits_says_so() -> None:
    found = _one(_series(_normal(), spec=None))
    assert found.pool.cpk is None
    assert "define them" in found.verdict.sentence
    assert found.verdict.level == "info"


def test_an_unknown_factor_is_named() -> None:
    found = _one(sample_series(), strata=("tool", "moon"))
    assert found.strata_unknown == ("moon",)


def test_a_hundred_characteristics_of_fifty_strata_fit_into_a_row() -> None:
    plain = sample_series(600, tools=50)
    named = [replace(plain.characteristic, code=f"LOOP-{i:03d}") for i in range(100)]
    found = _computed(*(replace(plain, characteristic=c) for c in named), strata=("tool",))
    assert len(found.model_dump_json()) <= 256 * 1024
    first = found.characteristics[0]
    assert len(first.strata) + first.strata_left_out == 50


def test_the_data_asked_for_are_those_of_the_strata() -> None:
    params = CapabilityParams(
        characteristics=("A",), strata=("lot",), site="PG1", where={"tool": ("B",)}
    )
    query = CAPABILITY.needs(params)
    assert query.characteristics == ("A",)
    assert query.factors == ("lot", "tool")
    assert (query.site, query.where) == ("PG1", {"tool": ("B",)})


@pytest.mark.parametrize("subgroup", [1, 1001, "shift"])
def test_a_subgroup_that_cannot_be_is_refused(subgroup: Any) -> None:
    with pytest.raises(ValueError, match="subgroup"):
        CapabilityParams(subgroup=subgroup)


@given(st.floats(0.01, 9.0), st.sampled_from([1.0, 1.33, 1.67]))
def test_a_number_is_shown_on_the_side_of_the_requirement_where_it_lies(
    value: float, requirement: float
) -> None:
    shown = _index(value, requirement)
    assert shown.value is not None
    if abs(value - requirement) > 1e-6:
        assert (shown.value < requirement) == (value < requirement)
        assert shown.value != requirement
    assert abs(shown.value - value) <= 0.005 + 1e-12


def test_two_decimals_suffice_where_they_tell_the_sides_apart() -> None:
    assert str(_index(1.08, 1.33)) == "1.08"
    assert str(_index(1.3271, 1.33)) == "1.327"
    assert str(_index(1.33, 1.33)) == "1.33"
    assert str(_index(None, 1.33)) == "-"
