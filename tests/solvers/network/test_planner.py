"""What a planner says of networks that have no plan, and of numbers that are no good."""

from dataclasses import replace

import numpy as np
import pytest

from solvers.errors import ScenarioError
from solvers.network.label import labels
from solvers.network.planner import Planner, plan
from solvers.network.saved import restored, saved, saved_plan
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand
from solvers.watch import News
from tests.solvers.instances import arcs, demands, instance, lanes, random_instance, sites, supplies


def tiny(price: float = 1.0, most: float = 9.0):
    return instance(
        1,
        sites=sites(2, 1),
        lanes=lanes([0], [1], 1),
        arcs=arcs([0], 1, transport=2.0, limit=np.inf),
        supplies=supplies(1, site=[0], maximum=most, unit_cost=price),
        demands=demands(1, site=[1], quantity=5.0),
    )


def test_a_tiny_plan_is_the_one_on_paper() -> None:
    found = plan(tiny())
    assert found.value == pytest.approx(15.0)
    assert found.decided is not None
    kpis = found.decided.kpis
    assert (kpis.cost_per_unit, kpis.lead_days, kpis.distance_km) == (3.0, 1.0, 1.0)
    assert [(b.kind, b.code, b.utilisation) for b in found.decided.bottlenecks] == [
        ("supply", "S0/C0", pytest.approx(5 / 9))
    ]


def test_too_little_supply_is_infeasible() -> None:
    assert plan(tiny(most=4.0)).status == "infeasible"


def test_money_that_grows_for_ever_is_named() -> None:
    endless = tiny()
    circle = replace(
        endless,
        lanes=lanes([0, 1], [1, 0], 1),
        arcs=arcs([0, 1], 1, transport=[[2.0], [-3.0]], limit=np.inf),
    )
    found = plan(circle)
    assert (found.status, found.decided) == ("unbounded", None)
    assert any("flow L1 of C0" in one for one in found.grows)


def test_bad_numbers_are_named_beside_the_plan() -> None:
    planner = Planner(tiny(price=1e-9))
    planner.form.cost[0] = 2.0
    assert [one.name for one in planner.unsound] == ["cost-range"]
    assert "buy" in planner.unsound[0].detail


def test_flaws_come_with_their_pointers() -> None:
    wrong = Scenario(demands=(Demand(customer="NOBODY", commodity="NOTHING", quantity=1.0),))
    with pytest.raises(ScenarioError) as raised:
        plan(wrong)
    assert any(flaw.pointer.startswith("/demands/0") for flaw in raised.value.flaws)


def test_every_column_has_a_name() -> None:
    network = random_instance(8, periods=2)
    planner = Planner(network)
    names = labels(network, planner.form, np.arange(planner.form.cost.size))
    assert len(names) == len(set(names)) == planner.form.cost.size


def test_what_is_saved_is_restored() -> None:
    told: list[bytes] = []

    def watch(news: News) -> bool:
        if news.solution is not None:
            told.append(saved(news))
        return False

    planner = Planner(random_instance(8, periods=2))
    found = planner.plan(watch=watch)
    assert found.decided is not None
    half = planner.read(restored(told[0]))
    assert (half.status, half.stop, half.breaches) == ("feasible", "cancelled", ())
    whole = planner.read(restored(saved_plan(found)))
    assert (whole.status, whole.value, whole.gap) == (found.status, found.value, found.gap)
