from math import inf
from typing import Any

import numpy as np
import pytest

from solvers.errors import ScenarioError
from solvers.routing.from_scenario import routing_problem
from solvers.scenario.distance import CIRCUITY
from solvers.scenario.document import Scenario

SITES = [
    {"code": "D", "kind": "dc", "latitude": 0.0, "longitude": 0.0, "country": "DE"},
    {"code": "C", "kind": "customer", "latitude": 0.0, "longitude": 1.0},
    {"code": "X", "kind": "customer"},
]
VAN = {"code": "van", "depot": "D"}
DEGREE = 2 * np.pi * 6371.0088 / 360  # kilometres of one degree along the equator


def _scenario(
    visits: list[dict[str, Any]], vehicles: list[dict[str, Any]] | None = None, **more: Any
) -> Scenario:
    routing = {"visits": visits, "vehicles": vehicles or [VAN]} | more.pop("routing", {})
    return Scenario.model_validate({"sites": SITES, "routing": routing} | more)


def test_ways_are_great_circles_times_circuity_of_the_country() -> None:
    circuities = [{"country": "DE", "factor": 1.3}, {"factor": 1.2}, {"mode": "sea", "factor": 9}]
    p = routing_problem(_scenario([{"code": "V", "site": "C"}], circuities=circuities))
    assert p.distance[0, 1] == pytest.approx(1.3 * DEGREE)
    assert p.distance[1, 0] == pytest.approx(1.2 * DEGREE)
    assert p.hours[0][0, 1] == pytest.approx(1.3 * DEGREE / 50.0)
    assert p.measured == 0.0


def test_without_a_factor_roads_are_as_the_house_assumes() -> None:
    p = routing_problem(_scenario([{"code": "V", "site": "C"}]))
    assert p.distance[0, 1] == pytest.approx(CIRCUITY["road"] * DEGREE)


def test_a_matrix_goes_before_pairs_and_pairs_before_circles() -> None:
    pairs = [
        {"origin": "D", "destination": "C", "distance": "80 mi", "duration": "90 min"},
        {"origin": "X", "destination": "C", "distance": 7},
        {"origin": "C", "destination": "X", "distance": 8},
        {"origin": "X", "destination": "D", "distance": 5},
    ]
    matrix = {"places": ["D", "V2"], "distance": [[0, 11], [12, 0]], "duration_h": [[0, 1], [2, 0]]}
    visits = [{"code": "V1", "site": "C"}, {"code": "V2", "site": "X"}]
    p = routing_problem(_scenario(visits, distances=pairs, routing={"matrix": matrix}))
    mile = 1.609344
    expected = [[0, 80 * mile, 11], [80 * mile, 0, 8], [12, 7, 0]]
    np.testing.assert_allclose(p.distance, expected)
    np.testing.assert_allclose(p.hours[0], [[0, 1.5, 1], [1.5, 0, 0.16], [2, 0.14, 0]])
    assert p.measured == 1.0


def test_units_are_read() -> None:
    vehicle = VAN | {
        "capacity": "1.5 t",
        "fixed_cost": "10 EUR",
        "cost_per_distance": "2 EUR/mi",
        "cost_per_hour": "0.5 EUR/min",
        "max_distance": "100 mi",
    }
    visit = {"code": "V", "site": "C", "load": "250 kg", "prize": "4 EUR", "required": False}
    rates = [{"currency": "EUR", "rate": 1.1}]
    p = routing_problem(_scenario([visit], [vehicle], exchange_rates=rates))
    (kind,), (stop,) = p.kinds, p.stops
    assert (kind.capacity, stop.load) == (1500.0, 250.0)
    assert (kind.fixed_cost, stop.prize) == (pytest.approx(11.0), pytest.approx(4.4))
    assert kind.cost_per_distance == pytest.approx(2.2 / 1.609344)
    assert kind.cost_per_hour == pytest.approx(33.0)
    assert kind.max_distance == pytest.approx(160.9344)
    assert kind.shift_end_h == stop.window_end_h == inf


@pytest.mark.parametrize(
    ("visit", "vehicle", "pointer"),
    [
        ({"site": "NOWHERE"}, {}, "/routing/visits/0/site"),
        ({"site": "C"}, {"depot": "NOWHERE"}, "/routing/vehicles/0/depot"),
        ({"site": "C", "load": -1}, {}, "/routing/visits/0/load"),
        ({"site": "C", "load": "3 h"}, {"capacity": "2 EUR"}, "/routing/vehicles/0/capacity"),
        (
            {"site": "C", "window_start_h": 3, "window_end_h": 2},
            {},
            "/routing/visits/0/window_end_h",
        ),
        ({"site": "C"}, {"shift_start_h": 3, "shift_end_h": 2}, "/routing/vehicles/0/shift_end_h"),
        ({"site": "C", "prize": "3 kg"}, {}, "/routing/visits/0/prize"),
        ({"site": "X"}, {}, "/routing/visits/0"),
    ],
)
def test_flaws_are_named(visit: dict[str, Any], vehicle: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ScenarioError) as error:
        routing_problem(_scenario([{"code": "V"} | visit], [VAN | vehicle]))
    assert pointer in {flaw.pointer for flaw in error.value.flaws}


def test_codes_stand_once() -> None:
    with pytest.raises(ScenarioError, match="stands twice"):
        routing_problem(_scenario([{"code": "V", "site": "C"}] * 2))


def test_a_matrix_is_square() -> None:
    matrix = {"places": ["D", "V"], "distance": [[0, 1]]}
    with pytest.raises(ValueError, match="2 rows of 2"):
        _scenario([{"code": "V", "site": "C"}], routing={"matrix": matrix})
