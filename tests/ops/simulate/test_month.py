"""The simulated months have the numbers that they state, and nothing else moves."""

import numpy as np
import pytest

from ops.simulate.month import NOISE, START_US, TOOLS, WIRES, device_sigma, simulated_month
from ops.simulate.month_cause import KINDS, QUIET, MonthCause, drawn_causes
from ops.simulate.plant import DAY_US


def test_the_same_seed_gives_the_same_month() -> None:
    one, again, other = simulated_month(5), simulated_month(5), simulated_month(6)
    assert one.heights.fingerprint() == again.heights.fingerprint()
    assert one.heights.fingerprint() != other.heights.fingerprint()
    assert one.causes == again.causes
    assert one.events == again.events


def test_quiet_devices_have_the_sigma_and_the_level_that_are_said() -> None:
    means: list[float] = []
    spread: list[float] = []
    for seed in range(6):
        month = simulated_month(seed, ())
        tool = month.heights.factors["tool"].codes
        for i in range(TOOLS):
            device = month.heights.value[tool == i].reshape(-1, WIRES).mean(axis=1)
            means.append(float(device.mean() - month.base[i]))
            spread.append(float(device.std()))
    assert np.mean(spread) == pytest.approx(device_sigma(), rel=0.03)
    # spools of six days that all tools share, and lots, are what the mean of a record wanders by
    wander = NOISE.material_um / (118 / 6) ** 0.5
    assert abs(np.mean(means)) < 3 * wander / 6**0.5


def test_a_planted_cause_moves_what_it_should_by_its_size() -> None:
    causes = (MonthCause("step", 3, 10.0, 4.0, 2.4), MonthCause("gauge", 1, 10.0, -3.0, -1.8, 3.0))
    still, moved = simulated_month(9, ()), simulated_month(9, causes)
    later = moved.heights.ts >= START_US + 10 * DAY_US
    tool = moved.heights.factors["tool"].codes
    change = moved.heights.value - still.heights.value
    assert change[~later].tolist() == pytest.approx(np.zeros(int((~later).sum())))
    assert change[later & (tool == 3)] == pytest.approx(4.0)
    assert change[later & (tool >= 4)].mean() == pytest.approx(-3.0, abs=0.1)
    assert change[later & (tool < 3)] == pytest.approx(0.0)
    assert moved.level(3, np.array([9.0, 11.0])) == pytest.approx(moved.base[3] + [0.0, 4.0])
    at_step = [e for e in moved.events if e.kind == "maintenance" and e.tool == "WB-04"]
    assert START_US + 10 * DAY_US in [e.ts for e in at_step]


def test_corrections_hide_the_creep_that_they_follow() -> None:
    still = simulated_month(9, ())
    moved = simulated_month(9, (MonthCause("corrections", 2, 0.0, 6.0, 3.6),))
    last = moved.heights.ts >= START_US + 29 * DAY_US
    here = last & (moved.heights.factors["tool"].codes == 2)
    assert np.abs(moved.heights.value[here] - still.heights.value[here]).mean() < 0.2
    ahead = (moved.corrections.value - still.corrections.value).reshape(-1, TOOLS)[-1]
    assert ahead[2] == pytest.approx(6.0 * (90 - 1 / 3) / 30)
    assert ahead[3] == 0.0


def test_causes_are_drawn_as_often_as_said_and_never_share_a_gauge() -> None:
    rng = np.random.default_rng(3)
    drawn = [drawn_causes(rng, sigma=2.0, tools=8, gauges=2) for _ in range(800)]
    assert np.mean([not causes for causes in drawn]) == pytest.approx(QUIET, abs=0.04)
    each = [c for causes in drawn for c in causes]
    assert {c.kind for c in each} == set(KINDS)
    assert all(abs(c.size) == pytest.approx(3.0) for c in each if c.is_bar)
    for causes in drawn:
        served = [c.place if c.kind == "gauge" else c.place // 4 for c in causes]
        assert len(set(served)) == len(served)
        assert len({c.kind for c in causes}) == len(causes)
