"""Nothing appears or vanishes at a site but what the balance names."""

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.baseline_balance import Balance, balance
from solvers.network.baseline_cost import Moved, price_flows
from solvers.network.codes import Codes
from solvers.scenario.document import Scenario
from solvers.scenario.ledger import History, PastFlow
from tests.solvers.scenarios import scenarios


def with_flows(scenario: Scenario, chance: random.Random) -> Scenario:
    flows = tuple(
        PastFlow(
            origin=lane.origin, destination=lane.destination, mode=lane.mode,
            commodity="raw" if lane.origin == "S1" else "G 1", period=period.code,
            quantity=float(chance.randint(0, 40)),
        )
        for lane in scenario.lanes
        for period in scenario.periods
    )  # fmt: skip
    return scenario.model_copy(update={"history": History(flows=flows)})


def entries(moved: Moved, found: Balance) -> Iterator[tuple[int, int, float]]:
    """Site, commodity and units of all that comes (above 0) and goes."""
    lanes, made, stocks = moved.lanes, found.productions, found.stocks
    for lane, good, flow in zip(moved.lane, moved.commodity, moved.flow, strict=True):
        yield lanes.origin[lane], good, -flow.sum()
        yield lanes.destination[lane], good, flow.sum()
    for p, site in enumerate(made.site):
        yield site, made.output[p], made.yields[p] @ found.make[p]
    for p, good, q in zip(made.input_of, made.input_commodity, made.input_quantity, strict=True):
        yield made.site[p], good, -q * found.make[p].sum()
    bought = found.supplies
    yield from zip(bought.site, bought.commodity, found.buy.sum(axis=1), strict=True)
    used = stocks.initial - found.stock[:, -1]
    yield from zip(stocks.site, stocks.commodity, used, strict=True)
    yield from ((*node, units.sum()) for node, units in found.missing.items())
    yield from ((*node, -units.sum()) for node, units in found.surplus.items())


@settings(max_examples=40)
@given(scenario=scenarios(), seed=st.integers(0, 1000))
def test_units_are_conserved_at_every_node(scenario: Scenario, seed: int) -> None:
    codes = Codes.of(with_flows(scenario, random.Random(seed)))
    moved = price_flows(codes)
    found = balance(codes, moved)
    net: dict[tuple[int, int], float] = defaultdict(float)
    for site, good, units in entries(moved, found):
        net[int(site), int(good)] += float(units)
    kinds = [s.kind for s in codes.places()]
    inside = [units for (site, _), units in net.items() if kinds[site] != "customer"]
    assert inside == pytest.approx([0.0] * len(inside), abs=1e-6)
    assert min(found.make.min(), found.buy.min(), found.stock.min(initial=0.0)) >= 0
    assert (found.served <= found.demand + 1e-9).all()
