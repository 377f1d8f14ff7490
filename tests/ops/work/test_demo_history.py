"""The demo plant's export is a history that a scenario can be made from."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from ops.simulate.network import NetworkPlan
from ops.work.demo_export import exported_tables
from solvers.scenario.past import scenario_from_history
from solvers.scenario.past_option import Past, PastOptions
from solvers.scenario.validate import flaws

PLAN = NetworkPlan()


@cache
def tables() -> dict[str, list[dict[str, Any]]]:
    wanted = {"demand", "shipments", "network_nodes", "network_lanes"}
    until = date(2026, 6, 28)
    found = exported_tables(seed=3, until=until)
    return {t.name: t.table.to_pylist() for t in found if t.name in wanted}


def test_the_export_becomes_a_scenario() -> None:
    past = Past.of(
        tables()["shipments"],
        orders=tables()["demand"],
        sites=tables()["network_nodes"],
        lanes=tables()["network_lanes"],
    )
    scenario, report = scenario_from_history(past, PastOptions(lane_cost_units=1000.0))
    assert flaws(scenario) == ()
    assert {s.code for s in scenario.sites} == {n.code for n in PLAN.nodes}
    assert next(s.kind for s in scenario.sites if s.code == "WH-SIN") == "dc"
    truth = {lane.code: lane for lane in PLAN.lanes}
    for lane, fit in zip(scenario.lanes, report.lanes, strict=True):
        assert fit.method == "planned"
        assert lane.unit_cost == pytest.approx(truth[lane.code].cost / 1000)
        if lane.code != PLAN.disruption.lane:  # 156 lognormal lead times each
            assert fit.lead_days == pytest.approx(truth[lane.code].lead_days, rel=0.1)
    asked = sum(r["quantity"] for r in tables()["demand"])
    assert report.ordered == pytest.approx(asked)
    assert report.delivered == pytest.approx(asked, rel=1e-9)
