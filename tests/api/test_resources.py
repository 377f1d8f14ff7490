"""Master data: created, listed by keyset, changed from a known version, deleted while unused."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from ops.db.engine import Database
from ops.db.models.people import Audit
from tests.api.plant import add_plant


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant of two sites."""
    add_plant(sqlite_database)
    return client


def _tool(client: TestClient, code: str) -> dict:
    return client.post("/v1/tools", json={"site": "HERE", "code": code, "title": code}).json()


def test_created_thing_is_found_at_its_location(plant: TestClient) -> None:
    made = plant.post("/v1/tools", json={"site": "HERE", "code": "N", "title": "n"})
    found = plant.get(made.headers["Location"])
    assert found.json() == made.json()
    assert found.headers["ETag"] == made.headers["ETag"] == '"1"'


def test_pages_hold_every_row_once(plant: TestClient) -> None:
    made = [_tool(plant, f"T{i}")["id"] for i in range(7)]
    seen, cursor = [], ""
    while cursor is not None:
        page = plant.get(f"/v1/tools?site=HERE&limit=3{cursor and '&cursor=' + cursor}").json()
        seen += [t["id"] for t in page["items"]]
        cursor = page["next"]
    assert seen == [1, *made]


def test_events_are_paged_from_the_newest(plant: TestClient) -> None:
    for minute in range(5):
        body = {"site": "HERE", "kind": "other", "title": str(minute)}
        plant.post("/v1/events", json={**body, "ts": f"2026-02-01T00:0{minute}:00Z"})
    first = plant.get("/v1/events?limit=3&since=2026-02-01T00:00:00Z").json()
    rest = plant.get(f"/v1/events?limit=3&since=2026-02-01T00:00:00Z&cursor={first['next']}")
    titles = [e["title"] for e in first["items"] + rest.json()["items"]]
    assert titles == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("site=HERE", 1),
        ("tool=WB-1", 2),
        ("tool=WB-9", 0),
        ("kind=cleaning", 2),
        ("kind=other", 0),
        ("until=2026-01-10T00:00:00Z", 0),
        ("since=2026-01-10T00:00:00Z", 2),
    ],
)
def test_events_are_filtered(plant: TestClient, query: str, count: int) -> None:
    assert len(plant.get(f"/v1/events?{query}").json()["items"]) == count


def test_change_from_a_stale_version_is_refused(plant: TestClient) -> None:
    headers = {"If-Match": '"1"'}
    assert plant.patch("/v1/tools/1", json={"title": "a"}, headers=headers).status_code == 200
    answer = plant.patch("/v1/tools/1", json={"title": "b"}, headers=headers)
    assert (answer.status_code, plant.get("/v1/tools/1").json()["title"]) == (412, "a")


@pytest.mark.parametrize(
    "path", ["tools/1", "sites/1", "characteristics/1", "events/1", "baselines/1"]
)
def test_change_must_name_a_version(plant: TestClient, path: str) -> None:
    field = {"events/1": "title", "baselines/1": "name"}.get(path, "title")
    assert plant.patch(f"/v1/{path}", json={field: "x"}).status_code == 428
    assert plant.delete(f"/v1/{path}").status_code == 428


def test_absent_field_of_a_change_stays(plant: TestClient) -> None:
    headers = {"If-Match": "*"}
    plant.patch("/v1/tools/1", json={"family": "ball"}, headers=headers)
    after = plant.patch("/v1/tools/1", json={"title": "new"}, headers=headers).json()
    assert (after["family"], after["title"]) == ("ball", "new")
    cleared = plant.patch("/v1/tools/1", json={"family": None}, headers=headers).json()
    assert cleared["family"] is None


@pytest.mark.parametrize("path", ["sites/1", "tools/1", "characteristics/1"])
def test_thing_in_use_is_not_deleted(plant: TestClient, path: str) -> None:
    assert plant.delete(f"/v1/{path}", headers={"If-Match": "*"}).status_code == 409
    assert plant.get(f"/v1/{path}").status_code == 200


def test_unused_thing_is_deleted(plant: TestClient) -> None:
    made = _tool(plant, "N")
    path = f"/v1/tools/{made['id']}"
    assert plant.delete(path, headers={"If-Match": "*"}).status_code == 204
    assert plant.get(path).status_code == 404


def test_code_is_unique_at_a_site_only(plant: TestClient) -> None:
    body = {"site": "HERE", "code": "WB-1", "title": "again"}
    answer = plant.post("/v1/tools", json=body)
    assert answer.status_code == 409
    assert "WB-1" in answer.json()["detail"]


