"""Reasons of a network plan: by hand, in business words, with units, or left out and why."""

from typing import Any

import pytest

from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_page import view
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_plan_result import NetworkPlanResult, Remark
from ops.analyses.network_plan_units import CapacityUnits
from ops.analysis import silent
from ops.page import Page
from ops.page_chart import Map
from ops.page_table import Table
from ops.query import ScenarioData
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.movement import Lane
from solvers.scenario.place import Site, Supply
from solvers.scenario.policy import Period


def scenario(wanted: float, **dear: Any) -> Scenario:
    """Two plants: P ships 50 pallets a week at 2, Q any number at 7 (if its lane is open)."""
    return Scenario(
        title="two plants",
        periods=(Period(code="W1"), Period(code="W2")),
        commodities=(Commodity(code="K", unit="pallet", weight="400 kg"),),
        sites=(
            Site(code="P", kind="plant", throughput=50.0, latitude=48.1, longitude=11.6),
            Site(code="Q", kind="plant", latitude=45.1, longitude=7.7),
            Site(code="C", kind="customer", latitude=50.1, longitude=8.7),
        ),
        supplies=(Supply(site="P", commodity="K"), Supply(site="Q", commodity="K")),
        lanes=(
            Lane(origin="P", destination="C", unit_cost=2.0),
            Lane.model_validate({"origin": "Q", "destination": "C", "unit_cost": 7.0} | dear),
            Lane(origin="P", destination="C", mode="air", unit_cost=9.0),
        ),
        demands=(Demand(customer="C", commodity="K", quantity=wanted),),
    )


def planned(found: Scenario, progress: Any = silent, **given: Any) -> NetworkPlanResult:
    asked = NetworkPlanParams.model_validate({"scenario": "two", "gap": 0.0} | given)
    data = ScenarioData(code="two", revision=1, scenario=found)
    return NETWORK_PLAN.compute(data, asked, progress)


def sentences(page: Page) -> str:
    return "\n".join(verdict.sentence for verdict in page.verdicts)


def test_a_unit_more_is_worth_what_it_saves() -> None:
    result = planned(scenario(80.0))
    (worth,) = result.reasons.worths
    assert (worth.kind, worth.code, worth.site, worth.unit) == ("throughput", "P", "P", "pallet")
    assert worth.periods == ("W1", "W2")
    assert worth.gain == pytest.approx(2 * (7.0 - 2.0))  # one more in both weeks
    assert worth.gain_least <= worth.gain <= worth.gain_most
    assert worth.loss == pytest.approx(10.0)
    said = sentences(view(result))
    assert "P is the bottleneck" in said
    assert "One pallet more of the throughput of P in W1, W2 is worth 10.00 USD" in said


def test_a_lane_enters_where_it_beats_the_one_in_use() -> None:
    result = planned(scenario(40.0))
    entries = {e.lane: e for e in result.reasons.entries}
    assert entries["Q>C/road"].enters_at <= 2.0 <= entries["Q>C/road"].stays_out_at
    assert entries["Q>C/road"].cost == 7.0
    assert "Lane Q>C/road carries K once it costs" in sentences(view(result))


def test_a_range_of_prices_that_is_one_as_shown_is_said_as_one() -> None:
    result = planned(scenario(40.0))
    entry = result.reasons.entries[0].model_copy(update={"enters_at": 2.301, "stays_out_at": 2.304})
    reasons = result.reasons.model_copy(update={"entries": (entry,)})
    said = sentences(view(result.model_copy(update={"reasons": reasons})))
    assert "once it costs 2.30 " in said
    assert "2.30 to 2.30" not in said


def test_what_is_short_is_said_with_its_ways_out() -> None:
    result = planned(scenario(80.0, open=False))
    assert result.status == "infeasible"
    said = sentences(view(result))
    assert "Short 30 pallet (37.5 %) of K at C in W1" in said
    assert "raise the throughput of P by 30 pallet (60.0 %) in W1" in said
    assert "allow lane Q>C/road" in said
    costs = {way.name: way.cost for way in result.reasons.ways_out if way.verified}
    assert costs["less-demand"] == pytest.approx(2 * 50 * 2.0, rel=1e-4)
    assert costs["more-lanes"] == pytest.approx(2 * (50 * 2.0 + 30 * 7.0), rel=1e-4)
    tables = [b for s in view(result).sections for b in s.blocks if isinstance(b, Table)]
    assert tables[0].title == "Ways out, the cheapest first"


def test_ways_out_are_left_out_if_nobody_asks() -> None:
    result = planned(scenario(80.0, open=False), ways_out=False)
    assert (result.status, result.reasons.ways_out) == ("infeasible", ())


def test_nothing_is_measured_where_nothing_is_asked_for() -> None:
    result = planned(scenario(80.0), worths=0, entries=0)
    assert (result.reasons.worths, result.reasons.entries, result.reasons.skipped) == ((), (), "")


def test_a_request_to_stop_keeps_the_plan_without_reasons() -> None:
    def stop_at_reasons(fraction: float, message: str, /, **more: Any) -> bool:
        del fraction, more
        return message.startswith("reasons")

    result = planned(scenario(80.0), stop_at_reasons)
    assert (result.status, result.reasons.worths) == ("optimal", ())
    assert result.reasons.skipped == "the run was asked to stop"
    text = str(view(result).model_dump())
    assert "Not everything was measured" in text


def test_the_map_shows_the_full_plant_and_the_lanes_in_use() -> None:
    result = planned(scenario(80.0), worths=0, entries=0)
    (drawn,) = [b for s in view(result).sections for b in s.blocks if isinstance(b, Map)]
    assert {p.label: p.level for p in drawn.places} == {"P": "bad", "Q": "info", "C": "info"}
    assert {(k.origin, k.destination, k.group) for k in drawn.links} == {
        (0, 2, "road"),
        (1, 2, "road"),
    }
    assert result.volume_unit == "t"
    assert sum(lane.volume for lane in result.lanes) == pytest.approx(2 * 80 * 0.4)


def test_units_follow_the_basis_of_a_lane_and_the_commodities() -> None:
    whole = scenario(80.0, basis="weight")
    units = CapacityUnits(whole)
    assert units.of("lane", "Q>C/road") == "kg"
    assert units.of("lane", "P>C/road") == "pallet"
    assert units.of("hours", "P/WB") == "h"
    assert units.of("demand", "C/K") == "pallet"
    other = Commodity(code="L", unit="m")
    mixed = whole.model_copy(update={"commodities": (*whole.commodities, other)})
    assert CapacityUnits(mixed).of("throughput", "P") == "units"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "unbounded", "grows": ("buy of K at P",)}, "buy of K at P can grow"),
        (
            {
                "status": "numerical-error",
                "remarks": (
                    Remark(topic="matrix-range", text="coefficients reach from 1 to 1e12"),
                ),
            },
            "coefficients reach from 1 to 1e12",
        ),
    ],
)
def test_a_solve_that_failed_names_its_cause(changes: dict[str, Any], words: str) -> None:
    result = NetworkPlanResult(scenario="two", revision=1, **changes)
    assert words in sentences(view(result))
