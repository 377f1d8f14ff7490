"""Chart designs through the API: drafted, approved, fixed, replaced, compared."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.db import chart_designs
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.errors import NotFound
from ops.values import Scope
from tests.api.plant import NOW, add_plant

URL = "/v1/chart-designs"
DESIGN: dict[str, Any] = {
    "kind": "individuals",
    "limits": [{"level": "WB-1", "center": 200.0, "sigma": 2.0, "n": 50}],
    "phase_one": {"start": 0, "end": 10, "points": 52, "estimator": "moving range",
                  "excluded": [{"ts": 3, "seq": 1, "value": 230.0, "reason": "rule 1"}]},
}  # fmt: skip


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    add_plant(sqlite_database)
    return client


def draft(client: TestClient, **changes: Any) -> dict[str, Any]:
    body = {"characteristic_id": 1, "name": "line", "design": DESIGN} | changes
    answer = client.post(URL, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def designed(**changes: Any) -> dict[str, Any]:
    return deepcopy(DESIGN) | changes


def approve(client: TestClient, design_id: int, **body: Any) -> Any:
    return client.post(f"{URL}/{design_id}/approve", json=body or None)


def test_a_draft_is_the_next_version_of_its_name(plant: TestClient) -> None:
    first, second, other = draft(plant), draft(plant), draft(plant, name="lot")
    assert [(d["name"], d["number"], d["state"]) for d in (first, second, other)] == [
        ("line", 1, "draft"), ("line", 2, "draft"), ("lot", 1, "draft"),
    ]  # fmt: skip
    found = plant.get(f"{URL}/{first['id']}")
    assert found.json() == first
    assert found.headers["ETag"] == '"1"'
    assert first["design"]["limits"][0]["sigma"] == 2.0
    assert len(first["design"]["rules"]) == 8, "Nelson's, unless others are given"


def test_the_version_approved_before_is_retired_at_once(plant: TestClient) -> None:
    first, second, other = draft(plant), draft(plant), draft(plant, name="lot")
    for one in (first, other):
        assert approve(plant, one["id"]).status_code == 200
    told = approve(plant, second["id"], effective_from="2026-01-01T00:00:00Z").json()
    assert (told["state"], told["approved_by"]) == ("approved", "local")
    assert told["effective_from"] == "2026-01-01T00:00:00Z"
    assert told["approved_at"] is not None
    states = {d["id"]: d["state"] for d in plant.get(URL).json()["items"]}
    assert states == {first["id"]: "retired", second["id"]: "approved", other["id"]: "approved"}
    actions = [a["action"] for a in plant.get("/v1/audit?resource=chart_design").json()["items"]]
    assert sorted(actions) == ["approve"] * 3 + ["create"] * 3 + ["retire"]


def test_what_is_approved_is_fixed(plant: TestClient) -> None:
    path = f"{URL}/{draft(plant)['id']}"
    assert approve(plant, 1).status_code == 200
    any_version = {"If-Match": "*"}
    for answer in (
        plant.patch(path, json={"note": "x"}, headers=any_version),
        plant.delete(path, headers=any_version),
        approve(plant, 1),
    ):
        assert answer.status_code == 409
        assert "make a new version" in answer.json()["detail"]
    assert plant.post(f"{path}/retire").json()["state"] == "retired"
    again = plant.post(f"{path}/retire")
    assert (again.status_code, "nothing is left" in again.json()["detail"]) == (409, True)


def test_a_draft_is_changed_from_a_known_version_and_deleted(plant: TestClient) -> None:
    path = f"{URL}/{draft(plant)['id']}"
    assert plant.patch(path, json={"note": "x"}).status_code == 428
    wider = designed(width=3.5)
    changed = plant.patch(path, json={"design": wider}, headers={"If-Match": '"1"'})
    assert changed.json()["design"]["width"] == 3.5
    stale = plant.post(f"{path}/approve", headers={"If-Match": '"1"'})
    assert stale.status_code == 412, "who read the first version does not approve the second"
    assert plant.post(f"{path}/retire").status_code == 409
    assert plant.delete(path, headers={"If-Match": "*"}).status_code == 204
    assert plant.get(path).status_code == 404


def test_a_design_cannot_begin_in_the_future(plant: TestClient) -> None:
    draft(plant)
    answer = approve(plant, 1, effective_from="2100-01-01T00:00:00Z")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/effective_from"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/design"),
        ({"design": DESIGN, "run_id": "x"}, "/design"),
        ({"design": designed(limits=[])}, "/design/limits"),
        ({"design": designed(holds=["17"])}, "/design/holds/0"),
        ({"design": designed(limits=[{"center": 1, "sigma": 0, "n": 1}])},
         "/design/limits/0/sigma"),
        ({"design": designed(where={"tool": ["\x00"]})}, "/design"),
        ({"design": designed(surprise=1)}, "/design/surprise"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_draft_is_named(
    plant: TestClient, body: dict[str, Any], pointer: str
) -> None:
    answer = plant.post(URL, json={"characteristic_id": 1, "name": "line", **body})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def ran(database: Database, run_id: str, **columns: Any) -> None:
    values = {
        "analysis": "phase-one", "version": 1, "params": {"characteristics": ["LOOP"]},
        "as_of": NOW, "max_batch": 0, "state": "succeeded", "submitted_by": "ada", "site_id": 1,
        "submitted_at": NOW - timedelta(days=1), "result": {"design": DESIGN}, "log_tail": "",
    }  # fmt: skip
    with database.write.begin() as session:
        session.add(Run(id=run_id, **values | columns))


def test_the_design_of_a_run_is_taken_over_and_keeps_its_id(
    plant: TestClient, sqlite_database: Database
) -> None:
    ran(sqlite_database, "good")
    made = draft(plant, design=None, run_id="good")
    assert made["design"]["phase_one"]["run_id"] == "good"
    assert made["design"]["limits"][0]["center"] == 200.0


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"analysis": "capability"}, "name a succeeded run of phase-one"),
        ({"state": "failed"}, "has failed"),
        ({"params": {"characteristics": ["PULL"]}}, "is not about 'LOOP'"),
        ({"site_id": 2}, "is not about 'LOOP'"),
        ({"result": {}}, "found no design"),
        ({"result": {"design": {"limits": []}}}, "of an older form"),
    ],
)
def test_a_run_that_has_no_design_for_it_is_refused(
    plant: TestClient, sqlite_database: Database, columns: dict[str, Any], said: str
) -> None:
    ran(sqlite_database, "bad", **columns)
    answer = plant.post(URL, json={"characteristic_id": 1, "name": "line", "run_id": "bad"})
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert answer.json()["errors"][0]["pointer"] == "/run_id"


def test_two_versions_are_compared(plant: TestClient) -> None:
    draft(plant)
    limits = [{"level": "WB-1", "center": 201.0, "sigma": 2.0, "n": 60}]
    draft(plant, design=designed(limits=limits, width=2.5))
    told = plant.get(f"{URL}/2/diff").json()
    assert (told["before"], told["after"]) == (1, 2)
    assert {c["pointer"]: (c["before"], c["after"]) for c in told["changes"]} == {
        "/width": (3.0, 2.5), "/limits/WB-1/center": (200.0, 201.0), "/limits/WB-1/n": (50, 60),
    }  # fmt: skip
    assert plant.get(f"{URL}/1/diff?other=2").json()["changes"][0]["after"] == 3.0
    assert plant.get(f"{URL}/1/diff").json() == {"before": None, "after": 1, "changes": []}


def test_designs_of_other_sites_are_not_seen(plant: TestClient, sqlite_database: Database) -> None:
    draft(plant, characteristic_id=2)
    with sqlite_database.read() as session:
        here, there = (Scope(frozenset({site})) for site in (1, 2))
        assert chart_designs.get(session, there, 1).name == "line"
        with pytest.raises(NotFound, match="there is no chart design 1"):
            chart_designs.get(session, here, 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("state=draft", 2), ("state=approved", 1), ("name=lot", 1),
     ("characteristic_id=2", 1), ("characteristic_id=1&name=line", 1)],
)  # fmt: skip
def test_designs_are_filtered(plant: TestClient, query: str, count: int) -> None:
    draft(plant)
    draft(plant, name="lot")
    draft(plant, characteristic_id=2)
    approve(plant, 1)
    assert len(plant.get(f"{URL}?{query}").json()["items"]) == count
