"""Layer by layer against at once: never cheaper, dear where they pull apart, honest where stuck."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.instance import Instance
from solvers.network.layer import LAYERS, LayerName, own_cost
from solvers.network.layered import ORDERS, Layered, isolation, plan_layered
from solvers.network.money import CATEGORIES
from solvers.network.outcome import Options
from solvers.network.planner import Planner
from solvers.watch import News
from tests.solvers import instances as build
from tests.solvers.instances import random_instance

PROOF = Options(gap=1e-6)


def near_and_far(throughput: float = np.inf) -> Instance:
    """A near warehouse that is dear to keep and a far one that is cheap, 10 units wanted.

    Freight: 1 a unit from the near one (site 0), 3 from the far one (site 1). To keep: 100 and 5.
    At once: the far one, 5 + 30 = 35. Freight first: the near one, 100 + 10 = 110.
    """
    return build.instance(
        1,
        sites=build.sites(
            3,
            1,
            kind=("dc", "dc", "customer"),
            designed=[True, True, False],
            fixed_cost=[100.0, 5.0, 0.0],
            throughput=[throughput, np.inf, np.inf],
        ),
        lanes=build.lanes([0, 1], [2, 2], 1),
        arcs=build.arcs([0, 1], 1, transport=[1.0, 3.0], limit=10.0),
        supplies=build.supplies(1, site=[0, 1]),
        demands=build.demands(1, site=[2], quantity=[10.0]),
    )


def test_least_freight_keeps_the_dear_warehouse() -> None:
    found = isolation(Planner(near_and_far()), (("transport", "sites"), ("sites", "transport")))
    freight_first, sites_first = found.ways
    assert found.joint.value == pytest.approx(35.0)
    assert freight_first.total == pytest.approx(110.0)
    assert found.price(freight_first) == pytest.approx(75.0)
    assert found.price(sites_first) == pytest.approx(0.0, abs=1e-9)
    assert [(s.layer, s.status) for s in freight_first.steps] == [
        ("transport", "optimal"),
        ("sites", "optimal"),
    ]
    assert [s.own for s in freight_first.steps] == pytest.approx([10.0, 100.0])
    excess = found.excess(freight_first)
    assert excess is not None
    assert excess["transport"].sum() == pytest.approx(-20.0)
    assert excess["fixed"].sum() == pytest.approx(95.0)


def test_blind_freight_can_leave_the_sites_without_a_plan() -> None:
    planner = Planner(near_and_far(throughput=6.0))
    blind = plan_layered(planner, ("transport", "sites"), PROOF, blind=True)
    assert (blind.failed, blind.total, blind.plan) == ("sites", None, None)
    assert [(s.layer, s.own is None) for s in blind.steps] == [
        ("transport", False),
        ("sites", True),
    ]
    seeing = plan_layered(planner, ("transport", "sites"), PROOF)
    assert seeing.total == pytest.approx(6.0 + 12.0 + 105.0)
    assert planner.plan(PROOF).value == pytest.approx(35.0)  # it is as it was


@settings(max_examples=15)
@given(st.integers(0, 100_000))
def test_layers_are_never_cheaper_than_the_whole(seed: int) -> None:
    planner = Planner(random_instance(seed, periods=1))
    order = ORDERS[seed % len(ORDERS)]
    found = isolation(planner, (order,), PROOF, blind=seed % 3 == 0)
    way = found.ways[0]
    assert found.joint.breaches == ()
    price = found.price(way)
    if price is None:
        assert found.joint.decided is None or way.blind
        return
    assert way.plan is not None
    assert way.plan.breaches == ()
    assert found.joint.value is not None
    assert price >= -1e-5 * (1.0 + abs(found.joint.value))
    excess = found.excess(way)
    assert excess is not None
    assert sum(float(e.sum()) for e in excess.values()) == pytest.approx(price, abs=1e-6)


def test_the_money_of_the_layers_is_all_the_money() -> None:
    named = [category for layer in LAYERS.values() for category in layer.money]
    assert sorted([*named, "lost", "backlog"]) == sorted(CATEGORIES)
    planner = Planner(random_instance(4, periods=2))
    lonely = sum(own_cost(planner.instance, planner.form, layer) for layer in LAYERS.values())
    service = np.zeros_like(planner.form.cost)
    for name in ("lost", "backlog"):
        block = planner.form.columns[name]
        block.of(service)[...] = block.of(planner.form.cost)
    np.testing.assert_allclose(lonely, planner.form.cost + 3 * service, atol=1e-9)


def test_every_column_and_rule_has_one_layer_at_most() -> None:
    form = Planner(random_instance(4, periods=2)).form
    for kind, known in (("decides", form.columns), ("rules", form.rows)):
        names = [name for layer in LAYERS.values() for name in getattr(layer, kind)]
        assert len(set(names)) == len(names)
        assert set(names) <= set(known)


def test_a_request_to_stop_ends_after_the_order_at_hand() -> None:
    def stop(news: News) -> bool:
        return True

    found = isolation(Planner(random_instance(4, periods=2)), ORDERS, PROOF, stop)
    assert len(found.ways) <= 1


@pytest.mark.parametrize("order", [(), ("sites", "sites")])
def test_an_order_names_each_layer_once(order: tuple[LayerName, ...]) -> None:
    with pytest.raises(ValueError, match="at most once"):
        plan_layered(Planner(near_and_far()), order)


def test_a_network_without_a_plan_has_no_price() -> None:
    impossible = near_and_far(throughput=0.0)
    stuck = build.instance(
        1,
        sites=impossible.sites,
        lanes=impossible.lanes,
        arcs=build.arcs([0], 1, transport=[1.0], limit=10.0),
        supplies=build.supplies(1, site=[0]),
        demands=impossible.demands,
    )
    found = isolation(Planner(stuck), (("transport", "sites"),), PROOF)
    way: Layered = found.ways[0]
    assert (way.failed, found.price(way), found.excess(way)) == ("transport", None, None)
    assert found.joint.status == "infeasible"
