"""The capability analysis: verdicts, strata, subgroups, what is left out, size."""

import re
from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.analyses.capability import CAPABILITY
from ops.analyses.capability_params import CapabilityParams
from ops.analyses.capability_result import CapabilityOfCharacteristic, CapabilityResult
from ops.analyses.capability_verdict import index_number as _index
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.page_table import Table
from ops.simulate.sample import sample_series
from ops.values import Factor, FloatArray, Measurements, Series, SpecLimits


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
    index = found.pool.index
    assert index is not None
    assert found.verdict.level == level
    said = f"Cpk (ISO 22514-2) {index.value:.2f} (95 % {index.lower:.2f} to {index.upper:.2f})"
    assert said in found.verdict.sentence
    assert words in found.verdict.sentence
    assert "1.33" in found.verdict.sentence


def test_a_bad_stratum_hidden_under_the_pool_is_named() -> None:
    plain = sample_series(2400, tools=12)
    shifted = np.where(plain.factors["tool"].codes == 3, 9.0, 0.0)
    value = np.random.default_rng(2).normal(150.0, 2.0, 2400) + shifted
    plain = replace(plain, value=value, spec=SpecLimits(135.0, 165.0))
    found = _one(plain, strata=("tool",))
    assert found.pool.index is not None
    assert found.pool.index.value > 1.33
    assert found.strata[0].level == "WB-04"
    assert found.verdict.level == "warn"
    assert "tool WB-04 alone has" in found.verdict.sentence


def test_a_drift_between_subgroups_shows_as_ppk_below_cpk() -> None:
    value = _normal() + np.linspace(-4.0, 4.0, 240)
    found = _one(
        _series(value, spec=SpecLimits(141.0, 159.0)),
        convention="aiag-2005",
        distribution="normal",
    )
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


def test_mean_and_sigma_stand_in_their_unit_to_three_digits_of_the_sigma() -> None:
    value = 74.0 + np.random.default_rng(3).normal(0.0, 0.007, 200)
    page = CAPABILITY.view(_computed(_series(value, spec=SpecLimits(73.9, 74.1))))
    table = next(t for t in page.sections[1].blocks if isinstance(t, Table))
    shown = {c.label: (c.unit, c.decimals) for c in table.columns}
    assert shown["Sigma overall"] == shown["Mean"] == ("um", 5)


