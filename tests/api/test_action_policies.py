"""Action policies over the API: what is wrong with a document is shown at its place."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.action_policies import EXAMPLE
from ops.db.engine import Database
from ops.db.models.people import Audit
from ops.drift.policy import ActionPolicy
from tests.api.plant import add_plant

ANY = {"If-Match": "*"}
ACTIONS: Any = EXAMPLE["actions"]
RULES: Any = EXAMPLE["rules"]


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant of two sites."""
    add_plant(sqlite_database)
    return client


def draft(**changes: Any) -> dict[str, Any]:
    document = EXAMPLE | changes
    return {"site": "HERE", "code": "default", "title": "Bonders", "document": document}


def test_a_policy_is_found_as_it_was_sent(plant: TestClient) -> None:
    made = plant.post("/v1/action-policies", json=draft())
    assert made.status_code == 201
    found = plant.get(made.headers["Location"])
    assert found.json() == made.json()
    assert found.headers["ETag"] == '"1"'
    assert ActionPolicy.model_validate(found.json()["document"]) == ActionPolicy.model_validate(
        EXAMPLE
    )
    listed = plant.get("/v1/action-policies?site=HERE&code=default").json()["items"]
    assert [one["code"] for one in listed] == ["default"]
    assert plant.get("/v1/action-policies?code=none").json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"horizon_days": 2}, "/document/horizon_days"),
        ({"actions": [ACTIONS[0]] * 2, "rules": []}, "/document/actions/1/kind"),
        ({"rules": [RULES[0] | {"action": "paint"}]}, "/document/rules/0/action"),
        ({"rules": RULES[:1], "actions": ACTIONS[:1]}, "/document/rules/0/action"),
        ({"rules": RULES[:1] * 2}, "/document/rules/1/id"),
        ({"rules": [RULES[0] | {"reason": "why"}]}, "/document/rules/0/reason"),
        ({"currency": "euro"}, "/document/currency"),
        ({"event_kinds": {"cleaning": "sweep"}}, "/document/event_kinds/cleaning"),
    ],
)
def test_a_flaw_is_shown_at_its_place(
    plant: TestClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = plant.post("/v1/action-policies", json=draft(**changes))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_document_is_changed_as_a_whole_from_a_known_version(plant: TestClient) -> None:
    path = plant.post("/v1/action-policies", json=draft()).headers["Location"]
    new = {"document": EXAMPLE | {"horizon_days": 120}}
    assert plant.patch(path, json=new).status_code == 428
    changed = plant.patch(path, json=new, headers={"If-Match": '"1"'}).json()
    assert (changed["document"]["horizon_days"], changed["title"]) == (120, "Bonders")
    assert plant.patch(path, json=new, headers={"If-Match": '"1"'}).status_code == 412


def test_a_code_is_taken_once_at_a_site(plant: TestClient) -> None:
    plant.post("/v1/action-policies", json=draft())
    assert plant.post("/v1/action-policies", json=draft()).status_code == 409


def test_a_policy_is_deleted_and_the_audit_keeps_it(
    plant: TestClient, sqlite_database: Database
) -> None:
    path = plant.post("/v1/action-policies", json=draft()).headers["Location"]
    assert plant.delete(path, headers=ANY).status_code == 204
    assert plant.get(path).status_code == 404
    with sqlite_database.read() as session:
        kept = session.scalars(select(Audit).where(Audit.resource == "action_policy")).all()
    assert [row.action for row in kept] == ["create", "delete"]
