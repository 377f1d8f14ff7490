"""Plans of random networks: solved, read, and looked at without the model's matrix."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.arrays import standard_form
from solvers.network.check import check
from solvers.network.greedy import greedy
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.money import CATEGORIES, total
from solvers.network.outcome import Options
from solvers.network.plan import Plan, plan_of
from solvers.network.quantities import Quantities
from tests.solvers.instances import (
    INF,
    arcs,
    demands,
    instance,
    lanes,
    random_instance,
    rules,
    sites,
    supplies,
)


def solved(network: Instance, options: Options | None = None) -> Plan:
    form = standard_form(network)
    return plan_of(network, form, Solver(form).solve(options or Options(gap=0.0)))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_every_plan_keeps_the_rules_and_its_money_adds_up(seed: int) -> None:
    plan = solved(random_instance(seed, periods=2))
    assert plan.status in ("optimal", "infeasible")
    if plan.decided is None:
        return
    assert plan.breaches == ()
    assert tuple(plan.decided.money) == CATEGORIES
    assert total(plan.decided.money) == pytest.approx(plan.value, rel=1e-6, abs=1e-6)
    assert plan.gap == pytest.approx(0.0, abs=1e-6)
    kpis = plan.decided.kpis
    assert 0.0 <= kpis.fill_rate <= kpis.service_level + 1e-6 <= 1.0 + 2e-6


@st.composite
def transport_cores(draw: st.DrawFn) -> Instance:
    """Suppliers, DCs to be decided, customers; losses where a demand could not be met."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    T, supply, dc, customer = int(rng.integers(1, 3)), 2, 4, 6
    ends = [(s, supply + d) for s in range(supply) for d in range(dc)]
    ends += [(supply + d, supply + dc + c) for d in range(dc) for c in range(customer)]
    ends = [end for end in ends if rng.random() < 0.9]
    kind = ("supplier",) * supply + ("dc",) * dc + ("customer",) * customer
    origin, destination = [o for o, _ in ends], [d for _, d in ends]
    L, sites_ = len(ends), len(kind)
    counted = rng.random(L) < 0.2
    return instance(
        T,
        sites=sites(
            sites_,
            T,
            kind=kind,
            designed=np.array(kind) == "dc",
            fixed_cost=rng.uniform(5, 40, sites_).round(1),
            open_cost=rng.uniform(0, 20, sites_).round(1),
            throughput=np.where(np.array(kind) == "dc", rng.uniform(20, 60, sites_), INF),
        ),
        lanes=lanes(
            origin,
            destination,
            T,
            capacity=np.where(rng.random(L) < 0.2, 8.0, INF),
            fixed_cost=np.where(rng.random(L) < 0.2, 3.0, 0.0),
            shipment_cost=np.where(counted, 2.0, 0.0),
            shipment_size=np.where(counted, 5.0, INF),
        ),
        arcs=arcs(
            list(range(L)),
            T,
            transport=rng.uniform(1, 9, (L, T)).round(2),
            co2_kg=rng.uniform(0, 2, L),
            limit=60.0,
        ),
        supplies=supplies(T, site=[0, 1], maximum=rng.uniform(30, 90, (2, T)), unit_cost=1.0),
        demands=demands(
            T,
            site=list(range(supply + dc, sites_)),
            quantity=rng.uniform(1, 12, (customer, T)).round(1),
            lost_cost=30.0,
        ),
        rules=rules(T, carbon_price=0.1),
    )


@settings(max_examples=15, deadline=None)
@given(network=transport_cores())
def test_a_plan_is_between_its_bound_and_the_greedy_plan(network: Instance) -> None:
    plan = solved(network, Options(gap=0.01))
    rival = greedy(network)
    assert rival is not None
    assert plan.value is not None
    assert plan.bound is not None
    assert plan.bound <= plan.value + 1e-6
    assert plan.bound <= rival.cost + 1e-6
    assert plan.value <= rival.cost * 1.01 + 1e-6
    exact = solved(network)
    assert exact.value is not None
    assert exact.value <= rival.cost + 1e-6


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_relaxation_has_no_duality_gap(seed: int) -> None:
    form = standard_form(random_instance(seed, periods=2))
    outcome = Solver(form).solve(Options(relaxed=True))
    if outcome.status == "optimal":
        assert outcome.gap == pytest.approx(0.0, abs=1e-7)
        assert outcome.violation < 1e-7


BROKEN = {
    "flow": "balance",
    "buy": "balance",
    "make": "balance",
    "stock": "balance",
    "lost": "balance",
    "open": "change",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_plan_that_was_tampered_with_is_found_out(what: str) -> None:
    network = random_instance(3, periods=2)
    decided = solved(network).decided
    assert decided is not None
    values = getattr(decided.quantities, what).copy()
    values.flat[0] += 2.0
    tampered = replace(decided.quantities, **{what: values})
    if what == "open":
        site = int(np.flatnonzero(network.sites.designed)[0])
        values = decided.quantities.open.copy()
        values[site] = 1.0 - values[site]
        tampered = replace(decided.quantities, open=values)
    assert BROKEN[what] in {breach.rule for breach in check(network, tampered)}


def test_checks_look_at_every_table() -> None:
    names = {field.name for field in fields(Quantities)}
    assert names == {
        *BROKEN,
        *("backlog", "opening", "closing", "expand", "used", "shipments"),
    }


def test_nothing_at_all_is_a_plan() -> None:
    empty = instance(2, sites=sites(0, 2), lanes=lanes([], [], 2), arcs=arcs([], 2))
    plan = solved(empty)
    assert plan.status == "optimal"
    assert plan.decided is not None
    assert plan.decided.kpis.landed_cost == 0.0
    assert np.isnan(plan.decided.kpis.cost_per_unit)
    assert plan.decided.tables(empty).flows == ()
