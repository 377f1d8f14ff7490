"""What-if questions over HTTP: one run for those who may, a clear word for those who may not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from solvers.scenario.example import example_scenario
from tests.api.advice_plant import add_runs, advised, key_of, told
from tests.api.conftest import RecordingQueue
from tests.api.plant import HERE, THERE

GROWTH = {"text": "What if the demand grows by 20 percent?"}


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_runs(sqlite_database)
    return client


@pytest.fixture
def guarded(
    sqlite_database: Database, tmp_path: Path, queue: RecordingQueue
) -> Iterator[TestClient]:
    add_runs(sqlite_database)
    with advised(sqlite_database, tmp_path, queue, auth="keys") as client:
        client.headers.update(key_of(sqlite_database, "admin"))
        yield client


def add_scenario(api: TestClient, code: str = "packaging", **more: str) -> None:
    document = example_scenario().model_dump(mode="json", exclude_defaults=True)
    made = api.post("/v1/scenarios", json={"code": code, "document": document, **more})
    assert made.status_code == 201, made.text


def texts(advice: dict) -> str:
    return " ".join(sentence["text"] for sentence in advice["sentences"])


def test_a_what_if_is_one_run_that_the_answer_waits_for(
    api: TestClient, queue: RecordingQueue
) -> None:
    add_scenario(api)
    headers = {"Idempotency-Key": "w"}
    first, again = (api.post("/v1/advice", json=GROWTH, headers=headers) for _ in range(2))
    advice = first.json()
    assert again.json() == advice
    assert (advice["state"], advice["being_worded"]) == ("waiting", False)
    assert [run for run, _ in queue.enqueued] == [advice["what_if"]["run"]]
    run = api.get(f"/v1/runs/{advice['what_if']['run']}").json()
    assert (run["analysis"], run["params"]["scenario"], run["params"]["revision"]) == (
        "network-plan", "packaging", 1,
    )  # fmt: skip
    assert "20" in texts(advice)
    early = api.post(
        f"{advice['links']['self']}/verdict", json={"verdict": "accepted"},
        headers={"If-Match": "*"},
    )  # fmt: skip
    assert early.status_code == 409


def test_a_cancelled_run_answers_in_the_same_transaction(api: TestClient) -> None:
    add_scenario(api)
    advice = api.post("/v1/advice", json=GROWTH).json()
    assert api.post(f"/v1/runs/{advice['what_if']['run']}/cancel").status_code == 200
    now = api.get(advice["links"]["self"]).json()
    assert (now["state"], now["answered_at"] is not None) == ("refused", True)
    assert "could not be solved" in texts(now)
    assert told(api, advice) == [("answer", now)]


def test_who_may_submit_no_run_is_told_so(
    guarded: TestClient, sqlite_database: Database, queue: RecordingQueue
) -> None:
    add_scenario(guarded)
    viewer, planner = (key_of(sqlite_database, role) for role in ("viewer", "planner"))
    advice = guarded.post("/v1/advice", json=GROWTH, headers=viewer).json()
    assert queue.enqueued == []
    assert advice["headline"] == (
        "No changed plan was solved: that takes the role planner or engineer, and yours is viewer."
    )
    assert advice["state"] != "waiting"
    assert guarded.post("/v1/advice", json=GROWTH, headers=planner).json()["state"] == "waiting"


def test_which_scenario_is_meant_must_be_clear(api: TestClient, queue: RecordingQueue) -> None:
    none = api.post("/v1/advice", json=GROWTH).json()
    assert none["headline"].startswith("No changed plan was solved: there is no scenario")
    add_scenario(api, "alpha")
    add_scenario(api, "beta")
    two = api.post("/v1/advice", json=GROWTH).json()
    assert two["headline"].startswith("No changed plan was solved: more than one scenario")
    assert queue.enqueued == []
    named = {"text": "What if the demand grows by 20 percent in the scenario beta?"}
    one = api.post("/v1/advice", json=named).json()
    assert (one["state"], one["what_if"]["scenario"]) == ("waiting", "beta")


def test_a_scenario_of_another_site_is_not_meant(
    guarded: TestClient, sqlite_database: Database
) -> None:
    add_scenario(guarded, site="THERE")
    here = key_of(sqlite_database, "engineer", (HERE,), "here")
    there = key_of(sqlite_database, "engineer", (THERE,), "there")
    blind = guarded.post("/v1/advice", json=GROWTH, headers=here).json()
    assert "there is no scenario" in blind["headline"]
    assert guarded.post("/v1/advice", json=GROWTH, headers=there).json()["state"] == "waiting"
    asked_here = guarded.post("/v1/advice", json=GROWTH | {"site": "HERE"}).json()
    assert asked_here["state"] != "waiting"


def test_what_is_not_clear_is_not_run(api: TestClient, queue: RecordingQueue) -> None:
    add_scenario(api)
    text = "What if the demand grows by 20 percent and we close Atlantis?"
    advice = api.post("/v1/advice", json={"text": text}).json()
    assert (advice["state"], queue.enqueued) == ("refused", [])
