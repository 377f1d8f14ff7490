"""`/v1/memories`: written, searched, corrected and ended, as roles and sites allow."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from tests.api.plant import add_plant

NOTE = {
    "site": "HERE",
    "kind": "knowledge",
    "title": "WB-07 needs an hour to warm up",
    "text": "Loops of the first hour are 2 µm low; do not recalibrate then.",
    "tags": {"tool": "WB-07"},
    "cause": "creep",
    "action": "keep",
}


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_plant(sqlite_database)
    return client


def test_memory_is_added_found_corrected_and_ended(api: TestClient) -> None:
    made = api.post("/v1/memories", json=NOTE)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    first = made.json()
    assert {k: first[k] for k in ("site", "provenance", "trust", "state")} == {
        "site": "HERE", "provenance": "person", "trust": 0.8, "state": "valid",
    }  # fmt: skip
    (found,) = api.get("/v1/memories", params={"q": "why is WB-07 low?"}).json()["items"]
    assert found["score"] == pytest.approx(found["relevance"] * found["recency"] * 0.8)
    assert api.get("/v1/memories", params={"q": "WB-08"}).json()["items"] == []
    correct = f"/v1/memories/{first['id']}/correct"
    body = {k: v for k, v in NOTE.items() if k != "site"} | {"text": "Two hours."}
    assert api.post(correct, json=body).status_code == 428
    assert api.post(correct, json=body, headers={"If-Match": '"9"'}).status_code == 412
    newer = api.post(correct, json=body, headers={"If-Match": '"1"'}).json()
    assert (newer["supersedes"], newer["site"], newer["text"]) == (
        first["id"], "HERE", "Two hours.",
    )  # fmt: skip
    old = api.get(f"/v1/memories/{first['id']}")
    assert (old.json()["state"], old.json()["superseded_by"]) == ("superseded", newer["id"])
    again = api.post(correct, json=body, headers={"If-Match": old.headers["ETag"]})
    assert (again.status_code, newer["id"] > first["id"]) == (409, True)
    ended = api.post(f"/v1/memories/{newer['id']}/expire", headers={"If-Match": '"1"'}).json()
    assert (ended["state"], ended["valid_to"] is not None) == ("ended", True)
    assert api.get("/v1/memories", params={"q": "WB-07"}).json()["items"] == []
    for state, ids in (("superseded", [first["id"]]), ("ended", [newer["id"]]), ("valid", [])):
        listed = api.get("/v1/memories", params={"state": state}).json()["items"]
        assert [one["id"] for one in listed] == ids


def test_contradicting_memories_are_flagged_with_the_winner(api: TestClient) -> None:
    said = NOTE | {"action": "recalibrate", "helped": True, "title": "Recalibrating WB-07"}
    yes = api.post("/v1/memories", json=said).json()["id"]
    no = api.post("/v1/memories", json=said | {"helped": False}).json()["id"]
    found = {m["id"]: m for m in api.get("/v1/memories", params={"q": "WB-07"}).json()["items"]}
    assert (found[yes]["loses_to"], found[yes]["why"]) == (no, "newer")
    assert (found[no]["loses_to"], found[no]["conflicts"]) == (None, [yes])


def test_answer_to_a_key_is_repeated(api: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    first, second = (api.post("/v1/memories", json=NOTE, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert len(api.get("/v1/memories").json()["items"]) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"text": "  "}, "/text"),
        ({"tags": {"tool": ""}}, "/tags/tool"),
        ({"tags": {f"t{i}": "x" for i in range(13)}}, "/tags"),
        ({"cause": "weather"}, "/cause"),
        ({"provenance": "run"}, "/provenance"),
        ({"valid_to": (datetime.now(UTC) - timedelta(days=1)).isoformat()}, "/valid_to"),
        ({"site": "NOWHERE"}, "/site"),
    ],
)
def test_what_is_wrong_is_named(api: TestClient, change: dict, pointer: str) -> None:
    answer = api.post("/v1/memories", json=NOTE | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_search_refuses_what_it_would_ignore(api: TestClient) -> None:
    answer = api.get("/v1/memories", params={"q": "x", "state": "ended"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/state")


def test_closing_an_alert_and_its_actions_teach(api: TestClient, sqlite_database: Database) -> None:
    alert = _alert(sqlite_database)
    done = {"actions": ["Clean the clamp"], "helped": True}
    assert api.post(f"/v1/alerts/{alert}/actions", json=done).status_code == 201
    closing = {"note": "clamp was dirty", "outcome": "confirmed"}
    answer = api.post(f"/v1/alerts/{alert}/close", json=closing, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    learned = api.get("/v1/memories").json()["items"]
    assert [(m["text"], m["action"], m["helped"]) for m in learned] == [
        ("The alert of WB-1 LOOP (stage) was real.", None, None),
        ("Clean the clamp helped against the alert of WB-1 LOOP (stage).", "clean", True),
    ]
    assert {(m["provenance"], m["origin"], m["trust"]) for m in learned} == {
        ("outcome", f"alert {alert}", 0.9)
    }


def _alert(database: Database) -> int:
    from ops.db import findings  # noqa: PLC0415  (here only)
    from tests.api.plant import HERE, NOW  # noqa: PLC0415

    with database.write.begin() as session:
        report = findings.Report(
            site_id=HERE, cause="drift of WB-1", title="LOOP drifts", disposition="warn",
            evidence={"stratum": {"tool": "WB-1"}, "mechanism": "stage"}, points=1, first_ts=NOW,
            last_ts=NOW, characteristic_id=HERE,
        )  # fmt: skip
        return findings.report(session, report, now=NOW).id
