"""The strategy that other tests draw from gives what it says."""

from hypothesis import given, settings

from solvers.scenario.document import Scenario
from solvers.scenario.validate import flaws
from tests.solvers.scenarios import scenarios


@settings(max_examples=60)
@given(scenario=scenarios())
def test_drawn_scenarios_have_no_flaw(scenario: Scenario) -> None:
    assert flaws(scenario) == ()
