"""Packages over the API: what is wrong with a geometry is shown at its place."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.packages import EXAMPLE
from ops.db.engine import Database
from ops.db.models.people import Audit
from ops.loop.package import Package
from tests.api.plant import add_plant

ANY = {"If-Match": "*"}
WIRES: Any = EXAMPLE["wires"]


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant of two sites."""
    add_plant(sqlite_database)
    return client


def draft(**changes: Any) -> dict[str, Any]:
    document = EXAMPLE | changes
    return {"site": "HERE", "code": "QFN-48", "title": "QFN", "document": document}


def test_a_package_is_found_as_it_was_sent(plant: TestClient) -> None:
    made = plant.post("/v1/packages", json=draft())
    assert made.status_code == 201
    found = plant.get(made.headers["Location"])
    assert found.json() == made.json()
    assert found.headers["ETag"] == '"1"'
    assert Package.model_validate(found.json()["document"]) == Package.model_validate(EXAMPLE)
    listed = plant.get("/v1/packages?site=HERE&code=QFN-48").json()["items"]
    assert [one["code"] for one in listed] == ["QFN-48"]
    assert plant.get("/v1/packages?code=none").json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"cavity_height_um": 200}, "/document/wires/0/height_um"),
        ({"wires": [WIRES[0]] * 2}, "/document/wires/1/position"),
        ({"characteristics": {"top": "LOOP-H"}}, "/document/characteristics/top"),
        ({"wire_diameter_um": 0}, "/document/wire_diameter_um"),
        ({"wires": [WIRES[0] | {"rise_at": 0.5}, WIRES[1]]}, "/document/wires/0/rise_at"),
    ],
)
def test_a_flaw_is_shown_at_its_place(
    plant: TestClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = plant.post("/v1/packages", json=draft(**changes))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_document_is_changed_as_a_whole_from_a_known_version(plant: TestClient) -> None:
    path = plant.post("/v1/packages", json=draft()).headers["Location"]
    new = {"document": EXAMPLE | {"cavity_height_um": 500}}
    assert plant.patch(path, json=new).status_code == 428
    changed = plant.patch(path, json=new, headers={"If-Match": '"1"'}).json()
    assert (changed["document"]["cavity_height_um"], changed["title"]) == (500, "QFN")
    assert plant.patch(path, json=new, headers={"If-Match": '"1"'}).status_code == 412


def test_a_code_is_taken_once_at_a_site(plant: TestClient) -> None:
    plant.post("/v1/packages", json=draft())
    assert plant.post("/v1/packages", json=draft()).status_code == 409


def test_a_package_is_deleted_and_the_audit_keeps_it(
    plant: TestClient, sqlite_database: Database
) -> None:
    path = plant.post("/v1/packages", json=draft()).headers["Location"]
    assert plant.delete(path, headers=ANY).status_code == 204
    assert plant.get(path).status_code == 404
    with sqlite_database.read() as session:
        kept = session.scalars(select(Audit).where(Audit.resource == "package")).all()
    assert [row.action for row in kept] == ["create", "delete"]
