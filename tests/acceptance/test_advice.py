"""The advisor of a running service: workers that die, a service that ends, a server that hangs."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from ops.db.engine import open_database
from ops.db.models.work import Worker
from solvers.scenario.example import example_scenario
from tests.acceptance.service import serving, wait
from tests.llm import faults
from tests.llm.fake_server import FakeServer
from tests.llm.real_server import llama_server

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
GROWTH = {"text": "What if the demand grows by 20 percent?"}
PLAN = "network-plan"


def add_plan(api: httpx.Client) -> dict[str, Any]:
    """A scenario and its plan as it is."""
    document = example_scenario().model_dump(mode="json", exclude_defaults=True)
    made = api.post("/v1/scenarios", json={"code": "packaging", "document": document})
    assert made.status_code == 201, made.text
    answer = api.post(f"/v1/analyses/{PLAN}/runs", json={"scenario": "packaging", "gap": 0.005})
    run = wait(api, answer.json()["links"]["self"])
    assert run["state"] == "succeeded", run
    return run


def ask(api: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = api.post("/v1/advice", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def last(api: httpx.Client, advice: dict[str, Any]) -> dict[str, Any]:
    """What the stream of an advice ends with."""
    event = ""
    with api.stream("GET", advice["links"]["events"], timeout=120) as stream:
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "data" and event == "answer":
                return json.loads(value)
    raise AssertionError("the stream has no answer")


def is_answered(api: httpx.Client, advice: dict[str, Any], base: dict[str, Any]) -> None:
    """The answer tells the cost of its own run against that of the plan as it is."""
    answer = last(api, advice)
    assert answer["state"] == "answered", answer
    run = api.get(f"/v1/runs/{answer['what_if']['run']}").json()
    assert (run["state"], answer["what_if"]["base_run"]) == ("succeeded", base["id"])
    costs = [one["result"]["figures"]["landed_cost"] for one in (run, base)]
    (total,) = (one for one in answer["evidence"] if one["quantity"] == "total-cost"
                and one["case"].endswith("/what-if"))  # fmt: skip
    assert (total["value"], total["reference"]) == pytest.approx(costs)
    assert api.get(advice["links"]["self"]).json() == answer


def kill_workers(folder: Path) -> int:
    database = open_database(f"sqlite:///{folder}/longrun.db")
    with database.read() as session:
        pids = list(session.scalars(select(Worker.pid)))
    database.engine.dispose()
    killed = 0
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
            killed += 1
        except ProcessLookupError:
            continue
    return killed


@contextmanager
def with_model(url: str, **more: str) -> Iterator[None]:
    """The environment of a service that has a language model."""
    wanted = {"LONGRUN_LLM_URL": url, **more}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def test_a_what_if_is_answered_though_workers_die_and_the_service_restarts(tmp_path: Path) -> None:
    with serving(tmp_path, PLAN) as service:
        base = add_plan(service.api)
        is_answered(service.api, ask(service.api, **GROWTH), base)
        orphan = ask(service.api, text="What if the demand grows by 30 percent?")
        time.sleep(0.3)
        assert kill_workers(tmp_path) > 0
        is_answered(service.api, orphan, base)
        failing = ask(service.api, text="What if the demand falls by 10 percent?")
        done = service.api.post(f"/v1/runs/{failing['what_if']['run']}/cancel")
        answer = last(service.api, failing)
        assert answer["state"] == ("refused" if done.status_code == 200 else "answered")
        left = ask(service.api, text="What if the demand grows by 40 percent?")
    with serving(tmp_path, PLAN) as service:
        is_answered(service.api, left, base)


def test_a_model_that_hangs_does_not_keep_the_service_from_ending(tmp_path: Path) -> None:
    more = {"LONGRUN_LLM_TIME_S": "300", "LONGRUN_LLM_FIRST_TOKEN_S": "300"}
    with FakeServer(faults.silent(600.0)) as server, with_model(server.url, **more):
        with serving(tmp_path, PLAN) as service:
            add_plan(service.api)
            began = time.monotonic()
            advice = ask(service.api, text="Is the plan keeping its service?")
            assert time.monotonic() - began < 5
            assert (advice["state"], advice["being_worded"]) == ("answered", True)
            deadline = time.monotonic() + 10
            while not server.chats and time.monotonic() < deadline:
                time.sleep(0.05)
            began = time.monotonic()
        took = time.monotonic() - began
        print(f"\nended in {took:.1f} s")  # noqa: T201  (the long form tells its time)
        assert took < 8, took
        with serving(tmp_path, PLAN) as service:
            again = service.api.get(advice["links"]["self"]).json()
            assert again["sentences"] == advice["sentences"]


def test_a_real_server_never_costs_the_operator_an_answer(tmp_path: Path) -> None:
    with (
        llama_server("-c", "16384") as llama,
        with_model(llama.url, LONGRUN_LLM_TIME_S="20"),
        serving(tmp_path, PLAN) as service,
    ):
        add_plan(service.api)
        probed = service.api.post("/v1/advice/server/probe", timeout=120).json()
        assert probed["capabilities"]["json_schema"]
        for text in ("Is the plan keeping its service?", "What needs attention?"):
            began = time.monotonic()
            first = ask(service.api, text=text)
            assert time.monotonic() - began < 5
            answer = last(service.api, first)
            assert time.monotonic() - began < 30
            assert answer["state"] == "answered"
            assert answer["source"] == "model" or answer["fallback"]
            trail = service.api.get(answer["links"]["trail"]).json()["trail"]
            assert trail["prompt"]
            assert isinstance(trail["raw"], str)
