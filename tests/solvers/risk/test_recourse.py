"""A plan planned anew: its own cost when nothing happens, monotone in what happens, warm = cold."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.recourse import Recourse, Terms
from solvers.risk.stress import UNDISTURBED
from solvers.scenario.edit import edited
from solvers.scenario.example import example_scenario
from tests.solvers.risk.networks import EXACT, choice, line, solved

TERMS = Terms(options=EXACT)
LOSABLE = st.sampled_from(["P1", "P2", "D1", "D2"])
SMALL = {"max_examples": 12, "deadline": None}


@settings(**SMALL)
@given(
    st.sampled_from([20.0, 40.0, 70.0]),
    st.sampled_from([0.0, 100.0, 2000.0]),
    st.sampled_from([0.0, 25.0]),
    st.booleans(),
)
def test_undisturbed_at_mean_demand_costs_what_the_plan_costs(
    demand: float, fixed: float, lane: float, emergency: bool
) -> None:
    scenario = choice(demand=demand, fixed=fixed, lane_fixed=lane)
    instance, plan, start = solved(scenario)
    terms = replace(TERMS, emergency=emergency, penalty=1e4)
    answer = Recourse(instance, start, UNDISTURBED, terms).answer()
    assert answer.cost == pytest.approx(plan.value, rel=1e-7)
    assert (answer.service, answer.penalty) == (pytest.approx(1.0), pytest.approx(0.0, abs=1e-6))


def test_the_packaging_plan_costs_the_same_with_all_rules_kept() -> None:
    instance, plan, start = solved(example_scenario())
    answer = Recourse(instance, start, UNDISTURBED, replace(TERMS, emergency=False)).answer()
    assert answer.cost == pytest.approx(plan.value, rel=1e-7)


@settings(**SMALL)
@given(LOSABLE, st.floats(0, 1), st.floats(0, 1), st.floats(1, 25), st.floats(1, 25))
def test_a_worse_disruption_never_costs_less(
    site: str, one: float, other: float, days: float, more_days: float
) -> None:
    instance, _, start = solved(choice(supply=70.0))
    (mild, hard), (short, long) = sorted((one, other)), sorted((days, more_days))
    costs = [
        Recourse(instance, start, case, TERMS).answer().cost
        for case in (
            UNDISTURBED,
            Disruption(code="a", lost_sites=(site,), severity=mild, duration_days=short),
            Disruption(code="b", lost_sites=(site,), severity=hard, duration_days=short),
            Disruption(code="c", lost_sites=(site,), severity=hard, duration_days=long),
        )
    ]
    assert all(a <= b + 1e-6 * abs(b) for a, b in pairwise(costs))


@settings(**SMALL)
@given(LOSABLE, st.sampled_from([1.0, 1.5, 3.0]))
def test_more_contingency_never_costs_more(site: str, times: float) -> None:
    scenario = choice(supply=50.0)
    _, _, start = solved(scenario)
    case = Disruption(code="x", lost_sites=(site,))
    helped = edited(scenario, [f"supply at P2 x {times}"])
    costs = [Recourse(resolve(s).instance, start, case, TERMS).answer().cost
             for s in (helped, scenario)]  # fmt: skip
    assert costs[0] <= costs[1] + 1e-6 * abs(costs[1])


@settings(**SMALL)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 25.0]), st.booleans())
def test_warm_answers_equal_cold_ones(seed: int, lane: float, lag: bool) -> None:
    instance, _, start = solved(choice(lane_fixed=lane, lag=lag))
    rng = np.random.default_rng(seed)
    demand = rng.uniform(0.3, 1.8, (3, *instance.demands.quantity.shape))
    lead = rng.uniform(0.5, 8.0, (3, len(instance.lanes.code)))
    case = Disruption(code="x", lost_sites=("P1",), duration_days=9.0)
    terms = replace(TERMS, lags=lag)
    warm = Recourse(instance, start, case, terms, demand.max(axis=0))
    for d, t in zip(demand, lead, strict=True):
        cold = Recourse(instance, start, case, terms, demand.max(axis=0))
        assert warm.answer(d, t).cost == pytest.approx(cold.answer(d, t).cost, rel=1e-7)


def test_what_a_loss_costs_by_hand() -> None:
    """Of 100 wanted 70 are in stock: 30 are lost at 100, twice the price; 70 ship at 1."""
    instance, _, start = solved(line(70.0, 100.0, 500.0))
    answer = Recourse(instance, start, Disruption(code="x", lost_sites=("S0",)), TERMS).answer()
    assert answer.cost == pytest.approx(70.0 + 3000.0)
    assert answer.penalty == pytest.approx(3000.0)
    assert answer.lost == pytest.approx([30.0])
    assert answer.service == pytest.approx(0.7)


def test_a_broken_fill_rate_is_paid_and_not_hidden() -> None:
    base = line(70.0, 100.0, 500.0)
    soft = base.demands[0].model_copy(update={"lost_cost": 5.0, "fill_rate": 0.9})
    scenario = base.model_copy(update={"demands": (soft,)})
    instance, _, start = solved(scenario)
    answer = Recourse(instance, start, Disruption(code="x", lost_sites=("S0",)), TERMS).answer()
    assert answer.cost == pytest.approx(70.0 + 30 * 5.0 + 20 * 100.0)
    assert answer.penalty == pytest.approx(20 * 100.0)


def test_rules_that_cannot_be_kept_have_no_answer() -> None:
    instance, _, start = solved(line(70.0, 100.0, 500.0))
    strict = replace(TERMS, emergency=False)
    answer = Recourse(instance, start, Disruption(code="x", lost_sites=("S0",)), strict).answer()
    assert (answer.status, answer.cost, answer.service) == ("infeasible", np.inf, 0.0)


def test_closed_sites_stay_closed() -> None:
    """With D2 lost nobody is served, unless D1, which the plan leaves shut, might open."""
    instance = resolve(choice()).instance
    kept = Start(open={(d, t): d == "D2" for d in ("D1", "D2") for t in instance.periods})
    case = Disruption(code="x", lost_sites=("D2",))
    assert Recourse(instance, kept, case, TERMS).answer().service == pytest.approx(0.0)
    assert Recourse(instance, Start(), case, TERMS).answer().service > 0.5
