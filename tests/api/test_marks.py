"""Marks and the catalogue of reasons through the API."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from tests.plant import NOW, plant, rows

URL = "/v1/characteristics/1/marks"
FIRST = {"ts": "2026-01-01T00:00:00Z", "seq": "0"}


@pytest.fixture
def filled(client: TestClient, sqlite_database: Database) -> TestClient:
    write_chunk(sqlite_database, rows(5), ingest=plant(sqlite_database), now=NOW)
    for kind, code in (("cause", "PILOT"), ("action", "CLEANED")):
        body = {"site": "HSV", "kind": kind, "code": code, "title": code.title()}
        assert client.post("/v1/reasons", json=body).status_code == 201
    return client


def mark(client: TestClient, **body: Any) -> Any:
    return client.post(URL, json={"kind": "exclude", "cause": "PILOT", "items": [FIRST]} | body)


def test_marks_are_kept_with_person_time_and_batch(filled: TestClient) -> None:
    made = mark(filled, note="lot 7")
    assert made.status_code == 201
    mark(filled, kind="annotate", items=[{"ts": "2026-01-01T00:00:01Z", "seq": "1"}])
    kept = filled.get(made.headers["location"]).json()["items"]
    assert [(m["kind"], m["cause"], m["action"], m["person"]) for m in kept] == [
        ("exclude", "PILOT", None, "local"), ("annotate", "PILOT", None, "local"),
    ]  # fmt: skip
    assert kept[0]["batch_id"] == made.json()["batch_id"]
    first = filled.get(f"{URL}?limit=1").json()
    rest = filled.get(f"{URL}?limit=1&cursor={first['next']}").json()
    assert [m["id"] for m in first["items"] + rest["items"]] == [m["id"] for m in kept]
    assert len(filled.get(f"{URL}?start=2026-01-01T00:00:01Z").json()["items"]) == 1


def test_a_void_mark_voids_the_point(filled: TestClient) -> None:
    mark(filled, kind="void")
    point = filled.get("/v1/measurements?limit=1").json()["items"][0]
    assert point["status"] == "void"
    mark(filled, kind="restore")
    assert filled.get("/v1/measurements?limit=1").json()["items"][0]["status"] == "valid"
    revisions = filled.get("/v1/measurements/revisions?characteristic_id=1").json()["items"]
    assert [r["action"] for r in revisions] == ["void", "restore"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"cause": "PILOTS"}, "/cause"),
        ({"action": "PILOT"}, "/action"),
        ({"cause": None}, "/note"),
        ({"items": [FIRST, FIRST]}, "/items/1"),
        ({"items": [{**FIRST, "seq": "x"}]}, "/items/0/seq"),
        ({"items": [{**FIRST, "seq": "9" * 19}]}, "/items/0/seq"),
        ({"items": []}, "/items"),
        ({"kind": "correct"}, "/kind"),
    ],
)
def test_what_is_wrong_with_a_mark_is_named(
    filled: TestClient, body: dict[str, Any], pointer: str
) -> None:
    answer = mark(filled, **body)
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_a_reason_is_put_away_not_deleted(filled: TestClient) -> None:
    path = "/v1/reasons/1"
    assert filled.patch(path, json={"is_active": False}).status_code == 428
    told = filled.patch(path, json={"is_active": False}, headers={"If-Match": '"1"'})
    assert told.json()["is_active"] is False
    assert "is put away" in mark(filled).json()["detail"]
    assert filled.delete(path).status_code == 405
    assert filled.get(path).json()["code"] == "PILOT"
    body = {"site": "HSV", "kind": "cause", "code": "PILOT", "title": "again"}
    assert filled.post("/v1/reasons", json=body).status_code == 409


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("kind=cause", 1), ("site=HSV&is_active=true", 2), ("is_active=false", 0)],
)
def test_reasons_are_filtered(filled: TestClient, query: str, count: int) -> None:
    assert len(filled.get(f"/v1/reasons?{query}").json()["items"]) == count


def test_other_sites_are_out_of_reach(filled: TestClient) -> None:
    assert filled.post("/v1/characteristics/99/marks", json={
        "kind": "annotate", "note": "x", "items": [FIRST]}).status_code == 404  # fmt: skip
    assert filled.get("/v1/reasons?site=XXX").status_code == 404
