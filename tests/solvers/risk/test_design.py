"""Stochastic plans of networks: WS <= RP <= EEV, what they are worth, the trial."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.risk.case import Disruption
from solvers.risk.design import design, outcomes, trial
from solvers.risk.recourse import Terms
from solvers.risk.stress import UNDISTURBED
from tests.solvers.risk.networks import EXACT, choice, solved

TERMS = Terms(options=EXACT)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([50.0, 400.0, 1500.0]), st.booleans())
def test_information_is_ordered_and_the_cost_is_that_of_the_first_stage(
    seed: int, fixed: float, hit: bool
) -> None:
    instance, _, _ = solved(choice(fixed=fixed, supply=80.0))
    rng = np.random.default_rng(seed)
    factors = rng.uniform(0.2, 2.0, (3, *instance.demands.quantity.shape))
    cases = [(Disruption(code="x", lost_sites=("P1",)), 0.2)] if hit else []
    worlds, chance = outcomes(instance, factors, cases, TERMS)
    found = design(instance, worlds, chance, TERMS)
    assert found.information is not None
    assert found.plan is not None
    known = found.information
    slack = 1e-6 * abs(known.here_and_now)
    assert known.wait_and_see <= known.here_and_now + slack
    assert known.here_and_now <= known.mean_value + slack
    happens = [UNDISTURBED] * 3 + [case for case, _ in cases]
    every = np.concatenate((factors, np.ones((len(cases), *factors.shape[1:]))))
    tried = trial(instance, found.plan, every, happens, TERMS)
    assert chance @ tried == pytest.approx(known.here_and_now, rel=1e-6)


def test_weight_on_the_tail_lowers_it() -> None:
    instance, _, _ = solved(choice(fixed=600.0, supply=60.0))
    factors = np.random.default_rng(5).uniform(0.2, 2.2, (5, *instance.demands.quantity.shape))
    worlds, chance = outcomes(instance, factors, [], TERMS)
    plain = design(instance, worlds, chance, TERMS)
    careful = design(instance, worlds, chance, TERMS, weight=1.0, level=0.8)
    assert careful.cost.max() <= plain.cost.max() + 1e-6 * plain.cost.max()
    assert careful.cost.mean() >= plain.cost.mean() - 1e-6 * plain.cost.mean()
    assert careful.information is None


def test_a_likely_loss_opens_a_second_site() -> None:
    """Worth more than its fixed cost, against a lost DC with much to lose."""
    instance, _, _ = solved(choice(fixed=300.0, supply=200.0))
    case = Disruption(code="x", lost_sites=("D2",))
    factors = np.ones((1, *instance.demands.quantity.shape))
    worlds, chance = outcomes(instance, factors, [(case, 0.5)], TERMS)
    found = design(instance, worlds, chance, TERMS)
    assert found.plan is not None
    assert any(found.plan.open["D1", period] for period in instance.periods)
