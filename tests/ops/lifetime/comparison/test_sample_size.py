"""Units that tell groups apart: as often as the power says, in simulation."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.comparison.group import groups_of
from ops.lifetime.comparison.ratio import Shapes, life_ratio
from ops.lifetime.comparison.sample_size import LifeContrast
from tests.ops.lifetime.comparison.groups import drawn_groups


@pytest.mark.parametrize(("shapes", "ratio"), [("own", 0.6), ("common", 0.7)])
def test_the_power_is_that_of_a_simulation(shapes: Shapes, ratio: float) -> None:
    tests, end = 200, 1.0
    contrast = LifeContrast("weibull", 0.0, 0.5, 0.1, end, shapes)
    units = contrast.units(ratio, power=0.8)
    rng, told = np.random.default_rng(5), 0
    for _ in range(tests):
        data = drawn_groups(rng, "weibull", (0.0, np.log(ratio)), units=units, end=end)
        groups = groups_of(data, "weibull")
        found = life_ratio(groups, "weibull", 0.1, rng=rng, shapes=shapes, samples=0)
        told += found is not None and found.p < 0.05
    power = contrast.power(ratio, units)
    assert power >= 0.8
    assert told / tests == pytest.approx(power, abs=3.5 * (0.16 / tests) ** 0.5)


def test_complete_samples_need_what_the_normal_distribution_says() -> None:
    contrast = LifeContrast("lognormal", 3.0, 0.5, 0.5, np.inf)
    units = 2 * 0.25 * ((1.959964 + 1.281552) / np.log(2.0)) ** 2
    assert contrast.units(0.5, power=0.9) == int(np.ceil(units))
    assert contrast.units(2.0, power=0.9) == contrast.units(0.5, power=0.9)


def test_more_units_a_longer_test_and_one_shape_tell_more() -> None:
    short = LifeContrast("weibull", 0.0, 0.5, 0.1, 0.8)
    later = LifeContrast("weibull", 0.0, 0.5, 0.1, 2.0)
    one = LifeContrast("weibull", 0.0, 0.5, 0.1, 0.8, "common")
    assert short.power(0.6, 40) > short.power(0.6, 20)
    assert later.power(0.6, 20) > short.power(0.6, 20)
    assert one.power(0.6, 20) > short.power(0.6, 20)
    assert short.power(1.0, 20) == pytest.approx(0.05)


def test_a_ratio_of_one_and_a_test_that_ends_at_once_are_refused() -> None:
    with pytest.raises(BadData, match="the ratio is 1"):
        LifeContrast("weibull", 0.0, 0.5, 0.1, 1.0).units(1.0)
    with pytest.raises(BadData, match="let it end later"):
        LifeContrast("weibull", 0.0, 0.5, 0.1, 1e-9).units(0.5)
