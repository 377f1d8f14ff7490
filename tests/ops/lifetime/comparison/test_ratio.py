"""Ratio of two lives: coverage, symmetry, groups that have not failed."""

from dataclasses import replace

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.comparison.group import LifeGroup, groups_of
from ops.lifetime.comparison.pairs import holm, life_pairs
from ops.lifetime.comparison.ratio import LifeRatio, Shapes, life_ratio
from ops.lifetime.location_scale import Family
from tests.ops.lifetime.comparison.groups import drawn_groups

SHORT, LONG = 100, 1000


def _groups(*mus: float, end: float = 1.5, seed: int = 3, units: int = 12) -> tuple[LifeGroup, ...]:
    rng = np.random.default_rng(seed)
    return groups_of(drawn_groups(rng, "weibull", mus, end=end, units=units), "weibull")


def _ratio(groups: list[LifeGroup], shapes: Shapes = "own", samples: int = 0) -> LifeRatio:
    chance = np.random.default_rng(1)
    found = life_ratio(groups, "weibull", 0.1, rng=chance, shapes=shapes, samples=samples)
    assert found is not None
    return found


@pytest.mark.parametrize("shapes", ["own", "common"])
def test_a_ratio_turns_over_with_its_groups(shapes: Shapes) -> None:
    a, b = _groups(0.0, 0.3)
    one, other = _ratio([a, b], shapes), _ratio([b, a], shapes).turned()
    assert one.approximate
    assert one.p == pytest.approx(other.p, rel=1e-6)
    for name in ("estimate", "lower", "upper", "lower_one_sided", "upper_one_sided", "longer"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-6)


@pytest.mark.parametrize("shapes", ["own", "common"])
def test_the_unit_of_time_is_of_no_account(shapes: Shapes) -> None:
    groups = _groups(0.0, 0.3)
    moved = [
        replace(g, data=replace(g.data, lower=60 * g.data.lower, upper=60 * g.data.upper))
        for g in groups
    ]
    hours = [replace(g, fit=replace(g.fit, mu=g.fit.mu + np.log(60.0))) for g in moved if g.fit]
    one, other = _ratio(list(groups), shapes, 99), _ratio(hours, shapes, 99)
    assert one.calibrated
    for name in ("estimate", "lower", "upper", "p"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-4)


def test_bounds_stand_in_order_and_the_interval_goes_with_its_p() -> None:
    for seed in range(6):
        found = _ratio(list(_groups(0.0, 0.5, seed=seed)), samples=99)
        ends = (found.lower, found.lower_one_sided, found.estimate, found.upper_one_sided)
        bounds = [x for x in (*ends, found.upper) if x is not None]
        assert bounds == sorted(bounds)
        if found.upper is not None and found.lower is not None:
            assert (found.p < 0.05) == (found.upper < 1.0 or found.lower > 1.0)


def test_equal_groups_have_a_ratio_of_one() -> None:
    (a,) = _groups(0.0)
    for shapes in ("own", "common"):
        found = _ratio([a, a], shapes)
        assert found.estimate == pytest.approx(1.0)
        assert found.p > 0.99
        assert found.lower is not None
        assert found.upper is not None
        assert found.upper == pytest.approx(1.0 / found.lower, rel=1e-5)
        assert found.alike_within(found.upper * 1.01)
        assert not found.alike_within(1.01)


@pytest.mark.parametrize("samples", [0, 99])
def test_a_group_that_has_not_failed_is_bounded_on_one_side(samples: int) -> None:
    young, old = _groups(0.0, 9.0)
    assert life_ratio([old, young], "weibull", 0.1, rng=np.random.default_rng(1)) is None
    found = _ratio([old, young], "common", samples)
    assert found.estimate is None
    assert found.upper is None
    assert found.lower is not None
    assert found.lower > 1.0
    assert found.longer > 0.99
    turned = _ratio([young, old], "common", samples)
    assert turned.lower is None
    assert turned.upper == pytest.approx(1.0 / found.lower, rel=1e-4 if samples == 0 else 0.2)
    assert life_ratio([old, old], "weibull", 0.1, rng=np.random.default_rng(1)) is None


def test_pairs_take_the_reference_below_the_line_and_a_common_shape_where_one_has_no_fit() -> None:
    groups = _groups(0.0, 0.3, 9.0)
    chance = np.random.default_rng(1)
    pairs = life_pairs(groups, "weibull", 0.1, reference="lot 2", rng=chance)
    told = {(pair.ratio.one, pair.ratio.other): pair.ratio.shapes for pair in pairs}
    assert told[("lot 1", "lot 2")] == "own"
    assert told[("lot 3", "lot 2")] == "common"
    assert all(pair.adjusted_p >= pair.ratio.p for pair in pairs)
    only = life_pairs(groups, "weibull", 0.1, reference="lot 2", rng=chance, all_pairs=False)
    assert {pair.ratio.other for pair in only} == {"lot 2"}


def test_adjusted_p_values_are_those_of_holm() -> None:
    assert holm(np.array([0.02, 0.01, 0.9, 0.04])).tolist() == pytest.approx(
        [0.06, 0.04, 0.9, 0.08]
    )
    assert holm(np.empty(0)).size == 0


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(BadData, match=r"the share is 1\.5"):
        life_ratio(_groups(0.0, 0.0), "weibull", 1.5, rng=np.random.default_rng(1))


def test_intervals_cover_with_ten_failures_in_a_short_simulation() -> None:
    covered, beyond = _coverage("weibull", 20, SHORT, 99, "own")
    assert covered == pytest.approx(0.95, abs=3.5 * (0.0475 / SHORT) ** 0.5)
    assert beyond == pytest.approx(0.05, abs=3.5 * (0.0475 / SHORT) ** 0.5)


@pytest.mark.long
@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("shapes", ["own", "common"])
def test_intervals_cover_with_ten_failures(family: Family, shapes: Shapes) -> None:
    covered, beyond = _coverage(family, 20, LONG, 199, shapes)
    assert covered == pytest.approx(0.95, abs=0.024)
    assert beyond == pytest.approx(0.05, abs=0.024)


def _coverage(
    family: Family, units: int, tests: int, samples: int, shapes: Shapes
) -> tuple[float, float]:
    """Shares of tests whose interval holds the truth, and whose one-sided bound lies above it.

    Half of the units are expected to fail in the first group, and fewer in the second.
    """
    rng, gap = np.random.default_rng(11), 0.25
    end = float(np.exp(-0.18)) if family == "weibull" else 1.0
    held = above = done = 0
    while done < tests:
        data = drawn_groups(rng, family, (0.0, gap), units=units, end=end)
        groups = groups_of(data, family)
        if len(groups) < 2 or any(group.fit is None for group in groups):
            continue
        ratio = life_ratio(
            [groups[1], groups[0]], family, 0.1, rng=rng, samples=samples, shapes=shapes
        )
        assert ratio is not None
        truth = np.exp(gap)
        done += 1
        held += (ratio.lower or 0.0) <= truth <= (ratio.upper or np.inf)
        above += (ratio.lower_one_sided or 0.0) > truth
    return held / tests, above / tests