def test_strata_of_one_level_are_the_pool() -> None:
    found = _one(sample_series(120, tools=1), strata=("tool",))
    pool, stratum = (
        group.model_dump(exclude={"factor", "level", "excess_ppm"})
        for group in (found.pool, found.strata[0])
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


def _lots(n: int = 480, lots: int = 24, spread: float = 1.5) -> Series:
    rng, code = np.random.default_rng(3), np.arange(n) // (n // lots)
    value = 150.0 + rng.normal(0, spread, lots)[code] + rng.normal(0, 1.5, n)
    plain = _series(value, spec=SpecLimits(140.0, 160.0))
    lot = Factor(code, tuple(f"L{i:02d}" for i in range(lots)))
    return replace(plain, factors={**plain.factors, "lot": lot})


def test_intervals_allow_for_lots_where_there_are_lots() -> None:
    series = _lots()
    found = _one(series)
    assert found.pool.index is not None
    assert found.pool.index.interval == "lots"
    assert found.lots == 24
    assert found.pool.index.n_effective < 60
    assert found.lot_correlation == pytest.approx(0.5, abs=0.25)
    assert "24 lots" in CAPABILITY.view(_computed(series)).model_dump_json()


def test_the_letter_c_needs_stability_by_iso_and_a_sigma_within_by_aiag() -> None:
    steady, drifting = _normal(), _normal() + np.linspace(-4.0, 4.0, 240)
    spec = SpecLimits(130.0, 170.0)
    names = [
        found.name
        for value, convention in (
            (steady, "iso-22514-2"),
            (drifting, "iso-22514-2"),
            (drifting, "aiag-2005"),
        )
        if (found := _one(_series(value, spec=spec), convention=convention).pool.index)
    ]
    assert names == ["Cpk", "Ppk", "Cpk"]


def test_an_unstable_process_is_said_to_be_so_with_its_evidence() -> None:
    found = _one(_series(_normal() + np.linspace(-4, 4, 240), spec=SpecLimits(120.0, 180.0)))
    assert found.verdict.level == "warn"
    assert "not stable" in found.verdict.sentence
    assert found.stability is not None
    assert found.stability.broken[0].points > found.stability.broken[0].expected


@pytest.mark.parametrize(("judged_by", "level"), [("lower-bound", "warn"), ("point", "good")])
def test_the_requirement_is_compared_with_what_was_asked(judged_by: str, level: str) -> None:
    found = _one(_series(_normal(), spec=SpecLimits(141.7, 158.3)), judged_by=judged_by)
    assert found.verdict.level == level


def test_two_populations_are_never_averaged_away() -> None:
    plain = sample_series(960, tools=2)
    value = np.random.default_rng(4).normal(150.0 + 8.0 * plain.factors["tool"].codes, 1.5)
    series = replace(plain, value=value, spec=SpecLimits(110.0, 190.0))
    found = _one(series)
    assert found.distribution is not None
    assert found.distribution.populations is not None
    assert found.distribution.populations.factor == "tool"
    assert found.verdict.level == "warn"
    assert re.search(r"two populations at 1\d\d\.\d\d and 1\d\d\.\d\d \(", found.verdict.sentence)
    assert "told apart by tool" in found.verdict.sentence
    assert "describe neither population" in CAPABILITY.view(_computed(series)).model_dump_json()


def test_a_test_of_values_that_hang_together_says_as_how_many_they_count() -> None:
    lot = np.arange(960) // 60  # every other one of 16 is high: few lots, although many values
    value = np.random.default_rng(4).normal(150.0 + 4.5 * (lot % 2), 1.5)
    plain = _series(value, spec=SpecLimits(110.0, 190.0))
    lots = Factor(lot, tuple(f"L{i}" for i in range(16)))
    series = replace(plain, factors={**plain.factors, "lot": lots})
    found = _one(series)
    assert found.distribution is not None
    assert found.distribution.why == "not-rejected"
    assert found.distribution.tested_as is not None
    assert found.distribution.tested_as < 100
    told = CAPABILITY.view(_computed(series)).model_dump_json()
    assert f"tested as {found.distribution.tested_as:.0f} independent ones" in told
    assert "two populations at 150" in told


def test_a_skewed_process_is_judged_by_its_percentiles() -> None:
    value = np.random.default_rng(5).weibull(1.5, 600) * 3.0
    found = _one(_series(value, spec=SpecLimits(upper=25.0)))
    assert found.distribution is not None
    assert found.distribution.why == "rejected"
    assert found.pool.index is not None
    assert found.pool.ppk is not None
    assert found.pool.index.value < found.pool.ppk.value, "the long tail costs"
    assert found.expected_ppm is not None
    assert found.expected_ppm.lower is not None
    assert found.expected_ppm.lower <= found.expected_ppm.value
    assert found.pool.outside_expected == pytest.approx(1e-6 * found.expected_ppm.value, rel=1e-6)


def test_strata_expect_outside_what_their_own_family_says() -> None:
    plain = sample_series(1200, tools=2)
    value = np.random.default_rng(5).weibull(1.5, 1200) * 3.0
    series = replace(plain, value=value, spec=SpecLimits(upper=12.0))
    found = _one(series, strata=("tool",))
    true = np.exp(-((12.0 / 3.0) ** 1.5))
    assert [g.outside_expected for g in found.strata] == pytest.approx([true] * 2, rel=1.0)
    normal = 1 - NormalDist(float(value.mean()), float(value.std())).cdf(12.0)
    assert all((g.outside_expected or 0.0) > 5 * normal for g in found.strata)


@pytest.mark.parametrize("name", ["normal", "johnson-su", "clements", "empirical", "weibull"])
def test_every_distribution_can_be_asked_for(name: str) -> None:
    found = _one(_series(_normal(), spec=SpecLimits(140.0, 160.0)), distribution=name)
    assert found.distribution is not None or name == "weibull"
    assert found.pool.index is not None


def test_a_family_that_cannot_hold_the_values_says_why() -> None:
    value = _normal() - 150.0
    found = _one(_series(value, spec=SpecLimits(-9.0, 9.0)), distribution="weibull")
    assert "begins at zero" in found.pool.reason


def test_strata_are_ranked_by_what_they_cost() -> None:
    found = _one(sample_series(2400, tools=6), strata=("tool",))
    costs = [group.excess_ppm or 0.0 for group in found.strata]
    assert costs == sorted(costs, reverse=True)
    assert found.strata[0].level == "WB-06"


def test_stored_parameters_of_version_one_keep_their_meaning() -> None:
    assert CAPABILITY.upgrade is not None
    old = {"characteristics": ["LOOP-H"], "requirement": 1.5}
    params = CapabilityParams(**CAPABILITY.upgrade(old, 1))
    assert (params.convention, params.distribution) == ("aiag-2005", "normal")
    assert CAPABILITY.upgrade({"convention": "aiag-2005"}, 2) == {"convention": "aiag-2005"}


@pytest.mark.parametrize("value", [np.full(40, 150.0), np.full(2, 1e6), np.array([1.0, 2.0])])
def test_little_or_equal_values_have_a_stated_fallback(value: FloatArray) -> None:
    found = _computed(_series(value, spec=SpecLimits(0.0, 2e6)))
    assert CAPABILITY.view(found).verdicts
