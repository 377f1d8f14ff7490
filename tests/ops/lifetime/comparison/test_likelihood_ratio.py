"""Tests of groups: published statistics, the size of the calibrated test, what cannot be tested."""

from dataclasses import replace

import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.lifetime.comparison.group import groups_of
from ops.lifetime.comparison.likelihood_ratio import GroupTests, group_tests
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.location_scale import Family
from ops.validation.case import Case
from ops.validation.life_comparison import cases
from tests.ops.lifetime.comparison.groups import drawn_groups

SHORT, LONG = 80, 2000


def _tested(data: LifeData, family: Family = "weibull", samples: int = 99) -> GroupTests:
    chance = np.random.default_rng(1)
    return group_tests(groups_of(data, family), family, rng=chance, samples=samples)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.id)
def test_statistics_and_ratios_are_those_of_another_program(case: Case) -> None:
    found = case.obtain()
    for value, expected in zip(found, case.expected, strict=True):
        assert abs(value - expected) <= case.tolerance.allowed(expected)


def test_groups_of_equal_rows_differ_in_nothing() -> None:
    one = failures_and_suspensions([10.0, 20.0, 40.0], [50.0])
    data = replace(_twice(one), groups=("A", "B"))
    for family in ("weibull", "lognormal"):
        found = _tested(data, family)
        for test in (found.shape, found.scale, found.joint):
            assert test.statistic == pytest.approx(0.0, abs=1e-8)
            assert test.p > 0.999


def test_statistics_survive_a_change_of_unit_and_of_order() -> None:
    data = drawn_groups(np.random.default_rng(4), "weibull", (0.0, 0.4, 0.1), end=1.2)
    found = _tested(data, samples=0)
    hours = replace(data, lower=data.lower * 3600.0, upper=data.upper * 3600.0)
    turned = replace(data, group=2 - data.group)
    for other in (_tested(hours, samples=0), _tested(turned, samples=0)):
        for name in ("shape", "scale", "joint"):
            same = getattr(found, name).statistic
            assert getattr(other, name).statistic == pytest.approx(same, rel=1e-7)


def test_a_group_without_failures_is_left_out_and_one_group_is_no_test() -> None:
    data = drawn_groups(np.random.default_rng(4), "weibull", (0.0, 0.2, 9.0), end=1.2)
    assert _tested(data).groups == ("lot 1", "lot 2")
    with pytest.raises(NotEnoughData, match="1 of 1 groups"):
        _tested(data.take(data.group == 0))


def test_interval_rows_and_weights_are_tested_and_parts_of_units_are_not_drawn() -> None:
    read = life_data([0, 100, 200, 300], [100, 200, 300, np.inf], weight=[2, 3, 2, 3])
    data = replace(_twice(read), groups=("A", "B"), weight=np.array([2, 3, 2, 3, 1, 1, 4, 4.0]))
    assert _tested(data).joint.calibrated
    assert not _tested(replace(data, weight=data.weight + 0.5)).joint.calibrated


@pytest.mark.parametrize("end", [np.inf, 1.0])
def test_calibrated_tests_have_their_size_in_a_short_simulation(end: float) -> None:
    p = _simulated("weibull", 8, end, SHORT, 99)
    for column in p.T:
        assert column.mean() == pytest.approx(0.5, abs=3.5 * (1 / 12 / SHORT) ** 0.5)
        assert (column < 0.05).mean() == pytest.approx(0.05, abs=3.5 * (0.0475 / SHORT) ** 0.5)


@pytest.mark.long
@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("end", [np.inf, 1.0])
def test_calibrated_tests_have_their_size(family: Family, end: float) -> None:
    p = _simulated(family, 8, end, LONG, 299)
    assert (p < 0.05).mean(axis=0) == pytest.approx(0.05, abs=0.015)
    assert (p < 0.2).mean(axis=0) == pytest.approx(0.2, abs=0.03)


def _simulated(family: Family, units: int, end: float, tests: int, samples: int) -> np.ndarray:
    rng, found = np.random.default_rng(7), []
    while len(found) < tests:
        data = drawn_groups(rng, family, (0.0, 0.0, 0.0), units=units, end=end)
        groups = groups_of(data, family)
        if len(groups) < 3 or any(group.fit is None for group in groups):
            continue
        told = group_tests(groups, family, rng=rng, samples=samples)
        found.append((told.shape.p, told.scale.p, told.joint.p))
    return np.array(found)


def _twice(data: LifeData) -> LifeData:
    n = data.lower.size
    rows = data.take(np.tile(np.arange(n), 2))
    return replace(rows, group=np.repeat([0, 1], n))
