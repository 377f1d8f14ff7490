"""Before pooling: do cells scatter alike, and do they lie on the line?"""

import numpy as np
import pytest

from ops.lifetime.accelerated.catalog import ARRHENIUS, INVERSE_POWER
from ops.lifetime.accelerated.fit import fit_accelerated
from ops.lifetime.accelerated.pooling import pooling
from ops.validation.published import entry
from tests.ops.lifetime.accelerated.samples import arrhenius_lives, device, fluid, hot


def test_the_shape_may_be_common_for_one_family_and_not_for_another() -> None:
    verdicts = {
        family: pooling(fit_accelerated(fluid(), INVERSE_POWER, family)).verdict()
        for family in ("weibull", "lognormal")
    }
    assert verdicts == {"weibull": True, "lognormal": False}


def test_cells_by_themselves_are_those_of_another_program() -> None:
    separate = entry("life_acceleration", "device_a_cells")["expected"]["separate_lognormal"]
    found = pooling(fit_accelerated(device(), ARRHENIUS, "lognormal"))
    assert found.cells[0].own is None
    for alone, told in zip(found.cells[1:], separate.values(), strict=True):
        assert [alone.own.mu, alone.own.sigma, alone.own.loglik] == pytest.approx(told, rel=1e-6)


def test_a_cell_without_failures_is_held_against_the_fit() -> None:
    found = pooling(fit_accelerated(device(), ARRHENIUS, "lognormal"))
    assert found.common_shape.left_out == (0,)
    assert found.lack_of_fit.left_out == (0,)
    assert (found.common_shape.df, found.lack_of_fit.df) == (2, 1)
    cold = found.cells[0]
    assert cold.expected == pytest.approx(-np.log(cold.all_last), rel=0.01)
    assert cold.all_last > 0.99


def test_two_cells_fit_any_line() -> None:
    rng = np.random.default_rng(1)
    degrees = np.repeat([125.0, 175.0], 10)
    found = pooling(fit_accelerated(hot(arrhenius_lives(rng, degrees), degrees), ARRHENIUS))
    assert found.lack_of_fit.p is None
    assert "any such line fits" in found.lack_of_fit.why
    assert found.common_shape.df == 1
    assert found.verdict() is True


def test_cells_that_leave_the_line_are_found() -> None:
    rng = np.random.default_rng(2)
    degrees = np.repeat([125.0, 150.0, 175.0], 30)
    lives = arrhenius_lives(rng, degrees)
    bent = np.where(degrees == 150.0, 5.0 * lives, lives)
    found = pooling(fit_accelerated(hot(bent, degrees), ARRHENIUS))
    assert found.lack_of_fit.p < 1e-6
    assert found.verdict() is False


def test_the_tests_hold_their_level() -> None:
    rng = np.random.default_rng(3)
    degrees = np.repeat([125.0, 150.0, 175.0], 40)
    p = []
    for _ in range(150):
        data = hot(arrhenius_lives(rng, degrees), degrees)
        found = pooling(fit_accelerated(data, ARRHENIUS))
        p.append((found.common_shape.p, found.lack_of_fit.p))
    rejected = (np.array(p) < 0.1).mean(axis=0)
    assert (rejected < 0.1 + 3 * np.sqrt(0.09 / 150)).all()
