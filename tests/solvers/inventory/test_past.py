import numpy as np
import pytest

from solvers.inventory.past import past_flows, sourcing_of_past, with_past_spread
from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario
from solvers.scenario.ledger import History, PastFlow
from solvers.scenario.policy import Period
from tests.solvers.inventory.scenarios import packaging


def _four_periods(spread: bool) -> Scenario:
    scenario = packaging()
    flows = tuple(
        PastFlow(origin="DC1", destination="C1", commodity="PKG", period=f"P{t}", quantity=q)
        for t, q in enumerate((60.0, 80.0, 70.0, 90.0))
    )
    demands = tuple(
        d if spread else d.model_copy(update={"spread": None}) for d in scenario.demands
    )
    return scenario.model_copy(
        update={
            "periods": tuple(Period(code=f"P{t}", days=10.0) for t in range(4)),
            "history": History(flows=flows),
            "demands": demands,
        }
    )


def test_a_demand_without_a_spread_varies_as_the_past_did() -> None:
    scenario = _four_periods(spread=False)
    instance, told = with_past_spread(scenario, resolve(scenario).instance)
    assert told == 1
    first, second = instance.demands.sd
    assert first == pytest.approx(np.full(4, np.std([60, 80, 70, 90], ddof=1)))
    assert not second.any()


def test_a_spread_of_the_scenario_stands() -> None:
    scenario = _four_periods(spread=True)
    before = resolve(scenario).instance
    after, told = with_past_spread(scenario, before)
    assert told == 0
    assert after is before


def test_production_makes_what_did_not_come_by_lanes() -> None:
    scenario = packaging(history=True)
    instance = resolve(scenario).instance
    assert past_flows(scenario, instance).sum() == pytest.approx(900.0)
    sourcing = sourcing_of_past(scenario, instance)
    assert sourcing.production_share.tolist() == [1.0]
    lanes = [instance.lanes.code[instance.arcs.lane[a]] for a in sourcing.arc]
    shares = dict(zip(lanes, sourcing.arc_share.tolist(), strict=True))
    assert shares["DC1>C2/road"] == pytest.approx(0.25)
    assert shares["P>DC1/road"] == 1.0
