import numpy as np
import pytest

from solvers.inventory.general import place
from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.inventory.network_stages import NetworkStages, Terms, stages_of
from solvers.inventory.passing import without_passing
from solvers.inventory.placement import placement_of
from solvers.inventory.positioning import achieved, chance_of, position
from solvers.inventory.sourcing import cheapest_sourcing, sourcing_by_flows
from solvers.inventory.stage import NO_PROMISE, StageNetwork
from solvers.network.instance import Instance
from solvers.network.resolve import resolve
from tests.solvers.inventory.scenarios import packaging


def _instance(bank_cost: float = 0.05) -> Instance:
    return resolve(packaging(bank_cost=bank_cost)).instance


def _terms(instance: Instance, **terms: float) -> Terms:
    nodes = len(instance.sites.code) * len(instance.commodities)
    return Terms(np.full(nodes, 0.975), np.full(nodes, 2.0), **terms)  # type: ignore[arg-type]


def _stages(instance: Instance, **terms: float) -> NetworkStages:
    return stages_of(instance, cheapest_sourcing(instance)[0], _terms(instance, **terms))


def _at(stages: NetworkStages, code: str) -> int:
    return stages.network.code.index(code)


def test_the_cheapest_way_of_each_node_counts_purchase_freight_and_materials() -> None:
    instance = _instance()
    sourcing, cost = cheapest_sourcing(instance)
    lanes = [instance.lanes.code[instance.arcs.lane[a]] for a in sourcing.arc]
    assert "DC2>C2/road" in lanes
    assert "DC1>C2/road" not in lanes
    node = instance.sites.code.index("C1") * 2 + instance.commodities.index("PKG")
    assert cost[node] == pytest.approx(2 * (1.0 + 0.1 + 0.1) + 0.2 + 0.1)


def test_stages_carry_demand_back_through_the_bill_of_materials() -> None:
    stages = _stages(_instance())
    bank, first = _at(stages, "DIE @ BANK"), _at(stages, "PKG @ DC1")
    assert stages.demand.mean[first] == pytest.approx(7.0)
    assert stages.demand.sd[first] == pytest.approx(12.0 / np.sqrt(10))
    assert stages.demand.mean[bank] == pytest.approx(2 * 15.0)
    assert stages.demand.sd[bank] == pytest.approx(2 * 20.0 / np.sqrt(10))
    assert stages.holding[first] == pytest.approx(0.1)
    assert stages.covered_sd[bank] == pytest.approx(2.0)
    assert not any(code.endswith(("C1", "C2")) for code in stages.network.code if "DC" not in code)


def test_a_cheap_die_bank_holds_and_a_dear_one_passes_on() -> None:
    cheap, dear = (position(_stages(_instance(cost))) for cost in (0.01, 5.0))
    stages = _stages(_instance())
    bank, centre = _at(stages, "DIE @ BANK"), _at(stages, "PKG @ DC1")
    assert (cheap.placement.net[bank], cheap.placement.net[centre]) == (20, 8)
    assert (dear.placement.net[bank], dear.placement.net[centre]) == (0, 28)
    assert cheap.placement.total < cheap.decoupled.total + 1e-9
    assert cheap.worth[bank] > 0
    assert np.isinf(cheap.worth[centre])


def test_what_cannot_hold_lets_random_lead_times_through() -> None:
    scenario = packaging()
    held = tuple(i for i in scenario.inventories if i.site != "BANK")
    stages = _stages(resolve(scenario.model_copy(update={"inventories": held})).instance)
    assert stages.covered_sd[_at(stages, "PKG @ DC1")] == pytest.approx(2.0)
    fixed = _stages(_instance(), random_lead_times=False)
    assert not fixed.covered_sd.any()


def test_flows_split_what_they_share() -> None:
    instance = _instance()
    flow = np.zeros(instance.arcs.lane.size)
    for lane, units in (("S>BANK/road", 300), ("BANK>P/road", 300), ("P>DC1/road", 90),
                        ("P>DC2/road", 60), ("DC1>C1/road", 70), ("DC1>C2/road", 20),
                        ("DC2>C2/road", 60)):  # fmt: skip
        at = instance.lanes.code.index(lane)
        flow[instance.arcs.lane == at] = units
    sourcing = sourcing_by_flows(instance, flow, np.array([150.0]))
    stages = stages_of(instance, sourcing, _terms(instance))
    first, second = _at(stages, "PKG @ DC1"), _at(stages, "PKG @ DC2")
    assert stages.demand.mean[[first, second]] == pytest.approx([9.0, 6.0])
    assert stages.demand.sd[first] == pytest.approx(np.hypot(12.0, 16.0 * 0.25) / np.sqrt(10))
    # what both centres ask of the plant is the whole demand again, not two independent parts
    plant = _at(stages, "PKG @ P")
    assert stages.demand.sd[plant] == pytest.approx(20.0 / np.sqrt(10))


def _random_with_passing(seed: int) -> StageNetwork:
    rng = np.random.default_rng(seed)
    size = 7
    links = [(a, b) for b in range(1, size) for a in range(b) if rng.random() < 0.4]
    tail = np.array([a for a, _ in links], dtype=np.int64)
    head = np.array([b for _, b in links], dtype=np.int64)
    time = rng.integers(0, 3, size)
    cost = rng.uniform(1, 5, size)[:, None] * np.sqrt(np.arange(60))[None, :]
    outbound = np.full(size, NO_PROMISE)
    last = ~np.isin(np.arange(size), tail)
    outbound[last] = 1
    passing = (rng.random(size) < 0.5) & ~last
    cost[passing, 1:] = np.inf
    delay = rng.integers(0, 3, tail.size)
    inbound = rng.integers(0, 2, size)
    return StageNetwork(tuple("abcdefg"), time, inbound, outbound, cost, tail, head, delay)


@pytest.mark.parametrize("seed", range(12))
def test_taking_out_what_only_passes_on_changes_no_cost(seed: int) -> None:
    network = _random_with_passing(seed)
    reduced = without_passing(network)
    assert reduced.kept.size <= network.size
    rng = np.random.default_rng(seed)
    for _ in range(20):
        service = rng.integers(0, 6, reduced.kept.size)
        small = placement_of(reduced.network, service)
        whole = reduced.placement(network, small)
        assert whole.total == pytest.approx(small.total)
    assert place(network).total == pytest.approx(place(reduced.network).total)


def test_achieved_service_is_near_the_target_and_within_bounds_it_is_full() -> None:
    stages = _stages(_instance(), random_lead_times=False)
    placed = position(stages).placement
    days = tuple(LeadTimeDemand("gamma", m, s) for m, s in zip(stages.mean, stages.sd, strict=True))
    shown = {}
    for within in (False, True):
        chance = chance_of(
            stages, days, np.random.default_rng(5), replications=20, periods=500,
            within_bounds=within,
        )  # fmt: skip
        found = achieved(stages, placed, chance, warm_up=100)
        shown[within] = found[_at(stages, "PKG @ DC1")].cycle_service.value
    assert shown[False] == pytest.approx(0.975, abs=0.03)
    assert shown[False] <= shown[True]
    assert shown[True] > 0.995
