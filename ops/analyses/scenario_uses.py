"""What can be run on a scenario as it stands, though its network cannot be planned."""

from solvers.errors import ScenarioError
from solvers.greenfield.from_scenario import Asked, greenfield
from solvers.routing.from_scenario import routing_problem
from solvers.scenario.document import Scenario


def uses(scenario: Scenario) -> tuple[str, ...]:
    """Names of the analyses that read less of it: of routes, and of sites that stand nowhere yet.

    They ask for no lanes and no supply: a scenario that was written for them alone has flaws to
    a plan of the network and none to them.
    """
    found = {"route-plan": _has_routes(scenario), "greenfield": _has_customers(scenario)}
    return tuple(name for name, usable in found.items() if usable)


def _has_routes(scenario: Scenario) -> bool:
    if not scenario.routing.visits or not scenario.routing.vehicles:
        return False
    try:
        routing_problem(scenario)
    except ScenarioError:
        return False
    return True


def _has_customers(scenario: Scenario) -> bool:
    try:
        return len(greenfield(scenario, Asked(rate=1.0)).demand) > 0  # a run may give a rate
    except ScenarioError:
        return False
