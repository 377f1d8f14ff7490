import numpy as np
import pytest

from solvers.errors import ScenarioError
from solvers.greenfield.curve import median_curve
from solvers.greenfield.from_scenario import Asked, greenfield
from solvers.greenfield.problem import Choice
from solvers.greenfield.sites import added, candidate_lanes, candidate_sites, with_candidates
from solvers.greenfield.weiszfeld import refined
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from solvers.scenario.goods import Demand
from solvers.scenario.movement import Mode
from solvers.scenario.place import Site
from solvers.scenario.validate import flaws

ASKED = Asked(fixed_cost=900.0)


def test_sites_and_lanes_make_a_scenario_without_flaws() -> None:
    scenario = example_scenario()
    problem = greenfield(scenario, ASKED)
    chosen = median_curve(Choice.of(problem), 3)[-1]
    at = refined(problem, chosen.sites, chosen.assigned)
    sites = candidate_sites(scenario, problem, at, problem.fixed_cost[chosen.sites])
    lanes = candidate_lanes(scenario, problem, at, sites, rate=0.2)
    whole = with_candidates(scenario, sites, lanes)
    assert flaws(whole) == flaws(scenario) == ()
    assert {s.status for s in sites} == {"candidate"}
    assert {s.fixed_cost for s in sites} == {300.0}  # 900 over three months
    assert all(code.startswith("GF-C-") for code in (s.code for s in sites))
    served = {lane.destination for lane in lanes}
    assert served >= set(problem.demand.code)
    origins = {lane.origin for lane in lanes} - {s.code for s in sites}
    assert origins == {"P-PENANG", "P-SAIGON"}
    edit = added(scenario, sites, lanes, "road")
    assert [Site.model_validate(s) for s in edit["sites"]] == list(sites)
    assert "modes" not in edit
    again = candidate_sites(whole, problem, at, problem.fixed_cost[chosen.sites])
    assert not {s.code for s in again} & {s.code for s in whole.sites}


def test_quantities_are_tonnes_of_all_periods() -> None:
    problem = greenfield(example_scenario(), ASKED)
    shenzhen = problem.demand.code.index("C-SHENZHEN")
    # by hand: (110 x 1.6 + 260 x 0.5) kg x (1 + 1 + 1.2) months
    assert problem.importance[shenzhen] == pytest.approx((110 * 1.6 + 260 * 0.5) * 3.2 / 1000)
    assert problem.weight[shenzhen] == pytest.approx(0.25 * problem.importance[shenzhen])


def test_a_grid_adds_places() -> None:
    problem = greenfield(example_scenario(), Asked(candidates="grid", grid_degrees=20.0))
    assert len(problem.candidates) > len(problem.demand)
    assert np.abs(problem.candidates.latitude).max() <= 90.0


def test_candidate_sites_bring_their_own_cost() -> None:
    problem = greenfield(example_scenario(), Asked(candidates="sites"))
    assert problem.candidates.code == ("DC-DALLAS",)
    assert problem.fixed_cost == pytest.approx([3 * 3000.0 + 4000.0])


@pytest.mark.parametrize(
    ("change", "asked", "words"),
    [
        ({"modes": ()}, ASKED, "no mode 'road'; add it with cost_per_tonne_km, or give a rate"),
        ({"modes": (Mode(code="road"),)}, ASKED, "'road' has no cost_per_tonne_km; give it one"),
        (
            {"modes": (Mode(code="air", cost_per_tonne_km=2.0),)},
            ASKED,
            "no mode 'road'; name air as mode, or give a rate",
        ),
        ({}, Asked(candidates="grid", grid_degrees=0.5), "a wider one"),
        (
            {"sites": (Site(code="C-TURIN", kind="customer"),)},
            ASKED,
            "sites without coordinates: C-TURIN; give each",
        ),
        (
            {"demands": (Demand(customer="C-TURIN", commodity="QFN-32", quantity="3 h"),)},
            ASKED,
            "3 h",
        ),
    ],
)
def test_flaws_are_told(change: dict[str, object], asked: Asked, words: str) -> None:
    scenario: Scenario = example_scenario().model_copy(update=change)
    with pytest.raises(ScenarioError, match=words):
        greenfield(scenario, asked)
