"""The greenfield study: which number is chosen and why, what is proven, the edit that adds it."""

from typing import Any

import pytest

from ops.analyses.greenfield import GREENFIELD, GreenfieldParams
from ops.analyses.greenfield_result import GreenfieldResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page_chart import Chart, Map
from ops.query import ScenarioData
from solvers.scenario.example import example_scenario
from solvers.scenario.movement import Lane
from solvers.scenario.place import Site


def _result(changes: dict[str, object] | None = None, **params: Any) -> GreenfieldResult:
    scenario = example_scenario().model_copy(update=changes or {})
    given = GreenfieldParams(scenario="S", most=params.pop("most", 5), **params)
    return GREENFIELD.compute(ScenarioData("S", 2, scenario), given, silent)


def _said(result: GreenfieldResult) -> list[str]:
    return [verdict.sentence for verdict in GREENFIELD.view(result).verdicts]


@pytest.mark.parametrize(
    ("params", "chosen", "why"),
    [
        ({"fixed_cost": 400.0}, 3, "cheapest"),
        ({}, 3, "knee"),
        ({"sites": 4}, 4, "asked for"),
        ({"most": 2}, 2, "most"),
        ({"objective": "center"}, 3, "knee"),
        ({"max_km": 3000.0, "most": 3}, 3, "first within the limits"),
        ({"max_km": 100.0, "most": 2}, None, None),
    ],
)
def test_a_number_of_sites_is_chosen_with_its_reason(
    params: dict[str, Any], chosen: int | None, why: str | None
) -> None:
    found = _result(**params)
    assert (found.chosen, found.why) == (chosen, why)
    assert len(found.sites) == (chosen or 0)


def test_the_sites_add_up() -> None:
    found = _result(fixed_cost=400.0)
    assert found.transport == pytest.approx(sum(site.transport for site in found.sites))
    assert sum(site.customers for site in found.sites) == len(found.customers) == 5
    assert found.moved is not None
    assert found.moved >= 0.0
    assert "proven" in _said(found)[1]


def test_sentences_hold_for_a_single_site() -> None:
    said = _said(_result(sites=1))
    assert said[0].startswith("Number of sites, as asked for: 1; cost ")
    assert said[1] == "no other choice of 1 of the candidates is better: proven."


def test_a_limit_that_nothing_keeps_is_said() -> None:
    assert _said(_result(max_km=100.0, most=2)) == ["no number of sites up to 2 keeps the limits."]


def test_the_edit_holds_candidates_and_lanes() -> None:
    edit = _result(fixed_cost=400.0).edit
    assert edit is not None
    assert edit["kind"] == "add"
    sites = [Site.model_validate(site) for site in edit["sites"]]
    lanes = [Lane.model_validate(lane) for lane in edit["lanes"]]
    assert {lane.origin for lane in lanes} >= {site.code for site in sites}
    assert _result(candidates="sites").edit is None


def test_the_page_has_the_curve_and_the_map() -> None:
    page = GREENFIELD.view(_result())
    blocks = [block for section in page.sections for block in section.blocks]
    assert [b.title for b in blocks if isinstance(b, Chart)] == ["Cost and number of sites"]
    (drawn,) = (block for block in blocks if isinstance(block, Map))
    assert len(drawn.places) == 3 + 5
    assert len(drawn.links) == 5


def test_a_scenario_without_demand_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="/demands"):
        _result({"demands": ()})


def test_more_sites_than_candidates_are_refused() -> None:
    with pytest.raises(BadData, match="99 sites are asked for, 5 may stand") as error:
        _result(sites=99)
    assert error.value.problems[0].pointer == "/sites"


def test_flaws_come_with_their_pointers() -> None:
    with pytest.raises(BadData) as error:
        _result({"modes": ()})
    assert error.value.problems[0].pointer == "/modes"
