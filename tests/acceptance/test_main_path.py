"""The main job on real input: start, stream in, define limits, schedule, read it in the morning.

Everything goes through the doors that a plant would use: `longrun serve` as one parent with API and
worker processes, HTTP, the command line and the Python client.
"""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import update

from api.client.longrun import Longrun
from ops.db.engine import open_database
from ops.db.models.work import Schedule
from tests.acceptance.service import RUN_S, Service, serving, wait


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of this module alone: it begins with nothing."""
    with serving(tmp_path_factory.mktemp("plant"), "capability") as started:
        yield started


def _heights(now: datetime) -> str:
    """A file as a metrology tool writes it: three bonders, the third one sits too high."""
    rng = np.random.default_rng(1)
    rows = ["time,characteristic,value,unit_id,position,tool,lot"]
    for i in range(600):
        at = now - timedelta(hours=20) + timedelta(seconds=100 * i)
        bonder, device = i // 4 % 3, i // 4
        height = rng.normal(150.0 + (6.0 if bonder == 2 else 0.0), 2.0)
        rows.append(
            f"{at.isoformat()},LOOP-H,{height:.3f},D{device:04d},W{i % 4 + 1},"
            f"WB-{bonder + 1:02d},L{i // 200}"
        )
    rows.insert(5, f"{now.isoformat()},LOOP-H,not a number,D9999,W1,WB-01,L0")
    rows.insert(9, f"{now.isoformat()},LOOP-Q,150.0,D9999,W1,WB-01,L0")
    return "\n".join(rows) + "\n"


def test_from_an_empty_service_to_the_morning_report(service: Service) -> None:  # noqa: PLR0915
    now = datetime.now(UTC)
    api = service.api

    # a plant is set up: site and characteristic with limits, through the command line
    assert service.longrun("sites", "create", "PG1", "--zone", "Asia/Kuala_Lumpur").returncode == 0
    made = ("characteristics", "create", "LOOP-H", "--site", "PG1", "--unit", "um")
    done = service.longrun(*made, "--lower", "138", "--upper", "162", "--target", "150")
    assert done.returncode == 0, done.stderr

    # heights stream in: every row is accounted for, the re-send changes nothing
    text = _heights(now)
    headers = {"Content-Type": "text/csv"}
    first = api.post("/v1/measurements?site=PG1", content=text, headers=headers).json()
    counts = [first[k] for k in ("accepted", "duplicate", "conflicting", "rejected")]
    assert counts == [600, 0, 0, 2]
    reasons = json.dumps(first)
    assert "not a number" in reasons
    assert "LOOP-H" in reasons  # the nearest known characteristic
    again = api.post("/v1/measurements?site=PG1", content=text, headers=headers).json()
    assert (again["accepted"], again["duplicate"]) == (0, 600)

    # a nightly schedule; its night comes. It is set to this very minute, so that the window of its
    # newest fire holds all of the file, whatever the time of day
    local = now.astimezone(ZoneInfo("Asia/Kuala_Lumpur"))
    schedule = api.post(
        "/v1/schedules",
        json={
            "name": "Nightly capability",
            "analysis": "capability",
            "params": {"site": "PG1", "window": {"last": "24h"}, "strata": ["tool"]},
            "cron": f"{local.minute} {local.hour} * * *",
            "zone": "Asia/Kuala_Lumpur",
        },
    ).json()
    assert len(api.get(f"/v1/schedules/{schedule['id']}/next_runs").json()["next_runs"]) == 5
    database = open_database(f"sqlite:///{service.environment['LONGRUN_DATA_DIR']}/longrun.db")
    with database.write.begin() as session:
        a_moment_ago = datetime.now(UTC) - timedelta(seconds=2)
        session.execute(
            update(Schedule).values(next_at=a_moment_ago, last_at=now - timedelta(days=1))
        )
    database.engine.dispose()
    deadline = time.monotonic() + RUN_S
    while not (nightly := api.get(f"/v1/runs?schedule_id={schedule['id']}").json()["items"]):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    run = wait(api, nightly[0]["links"]["self"])

    # the next morning: the result through the API, the command line and the client
    assert run["state"] == "succeeded", run["error"]
    assert run["queue"] == "nightly"
    assert "WB-03" in run["verdicts"][0]
    shown = service.longrun("runs", "show", run["id"])
    assert shown.returncode == 0, shown.stderr
    assert run["verdicts"][0] in shown.stdout
    with Longrun(service.url) as client:
        twin = client.runs.submit(
            "capability", {"site": "PG1", "window": {"last": "24h"}, "strata": ["tool"]}
        ).wait()
        assert twin.result["characteristics"][0]["pool"]["n"] == 600
        table = client.measurements("LOOP-H", site="PG1").to_arrow()
        assert table.num_rows == 600
    assert api.get(f"{nightly[0]['links']['self']}/export.csv").status_code == 200


def test_bad_input_is_answered_in_words(service: Service) -> None:
    api = service.api
    wrong = api.post("/v1/analyses/capability/runs", json={"requirement": -1, "more": True})
    assert wrong.status_code == 422
    assert wrong.headers["content-type"].startswith("application/problem+json")
    assert {e["pointer"] for e in wrong.json()["errors"]} == {"/requirement", "/more"}
    lost = api.get("/v1/runs/00000000-0000-0000-0000-000000000000")
    assert lost.status_code == 404
    done = service.longrun("run", "capability", "--site", "NOWHERE")
    assert done.returncode == 2
    assert "NOWHERE" in done.stderr
    assert "Traceback" not in done.stderr
