"""A scenario for routes or new sites alone is told what can be run on it."""

from typing import Any

from ops.analyses.scenario_uses import uses
from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from solvers.scenario.validate import flaws

PLACES: list[dict[str, Any]] = [
    {"code": "D", "kind": "dc", "latitude": 48.1, "longitude": 11.6},
    {"code": "C", "kind": "customer", "latitude": 49.0, "longitude": 12.1},
]
ROUTING = {
    "visits": [{"code": "V", "site": "C"}],
    "vehicles": [{"code": "VAN", "depot": "D"}],
}
WANTED = {
    "periods": [{"code": "W1", "start": "2027-01-04"}],
    "commodities": [{"code": "A"}],
    "lanes": [{"origin": "D", "destination": "C"}],  # and no supply: no plan serves C
    "demands": [{"customer": "C", "commodity": "A", "quantity": 10}],
}


def scenario(**parts: Any) -> Scenario:
    return Scenario.model_validate({"sites": PLACES} | parts)


def test_routes_need_visits_and_vehicles_alone() -> None:
    nobody = [{"customer": "NOBODY", "commodity": "A", "quantity": 1}]
    asked = scenario(routing=ROUTING, demands=nobody)
    assert flaws(asked)
    assert uses(asked) == ("route-plan",)
    assert uses(scenario(routing={"visits": ROUTING["visits"]})) == ()
    nowhere = [{"code": "V", "site": "NOWHERE"}]
    assert uses(scenario(routing=ROUTING | {"visits": nowhere})) == ()


def test_new_sites_need_customers_with_a_demand_and_a_place() -> None:
    asked = scenario(**WANTED)
    assert flaws(asked)
    assert uses(asked) == ("greenfield",)
    bare = [{"code": "C", "kind": "customer"}]
    assert uses(scenario(**WANTED | {"sites": bare})) == ()
    assert "greenfield" in uses(example_scenario())
