"""The matrix of a stress test: sums, worth of contingencies, repeatability, stopping."""

import numpy as np
import pytest

from solvers.network.instance import Instance
from solvers.risk.case import Disruption
from solvers.risk.chance import Draws, draw
from solvers.risk.recourse import Terms
from solvers.risk.stress import UNDISTURBED, Ground, stress, worth_of
from tests.solvers.risk.networks import EXACT, choice, line, solved

LOSS = Disruption(code="x", lost_sites=("S0",))
NONE = Draws(0, {}, {})


def ground() -> tuple[Ground, Instance]:
    scenario = line(70.0, 100.0, 500.0, 0.0)
    instance, _, start = solved(scenario)
    return Ground(scenario, instance, start, Terms(options=EXACT)), instance


def go_on() -> bool:
    return False


def test_a_contingency_is_worth_the_loss_that_it_avoids() -> None:
    base, _ = ground()
    helped = base.changed(["supply at S1 to 20"])
    sides = [
        {c.code: found for c in (UNDISTURBED, LOSS) if (found := stress(g, c, NONE, go_on))}
        for g in (base, helped)
    ]
    worth = worth_of(sides[0], sides[1], {"x": 0.1}, fee=50.0)
    # 20 of the 30 units at 100 are saved, and shipped at 1 + 1
    assert worth.avoided == pytest.approx(0.1 * 20 * (100 - 2))
    assert worth.value == pytest.approx(worth.avoided - 50.0)
    assert worth.undisturbed == pytest.approx(0.0, abs=1e-6)
    hit = sides[0]["x"]
    assert (dict(hit.customers), hit.case.code) == ({"C": pytest.approx(30.0)}, "x")


def test_equal_seeds_equal_results_and_a_stop_keeps_what_is_done() -> None:
    scenario = choice()
    instance, _, start = solved(scenario)
    base = Ground(scenario, instance, start, Terms(options=EXACT))
    draws = draw(np.random.default_rng(7), scenario, instance, 4)
    found = [stress(base, UNDISTURBED, draws, go_on) for _ in range(2)]
    assert found[0] is not None
    assert found[1] is not None
    assert np.array_equal(found[0].cost, found[1].cost)
    cut = stress(base, UNDISTURBED, draws, lambda: True)
    assert cut is not None
    assert cut.cost == pytest.approx(found[0].cost[:1])


def test_edits_of_a_case_are_applied() -> None:
    base, _ = ground()
    dear = Disruption(code="dear", edits=("lane W-C cost +100 %",))
    plain, hit = (stress(base, case, NONE, go_on) for case in (UNDISTURBED, dear))
    assert plain is not None
    assert hit is not None
    assert hit.tail.mean - plain.tail.mean == pytest.approx(100.0)
