"""Drift on real input: found, forecast, decided; an alert that opens, stays one, and is closed.

Everything goes through the doors that a plant would use, against a running service with workers.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import update

from ops.db.engine import open_database
from ops.db.models.work import Schedule
from ops.drift.default_policy import DEFAULT_POLICY
from tests.acceptance.service import RUN_S, Service, wait

CODE, TOOLS, DRIFTING = "LOOP-H", ("WB-01", "WB-02", "WB-03"), "WB-02"
DAYS, BEGUN, FIXED = 40, 12.0, 34.0  # days since the first value
SLOPE = 0.3  # µm a day
CSV = {"Content-Type": "text/csv"}
PLACE = {"code": "DR1", "title": "Penang 1", "zone": "UTC"}
LIMITS = {"lower": 138.0, "upper": 162.0, "target": 150.0}
START = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=DAYS)


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def heights(first: float, last: float) -> str:
    """Two devices of each tool an hour; one tool creeps until it is calibrated."""
    rng = np.random.default_rng(round(first) + 5)
    lines = ["time,characteristic,value,unit_id,position,tool"]
    for i in range(round(first * 48), round(last * 48)):
        for k, tool in enumerate(TOOLS):
            day = i / 48
            creep = SLOPE * max(day - BEGUN, 0.0) if tool == DRIFTING and day < FIXED else 0.0
            height = 150.0 + creep + rng.normal(0.0, 1.5)
            when = (at(day) + timedelta(seconds=k)).isoformat()
            lines.append(f"{when},{CODE},{height:.3f},D{i:05d}{k},W1,{tool}")
    return "\n".join(lines) + "\n"


def post(service: Service, path: str, body: Any, code: int = 201) -> dict[str, Any]:
    answer = service.api.post(path, json=body)
    assert answer.status_code == code, answer.text
    return answer.json()


def send(service: Service, first: float, last: float) -> None:
    text = heights(first, last)
    answer = service.api.post("/v1/measurements?site=DR1", content=text, headers=CSV)
    assert answer.json()["accepted"] == text.count("\n") - 1, answer.text


def event(service: Service, tool: str, kind: str, day: float, title: str) -> None:
    body = {"site": "DR1", "tool": tool, "kind": kind, "ts": at(day).isoformat(), "title": title}
    post(service, "/v1/events", body)


def plant(service: Service) -> None:
    """Site, tools, limits, what happened, a qualified baseline, what may be done."""
    post(service, "/v1/sites", PLACE)
    for tool in TOOLS:
        post(service, "/v1/tools", {"site": "DR1", "code": tool, "title": tool})
    about = {"site": "DR1", "code": CODE, "title": "Loop height", "unit": "um"}
    key = post(service, "/v1/characteristics", about)["id"]
    limits = LIMITS | {"effective_from": at(-1).isoformat()}
    post(service, f"/v1/characteristics/{key}/limits", limits)
    send(service, 0.0, FIXED)
    for tool in TOOLS:
        event(service, tool, "capillary-change", 5.0, "New capillary")
    event(service, DRIFTING, "calibration", BEGUN, "Bond force calibrated")
    window = {"start": at(0).isoformat(), "end": at(10).isoformat()}
    named = {"characteristic_id": key, "name": "qualification", "review_days": 90}
    baseline = post(service, "/v1/baselines", window | named)
    post(service, f"/v1/baselines/{baseline['id']}/approve", None, 200)
    policy = {"site": "DR1", "code": "default", "title": "Drift of bonders"}
    post(service, "/v1/action-policies", policy | {"document": document()})


def document() -> dict[str, Any]:
    """Policy of the site: its own words, and a bonder that makes little."""
    made = DEFAULT_POLICY.model_dump(mode="json")
    for action in made["actions"]:
        action["title"] = f"DR1: {action['title']}"
    return made


def drift(service: Service, **changed: Any) -> dict[str, Any]:
    window = {"start": at(0).isoformat(), "end": at(FIXED).isoformat()}
    params = {"site": "DR1", "characteristic": CODE, "tool": DRIFTING, "window": window}
    sent = service.api.post("/v1/analyses/drift/runs", json=params | changed)
    assert sent.status_code == 202, sent.text
    return wait(service.api, sent.headers["Location"])


@pytest.fixture(scope="module")
def planted(service: Service) -> Service:
    """The service with its plant: no test needs another before it."""
    plant(service)
    return service


def test_a_tool_that_drifts_is_measured_forecast_and_decided(planted: Service) -> None:
    service = planted
    run = drift(service)
    assert run["state"] == "succeeded", run["error"]
    assert f"Loop height {DRIFTING}: it moves by 0." in run["verdicts"][0]
    assert "meets a limit in" in run["verdicts"][0]
    assert "DR1: " in run["verdicts"][1]
    result = run["result"]
    slopes = [e for e in result["evidence"] if e["mechanism"] == "trend" and e["present"]]
    assert all(e["estimate"] > 0 for e in slopes)
    assert any(e["lower"] < SLOPE < e["upper"] for e in slopes if e["lower"] is not None)
    assert (result["baseline"], result["baseline_kind"]) == ("qualification", "approved")
    mean = next(
        c for c in result["forecast"]["crossings"] if (c["target"], c["side"]) == ("mean", "upper")
    )
    assert 0 < mean["lower80"] < mean["median"]
    decision = result["decision"]
    assert decision["action"] != "keep"
    assert decision["title"] in {action["title"] for action in document()["actions"]}
    assert decision["day"] >= 0
    assert [e["title"] for e in result["events"]] == ["New capillary", "Bond force calibrated"]
    page = service.api.get(f"/runs/{run['id']}").text
    assert decision["title"] in page
    assert "qualification" in page
    report = service.api.get(f"{run['links']['self']}/report.pdf")
    assert (report.status_code, report.content[:5]) == (200, b"%PDF-")


def test_a_quiet_tool_is_shown_to_be_quiet(planted: Service) -> None:
    run = drift(planted, tool="WB-03", recurrence=False)
    assert run["state"] == "succeeded", run["error"]
    assert "no drift" in run["verdicts"][0]


def test_what_cannot_be_judged_is_answered_in_words(planted: Service) -> None:
    service = planted
    lost = drift(service, tool="WB-99")
    assert (lost["state"], lost["error"]["kind"]) == ("failed", "NotEnoughData")
    assert "WB-99" in lost["error"]["message"]
    assert "WB-01" in lost["error"]["message"]  # those that there are
    without = drift(service, policy="night-shift")
    assert (without["state"], without["error"]["kind"]) == ("failed", "NotFound")
    assert "no action policy 'night-shift' at DR1" in without["error"]["message"]
    wrong = service.api.post(
        "/v1/analyses/drift/runs", json={"characteristic": CODE, "delta": -1, "point": "week"}
    )
    assert wrong.status_code == 422
    assert wrong.headers["content-type"].startswith("application/problem+json")
    assert {e["pointer"] for e in wrong.json()["errors"]} == {"/delta", "/point"}
    bad = document()
    bad["rules"][0]["action"] = "polish"
    policy = {"site": "DR1", "code": "other", "title": "Other", "document": bad}
    refused = service.api.post("/v1/action-policies", json=policy)
    assert refused.status_code == 422
    assert "/document/rules/0/action" in {e["pointer"] for e in refused.json()["errors"]}


def night(service: Service, schedule: dict[str, Any], fire: datetime) -> dict[str, Any]:
    """Run of a schedule whose time is `fire`, which is made up for now."""

    def runs() -> dict[str, Any]:
        found = service.api.get(f"/v1/runs?schedule_id={schedule['id']}").json()["items"]
        return {run["id"]: run for run in found}

    before, path = runs(), f"/v1/schedules/{schedule['id']}"
    seen = {"If-Match": service.api.get(path).headers["ETag"]}
    cron = {"cron": f"{fire.minute} {fire.hour} * * *"}
    assert service.api.patch(path, json=cron, headers=seen).status_code == 200
    database = open_database(f"sqlite:///{service.environment['LONGRUN_DATA_DIR']}/longrun.db")
    times = {"next_at": fire, "last_at": fire - timedelta(minutes=1)}
    with database.write.begin() as session:
        session.execute(update(Schedule).where(Schedule.id == schedule["id"]).values(**times))
    database.engine.dispose()
    deadline = time.monotonic() + RUN_S
    while not (new := [run for key, run in runs().items() if key not in before]):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    run = wait(service.api, new[0]["links"]["self"])
    assert datetime.fromisoformat(run["window_end"]) == fire
    return run


def test_a_night_opens_an_alert_the_next_keeps_it_and_the_evidence_closes_it(
    planted: Service,
) -> None:
    service = planted
    params = {"site": "DR1", "window": {"last": f"{DAYS}d"}}
    planned = {"name": "Nightly drift", "analysis": "drift-screen", "params": params}
    schedule = post(service, "/v1/schedules", planned | {"cron": "0 3 * * *", "zone": "UTC"})
    nights = [at(DAYS) - timedelta(hours=ago) for ago in (3, 2, 1)]

    def alerts(state: str) -> list[dict[str, Any]]:
        return service.api.get(f"/v1/alerts?site=DR1&state={state}").json()["items"]

    # one alert: a tool and a mechanism; the next night finds the same and says so in it
    first = night(service, schedule, nights[0])
    assert first["state"] == "succeeded", first["error"]
    (opened,) = [a for a in alerts("open") if "the mean moves" in a["title"]]
    assert DRIFTING in opened["title"]
    cause = f"analysis drift-screen, tool {DRIFTING}, mean"
    read = service.api.get(f"/v1/alerts/{opened['id']}").json()
    assert read["cause"] == cause
    before = {a["id"] for a in alerts("open")}
    second = night(service, schedule, nights[1])
    assert second["state"] == "succeeded", second["error"]
    assert {a["id"] for a in alerts("open")} == before
    again = service.api.get(f"/v1/alerts/{opened['id']}").json()
    assert (again["state"], again["evidence"]["run_id"]) == ("open", second["id"])

    # it is calibrated, and what is measured since shows that it is over
    event(service, DRIFTING, "calibration", FIXED, "Loop height calibrated")
    send(service, FIXED, DAYS)
    third = night(service, schedule, nights[2])
    assert third["state"] == "succeeded", third["error"]
    closed = service.api.get(f"/v1/alerts/{opened['id']}").json()
    assert closed["state"] == "closed"
    said = str(closed)
    assert "since Loop height calibrated" in said
    assert third["id"] in said