def test_unit_is_fixed_once_there_are_data(plant: TestClient) -> None:
    headers = {"If-Match": "*"}
    answer = plant.patch("/v1/characteristics/1", json={"unit": "mm"}, headers=headers)
    assert answer.status_code == 409
    fresh = {"site": "HERE", "code": "PULL", "title": "Pull", "unit": "gf"}
    path = plant.post("/v1/characteristics", json=fresh).headers["Location"]
    assert plant.patch(path, json={"unit": "mN"}, headers=headers).json()["unit"] == "mN"


@pytest.mark.parametrize("unit", ["um", "gf", "mm/s", "1", "degC", "µm", "g", "%"])
def test_unit_of_the_field_is_known(plant: TestClient, unit: str) -> None:
    body = {"site": "HERE", "code": "C", "title": "c", "unit": unit}
    assert plant.post("/v1/characteristics", json=body).status_code == 201


@pytest.mark.parametrize("unit", ["", "furlongish", "9**9**9**9", "um+", "__import__('os')"])
def test_unit_that_is_none_is_refused(plant: TestClient, unit: str) -> None:
    body = {"site": "HERE", "code": "C", "title": "c", "unit": unit}
    answer = plant.post("/v1/characteristics", json=body)
    assert answer.json()["errors"][0]["pointer"] == "/unit"


def test_limits_hold_from_their_date_to_the_next(plant: TestClient) -> None:
    path = "/v1/characteristics/1/limits"
    body = {"effective_from": "2026-03-01T00:00:00Z", "lower": 190, "upper": 210, "target": 200}
    assert plant.post(path, json=body).status_code == 201
    at = {
        day: [v["lower"] for v in plant.get(f"{path}?at={day}T00:00:00Z").json()["items"]]
        for day in ("2026-01-09", "2026-01-10", "2026-02-28", "2026-03-01")
    }
    assert at == {"2026-01-09": [], "2026-01-10": [180], "2026-02-28": [180], "2026-03-01": [190]}
    assert [v["lower"] for v in plant.get(path).json()["items"]] == [180, 190]
    assert plant.post(path, json=body).status_code == 409


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"lower": 2, "upper": 1},
        {"lower": 1, "upper": 2, "target": 3},
        {"lower": 1, "target": 0},
    ],
)
def test_limits_out_of_order_are_refused(plant: TestClient, limits: dict) -> None:
    body = {"effective_from": "2026-03-01T00:00:00Z", **limits}
    assert plant.post("/v1/characteristics/1/limits", json=body).status_code == 422


def test_approved_baseline_is_fixed(plant: TestClient) -> None:
    approved = plant.post("/v1/baselines/1/approve").json()
    assert approved["approved_by"] == "local"
    headers = {"If-Match": "*"}
    assert plant.patch("/v1/baselines/1", json={"note": "x"}, headers=headers).status_code == 409
    assert plant.delete("/v1/baselines/1", headers=headers).status_code == 409
    assert plant.post("/v1/baselines/1/approve").status_code == 409


def test_a_baseline_is_due_for_review_so_many_days_after_its_approval(plant: TestClient) -> None:
    headers = {"If-Match": "*"}
    draft = plant.patch("/v1/baselines/1", json={"review_days": 30}, headers=headers).json()
    assert draft["review_at"] is None
    approved = plant.post("/v1/baselines/1/approve").json()
    at, due = (datetime.fromisoformat(approved[name]) for name in ("approved_at", "review_at"))
    assert (due - at).days == 30


def test_baseline_window_has_a_length(plant: TestClient) -> None:
    body = {"characteristic_id": 1, "name": "b", "start": "2026-01-02T00:00:00Z"}
    answer = plant.post("/v1/baselines", json={**body, "end": "2026-01-02T00:00:00Z"})
    assert answer.json()["errors"][0]["pointer"] == "/end"


def test_user_with_unknown_site_is_refused(plant: TestClient) -> None:
    body = {"name": "mei", "full_name": "Mei", "role": "viewer", "sites": [99]}
    assert plant.post("/v1/users", json=body).status_code == 422


def test_every_change_is_in_the_audit(plant: TestClient, sqlite_database: Database) -> None:
    headers = {"If-Match": "*", "X-Request-ID": "req-9"}
    plant.patch("/v1/tools/1", json={"title": "new"}, headers=headers)
    (record,) = plant.get("/v1/audit?resource=tool&action=update").json()["items"]
    assert (record["before"], record["after"]) == ({"title": "Bonder"}, {"title": "new"})
    assert (record["actor"], record["correlation_id"]) == ("local", "req-9")
    plant.patch("/v1/tools/1", json={"title": "new"}, headers=headers)
    with sqlite_database.read() as session:
        assert len(session.scalars(select(Audit)).all()) == 1


def test_refused_change_leaves_no_audit(plant: TestClient, sqlite_database: Database) -> None:
    plant.delete("/v1/tools/1", headers={"If-Match": "*"})
    with sqlite_database.read() as session:
        assert session.scalars(select(Audit)).all() == []
