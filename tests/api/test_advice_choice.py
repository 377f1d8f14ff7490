"""A model chooses what is looked up, before anything but the question is read."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from ops.db.models.people import User
from ops.work.advise import choose
from solvers.scenario.example import example_scenario
from tests.api.advice_plant import add_probe, add_runs, advised, key_of, told
from tests.api.conftest import RecordingQueue
from tests.api.plant import NOW
from tests.llm import faults
from tests.llm.fake_server import Exchange, FakeServer
from tests.llm.faults import Fault
from tests.llm.good_model import good_model

OPEN = "How do we stand, says Pat Quist?"
SETUP: dict[str, Any] = {"llm_tools": "model", "llm_time_s": 60, "llm_first_token_s": 30}
CAPABILITY = {"asks": ["status"], "site": "", "tool": "", "characteristic": "", "days": None}


@pytest.fixture(scope="module")
def one_server() -> Iterator[FakeServer]:
    with FakeServer(answer=good_model) as server:
        yield server


@pytest.fixture
def plant(sqlite_database: Database) -> Database:
    add_runs(sqlite_database)
    with sqlite_database.write.begin() as session:
        session.add(User(name="pquist", full_name="Pat Quist", role="viewer", created_at=NOW))
    return sqlite_database


@pytest.fixture
def server(one_server: FakeServer, plant: Database) -> FakeServer:
    one_server.requests.clear()
    one_server.answer = good_model
    add_probe(plant, one_server.url, tools=True)
    return one_server


@pytest.fixture
def api(
    plant: Database, server: FakeServer, tmp_path: Path, queue: RecordingQueue
) -> Iterator[TestClient]:
    with advised(plant, tmp_path, queue, llm_url=server.url, **SETUP) as client:
        yield client


def choosing(server: FakeServer, fault: Fault) -> None:
    """From now on the choice of tools meets a fault, and all else is answered well."""

    def either(exchange: Exchange, answer: str) -> None:
        if "You choose what is looked up" in exchange.asked.prompt:
            fault(exchange, answer)
        else:
            exchange.behave()

    server._always = either


def asked(api: TestClient, text: str, headers: dict | None = None) -> tuple[dict, dict, dict]:
    """First answer, last answer, and the trail."""
    first = api.post("/v1/advice", json={"text": text}, headers=headers or {}).json()
    api.headers.update(headers or {})
    last = told(api, first)[-1][1]
    return first, last, api.get(first["links"]["trail"]).json()


def test_what_a_model_chose_is_looked_up_and_worded(api: TestClient, server: FakeServer) -> None:
    choosing(server, faults.tool_call("capability", CAPABILITY))
    first, last, trail = asked(api, OPEN)
    assert (first["source"], last["source"], last["fallback"]) == ("rules", "model", "")
    assert (trail["intent"]["chosen_by"], trail["intent"]["topics"]) == ("model", ["capability"])
    chosen = trail["trail"]["chosen"]
    assert (chosen["refused"], chosen["calls"][0]["name"]) == ("", "capability")
    choice, wording = server.chats
    assert choice.body["tool_choice"] == "required"
    assert {tool["function"]["name"] for tool in choice.body["tools"]} >= {"drift", "what_if"}
    assert chosen["prompt"] == choice.body["messages"]
    assert "Ppk" in wording.prompt
    for read in ("Ppk", "Loop height", "1.42", "EVIDENCE", "Pat", "Quist"):
        assert read not in choice.prompt
    assert "tools" not in wording.body


def test_without_tools_the_calls_are_asked_for_as_json(
    api: TestClient, server: FakeServer, plant: Database
) -> None:
    add_probe(plant, server.url, tools=False)
    calls = {"calls": [{"name": "capability", "arguments": CAPABILITY}]}
    choosing(server, faults.answering(json.dumps(calls)))
    _, last, trail = asked(api, OPEN)
    assert (last["source"], trail["intent"]["chosen_by"]) == ("model", "model")
    assert "tools" not in server.chats[0].body
    form = server.chats[0].body["response_format"]["json_schema"]["schema"]
    assert list(form["properties"]) == ["calls"]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (faults.tool_call("capability", CAPABILITY | {"tool": "WB-77"}), "names no 'WB-77'"),
        (faults.tool_call("drop_tables", {}), "there is no tool"),
        (faults.tool_call("drift", {"sql": "x"}), "drift"),
        (faults.answering("I would look at capability."), "0 calls"),
        (faults.status(500), "server-error"),
        (faults.other_model("gpt-9"), "wrong-model"),
    ],
    ids=["invented", "unknown tool", "wrong argument", "prose", "500", "other model"],
)
def test_a_choice_that_is_refused_or_fails_leaves_that_of_the_rules(
    api: TestClient, server: FakeServer, fault: Fault, why: str
) -> None:
    choosing(server, fault)
    _, last, trail = asked(api, "What is the Cpk?")
    assert trail["intent"]["chosen_by"] == "rules"
    assert why in trail["trail"]["chosen"]["refused"] or why == "wrong-model"
    assert (last["source"], last["fallback"]) == ("model", "")


def test_a_choice_that_never_comes_leaves_time_for_the_wording(
    plant: Database,
    server: FakeServer,
    tmp_path: Path,
    queue: RecordingQueue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choosing(server, faults.silent())
    monkeypatch.setattr(choose, "SHARE", 0.02)  # of a minute: nearly all is left for the wording
    with advised(plant, tmp_path, queue, llm_url=server.url, **SETUP) as api:
        _, last, trail = asked(api, "What is the Cpk?")
    assert (trail["intent"]["chosen_by"], trail["trail"]["chosen"]["fallback"]) == (
        "rules",
        "timeout",
    )
    assert (last["source"], last["fallback"]) == ("model", "")


def test_when_the_wording_fails_what_was_shown_first_stands(
    api: TestClient, server: FakeServer
) -> None:
    choosing(server, faults.tool_call("capability", CAPABILITY))
    server.answer = lambda _: "{}"
    first, last, trail = asked(api, "What is the Cpk?")
    assert (last["source"], last["fallback"]) == ("rules", "guard")
    assert (last["sentences"], last["evidence"]) == (first["sentences"], first["evidence"])
    assert trail["intent"]["chosen_by"] == "rules"


def grows(percent: float) -> Fault:
    change = {"kind": "demand", "of": "", "percent": percent}
    return faults.tool_call("what_if", {"asks": ["what-if"], "site": "", "scenario": "",
                                        "changes": [change]})  # fmt: skip


def add_scenario(api: TestClient) -> None:
    document = example_scenario().model_dump(mode="json", exclude_defaults=True)
    made = api.post("/v1/scenarios", json={"code": "packaging", "document": document})
    assert made.status_code == 201, made.text


PLAN = "And our plan with 20 percent of growth?"


def test_a_changed_plan_that_a_model_chose_is_a_run(
    api: TestClient, server: FakeServer, queue: RecordingQueue
) -> None:
    add_scenario(api)
    choosing(server, grows(20))
    first = api.post("/v1/advice", json={"text": PLAN}).json()
    assert first["state"] != "waiting", "the rules understand it: another sentence is needed here"
    deadline = time.monotonic() + 120
    while (now := api.get(first["links"]["self"]).json())["state"] != "waiting":
        assert time.monotonic() < deadline, now
        time.sleep(0.02)
    assert [run for run, _ in queue.enqueued] == [now["what_if"]["run"]]
    (edit,) = now["what_if"]["edits"]
    assert (edit["kind"], edit["change"]["factor"]) == ("demands", 1.2)
    done = api.post(f"/v1/runs/{now['what_if']['run']}/cancel")
    assert done.status_code == 200
    assert told(api, first)[-1][1]["state"] == "refused"
    assert len(server.chats) == 1, "nothing is worded"


def test_a_percentage_that_nobody_said_makes_no_run(
    api: TestClient, server: FakeServer, queue: RecordingQueue
) -> None:
    add_scenario(api)
    choosing(server, grows(30))
    _, _, trail = asked(api, PLAN)
    assert "no number 30" in trail["trail"]["chosen"]["refused"]
    assert queue.enqueued == []


def test_a_viewer_starts_no_run_through_a_model(
    plant: Database, server: FakeServer, tmp_path: Path, queue: RecordingQueue
) -> None:
    with advised(plant, tmp_path, queue, llm_url=server.url, auth="keys", **SETUP) as api:
        api.headers.update(key_of(plant, "admin"))
        add_scenario(api)
        choosing(server, grows(20))
        first = api.post("/v1/advice", json={"text": PLAN}, headers=key_of(plant, "viewer")).json()
        last = told(api, first)[-1][1]
    assert last["state"] in ("answered", "refused")
    assert queue.enqueued == []


def test_what_is_said_of_a_choice_is_the_same_each_time(
    api: TestClient, server: FakeServer
) -> None:
    choosing(server, faults.tool_call("capability", CAPABILITY))
    asked(api, OPEN)
    asked(api, OPEN)
    bodies = [json.dumps(one.body, sort_keys=True) for one in server.chats]
    assert bodies[:2] == bodies[2:]
