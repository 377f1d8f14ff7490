"""FIT, early-life ppm and LTPD: hand computations and exact laws."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData, NotEnoughData
from ops.lifetime.qualification.early_life import EarlySample, early_life
from ops.lifetime.qualification.failure_rate import (
    StressedLot,
    failure_rate,
    temperature_acceleration,
    voltage_acceleration,
)
from ops.lifetime.qualification.ltpd import jesd47_sample_size, ltpd, ltpd_sample_size
from ops.validation.published import entry


@given(failures=st.integers(0, 30), hours=st.floats(1e3, 1e8), confidence=st.floats(0.5, 0.99))
def test_the_rate_is_the_chi_square_bound(failures: int, hours: float, confidence: float) -> None:
    rate = failure_rate([StressedLot(hours, failures, 50.0)], confidence)
    upper = stats.chi2.ppf(confidence, 2 * failures + 2) / (2 * hours * 50.0) * 1e9
    assert rate.upper == pytest.approx(upper, rel=1e-9)
    assert rate.mttf == pytest.approx(1e9 / upper, rel=1e-9)
    assert rate.lower <= rate.estimate <= rate.upper
    assert (rate.lower == 0.0) == (failures == 0)


def test_lots_with_their_own_acceleration_add_their_hours_of_use() -> None:
    both = failure_rate([StressedLot(1000.0, 1, 10.0), StressedLot(500.0, 0, 4.0)], 0.9)
    assert (both.use_hours, both.failures) == (12_000.0, 1)
    assert both.estimate == pytest.approx(1e9 / 12_000)


def test_no_hours_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="device hours"):
        failure_rate([])


def test_acceleration_by_temperature_and_voltage() -> None:
    # 0.7 eV from 55 to 125 degC, by hand: exp(0.7 / 8.617333e-5 * (1/328.15 - 1/398.15))
    hand = exp(0.7 / 8.617333262e-5 * (1 / 328.15 - 1 / 398.15))
    assert temperature_acceleration(0.7, 55, 125) == pytest.approx(hand)
    assert hand == pytest.approx(77.6, abs=0.1)
    assert temperature_acceleration(0.7, 125, 55) == pytest.approx(1 / hand)
    assert voltage_acceleration(3.0, 1.0, 1.2) == pytest.approx(exp(0.6))
    with pytest.raises(BadData, match="absolute zero"):
        temperature_acceleration(0.7, -300, 125)


def test_early_life_of_a_constant_rate_by_hand() -> None:
    # 2400 units, 48 h, none failed, 78 times: chi2(0.6; 2) / 2 = 0.91629
    found = early_life([EarlySample(2400, 0, 48.0, 78.0)])
    exposure = 2400 * 48 * 78 / 4380
    assert found.upper == pytest.approx(1e6 * (1 - exp(log(0.4) / exposure)), rel=1e-9)
    assert (found.estimate, found.lower, found.bound) == (0.0, 0.0, "chi-square")


def test_a_falling_rate_forgives_a_short_test() -> None:
    short = [EarlySample(2400, 1, 24.0, 78.0)]  # 1872 h of 4380 h of use
    constant, falling = early_life(short), early_life(short, shape=0.4)
    assert falling.upper < constant.upper
    long = [EarlySample(2400, 1, 168.0, 78.0)]
    assert early_life(long, shape=0.4).upper > early_life(long).upper


def test_a_test_of_just_the_period_needs_no_rate() -> None:
    exact = [early_life([EarlySample(1000, 2, 43.8, 100.0)], shape=s) for s in (0.3, 1.0)]
    assert exact[0].upper == exact[1].upper
    assert exact[0].bound == "binomial"
    upper = stats.binomtest(2, 1000).proportion_ci(0.2, method="exact")
    assert exact[0].upper == pytest.approx(1e6 * upper.high, rel=1e-9)
    assert exact[0].lower == pytest.approx(1e6 * upper.low, rel=1e-9)


def test_samples_add_up() -> None:
    parts = early_life([EarlySample(800, 0, 48.0, 78.0)] * 3, shape=0.5)
    whole = early_life([EarlySample(2400, 0, 48.0, 78.0)], shape=0.5)
    assert parts.upper == pytest.approx(whole.upper, rel=1e-12)


def test_early_life_refuses_wear_out_and_nothing() -> None:
    with pytest.raises(BadData, match="not of early life"):
        early_life([EarlySample(10, 0, 48.0)], shape=1.5)
    with pytest.raises(NotEnoughData):
        early_life([])


def test_published_sizes_by_ltpd() -> None:
    table = entry("life_planning", "ltpd_sample_sizes")
    found = [
        [ltpd_sample_size(share, c) for c in table["inputs"]["accept"]]
        for share in table["inputs"]["ltpd"]
    ]
    assert found == table["expected"]["units"]


def test_three_lots_of_77_show_less_than_one_percent() -> None:
    assert ltpd(77) == pytest.approx(1 - 0.1 ** (1 / 77))
    assert ltpd(231) == pytest.approx(0.00992, abs=1e-5)
    assert ltpd(231) < 0.01 < ltpd(229)


@given(share=st.floats(0.005, 0.2), accept=st.integers(0, 3))
def test_the_printed_approximation_is_nearly_the_binomial(share: float, accept: int) -> None:
    exact = ltpd_sample_size(share, accept)
    assert abs(jesd47_sample_size(share, accept) - exact) <= 1 + 0.05 * exact
    assert ltpd(exact, accept) <= share + 1e-12


def test_ltpd_refuses_no_units() -> None:
    with pytest.raises(BadData, match="at least one"):
        ltpd(0)
