"""Alerts and reaction plans over HTTP: listed, taken on, closed; seen by who may see the site."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from ops.db import findings
from ops.db.engine import Database
from ops.db.findings import Report
from tests.api.plant import HERE, NOW, THERE, add_plant

PLAN = {
    "characteristic_id": HERE, "disposition": "hold", "title": "Loop", "owner": "shift lead",
    "minutes": 30, "steps": ["hold the lot", "measure"],
}  # fmt: skip


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_plant(sqlite_database)
    assert client.post("/v1/reaction-plans", json=PLAN).status_code == 201
    return client


def report(database: Database, site: int = HERE, cause: str = "c", **more: object) -> int:
    fields: dict[str, object] = {"disposition": "hold", "points": 1, "last_ts": NOW} | more
    said = Report(site_id=site, cause=cause, title="too high", evidence={"rules": []},
                  characteristic_id=site, first_ts=NOW, **fields)  # type: ignore[arg-type]  # fmt: skip
    with database.write.begin() as session:
        return findings.report(session, said, now=NOW).id


def test_one_is_open_for_one_cause_and_carries_its_plan(
    api: TestClient, sqlite_database: Database
) -> None:
    first = report(sqlite_database)
    assert report(sqlite_database, last_ts=NOW + timedelta(hours=1)) == first
    alert = api.get(f"/v1/alerts/{first}").json()
    assert (alert["points"], alert["characteristic"], alert["site"]) == (2, "LOOP", "HERE")
    assert alert["reaction"]["steps"] == PLAN["steps"]
    assert alert["due_at"] == "2026-01-10T00:30:00Z"
    assert alert["last_ts"] == "2026-01-10T01:00:00Z"


def test_a_graver_report_takes_the_graver_plan(api: TestClient, sqlite_database: Database) -> None:
    key = report(sqlite_database, disposition="warn")
    assert api.get(f"/v1/alerts/{key}").json()["reaction"] == {}
    report(sqlite_database, disposition="hold")
    alert = api.get(f"/v1/alerts/{key}").json()
    assert (alert["disposition"], alert["reaction"]["owner"]) == ("hold", "shift lead")
    report(sqlite_database, disposition="warn")
    assert api.get(f"/v1/alerts/{key}").json()["disposition"] == "hold"


def test_alerts_are_filtered_and_paged(api: TestClient, sqlite_database: Database) -> None:
    for i in range(3):
        report(sqlite_database, cause=f"c{i}", last_ts=NOW + timedelta(hours=i))
    report(sqlite_database, site=THERE, disposition="warn")
    whole = api.get("/v1/alerts").json()["items"]
    assert [a["id"] for a in whole] == [3, 2, 4, 1]
    first = api.get("/v1/alerts?limit=3").json()
    rest = api.get("/v1/alerts", params={"limit": 3, "cursor": first["next"]}).json()
    assert [*first["items"], *rest["items"]] == whole
    for query, ids in {
        "site=THERE": [4],
        "disposition=hold": [3, 2, 1],
        "characteristic_id=2": [4],
        "since=2026-01-10T01:30:00Z": [3],
        "state=closed": [],
    }.items():
        assert [a["id"] for a in api.get(f"/v1/alerts?{query}").json()["items"]] == ids, query


def test_it_is_taken_on_and_closed_with_a_note(api: TestClient, sqlite_database: Database) -> None:
    key = report(sqlite_database)
    taken = api.post(f"/v1/alerts/{key}/acknowledge")
    assert taken.json()["state"] == "acknowledged"
    assert api.post(f"/v1/alerts/{key}/acknowledge").status_code == 409
    tag = {"If-Match": taken.headers["ETag"]}
    url = f"/v1/alerts/{key}/close"
    assert api.post(url, json={"note": "done"}).status_code == 428
    assert api.post(url, json={"note": "done"}, headers={"If-Match": '"99"'}).status_code == 412
    assert api.post(url, json={"note": ""}, headers=tag).status_code == 422
    assert api.post(url, json={"note": "  "}, headers=tag).status_code == 422
    closed = api.post(url, json={"note": "done"}, headers=tag).json()
    assert (closed["state"], closed["closing_note"]) == ("closed", "done")
    again = api.post(url, json={"note": "x"}, headers={"If-Match": "*"})
    assert again.status_code == 409
    assert report(sqlite_database) != key, "the next one is new"
    audited = api.get("/v1/audit?resource=finding").json()["items"]
    assert {a["action"] for a in audited} == {"acknowledge", "close"}


def test_plans_are_kept_like_all_master_data(api: TestClient) -> None:
    assert api.post("/v1/reaction-plans", json=PLAN).status_code == 409
    read = api.get("/v1/reaction-plans/1")
    assert read.json()["minutes"] == 30
    tag = {"If-Match": read.headers["ETag"]}
    changed = api.patch("/v1/reaction-plans/1", json={"minutes": 5}, headers=tag)
    assert changed.json()["minutes"] == 5
    stale = api.patch("/v1/reaction-plans/1", json={"minutes": 6}, headers=tag)
    assert stale.status_code == 412
    listed = api.get("/v1/reaction-plans?characteristic_id=1").json()["items"]
    assert [p["id"] for p in listed] == [1]
    assert api.get("/v1/reaction-plans?characteristic_id=2").json()["items"] == []
    tag = {"If-Match": changed.headers["ETag"]}
    assert api.delete("/v1/reaction-plans/1", headers=tag).status_code == 204
    assert api.get("/v1/reaction-plans/1").status_code == 404


def test_who_closes_it_may_say_whether_it_was_real(
    api: TestClient, sqlite_database: Database
) -> None:
    keys = {said: report(sqlite_database, cause=str(said)) for said in ("confirmed", None, "maybe")}
    for said, key in keys.items():
        body = {"note": "looked"} | ({} if said is None else {"outcome": said})
        tag = {"If-Match": api.get(f"/v1/alerts/{key}").headers["ETag"]}
        closed = api.post(f"/v1/alerts/{key}/close", json=body, headers=tag)
        if said == "maybe":
            assert closed.status_code == 422
            continue
        assert closed.json()["outcome"] == said
        assert api.get(f"/v1/alerts/{key}").json()["outcome"] == said
