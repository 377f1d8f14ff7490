"""Predictions of traces over HTTP."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from ops.analyses.trace_classifier_train import TRACE_CLASSIFIER_TRAIN
from ops.analyses.trace_classifier_train_sample import bond_traces, sample_traces
from ops.classify.draft import ModelDraft
from ops.db import model_aliases, model_versions
from ops.db.engine import Database
from ops.db.model_aliases import CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.values import Actor

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ENGINEER = Actor("engineer", "engineer")
PATH = "/v1/models/lifted@champion/predict"


@pytest.fixture
def shelf(client: TestClient, sqlite_database: Database) -> TestClient:
    handed: list[ModelDraft] = []

    def progress(_share: float, _said: str, *, model: ModelDraft | None = None) -> None:
        handed.extend([] if model is None else [model])

    params = TRACE_CLASSIFIER_TRAIN.example.params.model_copy(update={"model": "lifted"})
    TRACE_CLASSIFIER_TRAIN.compute(sample_traces(), params, progress)
    with sqlite_database.write.begin() as session:
        fields = {"code": "lifted", "site_id": None, "title": "Lifted", "task": "trace"}
        row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        new = NewVersion(origin="own", artefact=handed[0].artefact)
        made = model_versions.add(session, row, new, url="memory://x", actor=ENGINEER, now=NOW)
        move = Move("test")
        model_aliases.move(session, row, CHAMPION, made.number, move, actor=ENGINEER, now=NOW)
    return client


def test_traces_are_answered_and_doubted(shelf: TestClient) -> None:
    traces, bad = bond_traces(30, seed=5, share=0.5)
    rows = [{"us_current": trace[0].tolist()} for trace in traces]
    answer = shelf.post(PATH + "?contributions=2", json=[*rows, {"us_current": [9e4] * 48}])
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["task"] == "trace"
    *told, strange = body["predictions"]
    right = [p["decided"] == ("lifted" if b else "good") for p, b in zip(told, bad, strict=True)]
    assert sum(right) >= 27
    assert strange["unusual"]
    assert "training went from" in strange["remarks"][0]
    assert len(told[0]["contributions"]) == 2


def test_what_is_no_trace_is_told_with_its_row(shelf: TestClient) -> None:
    answer = shelf.post(PATH, json=[{"us_current": 3.0}])
    assert answer.status_code == 422
    assert "list of numbers" in answer.text


def test_the_page_asks_for_a_trace(shelf: TestClient) -> None:
    page = shelf.get("/models/lifted/predict")
    assert page.status_code == 200
    assert "us_current" in page.text
