"""Charts of loop heights: offsets of wires, limits, strata against each other and chance."""

from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.loop_height_sample import sample_heights
from ops.loop.height import (
    centred,
    chance_of,
    height_chart,
    position_offsets,
    rows_of,
    shifts_of,
)
from ops.spc.design import ChartDesign, ChartSettings, StreamLimits
from ops.spc.rules import LIMITS_ONLY, WESTERN_ELECTRIC
from ops.values import Series

SETTINGS = ChartSettings(kind="three-way", subgroup="unit", rules=WESTERN_ELECTRIC)


def heights(units: int = 90) -> Series:
    return sample_heights(units).measurements.series[0]


def boundary(series: Series) -> int:
    return int(np.quantile(series.ts, 0.4, method="higher"))


def test_offsets_of_positions_are_those_that_were_put_in() -> None:
    found = position_offsets(heights())
    truth = {"W1": -3.0, "W2": -1.0, "W3": 1.0, "W4": 3.0}
    assert all(o.lower <= truth[o.position] <= o.upper for o in found)
    assert sum(o.value * o.wires for o in found) == pytest.approx(0.0, abs=1e-9)


def test_units_that_lack_wires_do_not_move_the_offsets() -> None:
    series = heights()
    keep = (series.position.codes == 0) | (np.random.default_rng(1).random(series.ts.size) < 0.6)
    whole = {o.position: o.value for o in position_offsets(series)}
    part = {o.position: o.value for o in position_offsets(rows_of(series, keep))}
    # 0 is the mean of the wires that are there, so differences of positions are compared
    assert part["W4"] - part["W1"] == pytest.approx(whole["W4"] - whole["W1"], abs=0.2)


def test_one_wire_a_unit_has_no_offsets() -> None:
    series = heights()
    assert position_offsets(rows_of(series, series.position.codes == 0)) == ()


def test_limits_are_those_of_the_first_part_and_later_points_count() -> None:
    series = centred(heights(), position_offsets(heights()))
    found = height_chart(series, SETTINGS, boundary=boundary(series))
    assert found.design is not None
    assert found.judged is not None
    for one in found.design.limits:
        mine = (found.points.stream.codes == found.points.stream.levels.index(one.level)) & (
            ~found.later
        )
        assert one.center == pytest.approx(float(found.points.value[mine].mean()), abs=1.0)
        assert one.n <= np.count_nonzero(mine)
    moved = found.later & (found.points.ts > series.ts[-1] - 29 * 3_600_000_000)
    second = moved & (found.points.stream.codes == 1)
    assert np.all(found.judged.flags[second] > 0)


def test_an_approved_design_judges_every_point() -> None:
    series = heights()
    limits = StreamLimits(center=150.0, sigma=50.0, n=100, within=2.0)
    design = ChartDesign(kind="three-way", subgroup="unit", rules=LIMITS_ONLY, limits=(limits,))
    found = height_chart(series, SETTINGS, boundary=boundary(series), design=design)
    assert found.later.all()
    assert found.judged is not None
    assert not np.any(found.judged.flags)


def test_heights_that_do_not_vary_have_no_limits_but_a_reason() -> None:
    series = heights()
    flat = replace(series, value=np.full(series.ts.size, 150.0))
    found = height_chart(flat, SETTINGS, boundary=boundary(series))
    assert found.design is None
    assert "no variation" in found.reason


def test_one_group_that_stands_off_does_not_move_the_others() -> None:
    rng = np.random.default_rng(2)
    value = rng.normal(0.0, 1.0, 400) + np.repeat([0.0, 0.0, 0.0, 5.0], 100)
    groups = [np.repeat(np.arange(4), 100) == i for i in range(4)]
    found = shifts_of(value, groups, phi=0.0, confidence=0.95)
    off = [one is not None and not one.lower <= 0 <= one.upper for one in found]
    assert off == [False, False, False, True]
    assert found[3] is not None
    assert found[3].lower < 5.0 < found[3].upper


def test_two_groups_are_compared_with_each_other_and_one_with_none() -> None:
    value = np.array([1.0, 2.0, 3.0, 11.0, 12.0, 13.0])
    groups = [np.arange(6) < 3, np.arange(6) >= 3]
    one, other = shifts_of(value, groups, phi=0.0, confidence=0.95)
    assert one is not None
    assert other is not None
    assert (one.value, other.value) == (-10.0, 10.0)
    assert shifts_of(value, groups[:1], phi=0.0, confidence=0.95) == [None]


def test_shifts_of_equal_groups_hold_0_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    groups = [np.repeat(np.arange(5), 20) == i for i in range(5)]
    wrong = 0
    for _ in range(200):
        found = shifts_of(rng.normal(size=100), groups, phi=0.0, confidence=0.95)
        wrong += any(s is not None and not s.lower <= 0 <= s.upper for s in found)
    assert wrong / 200 <= 0.09


def test_chance_of_exact_limits_is_that_of_the_rules() -> None:
    exact = chance_of(LIMITS_ONLY, 10**9, 10**9)
    assert exact.expected(10_000) == pytest.approx(10_000 / 370.4, rel=0.1)
    assert chance_of(LIMITS_ONLY, 25, 15).expected(10_000) > 1.3 * exact.expected(10_000)
    assert exact.probability(370, 0) == 1.0
    assert exact.probability(370, 8) < 1e-3 < exact.probability(370, 2)


@pytest.mark.parametrize(("baseline", "later"), [(36, 54), (100, 100)])
def test_violations_by_chance_are_rare_as_often_as_they_say(baseline: int, later: int) -> None:
    rng = np.random.default_rng(4)
    small = 0
    for _ in range(100):
        x = rng.normal(size=baseline + later)
        center, sigma = x[:baseline].mean(), x[:baseline].std(ddof=1)
        z = (x[baseline:] - center) / sigma
        count = int(np.count_nonzero(np.abs(z) > 3.0))
        small += chance_of(LIMITS_ONLY, baseline, baseline - 1).probability(later, count) < 0.05
    assert small <= 11
