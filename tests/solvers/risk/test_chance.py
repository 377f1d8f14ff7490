"""Draws: means and spreads of every family, common random numbers, repeatability."""

import numpy as np
import pytest

from solvers.network.resolve import resolve
from solvers.risk.chance import draw, sample
from solvers.scenario.edit import edited
from tests.solvers.risk.networks import choice

MEAN, SD = np.array([40.0, 10.0]), np.array([9.0, 4.0])


@pytest.mark.parametrize("kind", ["normal", "lognormal", "gamma", "negative-binomial"])
def test_families_have_the_stated_mean_and_spread(kind: str) -> None:
    values = sample(np.random.default_rng(1), kind, MEAN, SD, 40_000)
    assert values.mean(axis=0) == pytest.approx(MEAN, rel=0.02)
    assert values.std(axis=0) == pytest.approx(SD, rel=0.03)
    assert (values >= 0).all()


def test_poisson_has_the_spread_of_its_mean() -> None:
    values = sample(np.random.default_rng(1), "poisson", MEAN, SD, 40_000)
    assert values.var(axis=0) == pytest.approx(MEAN, rel=0.04)


@pytest.mark.parametrize("kind", ["normal", "lognormal", "gamma", "negative-binomial"])
def test_what_is_certain_or_nothing_stays(kind: str) -> None:
    values = sample(np.random.default_rng(1), kind, np.array([0.0, 7.0]), np.zeros(2), 50)
    assert (values[:, 0] == 0).all()
    if kind != "negative-binomial":
        assert (values[:, 1] == 7).all()


def test_an_edited_network_meets_the_same_luck() -> None:
    scenario = choice()
    instance = resolve(scenario).instance
    draws = draw(np.random.default_rng(3), scenario, instance, 5)
    other = resolve(edited(scenario, ["close P1", "demand at C1 +50 %"])).instance
    assert np.array_equal(draws.demand_of(instance), draws.demand_of(other))
    kept = [instance.lanes.code.index(code) for code in other.lanes.code]
    lead = draws.lead_of(instance)
    assert lead is not None
    assert np.array_equal(lead[:, kept], draws.lead_of(other))
    again = draw(np.random.default_rng(3), scenario, instance, 5)
    assert np.array_equal(draws.demand_of(instance), again.demand_of(instance))
    assert lead.mean() == pytest.approx(1.0, abs=0.4)
