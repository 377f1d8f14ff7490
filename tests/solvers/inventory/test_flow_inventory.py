from dataclasses import replace

import numpy as np
import pytest

from solvers.errors import SolverError
from solvers.inventory.flow_inventory import (
    plan_with_stock,
    safety_curves,
    scenario_with_curves,
    stages_by,
)
from solvers.inventory.general import place
from solvers.inventory.joint import JointPlan
from solvers.inventory.network_stages import Terms, stages_of
from solvers.inventory.sourcing import cheapest_sourcing
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.planner import plan
from solvers.network.resolve import resolve
from tests.solvers.inventory.scenarios import packaging


def _terms(instance: Instance) -> Terms:
    nodes = len(instance.sites.code) * len(instance.commodities)
    return Terms(np.full(nodes, 0.975), np.full(nodes, 2.0))


def _joint(dc_cost: float) -> tuple[Instance, JointPlan]:
    instance = resolve(packaging(dc_cost=dc_cost)).instance
    return instance, plan_with_stock(
        instance, _terms(instance), lambda network: plan(network, Options(gap=0.0)), rounds=6
    )


def test_dear_stock_moves_a_customer_to_the_centre_that_pools() -> None:
    instance, found = _joint(6.0)
    assert found.best > 0
    assert found.saved > 0.01
    lane = instance.lanes.code.index("DC1>C2/road")
    arc = int(np.flatnonzero(instance.arcs.lane == lane)[0])
    first, best = found.rounds[0].flows, found.rounds[found.best].flows
    assert first.flow[arc] == 0
    assert best.flow[arc] > 0
    assert best != first


def test_cheap_stock_leaves_the_flows_alone() -> None:
    _, found = _joint(0.05)
    assert found.best == 0
    assert found.stop == "repeated"


def test_each_round_shows_the_true_end_to_end_cost() -> None:
    instance, found = _joint(6.0)
    for at in found.rounds:
        placed = place(stages_by(instance, at.flows, _terms(instance)).network)
        assert at.stock_cost == pytest.approx(placed.total * 10.0)
    assert found.rounds[found.best].total == min(at.total for at in found.rounds)
    alone = plan(instance, Options(gap=0.0))
    assert found.rounds[0].flow_cost == pytest.approx(alone.value)


def test_a_network_without_a_plan_is_refused() -> None:
    instance = resolve(packaging()).instance
    none = replace(
        instance, lanes=replace(instance.lanes, capacity=np.zeros_like(instance.lanes.capacity))
    )
    with pytest.raises(SolverError, match="no plan to position stock for"):
        plan_with_stock(none, _terms(none), plan)


def test_a_scenario_with_the_curves_pays_for_the_stock_that_its_flows_need() -> None:
    scenario = packaging()
    instance = resolve(scenario).instance
    stages = stages_of(instance, cheapest_sourcing(instance)[0], _terms(instance))
    placed = place(stages.network)
    weighed = scenario_with_curves(scenario, instance, safety_curves(instance, stages, placed))
    found = plan(weighed, Options(gap=0.0))
    assert found.decided is not None
    assert sum(found.decided.money["safety"]) == pytest.approx(placed.total * 10.0, rel=1e-6)
