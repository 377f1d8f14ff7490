"""What is wrong with a scenario: each flaw with its place, its value and its mend."""

from solvers.errors import Flaw
from solvers.scenario.amounts import amount_flaws
from solvers.scenario.contradictions import contradictions
from solvers.scenario.document import Scenario
from solvers.scenario.reachability import unreachable
from solvers.scenario.references import reference_flaws

MOST = 200  # a reader mends these first; the rest is counted


def flaws(scenario: Scenario) -> tuple[Flaw, ...]:
    """Flaws of a scenario; empty means that it can be resolved.

    Names and amounts come first; what they contradict, and whom they leave without supply, is
    asked once these are in order. After `MOST` flaws a last one, of the whole document (pointer
    ""), says how many more there are.
    """
    found = [*reference_flaws(scenario), *amount_flaws(scenario)]
    if not found:
        found = [*contradictions(scenario), *unreachable(scenario)]
    if len(found) > MOST:
        more = Flaw("", f"and {len(found) - MOST} more; mend these first")
        return (*found[:MOST], more)
    return tuple(found)
