"""Monitors: false alarms as rare as wanted, shifts told with direction and begin."""

from typing import Any

import numpy as np
import pytest

from ops.drift.monitor import monitor
from ops.drift.monitor_design import Kind, design
from ops.drift.monitor_kernel import quiet_series
from ops.errors import BadData, NotEnoughData
from ops.spc.run_length.cusum import cusum_h
from ops.spc.run_length.ewma import ewma_width
from ops.values import FloatArray
from tests.reference import case

KINDS: tuple[Kind, ...] = ("cusum", "ewma", "page-hinkley")
N = 400_000


def _quiet(phi: float, n: int = N, seed: int = 3) -> FloatArray:
    return quiet_series(np.random.default_rng(seed).normal(size=n), phi)


def test_thresholds_of_independent_values_are_the_published_ones() -> None:
    table = case("run_length", "arl_cusum_hawkins_370")["expected"]["table"]
    for k, h in zip(table["k"], table["h"], strict=True):
        if 0.25 <= k <= 1.0:
            assert design("cusum", 370.0, shift=2 * k).threshold == pytest.approx(h, abs=0.02)
    assert design("cusum", 500.0).threshold == cusum_h(500.0)
    assert design("ewma", 500.0).width == ewma_width(500.0, lambda_=0.2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("phi", [0.0, 0.6])
@pytest.mark.parametrize("headstart", [0.0, 0.5])
def test_false_alarms_are_as_rare_as_wanted(kind: Kind, phi: float, headstart: float) -> None:
    found = monitor(
        _quiet(phi), kind=kind, target=0.0, sigma=1.0, phi=phi, arl0=200.0, headstart=headstart
    )
    sampling = 3.0 / np.sqrt(len(found.alarms))  # run lengths vary about as much as their mean
    assert N / len(found.alarms) == pytest.approx(200.0, rel=0.08 + sampling)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.8])
@pytest.mark.parametrize("arl0", [100.0, 370.0, 1000.0])
@pytest.mark.parametrize("shift", [0.5, 1.0, 2.0])
def test_false_alarms_are_as_rare_as_wanted_at_each_design(
    kind: Kind, phi: float, arl0: float, shift: float
) -> None:
    n = int(10_000 * arl0)
    found = monitor(
        _quiet(phi, n), kind=kind, target=0.0, sigma=1.0, phi=phi, arl0=arl0, shift=shift
    )
    assert n / len(found.alarms) == pytest.approx(arl0, rel=0.25)


def test_without_its_phi_a_monitor_alarms_far_too_often() -> None:
    y = _quiet(0.6)
    naive = monitor(y, target=0.0, sigma=1.0)
    assert len(naive.alarms) > 5 * naive.expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_shift_is_told_with_direction_and_begin(kind: Kind, sign: int) -> None:
    y = 10.0 + 2.0 * _quiet(0.0, 300, seed=5)
    y[200:] += sign * 4.0
    found = monitor(y, kind=kind, target=10.0, sigma=2.0, arl0=1000.0)
    alarm = next(a for a in found.alarms if a.index >= 200)
    assert alarm.direction == sign
    assert abs(alarm.began - 200) <= 3
    assert alarm.delay == alarm.index - alarm.began + 1 <= 12
    if kind != "page-hinkley":  # it learns the new level
        evidence = found.evidence(np.arange(300) * 60_000_000)
        assert evidence.present
        assert evidence.direction == sign
        assert evidence.since == 60_000_000 * (found.began or 0)
        assert evidence.lower is not None
        assert evidence.upper is not None
        assert evidence.lower < sign * 4.0 < evidence.upper
        assert evidence.p_value is not None
        assert evidence.p_value < 1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_the_p_value_of_a_quiet_series_is_not_small_too_often(kind: Kind) -> None:
    small = [
        monitor(_quiet(0.3, 300, seed), kind=kind, target=0.0, sigma=1.0, phi=0.3).p_value <= 0.1
        for seed in range(300)
    ]
    assert np.mean(small) <= 0.1 + 2 * np.sqrt(0.09 / 300)


@pytest.mark.parametrize(("kind", "most"), [("cusum", 0.8), ("ewma", 0.95)])
def test_a_head_start_finds_an_early_shift_sooner(kind: Kind, most: float) -> None:
    delays = {0.0: 0, 0.5: 0}
    for seed in range(100):
        y = 1.0 + _quiet(0.0, 200, seed)
        for headstart in delays:
            found = monitor(y, kind=kind, target=0.0, sigma=1.0, headstart=headstart)
            delays[headstart] += found.alarms[0].index
    assert delays[0.5] < most * delays[0.0]


def test_a_mirrored_series_turns_directions() -> None:
    y = _quiet(0.0, 2000)
    for kind in KINDS:
        up, down = (monitor(x, kind=kind, target=0.0, sigma=1.0).alarms for x in (y, -y))
        assert [a.index for a in up] == [a.index for a in down]
        assert [a.direction for a in up] == [-a.direction for a in down]


def test_missing_values_change_nothing() -> None:
    y = np.repeat([0.0, 2.0], 20)
    gaps = np.insert(y, [5, 25], np.nan)
    for kind in KINDS:
        plain = monitor(y, kind=kind, target=0.0, sigma=1.0)
        found = monitor(gaps, kind=kind, target=0.0, sigma=1.0)
        assert found.alarms[0].index > plain.alarms[0].index
        assert len(found.alarms) == len(plain.alarms)
        assert found.n == 40


def test_a_constant_at_its_target_is_quiet() -> None:
    found = monitor(np.full(50, 3.0), target=3.0, sigma=1.0)
    assert found.alarms == ()
    assert found.evidence().present is False
    assert found.began is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"sigma": 0.0}, "sigma is 0"),
        ({"phi": 0.95}, "phi is 0.95"),
        ({"headstart": 0.3}, "headstart is 0.3"),
        ({"arl0": 10.0}, "arl0 is 10"),
        ({"shift": 5.0}, "shift is 5"),
    ],
)
def test_what_is_out_of_range_is_named(given: dict[str, Any], named: str) -> None:
    with pytest.raises(BadData, match=named):
        monitor(np.zeros(3), **{"target": 0.0, "sigma": 1.0, **given})


def test_no_value_is_too_few() -> None:
    with pytest.raises(NotEnoughData):
        monitor(np.full(3, np.nan), target=0.0, sigma=1.0)
