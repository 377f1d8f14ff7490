"""Road distances from real HTTP servers that speak the two protocols."""

import socket
from collections.abc import Iterator

import pytest

from ops.errors import Conflict, NotReady
from ops.work.distances import with_distances
from ops.work.road import BLOCK, Router, RouterKind, Spot, measure
from solvers.scenario.document import Scenario
from solvers.scenario.movement import Distance, Lane
from solvers.scenario.place import Site
from tests.ops.work.router import KM_PER_H, routing_server, way_km

KINDS: tuple[RouterKind, ...] = ("osrm", "valhalla")


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, list[int]]]:
    with routing_server() as server:
        yield server


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_is_measured_in_batches(served: tuple[str, list[int]], kind: RouterKind) -> None:
    url, asked = served
    asked.clear()
    spots = [Spot(f"S{i}", 40 + i % 9, i / 7) for i in range(2 * BLOCK + 5)]
    pairs = [(a.code, b.code) for a in spots[:50] for b in spots[30:]]
    found = measure(Router(url, kind), spots, pairs)
    assert [(r.origin, r.destination) for r in found.roads] != []
    assert {(r.origin, r.destination) for r in found.roads} == set(pairs)
    places = {s.code: (s.latitude, s.longitude) for s in spots}
    for road in found.roads:
        km = way_km(places[road.origin], places[road.destination])
        assert road.distance_km == pytest.approx(km, abs=1e-3)
        assert road.duration_h == pytest.approx(road.distance_km / KM_PER_H, abs=1e-6)
    assert max(asked) <= BLOCK * BLOCK
    assert sum(asked) == len(pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_pair_without_a_way_is_said(served: tuple[str, list[int]], kind: RouterKind) -> None:
    spots = [Spot("A", 50, 10), Spot("ISLE", 65, -20), Spot("B", 51, 10)]
    found = measure(Router(served[0], kind), spots, [("A", "ISLE"), ("A", "B")])
    assert found.unreachable == (("A", "ISLE"),)
    assert [r.destination for r in found.roads] == ["B"]


def test_no_router_and_no_server_are_told_apart(served: tuple[str, list[int]]) -> None:
    spots, pairs = [Spot("A", 1, 1), Spot("B", 2, 2)], [("A", "B")]
    with pytest.raises(Conflict, match="LONGRUN_ROUTER_URL"):
        measure(Router("", "osrm"), spots, pairs)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # taken, so that nobody else listens there
        url = f"http://user:secret@127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(NotReady, match="cannot be reached") as refused:
            measure(Router(url, "osrm"), spots, pairs)
    assert "secret" not in str(refused.value)
    with pytest.raises(NotReady):
        measure(Router(served[0] + "/other", "osrm"), spots, pairs)


def test_slow_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        router = Router(url, "valhalla", timeout_s=0.05)
        with pytest.raises(NotReady, match="did not answer"):
            measure(router, [Spot("A", 1, 1)], [("A", "A")])


def test_what_is_known_stays_and_what_has_no_place_is_said(served: tuple[str, list[int]]) -> None:
    scenario = Scenario(
        sites=(
            Site(code="A", kind="plant", latitude=50, longitude=10),
            Site(code="B", kind="dc", latitude=51, longitude=11),
            Site(code="C", kind="customer", latitude=52, longitude=12),
            Site(code="D", kind="customer"),
        ),
        lanes=tuple(
            Lane(origin=o, destination=d, mode=m)
            for o, d, m in (
                ("A", "B", "road"),
                ("B", "C", "road"),
                ("B", "D", "road"),
                ("A", "C", "air"),
            )
        ),
        distances=(Distance(origin="A", destination="B", distance=7.0),),
    )
    router = Router(served[0], "osrm")
    filled = with_distances(scenario, router)
    assert (filled.measured, filled.unplaced) == (1, ("D",))
    assert [d.distance for d in filled.scenario.distances] == [7.0, "200.000 km"]
    assert filled.scenario.distances[1].duration == "4.0000 hour"
    again = with_distances(filled.scenario, router)
    assert (again.measured, again.scenario) == (0, filled.scenario)
    replaced = with_distances(scenario, router, replace=True)
    assert [d.distance for d in replaced.scenario.distances] == ["200.000 km", "200.000 km"]
    assert with_distances(scenario, router, which="all").measured == 5
