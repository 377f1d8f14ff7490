"""What others know enters a scenario: distances of a router, sites of a study, history."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.deps import Services
from api.scenario_bodies import EXAMPLE
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.settings import Settings
from tests.api.conftest import RecordingQueue
from tests.api.local import local_client
from tests.api.plant import NOW
from tests.ops.work.router import routing_server

EU = "/v1/scenarios/EU"


def _add(client: TestClient, document: dict) -> None:
    made = client.post("/v1/scenarios", json={"code": "EU", "document": document})
    assert made.status_code == 201, made.text


@pytest.fixture(params=["osrm", "valhalla"])
def routed(
    request: pytest.FixtureRequest, sqlite_database: Database, settings: Settings
) -> Iterator[TestClient]:
    """A client of a service with a router."""
    with routing_server() as (url, _):
        configured = {"router_url": url, "router_kind": request.param}
        changed = settings.model_copy(update=configured)
        with local_client(Services(changed, sqlite_database, RecordingQueue())) as opened:
            yield opened


def test_router_fills_the_distances_of_the_lanes(routed: TestClient) -> None:
    lanes = [{"origin": "PEN", "destination": "MUC", "unit_cost": 1}]
    _add(routed, {**EXAMPLE, "lanes": lanes})
    made = routed.post(f"{EU}/distances", json={"note": "first"})
    assert made.status_code == 201, made.text
    answer = made.json()
    assert (answer["measured"], answer["unreachable"], answer["unplaced"]) == (1, [], [])
    assert answer["revision"]["origin"] == {"kind": "distances", "source": answer["source"]}
    assert "127.0.0.1" in answer["source"]
    assert answer["revision"]["note"] == f"first: 1 distances of {answer['source']}"
    (distance,) = routed.get(f"{EU}/revisions/2/document").json()["distances"]
    assert distance["distance"] == "13140.000 km"  # 42.7 + 88.7 degrees of 100 km
    assert routed.post(f"{EU}/distances", json={}).json()["measured"] == 0


def test_without_a_router_the_mend_is_named(client: TestClient) -> None:
    _add(client, EXAMPLE)
    answer = client.post(f"{EU}/distances", json={})
    assert (answer.status_code, client.get(EU).json()["newest"]) == (409, 1)
    assert "LONGRUN_ROUTER_URL" in answer.json()["detail"]


def _study(database: Database, **fields: object) -> None:
    site = {"code": "GF-1", "kind": "dc", "status": "candidate", "latitude": 50, "longitude": 9}
    edit = {"kind": "add", "sites": [site]}
    values = {
        "id": "study",
        "analysis": "greenfield",
        "params": {"scenario": "EU"},
        "state": "succeeded",
        "result": {"scenario": "EU", "edit": edit},
    } | fields
    with database.write.begin() as session:
        session.add(
            Run(version=1, as_of=NOW, max_batch=0, submitted_by="x", submitted_at=NOW, **values)
        )


def test_sites_of_a_study_become_candidates(client: TestClient, sqlite_database: Database) -> None:
    _add(client, EXAMPLE)
    _study(sqlite_database)
    made = client.post(f"{EU}/candidates", json={"run": "study"})
    assert made.status_code == 201, made.text
    assert made.json()["revision"]["origin"] == {"kind": "candidates", "run": "study"}
    sites = client.get(f"{EU}/revisions/2/document").json()["sites"]
    assert [s["code"] for s in sites] == ["PEN", "MUC", "GF-1"]
    again = client.post(f"{EU}/candidates", json={"run": "study"})
    assert again.status_code == 422
    assert again.json()["errors"][0]["pointer"].startswith("/run")


@pytest.mark.parametrize(
    "fields",
    [
        {"analysis": "network-plan"},
        {"result": {"scenario": "US", "edit": {}}},
        {"result": {"scenario": "EU", "edit": None}},
        {"result": None, "state": "failed"},
        {"id": "other"},
    ],
)
def test_run_that_offers_no_sites_is_refused(
    client: TestClient, sqlite_database: Database, fields: dict
) -> None:
    _add(client, EXAMPLE)
    _study(sqlite_database, **fields)
    answer = client.post(f"{EU}/candidates", json={"run": "study"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/run")


SHIPMENTS = "date,origin,destination,commodity,quantity,cost\n" + "".join(
    f"2026-01-{day:02},PEN,MUC,QFN,{100 + day},{50 + 2 * (100 + day)}\n" for day in range(1, 28)
)


def test_history_becomes_a_document_with_a_report(client: TestClient) -> None:
    files = {"shipments": ("s.csv", SHIPMENTS, "text/csv")}
    answer = client.post(
        "/v1/scenarios/from-history", files=files, data={"options": '{"period": "week"}'}
    )
    assert answer.status_code == 200, answer.text
    made = answer.json()
    (fit,) = made["report"]["lanes"]
    assert (round(fit["rate"], 6), round(fit["fixed"], 6)) == (2.0, 50.0)
    assert {s["code"] for s in made["document"]["sites"]} == {"PEN", "MUC"}
    assert client.get("/v1/scenarios").json()["items"] == []
    stored = client.post("/v1/scenarios", json={"code": "PAST", "document": made["document"]})
    assert (stored.status_code, stored.json()["flaws"]) == (201, made["flaws"])


@pytest.mark.parametrize(
    ("files", "options", "pointer"),
    [
        ({"orders": ("o.csv", "x", "text/csv")}, "{}", "/shipments"),
        ({"shipments": ("s.txt", "x", "text/plain")}, "{}", "/shipments"),
        ({"shipments": ("s.csv", SHIPMENTS, "")}, '{"period": "year"}', "/period"),
        ({"shipments": ("s.csv", SHIPMENTS.replace("101", "many"), "")}, "{}", "/shipments/1"),
        ({"shipments": ("s.xlsx", b"PK", "")}, "{}", ""),
        ({"shipments": ("s.parquet", b"PAR1", "")}, "{}", "/shipments"),
    ],
)
def test_wrong_history_is_named(
    client: TestClient, files: dict, options: str, pointer: str
) -> None:
    answer = client.post("/v1/scenarios/from-history", files=files, data={"options": options})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
