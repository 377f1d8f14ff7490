"""Power-law process of corrections: published cases, exact intervals, scale of time."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.crow_amsaa import cramer_von_mises, crow_amsaa
from ops.errors import BadData, NotEnoughData

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[2] / "reference" / "drift_decision.json").read_text()
    )["cases"]
}


def test_the_modified_estimate_is_that_of_the_nist_handbook() -> None:
    case = CASES["nist_nhpp_power_law"]
    fit = crow_amsaa(np.array(case["inputs"]["times"]), end=case["inputs"]["end"], confidence=0.8)
    assert fit.beta == pytest.approx(case["expected"]["b"], abs=1e-6)
    assert 1 - fit.beta == pytest.approx(case["expected"]["growth_slope"], abs=1e-5)
    assert 1 / fit.modified_intensity == pytest.approx(case["expected"]["MTBF"], abs=1e-3)
    published = case["expected"]["MTBF_80pct"]  # by an approximation; ours is by quadrature
    found = (1 / fit.intensity_upper, 1 / fit.intensity_lower)
    assert found == pytest.approx(published, rel=0.03)


def test_a_military_handbook_case_is_met_to_the_last_digit() -> None:
    case = CASES["mil_hdbk_189_appendix_c"]
    times, expected = np.array(case["inputs"]["times"]), case["expected"]
    fit = crow_amsaa(times, end=case["inputs"]["end"])
    assert fit.beta_mle == pytest.approx(expected["beta"], rel=1e-9)
    assert fit.scale == pytest.approx(expected["lam"], rel=1e-9)
    assert fit.intensity == pytest.approx(expected["intensity_T"], rel=1e-8)
    statistic, p_value = cramer_von_mises(fit, times, rng=np.random.default_rng(1))
    assert statistic == pytest.approx(expected["CvM"], abs=1e-7)
    assert p_value > 0.2  # the handbook keeps the model at 10 %


def test_a_test_that_ended_at_a_failure_has_its_own_estimates() -> None:
    case = CASES["reliawiki_system_growth"]
    fit = crow_amsaa(np.array(case["inputs"]["times"]))
    expected = case["expected"]
    assert fit.ended == "event"
    assert fit.beta_mle == pytest.approx(expected["beta"], abs=1e-5)
    assert fit.scale == pytest.approx(expected["lam"], abs=1e-5)
    assert 1 / fit.intensity == pytest.approx(expected["DMTBF_I"], abs=1e-3)
    assert fit.end / fit.n == pytest.approx(expected["DMTBF_C"], abs=1e-4)
    at = expected["time_to_35"]
    assert at / fit.expected(at) == pytest.approx(35, abs=1e-3)


@pytest.mark.parametrize("ended", ["time", "event"])
def test_intervals_cover(ended: str) -> None:
    rng = np.random.default_rng(3)
    beta, sure = 1.5, []
    for _ in range(300):
        if ended == "time":
            times = 100 * np.sort(rng.random(max(rng.poisson(12), 3))) ** (1 / beta)
            fit = crow_amsaa(times, end=100, confidence=0.9)
        else:
            times = 100 * (np.cumsum(rng.exponential(size=12)) / 12) ** (1 / beta)
            fit = crow_amsaa(times, confidence=0.9)
        rate = 12 * beta / 100 * (fit.end / 100) ** (beta - 1)
        sure.append(
            (fit.lower <= beta <= fit.upper, fit.intensity_lower <= rate <= fit.intensity_upper)
        )
    assert np.mean(sure, axis=0) == pytest.approx(0.9, abs=0.04)


@settings(max_examples=40)
@given(
    times=st.lists(st.floats(0.01, 500), min_size=3, max_size=30),
    unit=st.sampled_from([1 / 24, 7.0, 365.25]),
)
def test_another_unit_of_time_changes_rates_alone(times: list[float], unit: float) -> None:
    one, other = (
        crow_amsaa(np.array(times), end=501),
        crow_amsaa(np.array(times) * unit, end=501 * unit),
    )
    assert (other.beta, other.lower, other.p_value) == pytest.approx(
        (one.beta, one.lower, one.p_value)
    )
    assert other.intensity * unit == pytest.approx(one.intensity)
    assert other.next_after(0.9) == pytest.approx(one.next_after(0.9) * unit)


def test_ever_shorter_intervals_are_evidence() -> None:
    times = 100 * (np.arange(1, 16) / 15.5) ** 0.45
    fit = crow_amsaa(times, end=100)
    evidence = fit.evidence()
    assert fit.shrinks
    assert (evidence.mechanism, evidence.present, evidence.direction) == ("corrections", True, 1)
    assert fit.next_after(0.25) < fit.next_after() < fit.next_after(0.975)


def test_even_intervals_are_none() -> None:
    fit = crow_amsaa(np.arange(1.0, 16.0) * 10, end=155)
    assert not fit.shrinks
    assert fit.p_value > 0.5


def test_a_power_law_is_refused_where_it_does_not_fit() -> None:
    times = np.concatenate([np.linspace(1, 5, 12), np.linspace(95, 99, 12)])
    fit = crow_amsaa(times, end=100)
    assert cramer_von_mises(fit, times, rng=np.random.default_rng(2))[1] < 0.01


@pytest.mark.parametrize(
    ("times", "end", "error"),
    [
        ([1.0, 2.0], 5.0, NotEnoughData),
        ([5.0, 5.0, 5.0], 5.0, NotEnoughData),
        ([0.0, 1.0, 2.0], 5.0, BadData),
        ([1.0, 2.0, 6.0], 5.0, BadData),
        ([1.0, np.nan, 3.0], 5.0, BadData),
    ],
)
def test_times_that_say_nothing_are_named(
    times: list[float], end: float, error: type[Exception]
) -> None:
    with pytest.raises(error):
        crow_amsaa(np.array(times), end=end)


def test_ties_are_allowed() -> None:
    fit = crow_amsaa(np.array([3.0, 3.0, 8.0, 8.0]), end=9)
    assert all(np.isfinite(getattr(fit, f.name)) for f in fields(fit) if f.name != "ended")
