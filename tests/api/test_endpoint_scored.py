"""A model behind an address from its registration to the champion: asked by runs, over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.deps import Services
from ops.analyses.classifier_evaluate import compute
from ops.analyses.classifier_evaluate_params import ClassifierEvaluateParams
from ops.analyses.classifier_versions import classifier_of
from ops.analysis import silent
from ops.classifier_query import ClassifierQuery
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.work import Run
from ops.errors import BadData
from ops.settings import Settings
from ops.work import endpoint_model
from ops.work.child import Abandoned
from ops.work.fetch_answers import with_answers
from ops.work.run import Bench, execute
from ops.work.slots import Slots
from tests.api.conftest import RecordingQueue
from tests.api.local import application
from tests.api.plant import add_plant
from tests.api.scored_wires import ROWS, Oracle, add_lifts, oracle
from tests.ops.work.probe import run_of

PATH = "/v1/models/lift/versions"
UNTIL = "2026-01-21T00:00:00Z"  # of the 60 days, the last 40 are later


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=sqlite_url, auth="none", rate_limit="",
        model_hosts=("127.0.0.1",),
    )  # fmt: skip


@pytest.fixture
def plant(
    settings: Settings, sqlite_database: Database, queue: RecordingQueue
) -> Iterator[TestClient]:
    """A client whose plant has rows with times."""
    app = application(Services(settings, sqlite_database, queue))
    add_plant(sqlite_database)
    add_lifts(sqlite_database)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Oracle]:
    with oracle() as one:
        yield one


def _registered(plant: TestClient, server: Oracle, **more: Any) -> str:
    endpoint = {"url": f"http://127.0.0.1:{server.port}/lift", "send": "columns"}
    body = {
        "site": "HERE", "dataset": "lifts", "classes": ["ok", "bad"], "endpoint": endpoint,
        "trained_until": UNTIL,
    }  # fmt: skip
    answer = plant.post(PATH, json=body | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["run"])


def _carried(database: Database, settings: Settings, run_id: str) -> Run:
    execute(Bench(database, settings, "here", Slots(1)), run_id)
    return run_of(database, run_id)


def test_endpoint_is_scored_by_a_run_and_becomes_the_champion(
    plant: TestClient, server: Oracle, sqlite_database: Database, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    run_id = _registered(plant, server)
    assert server.bodies[0]["rows"][0].keys() == {"force", "tool"}
    monkeypatch.setattr(endpoint_model, "MOST_ROWS", 100)
    server.bodies.clear()
    run = _carried(sqlite_database, settings, run_id)
    assert (run.state, run.error) == ("succeeded", None)
    assert [len(b["rows"]) for b in server.bodies] == [100, 100, 40]
    assert run.result is not None
    (line,) = run.result["versions"]
    assert (line["failure"], line["kind"], run.result["in_time"]) == ("", "endpoint", True)
    assert run.result["rows"] < ROWS
    score = next(s["value"] for s in line["scores"] if s["name"] == "average_precision")
    assert score > 2 * run.result["base_score"]
    moved = plant.put("/v1/models/lift/aliases/champion", json={"version": 1, "reason": "good"})
    assert moved.status_code == 200, moved.text
    adopt = {"site": "HERE", "dataset": "lifts", "model": "lift", "version": "champion"}
    asked = plant.post("/v1/analyses/classifier-adopt/runs", json=adopt)
    assert asked.status_code == 202, asked.text
    run = _carried(sqlite_database, settings, asked.json()["id"])
    assert (run.state, run.error) == ("succeeded", None)
    version = plant.get(f"{PATH}/2").json()
    assert (version["origin"], version["run_id"]) == ("endpoint", run.id)
    assert plant.get("/v1/models/lift").json()["aliases"] == {"champion": 1, "challenger": 2}
    row = {"force": 40.0, "tool": "B"}
    told = plant.post("/v1/models/lift@challenger/predict", json=row).json()
    assert told["threshold"] == pytest.approx(1 / 11)
    assert told["predictions"][0]["possible"] == ["bad"]


def test_answers_that_change_are_other_data(
    plant: TestClient, server: Oracle, sqlite_database: Database, settings: Settings
) -> None:
    _registered(plant, server)
    query = ClassifierQuery(dataset="lifts", model="lift", versions=("1",), site="HERE")
    data = load(sqlite_database, query)
    said: list[str] = []
    first = with_answers(query, data, settings, said.append)
    assert said == ["asking version 1 at its address: 0 of 240 rows"]
    assert first.fingerprint() == with_answers(query, data, settings, said.append).fingerprint()
    server.broken = (500, b"Traceback")
    second = with_answers(query, data, settings, said.append)
    assert second.fingerprint() != first.fingerprint()
    with pytest.raises(BadData, match="status 500"):
        classifier_of(second.models[0])
    found = compute(second, ClassifierEvaluateParams(dataset="lifts", model="lift"), silent)
    assert "status 500" in found.versions[0].failure
    assert found.scored == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"<html>", "not JSON"),
        (b'{"probabilities": [[0.5, 0.5]]}', "240 entries"),
        (b'{"probabilities": [' + b"[NaN, 1]," * 239 + b"[0, 1]]}", "no probabilities"),
    ],
)
def test_what_an_endpoint_does_wrong_is_the_reason_of_its_version(
    plant: TestClient, server: Oracle, sqlite_database: Database, settings: Settings,
    answer: bytes, words: str,
) -> None:  # fmt: skip
    _registered(plant, server)
    server.broken = (200, answer)
    query = ClassifierQuery(dataset="lifts", model="lift", versions=("1",), site="HERE")
    found = with_answers(query, load(sqlite_database, query), settings, _nothing)
    assert words in found.models[0].answers.reason


def test_who_is_told_may_end_all_and_who_is_not_allowed_is_not_asked(
    plant: TestClient, server: Oracle, sqlite_database: Database, settings: Settings
) -> None:
    _registered(plant, server)
    server.bodies.clear()
    query = ClassifierQuery(dataset="lifts", model="lift", versions=("1",), site="HERE")
    data = load(sqlite_database, query)

    def stop(message: str) -> None:
        raise Abandoned(message)

    with pytest.raises(Abandoned):
        with_answers(query, data, settings, stop)
    closed = settings.model_copy(update={"model_hosts": ()})
    assert "LONGRUN_MODEL_HOSTS" in with_answers(query, data, closed, stop).models[0].answers.reason
    late = settings.model_copy(update={"time_limit_s": -1.0})
    assert "0 of 240 rows" in with_answers(query, data, late, stop).models[0].answers.reason
    unasked = replace(query, answers=False)
    assert with_answers(unasked, data, settings, stop) is data
    assert server.bodies == []


def _nothing(message: str) -> None:
    """Hear what is done."""
