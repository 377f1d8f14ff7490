"""The route plan: verdicts with both numbers, what is wrong with its input, what is salvaged."""

from typing import Any

import pytest

from ops.analyses.route_plan import ROUTE_PLAN, RoutePlanParams
from ops.analyses.route_plan_result import RoutePlanResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page import Page
from ops.page_chart import Chart, Map
from ops.page_table import Table
from ops.query import ScenarioData
from solvers.routing.example import delivery_scenario
from solvers.scenario.document import Scenario
from solvers.watch import Incumbent

PARAMS = RoutePlanParams(scenario="S", budget_iterations=150, cpu_s=None)


def _data(**routing: Any) -> ScenarioData:
    scenario = delivery_scenario()
    changed = scenario.routing.model_copy(update=routing)
    return ScenarioData("S", 3, scenario.model_copy(update={"routing": changed}))


def _result(**routing: Any) -> RoutePlanResult:
    return ROUTE_PLAN.compute(_data(**routing), PARAMS, silent)


def _page(**routing: Any) -> Page:
    return ROUTE_PLAN.view(_result(**routing))


def test_visits_left_are_named_with_both_numbers() -> None:
    said = [verdict.sentence for verdict in _page().verdicts]
    assert any("its load is 4000, TRUCK takes 3000" in s for s in said)
    assert any(s.startswith("V-SALZBURG does not pay") and "prize is 15.00" in s for s in said)
    assert "required visits that are left: 2" in said[0]


def test_what_is_reported_adds_up() -> None:
    found = _result()
    assert found.faults == ()
    assert (found.scenario, found.revision, found.money) == ("S", 3, "USD")
    assert found.cost == pytest.approx(sum(route.cost for route in found.routes))
    assert sum(len(r.visits) for r in found.routes) + len(found.unserved) == found.visits == 16
    assert found.prizes + found.prizes_missed == 15.0
    assert found.feasible is False
    for route in found.routes:
        times = [route.depart_h, *zip(route.arrival_h, route.start_h, strict=True)]
        assert times[0] <= route.arrival_h[0]
        assert len(route.load) == len(route.visits) + 1
        assert len(route.longitude) == len(route.visits) + 2


def test_the_page_has_the_day_and_the_map() -> None:
    blocks = [block for section in _page().sections for block in section.blocks]
    assert [b.title for b in blocks if isinstance(b, Chart)] == ["Routes over the day"]
    (drawn,) = (block for block in blocks if isinstance(block, Map))
    assert {place.group for place in drawn.places} == {"depots", "visits"}
    assert len(drawn.links) == 13 + 4  # a way to each visit, and one back for each route
    tables = {block.title for block in blocks if isinstance(block, Table)}
    assert tables == {"Visits that no route makes", "Routes", "Visits in order"}


def test_all_made_is_good() -> None:
    visits = delivery_scenario().routing.visits[:3]
    (verdict,) = _page(visits=visits).verdicts
    assert verdict.level == "good"
    assert verdict.sentence.startswith("3 of 3 visits")


@pytest.mark.parametrize("part", ["visits", "vehicles"])
def test_a_scenario_without_routing_is_not_enough(part: str) -> None:
    with pytest.raises(NotEnoughData, match=f"/routing/{part}"):
        _result(**{part: ()})


def test_flaws_come_with_their_pointers() -> None:
    scenario: Scenario = delivery_scenario().model_copy(update={"sites": ()})
    with pytest.raises(BadData) as error:
        ROUTE_PLAN.compute(ScenarioData("S", 1, scenario), PARAMS, silent)
    assert error.value.problems[0].pointer == "/routing/vehicles/0/depot"


def test_a_search_must_end() -> None:
    with pytest.raises(ValueError, match="never ends"):
        RoutePlanParams(scenario="S", cpu_s=None)


def test_incumbents_are_told_and_the_last_one_is_salvaged() -> None:
    told: list[tuple[Incumbent | None, bytes | None]] = []

    def progress(
        fraction: float,
        message: str,
        /,
        *,
        incumbent: Incumbent | None = None,
        checkpoint: bytes | None = None,
        model: object = None,
    ) -> bool:
        told.append((incumbent, checkpoint))
        return checkpoint is not None

    endless = PARAMS.model_copy(update={"budget_iterations": 10**8})
    stopped = ROUTE_PLAN.compute(_data(), endless, progress)
    assert stopped.stop_reason == "asked to stop"
    saved = [checkpoint for _, checkpoint in told if checkpoint is not None]
    assert ROUTE_PLAN.salvage is not None
    salvaged = ROUTE_PLAN.salvage(_data(), endless, saved[-1])
    assert salvaged.cost == pytest.approx(stopped.cost)
    assert salvaged.faults == ()


def test_the_same_seed_gives_the_same_plan() -> None:
    assert _result() == _result()
