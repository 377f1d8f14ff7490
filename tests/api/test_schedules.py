"""Schedules, calendars and retention through the API."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.deps import Services
from ops.db import keys
from ops.db.engine import Database
from ops.db.keys import KeyDraft
from ops.db.models.people import Audit
from ops.db.models.work import Schedule
from ops.settings import Settings
from ops.values import Actor, Role
from tests.api.conftest import RecordingQueue
from tests.api.local import local_client
from tests.api.plant import HERE, NOW, THERE, add_plant

DRAFT: dict[str, Any] = {
    "name": "Nightly",
    "analysis": "capability",
    "params": {"site": "HERE", "characteristics": ["LOOP"], "window": {"last": "24h"}},
    "cron": "30 5 * * *",
    "zone": "Asia/Kuala_Lumpur",
}
CALENDAR: dict[str, Any] = {
    "zone": "Asia/Kuala_Lumpur",
    "effective_from": "2026-01-01T00:00:00+08:00",
    "shifts": [
        {"name": "day", "start_minute": 420, "end_minute": 1140},
        {"name": "night", "start_minute": 1140, "end_minute": 420},
    ],
    "holidays": [{"day": "2026-08-31", "name": "Merdeka"}],
}


@pytest.fixture(autouse=True)
def _plant(sqlite_database: Database) -> None:
    add_plant(sqlite_database)


def _made(client: TestClient, **changes: Any) -> dict[str, Any]:
    answer = client.post("/v1/schedules", json=DRAFT | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_schedule_lives_from_create_to_delete(
    client: TestClient, queue: RecordingQueue, sqlite_database: Database
) -> None:
    made = _made(client)
    path = f"/v1/schedules/{made['id']}"
    assert datetime.fromisoformat(made["next_at"]).astimezone(UTC).strftime("%H:%M") == "21:30"
    tag = client.get(path).headers["ETag"]
    moved = client.patch(path, json={"cron": "0 6 * * 1-5"}, headers={"If-Match": tag})
    assert moved.json()["cron"] == "0 6 * * 1-5"
    assert client.patch(path, json={"name": "x"}, headers={"If-Match": tag}).status_code == 412
    assert client.patch(path, json={"name": "x"}).status_code == 428
    assert client.post(f"{path}/pause").json()["next_at"] is None
    assert client.get(f"{path}/next_runs").json() == {"next_runs": []}
    assert client.post(f"{path}/resume").json()["next_at"] == moved.json()["next_at"]
    assert len(client.get(f"{path}/next_runs?count=3").json()["next_runs"]) == 3
    run = client.post(f"{path}/trigger")
    assert (run.status_code, run.headers["Location"]) == (202, f"/v1/runs/{run.json()['id']}")
    assert [run_id for run_id, _ in queue.enqueued] == [run.json()["id"]]
    assert client.delete(path, headers={"If-Match": "*"}).status_code == 204
    assert client.get(path).status_code == 404
    assert client.get(f"/v1/runs/{run.json()['id']}").status_code == 200
    with sqlite_database.read() as session:
        told = session.scalars(select(Audit.action).where(Audit.resource == "schedule")).all()
    assert told == ["create", "update", "update", "update", "trigger", "delete"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"cron": "61 5 * * *"}, "/cron"),
        ({"zone": "Mars/Base"}, "/zone"),
        ({"analysis": "capabilty"}, "/analysis"),
        ({"params": {"window": {"last": "soon"}}}, "/params/window/last"),
        ({"params": {"site": "NOWHERE"}}, "/params/site"),
        ({"params": {"site": "HERE", "window": {"shift": "last"}}}, "/params/window/shift"),
        ({"catch_up": "never"}, "/catch_up"),
        ({"max_parallel": 0}, "/max_parallel"),
    ],
)
def test_a_wrong_draft_names_the_field(
    client: TestClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = client.post("/v1/schedules", json=DRAFT | changes)
    assert answer.status_code == 422
    assert pointer in [e["pointer"] for e in answer.json()["errors"]]
    assert client.get("/v1/schedules").json()["items"] == []


def test_a_broken_schedule_can_still_be_paused(
    client: TestClient, sqlite_database: Database
) -> None:
    made = _made(client)
    with sqlite_database.write.begin() as session:
        schedule = session.get(Schedule, made["id"])
        assert schedule is not None
        schedule.analysis, schedule.params = "gone", {"what": "ever"}
    assert client.post(f"/v1/schedules/{made['id']}/pause").json()["enabled"] is False


def test_a_preview_goes_through_the_clock_change(client: TestClient) -> None:
    answer = client.post(
        "/v1/schedules/preview?count=3&after=2026-03-28T12:00:00Z",
        json={"cron": "30 2 * * *", "zone": "Europe/Berlin"},
    )
    assert [t[:16] for t in answer.json()["next_runs"]] == [
        "2026-03-29T01:00",
        "2026-03-30T00:30",
        "2026-03-31T00:30",
    ]


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("engineer", 201), ("planner", 201), ("admin", 201)]
)
def test_engineers_and_planners_schedule(
    settings: Settings, sqlite_database: Database, role: Role, status: int
) -> None:
    client = _as(settings, sqlite_database, role, None)
    assert client.post("/v1/schedules", json=DRAFT).status_code == status


def test_a_schedule_stays_within_the_sites_of_its_owner(
    client: TestClient, settings: Settings, sqlite_database: Database
) -> None:
    here = _made(client)["id"]
    there = _made(client, params={"site": "THERE"})["id"]
    everywhere = _made(client, params={})["id"]
    limited = _as(settings, sqlite_database, "planner", (HERE,))
    assert [s["id"] for s in limited.get("/v1/schedules").json()["items"]] == [here]
    for hidden in (there, everywhere):
        assert limited.get(f"/v1/schedules/{hidden}").status_code == 404
    own = limited.post("/v1/schedules", json=DRAFT | {"params": {}})
    assert own.status_code == 201, "a caller of one site means that site"
    seen = [s["id"] for s in limited.get("/v1/schedules").json()["items"]]
    assert seen == [here, own.json()["id"]]
    moved = limited.patch(
        f"/v1/schedules/{here}", json={"params": {"site": "THERE"}}, headers={"If-Match": "*"}
    )
    assert moved.status_code == 422
    assert limited.post("/v1/schedules", json=DRAFT).status_code == 201


def test_a_caller_of_several_sites_names_one(settings: Settings, sqlite_database: Database) -> None:
    limited = _as(settings, sqlite_database, "planner", (HERE, THERE))
    wide = limited.post("/v1/schedules", json=DRAFT | {"params": {}})
    assert wide.status_code == 422
    assert wide.json()["errors"][0]["pointer"] == "/params/site"


def test_calendars_are_versions_by_date(client: TestClient) -> None:
    path = f"/v1/sites/{HERE}/calendars"
    assert client.get(f"{path}/current").status_code == 404
    assert client.post(path, json=CALENDAR).status_code == 201
    assert client.post(path, json=CALENDAR).status_code == 409
    later = CALENDAR | {"effective_from": "2026-07-01T00:00:00+08:00", "shifts": [], "holidays": []}
    assert client.post(path, json=later).status_code == 201
    march = client.get(f"{path}/current?at=2026-03-02T16:00:00Z").json()  # midnight there
    assert march["current_shift"]["label"] == "2026-03-02 night"
    assert march["last_shift"]["label"] == "2026-03-02 day"
    assert march["holidays"] == CALENDAR["holidays"]
    august = client.get(f"{path}/current?at=2026-08-01T00:00:00Z").json()
    assert (august["current_shift"], august["shifts"]) == (None, [])
    assert len(client.get(path).json()["items"]) == 2
    assert client.get(f"/v1/sites/{THERE}/calendars").json()["items"] == []


def test_a_calendar_that_does_not_hold_yet_can_be_deleted(client: TestClient) -> None:
    path = f"/v1/sites/{HERE}/calendars"
    holds = client.post(path, json=CALENDAR).json()["id"]
    later = client.post(path, json=CALENDAR | {"effective_from": "2199-01-01T00:00:00Z"}).json()
    shown = client.get("/settings", headers={"Accept": "text/html"}).text
    assert f'"DELETE {path}/{later["id"]}"' in shown
    assert f'"DELETE {path}/{holds}"' not in shown
    refused = client.delete(f"{path}/{holds}")
    assert refused.status_code == 409
    assert "add a version that replaces it" in refused.json()["detail"]
    assert client.delete(f"/v1/sites/{THERE}/calendars/{later['id']}").status_code == 404
    assert client.delete(f"{path}/{later['id']}").status_code == 204
    assert [item["id"] for item in client.get(path).json()["items"]] == [holds]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        (
            {"shifts": [{"name": "day", "start_minute": 1440, "end_minute": 0}]},
            "/shifts/0/start_minute",
        ),
        (
            {
                "shifts": [
                    {"name": "day", "start_minute": 0, "end_minute": 720},
                    {"name": "day", "start_minute": 720, "end_minute": 0},
                ]
            },
            "/shifts/1/name",
        ),
        (
            {"shifts": [{"name": "day", "start_minute": 0, "end_minute": 720, "weekdays": []}]},
            "/shifts/0/weekdays",
        ),
        (
            {"holidays": [{"day": "2026-08-31", "name": "a"}, {"day": "2026-08-31", "name": "b"}]},
            "/holidays/1/day",
        ),
        ({"zone": "Mars/Base"}, "/zone"),
        ({"effective_from": "2026-01-01T00:00:00"}, "/effective_from"),
    ],
)
def test_a_wrong_calendar_names_the_field(
    client: TestClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = client.post(f"/v1/sites/{HERE}/calendars", json=CALENDAR | changes)
    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_a_shift_window_is_accepted_once_the_site_has_shifts(client: TestClient) -> None:
    client.post(f"/v1/sites/{HERE}/calendars", json=CALENDAR)
    made = _made(client, params={"site": "HERE", "window": {"shift": "last"}})
    run = client.post(f"/v1/schedules/{made['id']}/trigger").json()
    start, end = (datetime.fromisoformat(run[f"window_{name}"]) for name in ("start", "end"))
    assert end - start == timedelta(hours=12)


def test_retention_tells_its_settings_and_takes_requests(client: TestClient) -> None:
    kept = client.get("/v1/retention").json()
    assert (kept["keep_runs_days"], kept["retention_cron"]) == (400, "17 3 * * *")
    assert kept["last"] is None
    asked = client.post("/v1/retention/sweep")
    assert asked.status_code == 202
    told = client.get("/v1/audit?resource=retention").json()["items"]
    assert [(r["action"], r["resource_id"]) for r in told] == [("ask", asked.json()["id"])]


def _as(
    settings: Settings, database: Database, role: Role, sites: tuple[int, ...] | None
) -> TestClient:
    with database.write.begin() as session:
        draft = KeyDraft("test", role, sites, None)
        _, token = keys.issue(session, draft, actor=Actor("test", "admin"), now=NOW)
    services = Services(settings.model_copy(update={"auth": "keys"}), database, RecordingQueue())
    client = local_client(services)
    client.headers["Authorization"] = f"Bearer {token}"
    return client
